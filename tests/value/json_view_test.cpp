#include <doctest/doctest.h>

#include <string>

#include "value/json_view.hpp"

using namespace sekimori;

namespace {

// A document with a reader's memory; the text is gone by then.
struct read_document {
  json_document document;
  arena memory;
  value whole = document.root().read(memory);
  value root() const { return whole; }
};

read_document parsed(std::string text, bool strict = false) {
  auto document = json_document::parse("plan.json", text, strict);
  for (const diagnostic& d : document.diagnostics()) INFO(d.code << " " << d.message);
  REQUIRE(document.ok());
  return read_document{std::move(document).value(), arena()};
}

diagnostic refused(std::string text, bool strict = false) {
  auto document = json_document::parse("plan.json", std::move(text), strict);
  REQUIRE_FALSE(document.ok());
  REQUIRE(document.diagnostics().size() >= 1);
  CHECK(document.diagnostics()[0].file == "plan.json");
  return document.diagnostics()[0];
}

value at(value from, std::string_view key) {
  value found;
  REQUIRE(from.is(value_kind::map));
  REQUIRE(from.as_map().find(value::string(key), found));
  return found;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); }

}  // namespace

TEST_CASE("numbers become int, uint or double by how they are written") {
  auto document = parsed(R"({"a": 1, "b": -9223372036854775808, "c": 9223372036854775808, "d": 1.0, "e": 1e2, "f": 18446744073709551615, "g": -0})");
  CHECK(at(document.root(), "a").is(value_kind::integer));
  CHECK(at(document.root(), "b").as_integer() == INT64_MIN);
  CHECK(at(document.root(), "c").kind() == value_kind::unsigned_integer);
  CHECK(at(document.root(), "c").as_unsigned() == 9223372036854775808u);
  CHECK(at(document.root(), "d").is(value_kind::floating));
  CHECK(at(document.root(), "e").as_floating() == 100.0);
  CHECK(at(document.root(), "f").as_unsigned() == UINT64_MAX);
  CHECK(at(document.root(), "g").is(value_kind::integer));
}

TEST_CASE("a number that nothing holds is refused at its place") {
  for (const char* number : {"18446744073709551616", "-9223372036854775809", "1e999", "-1.5e400"}) {
    auto told = refused(std::string("{\n  \"size\": ") + number + "\n}");
    CHECK(told.code == "SKM307");
    CHECK(told.line == 2);
    CHECK(told.column == 11);
    CHECK(told.source_line.find(number) == std::string::npos);
  }
  CHECK(at(parsed(R"({"a": 1e-999})").root(), "a").as_floating() == 0.0);
}

TEST_CASE("entries come in key order and are found") {
  auto document = parsed(R"({"b": 1, "a": {"z": [1, {"k": "v"}]}, "\u0061a": null, "い": true, "Z": "\ud83d\ude00", "1":1,"2":2,"3":3,"4":4,"5":5})");
  const map_view& map = document.root().as_map();
  std::string order;
  for (std::size_t i = 0; i < map.size(); ++i) order += std::string(map.entries()[i].key.as_text()) + ",";
  CHECK(order == "1,2,3,4,5,Z,a,aa,b,い,");
  CHECK(at(document.root(), "aa").is_null());
  CHECK(at(document.root(), "Z").as_text() == "😀");
  value list = at(at(document.root(), "a"), "z");
  CHECK(list.as_list().size() == 2);
  CHECK(at(list.as_list().at(1), "k").as_text() == "v");
  CHECK(&at(document.root(), "a").as_map() == &at(document.root(), "a").as_map());
  value found;
  CHECK_FALSE(map.find(value::string("nope"), found));
  CHECK_FALSE(map.find(value::integer(1), found));
}

TEST_CASE("byte order marks and UTF-16 are read") {
  CHECK(at(parsed("\xEF\xBB\xBF{\"a\": 1}").root(), "a").as_integer() == 1);
  std::string little("\xFF\xFE", 2), big("\xFE\xFF", 2);
  for (char c : std::string("{\"a\": \"x\"}")) {
    little += c; little += '\0';
    big += '\0'; big += c;
  }
  CHECK(at(parsed(little).root(), "a").as_text() == "x");
  CHECK(at(parsed(big).root(), "a").as_text() == "x");
}

TEST_CASE("text that is not UTF-8 is refused with its place") {
  auto told = refused("{\n \"a\": \"\xFF\"}");
  CHECK(told.code == "SKM305");
  CHECK(told.line == 2);
  CHECK(told.column == 8);
  CHECK(refused(std::string("\xFF\xFE{", 3)).code == "SKM305");
}

TEST_CASE("syntax errors say where") {
  struct sample { const char* text; std::uint32_t line, column; };
  for (const sample& s : {sample{"", 1, 1}, sample{"  \n ", 1, 1}, sample{"{\"a\": 1,}", 1, 9}, sample{"{\"a\" 1}", 1, 6},
                          sample{"[1 2]", 1, 4}, sample{"{\n\"a\": nul\n}", 2, 6}, sample{"[1]]", 1, 4}, sample{"[01]", 1, 2},
                          sample{"{\"a\": \"x\n\"}", 1, 7}, sample{"[\"\\q\"]", 1, 3}, sample{"[\"\\udc00\"]", 1, 3},
                          sample{"[\"\\ud800x\"]", 1, 3}, sample{"{\"a\": [1, 2", 1, 12}, sample{"{a: 1}", 1, 2}, sample{"[1.]", 1, 4}}) {
    CAPTURE(s.text);
    auto told = refused(s.text);
    CHECK(told.code == "SKM300");
    CHECK(told.line == s.line);
    CHECK(told.column == s.column);
  }
}

TEST_CASE("the line that a diagnostic shows hides what could be secret") {
  auto told = refused("{\"password\": \"hunter2-very-secret\", \"token\": abc123secret, \"next\": \"also-secret\"}");
  CHECK(told.source_line.find("password") != std::string::npos);
  CHECK(told.source_line.find("hunter2") == std::string::npos);
  CHECK(told.source_line.find("abc123secret") == std::string::npos);
  CHECK(told.source_line.find("also-secret") == std::string::npos);
  CHECK(told.caret == told.column - 1);
}

TEST_CASE("depth is bounded") {
  CHECK(json_document::parse("deep", nested(1000)).ok());
  CHECK(refused(nested(1001)).code == "SKM400");
  CHECK(refused(nested(100000)).code == "SKM400");
  CHECK(refused(std::string(100000, '[')).code == "SKM400");
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK(refused(objects).code == "SKM400");
}

TEST_CASE("a duplicate key is told where it is asked for, or refused at once") {
  std::string text = "{\"x\": {\"k\": 1, \"j\": 2,\n \"\\u006b\": \"secret-value\"}, \"y\": {\"a\": 1, \"c\": [{}], \"b\": 2}}";
  auto read = parsed(text);
  CHECK(at(at(read.root(), "x"), "k").as_integer() == 1);
  CHECK(at(read.root(), "x").as_map().size() == 2);
  const json_tape& tape = *read.document.root().tape();
  CHECK(has_duplicate_keys(tape, json_tape::root, true));
  CHECK_FALSE(has_duplicate_keys(tape, json_tape::root, false));
  CHECK(has_duplicate_keys(tape, read.document.root().field("x").place(), false));
  CHECK_FALSE(has_duplicate_keys(tape, read.document.root().field("y").place(), true));
  auto told = duplicate_keys("plan.json", text);
  REQUIRE(told.size() == 1);
  CHECK(told[0].code == "SKM304");
  CHECK(told[0].line == 2);
  CHECK(told[0].column == 2);
  CHECK(told[0].source_line.find("secret-value") == std::string::npos);
  CHECK(refused(text, true).code == "SKM304");
}

TEST_CASE("every prefix of a document is refused, and none crashes") {
  std::string text = R"({"a": [1, -2.5e3, "x\u00e9\n", true, false, null], "b": {"c": {}, "d": []}})";
  CHECK(json_document::parse("whole", text, true).ok());
  for (std::size_t n = 0; n < text.size(); ++n) {
    auto document = json_document::parse("cut", text.substr(0, n));
    REQUIRE_FALSE(document.ok());
    CHECK(document.diagnostics()[0].code == "SKM300");
    CHECK(document.diagnostics()[0].line == 1);
  }
}
