#include <doctest/doctest.h>

#include "report/json_writer.hpp"
#include "report/visible.hpp"

using namespace sekimori;

namespace {

std::string json_of(std::string_view text) {
  std::string out;
  json_writer writer(out);
  writer.text(text);
  return out;
}

}  // namespace

TEST_CASE("members stand in the order of the calls") {
  std::string out;
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
  CHECK(out == "{\n  \"b\": \"x\",\n  \"a\": 18446744073709551615,\n  \"list\": [\n    true,\n    null\n  ],\n  \"empty\": {}\n}\n");
}

TEST_CASE("text is escaped so that neither a parser nor a terminal is fooled") {
  CHECK(json_of("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(json_of("\n\t\x01\x1b\x7f") == "\"\\n\\t\\u0001\\u001b\\u007f\"");
  CHECK(json_of("\xe2\x80\xae\xe2\x80\xa8") == "\"\\u202e\\u2028\"");
  CHECK(json_of("\xff") == "\"\xef\xbf\xbd\"");
  CHECK(json_of("日本👩‍👩‍👧‍👦") == "\"日本👩‍👩‍👧‍👦\"");
}

TEST_CASE("visible writes out what cannot be seen") {
  CHECK(visible("a\x1b[31m\nb") == "a\\u{1b}[31m\\u{a}b");
  CHECK(visible("\xe2\x80\xae" "\xe2\x81\xa6") == "\\u{202e}\\u{2066}");
  CHECK(visible("関守") == "関守");
  CHECK(visible_lines("a\r\nb\tc\n") == std::vector<std::string>{"a", "b c"});
}
