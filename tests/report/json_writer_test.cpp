#include <fmt/format.h>

#include <doctest/doctest.h>

#include <stdexcept>

#include "base/text.hpp"
#include "report/json_writer.hpp"
#include "report/visible.hpp"

using namespace sekimori;

namespace {

std::string json_of(std::string_view text) {
  text_blocks out;
  json_writer writer(out);
  writer.text(text);
  return out.whole();
}

}  // namespace

TEST_CASE("members stand in the order of the calls") {
  text_blocks out;
  json_writer writer(out);
  writer.begin_object();
  writer.text("b", "x");
  writer.number("a", 18446744073709551615ull);
  writer.begin_array("list");
  writer.flag(true);
  writer.null();
  writer.end_array();
  writer.begin_object("empty");
  writer.end_object();
  writer.end_object();
  CHECK(out.whole() == "{\n  \"b\": \"x\",\n  \"a\": 18446744073709551615,\n  \"list\": [\n    true,\n    null\n  ],\n  \"empty\": {}\n}\n");
}

TEST_CASE("text is escaped so that neither a parser nor a terminal is fooled") {
  CHECK(json_of("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(json_of("\n\t\x01\x1b\x7f") == "\"\\n\\t\\u0001\\u001b\\u007f\"");
  CHECK(json_of("\xe2\x80\xae\xe2\x80\xa8") == "\"\\u202e\\u2028\"");
  CHECK(json_of("\xff") == "\"\xef\xbf\xbd\"");
  CHECK(json_of("日本👩‍👩‍👧‍👦") == "\"日本👩‍👩‍👧‍👦\"");
}

TEST_CASE("every character is escaped by what it is, wherever it stands") {
  for (char32_t code_point = 0; code_point < 0x11000; ++code_point) {
    if (code_point >= 0xd800 && code_point < 0xe000) continue;
    std::string text;
    append_utf8(text, code_point);
    std::string wanted = text;
    if (code_point == '"' || code_point == '\\') wanted = "\\" + text;
    else if (code_point == '\n') wanted = "\\n";
    else if (code_point == '\t') wanted = "\\t";
    else if (is_deceptive(code_point) && code_point < 0x10000) wanted = fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code_point));
    INFO(static_cast<std::uint32_t>(code_point));
    REQUIRE(json_of("関x" + text + "守y") == "\"関x" + wanted + "守y\"");
  }
  for (int first = 0; first < 0x80; ++first) {      // bytes beside each other in one machine word
    for (int second : {0x00, 0x1f, 0x20, 0x21, 0x22, 0x5c, 0x7e, 0x7f}) {
      const std::string text = {'a', static_cast<char>(first), static_cast<char>(second), 'b'};
      std::string apart;
      for (char one : text) apart += json_of({&one, 1}).substr(1, json_of({&one, 1}).size() - 2);
      REQUIRE(json_of("12" + text + "34567890") == "\"12" + apart + "34567890\"");
    }
  }
  for (std::size_t before = 0; before < 4200; ++before) {      // and wherever a long text is cut while it is written
    if (before > 40 && before % 2048 > 20 && before % 2048 < 2020) continue;
    const std::string plain(before, 'a'), text = plain + "\"関\n守\xff" + plain + "関";
    REQUIRE(json_of(text) == "\"" + plain + "\\\"関\\n守\xef\xbf\xbd" + plain + "関\"");
  }
  CHECK(json_of("\xe3\x81") == "\"\xef\xbf\xbd\xef\xbf\xbd\"");      // cut at the end
  CHECK(json_of("\xe3\x81x") == "\"\xef\xbf\xbd\xef\xbf\xbdx\"");
  CHECK(json_of("\xe3x\x81") == "\"\xef\xbf\xbdx\xef\xbf\xbd\"");
}

TEST_CASE("members that were written apart stand as if they were written here") {
  auto write = [](bool apart) {
    text_blocks text, part;
    json_writer out(text);
    out.begin_object();
    out.begin_array("list");
    out.begin_object();
    out.number("first", 1);
    json_writer inner(part, 3, json_writer::layout::indented);
    json_writer& to = apart ? inner : out;
    to.text("a", "x");
    to.localized("b", {"関", "k"});
    if (apart) out.members(part.whole());
    out.flag("last", true);
    out.end_object();
    out.end_array();
    out.end_object();
    return text.whole();
  };
  CHECK(write(true) == write(false));
}

TEST_CASE("objects in objects are indented, names from an input escaped") {
  text_blocks out;
  json_writer writer(out);
  std::string wanted;
  constexpr int depth = 30;
  for (int i = 0; i < depth; ++i) {
    writer.begin_object();
    writer.key_of("a\n");
    wanted += "{\n" + std::string(2 * static_cast<std::size_t>(i) + 2, ' ') + "\"a\\n\": ";
  }
  writer.signed_number(-7);
  wanted += "-7";
  for (int i = depth; i-- > 0;) {
    writer.end_object();
    wanted += "\n" + std::string(2 * static_cast<std::size_t>(i), ' ') + "}";
  }
  CHECK(out.whole() == wanted + "\n");
  text_blocks rest;
  json_writer endless(rest);
  CHECK_THROWS_AS(([&] { for (;;) endless.begin_object(); }()), std::length_error);
}

TEST_CASE("visible writes out what cannot be seen") {
  CHECK(visible("a\x1b[31m\nb") == "a\\u{1b}[31m\\u{a}b");
  CHECK(visible("\xe2\x80\xae" "\xe2\x81\xa6") == "\\u{202e}\\u{2066}");
  CHECK(visible("関守") == "関守");
  CHECK(visible_lines("a\r\nb\tc\n") == std::vector<std::string>{"a", "b c"});
}
