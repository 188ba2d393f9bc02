// The regex pack: answers are those of cel-go 0.33 unless a line says otherwise.
#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct regex_bench : bench {
  regex_bench() { names.add_pack(*find_pack("regex")); }
};

}  // namespace

TEST_CASE_FIXTURE(regex_bench, "replace") {
  CHECK((*this)("regex.replace('banana', 'a', 'x')") == "bxnxnx");
  CHECK((*this)("regex.replace('banana', 'a', 'x', 2)") == "bxnxna");
  CHECK((*this)("regex.replace('banana', 'a', 'x', 0)") == "banana");
  CHECK((*this)("regex.replace('banana', 'a', 'x', -5)") == "bxnxnx");
  CHECK((*this)("regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1 \\0 \\\\')") == "ba fo foo bar \\");
  CHECK((*this)("regex.replace('ab', '(a)|(b)', r'[\\1|\\2]')") == "[a|][|b]");
  CHECK((*this)("regex.replace('日本', '', '-')") == "-日-本-");
  CHECK((*this)("regex.replace('baac', 'a*', 'x')") == "xbxcx");
  CHECK((*this)("regex.replace('none', 'z', r'\\9')") == "none");  // a replacement is read where there is a match
  CHECK((*this)("regex.replace('a', 'a', r'\\1')") == "error");
  CHECK((*this)("regex.replace('a', 'a', r'\\')") == "error");
  CHECK((*this)("regex.replace('a', 'a', r'\\x')") == "error");
  CHECK((*this)("regex.replace('a', '(', 'x')") == "error");
}

TEST_CASE_FIXTURE(regex_bench, "extract and extractAll") {
  CHECK((*this)("regex.extract('hello world', 'hello(.*)').value()") == " world");
  CHECK((*this)("regex.extract('item-A, item-B', r'item-(\\w+)').value()") == "A");
  CHECK((*this)("regex.extract('HELLO', 'hello').hasValue()") == "false");
  CHECK((*this)("regex.extract('b', '(a)?b').hasValue()") == "false");  // the group is empty
  CHECK((*this)("regex.extract('b', 'a*').value()") == "");
  CHECK((*this)("regex.extract('user@host', '(.*)@(.*)')") == "error");
  CHECK((*this)("regex.extractAll('id:123, id:456', r'id:\\d+')") == "[\"id:123\", \"id:456\"]");
  CHECK((*this)("regex.extractAll('id:123, id:456', r'id:(\\d)')") == "[\"1\", \"4\"]");
  CHECK((*this)("regex.extractAll('ab', '(a)?')") == "[\"a\"]");
  CHECK((*this)("regex.extractAll('ab', 'z')") == "[]");
  CHECK((*this)("regex.extractAll('ab', '(a)(b)')") == "error");
}

TEST_CASE_FIXTURE(regex_bench, "patterns are RE2's, and their length is limited") {
  CHECK((*this)("regex.extractAll('a1 b2', '(?i)[[:alpha:]]\\\\d')") == "[\"a1\", \"b2\"]");
  CHECK((*this)("regex.extract('aa', r'(a)\\1')") == "error");   // no back references
  CHECK((*this)("regex.extract('a', 'a(?=b)')") == "error");     // no look-ahead
  CHECK((*this)("regex.extract('a', '" + std::string(1'001, 'a') + "' + '')") == "limit");
  CHECK((*this)("regex.extract('a', r'(\\pL{100}){10}' + '')") == "limit");
}

TEST_CASE_FIXTURE(regex_bench, "unknown arguments make an unknown, and what is made is bounded") {
  set("u", unknown("x"));
  CHECK((*this)("regex.replace(u, 'a', 'b')") == "unknown x");
  CHECK((*this)("regex.extract('a', u)") == "unknown x");
  bounds.steps = 1'000'000;
  CHECK((*this)("regex.replace('" + std::string(2'000, 'a') + "', 'a', '" + std::string(4'000, 'b') + "').size()") == "limit");
}
