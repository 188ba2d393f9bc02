#include <doctest/doctest.h>

#include "cel/environment.hpp"
#include "cel/syntax/lexer.hpp"
#include "cel/syntax/literal.hpp"
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::tree_of;

namespace {

std::vector<token_kind> kinds_of(std::string_view text) {
  located_text located = plain_text(std::string(text));
  mistakes found(located);
  std::vector<token_kind> kinds;
  token_reader tokens(text, found);
  do kinds.push_back(tokens.at(kinds.size()).kind);
  while (kinds.back() != token_kind::end);
  return kinds;
}

std::string first_mistake(std::string_view text) {
  environment empty;
  auto made = empty.compile(plain_text(std::string(text)), sekimori::cel::testing::unchecked());
  return made ? "none" : made.diagnostics()[0].code + " " + made.diagnostics()[0].message;
}

std::string first_help(std::string_view text) {
  environment empty;
  auto made = empty.compile(plain_text(std::string(text)), sekimori::cel::testing::unchecked());
  return made ? "none" : made.diagnostics()[0].help;
}

}  // namespace

TEST_CASE("tokens") {
  using k = token_kind;
  CHECK(kinds_of("a.b<=1u // rest") == std::vector<k>{k::identifier, k::dot, k::identifier, k::less_equal, k::unsigned_integer, k::end});
  CHECK(kinds_of("1.5 .5 1e3 1.foo") ==
        std::vector<k>{k::floating, k::floating, k::floating, k::integer, k::dot, k::identifier, k::end});
  CHECK(kinds_of("r'a' b'a' br\"a\" R'''a''' rb") ==
        std::vector<k>{k::string, k::bytes, k::bytes, k::string, k::identifier, k::end});
  CHECK(kinds_of("`a-b` in true") == std::vector<k>{k::escaped_identifier, k::in_word, k::true_word, k::end});
  CHECK(kinds_of("  // only a comment") == std::vector<k>{k::end});
}

TEST_CASE("numbers have their values") {
  CHECK(tree_of("0x1F") == "31");
  CHECK(tree_of("-0x80") == "-128");
  CHECK(tree_of("18446744073709551615u") == "18446744073709551615u");
  CHECK(tree_of("-9223372036854775808") == "-9223372036854775808");
  CHECK(tree_of("1.5e3") == "1500.0");
  CHECK(tree_of("-.5") == "-0.5");
  CHECK(tree_of("1e-999") == "0.0");
  CHECK(first_mistake("9223372036854775808") == "SKM205 the number is outside what int holds");
  CHECK(first_mistake("18446744073709551616u") == "SKM205 the number is outside what uint holds");
  CHECK(first_mistake("1e999") == "SKM205 the number is too large for a double");
  CHECK(first_mistake("12abc") == "SKM200 this is neither a number nor a name");
}

TEST_CASE("escapes of strings") {
  CHECK(tree_of(R"('\a\b\f\n\r\t\v\\\?\"\'\`')") == R"("\x07\x08\x0c\n\r\t\x0b\\?\"'`")");
  CHECK(tree_of(R"("\x41\101\u3042\U0001F431")") == "\"AA\xe3\x81\x82\xf0\x9f\x90\xb1\"");
  CHECK(tree_of(R"('\xe9')") == "\"\xc3\xa9\"");
  CHECK(tree_of(R"(b'\xe9\351')") == R"(b"\xe9\xe9")");
  CHECK(tree_of("b'\xc3\xa9'") == R"(b"\xc3\xa9")");
  CHECK(tree_of(R"(r'\n\d')") == R"("\\n\\d")");
  CHECK(tree_of("'''a\r\nb\rc'''") == R"("a\nb\nc")");
  CHECK(tree_of("'''a'b\"\"c'''") == R"("a'b\"\"c")");
  CHECK(tree_of("\"\"\"\"\"\"") == R"("")");
}

TEST_CASE("bad escapes") {
  CHECK(first_mistake(R"('\d')") == "SKM200 this escape does not exist");
  CHECK(first_help(R"('\d')").find("r\"...\"") != std::string::npos);
  CHECK(first_mistake(R"('\ud800')") == "SKM200 the escape names no character");
  CHECK(first_mistake(R"('\U00110000')") == "SKM200 the escape names no character");
  CHECK(first_mistake(R"('\x4')") == "SKM200 the escape is not complete");
  CHECK(first_mistake(R"('\400')") == "SKM200 this escape does not exist");
  CHECK(first_mistake(R"(b'\u0041')") == "SKM200 bytes have no \\u and no \\U");
}

TEST_CASE("strings that are not closed") {
  CHECK(first_mistake("'abc") == "SKM200 the string is not closed");
  CHECK(first_mistake("'abc\\") == "SKM200 the string is not closed");
  CHECK(first_mistake("'abc\n'") == "SKM200 the string is not closed");
  CHECK(first_mistake("'''abc''") == "SKM200 the string is not closed");
  CHECK(first_mistake("r'''abc\\''' + 'x") == "SKM200 the string is not closed");
}

TEST_CASE("characters that look like CEL's are named") {
  CHECK(first_help("a \xef\xbc\x9d b") == "write `==` in ASCII");
  CHECK(first_help("a\xe3\x80\x80== b") == "write an ASCII space");
  CHECK(first_help("\xe2\x80\x9c" "a\xe2\x80\x9d == b") == "write `\"` in ASCII");
  CHECK(first_mistake("a # b") == "SKM200 unexpected `#`");
  CHECK(first_mistake("\xff") == "SKM200 the expression is not valid UTF-8");
}
