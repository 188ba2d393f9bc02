// Positions of values in JSON texts: what stands at the position that was found is the value that the pointer leads to in the parsed
// document. Generated texts, written by hand ones, and real files.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "base/text.hpp"
#include "value/json_positions.hpp"
#include "value/json_view.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {

std::string part(std::string_view key) {
  std::string made;
  for (const char c : key) made += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return made;
}

struct place { std::string pointer; document_node node; };

// Every value of a document.
void collect(const document_node& of, const std::string& pointer, std::vector<place>& into) {
  into.push_back({pointer, of});
  std::vector<std::string> seen;
  std::size_t index = 0;
  if (of.is_list()) of.each_element([&](const document_node& one) { collect(one, pointer + "/" + std::to_string(index++), into); });
  if (!of.is_map()) return;
  of.each_entry([&](std::string_view key, const document_node& one) {
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) return;      // the first one counts
    seen.emplace_back(key);
    collect(one, pointer + "/" + part(key), into);
  });
}

// The offset of a line and a column, counted byte by byte.
std::size_t offset_of(std::string_view text, line_column at) {
  std::size_t offset = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (std::uint32_t line = 1; line < at.line; ++line) offset = text.find('\n', offset) + 1;
  for (std::uint32_t column = 1; column < at.column; ++column) decode_utf8(text, offset);
  return offset;
}

// The value that begins there, by a loop that looks at each byte.
std::string value_at(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
      if (!quoted && depth == 0) return std::string(text.substr(begin, i + 1 - begin));
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return std::string(text.substr(begin, i - begin));
      if (--depth == 0) return std::string(text.substr(begin, i + 1 - begin));
    } else if (depth == 0 && (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      return std::string(text.substr(begin, i - begin));
    }
  }
  return std::string(text.substr(begin));
}

std::string shown(const document_node& node) {
  arena memory;
  return to_json(node.is_map() || node.is_list() ? node.read(memory) : node.scalar());
}

// `most` values of the text, looked for in an order of their own, beside pointers that lead nowhere.
std::size_t check_text(const std::string& text, std::mt19937& random, std::size_t most) {
  auto parsed = json_document::parse("text", text);
  if (!parsed) return 0;
  std::vector<place> all;
  collect(parsed->root(), "", all);
  std::shuffle(all.begin(), all.end(), random);
  if (all.size() > most) all.resize(most);
  std::vector<std::string> nowhere = {"no pointer"};
  if (!parsed->root().is_string()) nowhere.push_back("/nothing/here");
  for (const place& one : {all.front(), all.back()}) {
    if (!one.node.is_string()) nowhere.push_back(one.pointer + "/~2none/~");
  }
  std::vector<std::string_view> pointers;
  for (const place& one : all) pointers.push_back(one.pointer);
  for (const std::string& one : nowhere) pointers.push_back(one);
  std::shuffle(pointers.begin(), pointers.end(), random);
  json_positions positions(text, pointers);
  for (const place& one : all) {
    const line_column at = positions.find(one.pointer);
    CAPTURE(one.pointer);
    REQUIRE(at.line > 0);
    auto again = json_document::parse("value", "[" + value_at(text, offset_of(text, at)) + "]");
    REQUIRE(again.ok());
    document_node element;
    again->root().each_element([&](const document_node& only) { element = only; });
    REQUIRE(shown(element) == shown(one.node));
  }
  for (const std::string& one : nowhere) REQUIRE(positions.find(one).line == 0);
  REQUIRE(positions.find("/not asked for").line == 0);
  return all.size();
}

// Texts as nobody would write them.
class writer {
 public:
  explicit writer(unsigned seed) : random_(seed) {}

  std::string text() {
    made_ = random_() % 4 == 0 ? "\xEF\xBB\xBF" : "";
    space();
    value(1 + random_() % 7);
    space();
    return std::move(made_);
  }

 private:
  void space() {
    static const std::vector<std::string> some = {"", "", "", " ", "\n", "\r\n", "\t", "\n\n  ", std::string(70, ' '), "\n" + std::string(63, ' ')};
    made_ += some[random_() % some.size()];
  }
  void quoted() {
    static const std::vector<std::string> parts = {"a", "b/c", "~", "~1", "{", "}", "[", "]", "\\\"", "\\\\", "\\n", "\\u003a", "\\ud83d\\ude00", "\xE5\xBA\x81", "\xF0\x9F\x98\x80", "0", "1",
                                                   ",", ":", std::string(64, '\xC3').replace(0, 64, [] { std::string s; for (int i = 0; i < 32; ++i) s += "\xC3\xA9"; return s; }()),
                                                   "\\\\\\\"", std::string(40, '\\')};
    made_ += '"';
    for (std::size_t i = random_() % 5; i > 0; --i) made_ += parts[random_() % parts.size()];
    made_ += '"';
  }
  void value(std::size_t depth) {
    static const std::vector<std::string> scalars = {"true", "false", "null", "0", "-1", "12.5", "1e3", "18446744073709551615"};
    const unsigned roll = random_() % 8;
    if (depth == 0 || roll < 2) {
      if (random_() % 2 == 0) quoted();
      else made_ += scalars[random_() % scalars.size()];
      return;
    }
    const bool map = roll < 5;
    made_ += map ? '{' : '[';
    space();
    const std::size_t size = random_() % 20 == 0 ? 40 : random_() % 5;
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) {
        made_ += ',';
        space();
      }
      if (map) {
        quoted();
        space();
        made_ += ':';
        space();
      }
      value(depth - 1);
      space();
    }
    made_ += map ? '}' : ']';
  }

  std::mt19937 random_;
  std::string made_;
};

line_column at(std::string_view text, std::string_view pointer, std::size_t first_element = 0) {
  const std::vector<std::string_view> wanted = {pointer};
  return json_positions(text, wanted, first_element).find(pointer);
}
std::string told(line_column where) { return std::to_string(where.line) + ":" + std::to_string(where.column); }

}  // namespace

TEST_CASE("lines and columns") {
  const std::string text = "{\n  \"a/b\": {\"~\": [1, {\"x\": 2}]},\n  \"\xE5\xBA\x81\": \"\xF0\x9F\x98\x80\", \"\\u0041\": true, \"\": 3\n}";
  CHECK(told(at(text, "")) == "1:1");
  CHECK(told(at(text, "/a~1b")) == "2:10");
  CHECK(told(at(text, "/a~1b/~0/1")) == "2:20");
  CHECK(told(at(text, "/a~1b/~0/1/x")) == "2:26");
  CHECK(told(at(text, "/\xE5\xBA\x81")) == "3:8");        // columns are characters
  CHECK(told(at(text, "/A")) == "3:23");
  CHECK(told(at(text, "/")) == "3:33");
  for (const char* nothing : {"/a", "/a~1b/~0/2", "/a~1b/~0/01", "/a~1b/~0/-", "/a~1b/~0/1/x/y", "a", "/a~1b/~0/18446744073709551616"}) CHECK(told(at(text, nothing)) == "0:0");
  CHECK(told(at("[10, 20, 30]", "/1002", 1000)) == "1:10");
  CHECK(told(at("[[10, 20], 30]", "/1000/1", 1000)) == "1:7");        // of the list at the top alone
  CHECK(told(at("{\"a\": 1, \"a\": 2}", "/a")) == "1:7");             // the first one, as it is read
  CHECK(told(at("{\"1\": {\"0\": 5}}", "/1/0")) == "1:13");            // numbers are keys of objects, too
  CHECK(told(at("", "/a")) == "0:0");
  CHECK(told(at("{\"a\": \"{\\\"b\\\": 1}\"}", "/a/b/c")) == "1:7");  // in a string that holds JSON
}

TEST_CASE("generated texts") {
  std::mt19937 random(11);
  std::size_t looked_for = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    looked_for += check_text(writer(seed).text(), random, 60);
  }
  CHECK(looked_for > 20'000);
}

TEST_CASE("depth and numbers: linear, and without recursion") {
  std::string deep, pointer;
  for (int i = 0; i < 900; ++i) {
    deep += i % 2 == 0 ? "[" : "{\"k\":";
    pointer += i % 2 == 0 ? "/0" : "/k";
  }
  deep += "7";
  for (int i = 899; i >= 0; --i) deep += i % 2 == 0 ? "]" : "}";
  CHECK(told(at(deep, pointer)) == "1:" + std::to_string(deep.find('7') + 1));
  // All of many elements, the last ones first; and strings that are nothing but escapes.
  std::string many = "[";
  std::vector<std::string> pointers;
  for (int i = 0; i < 50'000; ++i) {
    many += std::string(i > 0 ? ",\n" : "") + "{\"a\": \"" + (i % 100 == 0 ? std::string(2000, '\\') : "{[") + "\"}";
    pointers.push_back("/" + std::to_string(i) + "/a");
  }
  many += "]";
  const std::vector<std::string_view> wanted(pointers.rbegin(), pointers.rend());
  json_positions positions(many, wanted);
  for (std::size_t i = 0; i < pointers.size(); ++i) REQUIRE(told(positions.find(wanted[i])) == std::to_string(50'000 - i) + ":" + (i == 49'999 ? "8" : "7"));
}

TEST_CASE("real files") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path root = given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no data (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json" && entry.file_size() < 400'000) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::mt19937 random(13);
  std::size_t read = 0, looked_for = 0;
  for (const auto& path : files) {
    CAPTURE(path.string());
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const std::size_t found = check_text(to_utf8(bytes).value_or(bytes), random, 100);
    read += found > 0;
    looked_for += found;
  }
  MESSAGE(read << " of " << files.size() << " files, " << looked_for << " values");
  CHECK(read > 100);
}
