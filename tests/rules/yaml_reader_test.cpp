// Nodes and their places, through every scalar style.
#include "rules/yaml_reader.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace sekimori;
using namespace sekimori::rules;

namespace {

source_ptr source_of(std::string text) { return std::make_shared<const source_text>("t.yaml", std::move(text)); }

// The value of the first key, and what the file has where `word` of it was found.
struct found {
  std::string text;
  std::string in_file;
  std::string whole;
};

found find_in_value(const std::string& document, const std::string& wanted) {
  const auto source = source_of(document);
  const yaml_text read = read_yaml(*source);
  REQUIRE(read.readable);
  REQUIRE(read.root.items.size() >= 2);
  const located_text at = locate(read.root.items[1], source);
  REQUIRE(at.placed());
  const auto begin = at.text.find(wanted);
  REQUIRE(begin != std::string::npos);
  const span place = at.map({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + wanted.size())});
  const auto slice = [&](span one) { return std::string(source->text().substr(one.begin, one.end - one.begin)); };
  return {at.text, slice(place), slice(at.whole)};
}

std::string codes(const std::string& text) {
  std::string made;
  const auto source = source_of(text);
  for (const auto& one : read_yaml(*source).problems) made += one.code + "@" + std::to_string(one.line) + ":" + std::to_string(one.column) + " ";
  return made;
}

scalar_kind kind_of_text(const std::string& text) {
  const auto source = source_of("a: " + text + "\n");
  const yaml_text read = read_yaml(*source);
  REQUIRE(read.readable);
  return kind_of(read.root.items[1]);
}

}  // namespace

TEST_CASE("each byte of a scalar is found where the file has it") {
  SUBCASE("plain, one line") {
    const auto f = find_in_value("a: one two # three\n", "two");
    CHECK(f.text == "one two");
    CHECK(f.in_file == "two");
    CHECK(f.whole == "one two");
  }
  SUBCASE("plain, folded over lines and an empty line") {
    const auto f = find_in_value("a: one\n  two\n\n  three four\nb: 1\n", "four");
    CHECK(f.text == "one two\nthree four");
    CHECK(f.in_file == "four");
  }
  SUBCASE("single quoted, with a doubled quote and a fold") {
    const auto f = find_in_value("a: 'it''s\n   here'\n", "here");
    CHECK(f.text == "it's here");
    CHECK(f.in_file == "here");
    CHECK(f.whole == "'it''s\n   here'");
  }
  SUBCASE("double quoted, with an escaped backslash before an escaped line end, and everything after it") {
    const found at = find_in_value("k: \"m('\\\\\\\n  \\\\s*root') && last\"\n", "last");
    CHECK(at.text == "m('\\\\s*root') && last");
    CHECK(at.in_file == "last");
  }
  SUBCASE("double quoted, folds and escapes of every kind") {
    const found at = find_in_value("k: \"one\n  two  \n\n  three\\n\\\n  \\ four \\x41\\u3042\\ud83d\\ude00\\e\\_ end\"\n", "end");
    CHECK(at.text == "one two\nthree\n four A\u3042\U0001f600\x1b\u00a0 end");
    CHECK(at.in_file == "end");
  }
  SUBCASE("double quoted, with escapes and an escaped line end") {
    const auto f = find_in_value("a: \"\\u3042\\t\\x41 \\\n    x\\ud83d\\ude00 end\"\n", "end");
    CHECK(f.text == "\xe3\x81\x82\tA x\xf0\x9f\x98\x80 end");
    CHECK(f.in_file == "end");
  }
  SUBCASE("literal") {
    const auto f = find_in_value("a: |  # why\n    one\n      two\n\n    three\nb: 1\n", "three");
    CHECK(f.text == "one\n  two\n\nthree\n");
    CHECK(f.in_file == "three");
    CHECK(f.whole.substr(0, 1) == "|");
  }
  SUBCASE("literal with an indentation indicator keeps its spaces") {
    const auto f = find_in_value("a: |2\n    one\n   two\n", " two");
    CHECK(f.text == "  one\n two\n");
    CHECK(f.in_file == " two");
  }
  SUBCASE("folded, stripped, with a deeper line") {
    const auto f = find_in_value("a: >-\n  resource.a &&\n  resource.b\n\n  three\n    more\n  last\n", "resource.b");
    CHECK(f.text == "resource.a && resource.b\nthree\n  more\nlast");
    CHECK(f.in_file == "resource.b");
    CHECK(find_in_value("a: >-\n  x\n    more\n  last\n", "last").in_file == "last");
  }
  SUBCASE("wide characters before the place") {
    CHECK(find_in_value("a: \"日本語 \\\"x\\\" word\"\n", "word").in_file == "word");
  }
  SUBCASE("line ends of Windows") {
    const auto f = find_in_value("a: >-\r\n  one\r\n  two\r\nb: 1\r\n", "two");
    CHECK(f.text == "one two");
    CHECK(f.in_file == "two");
    CHECK(find_in_value("a: 'one\r\n   two'\r\n", "two").in_file == "two");
  }
  SUBCASE("after a byte order mark") {
    CHECK(find_in_value("\xef\xbb\xbf"
                        "a: word\n",
                        "word")
              .in_file == "word");
  }
}

TEST_CASE("collections span what they hold") {
  const auto source = source_of("a: [1, {b: c}] # ]\nd:\n  - x\n  - y\n");
  const yaml_text read = read_yaml(*source);
  REQUIRE(read.readable);
  const auto slice = [&](const node& one) { return std::string(source->text().substr(one.where.begin, one.where.end - one.where.begin)); };
  CHECK(slice(read.root.items[1]) == "[1, {b: c}]");
  CHECK(slice(read.root.items[1].items[1]) == "{b: c}");
  CHECK(slice(read.root.items[3]) == "- x\n  - y");
}

TEST_CASE("plain scalars follow YAML 1.2's core schema") {
  for (const char* text : {"yes", "no", "on", "off", "1.0.0", "2026-11-24", "0b1", "1_000", "+", ".", "-", "1e", "'22'", "\"true\"", "nil"}) {
    CAPTURE(text);
    if (std::string(text) == "-") continue;   // a list item, not a scalar
    CHECK(kind_of_text(text) == scalar_kind::string);
  }
  for (const char* text : {"0", "-7", "+7", "007", "0x1F", "0o17"}) CHECK(kind_of_text(text) == scalar_kind::integer);
  for (const char* text : {"1.0", ".5", "1.", "1e3", "-1.5E-3", ".inf", "-.INF", ".nan"}) CHECK(kind_of_text(text) == scalar_kind::floating);
  for (const char* text : {"true", "False", "TRUE"}) CHECK(kind_of_text(text) == scalar_kind::boolean);
  for (const char* text : {"null", "~", "Null", ""}) CHECK(kind_of_text(text) == scalar_kind::null);
}

TEST_CASE("what documents do not use is refused, and the reading goes on") {
  CHECK(codes("a: &x 1\nb: *x\nc: !!str 2\na: 3\n") == "SKM111@1:4 SKM111@2:4 SKM111@3:4 SKM102@4:1 ");
  CHECK(codes("a: 1\n<<: {b: 2}\n") == "SKM111@2:1 ");
  CHECK(codes("a: 1\n---\nb: 2\n") == "SKM111@2:1 ");
  CHECK(codes("? [a]\n: 1\n") == "SKM111@1:3 ");
  CHECK(codes("{\"a\": 1, \"a\": 2}") == "SKM102@1:10 ");
}

TEST_CASE("a key that stands twice is found in a mapping of any length") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  CHECK(codes(text).empty());
  // One of the first, one of the last, and one that is refused a second time.
  CHECK(codes(text + "k0: 1\nk39: 1\nk0: 1\n") == "SKM102@41:1 SKM102@42:1 SKM102@43:1 ");
  CHECK(codes("a: {x: 1, y: 2}\nb: {x: 1, y: 2, x: 3}\nx: 1\n") == "SKM102@2:17 ");
}

TEST_CASE("a quoted << is a key like any other, and no twin of a merge key") {
  const auto source = source_of("\"<<\": 1\n<<: {a: 2}\nb: 3\n");
  const yaml_stream read = read_yaml_stream(*source);
  CHECK(read.problems.empty());
  REQUIRE(read.documents.size() == 1);
  std::string keys;
  for (std::size_t i = 0; i < read.documents[0].items.size(); i += 2) keys += std::string(read.documents[0].items[i].text) + " ";
  CHECK(keys == "<< b a ");
}

TEST_CASE("a tree outlives the reading, and may be moved") {
  yaml_text kept;
  {
    yaml_text read = read_yaml(*source_of("a: \"one \\u3042\"\nb: [x, 'it''s']\nc: |\n  d\n"));
    kept = std::move(read);
  }
  REQUIRE(kept.root.items.size() == 6);
  CHECK(kept.root.items[1].text == "one \u3042");
  CHECK(kept.root.items[3].items[1].text == "it's");
  CHECK(kept.root.items[5].text == "d\n");
}

TEST_CASE("hostile texts end in a report") {
  CHECK(codes(std::string(100'000, '[')) == "SKM400@1:101 ");
  std::string dashes;
  for (int i = 0; i < 50'000; ++i) dashes += "- ";
  CHECK(codes(dashes).substr(0, 6) == "SKM400");
  std::string laughs = "a0: &a0 [x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before + "]\n";
  }
  CHECK(codes(laughs).find("SKM111") != std::string::npos);
  CHECK(codes("a: \xff\n") == "SKM109@1:4 ");
  CHECK(codes(std::string("a: b\0c\n", 7)) == "SKM109@1:5 ");
  // Wherever it stands among the bytes that are looked at together, and no other byte.
  for (int code = 1; code < 0x100; ++code) {
    const char c = static_cast<char>(code);
    const bool refused = (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7f;
    for (std::size_t at = 1; at < 20; ++at) {
      if (!refused && code < 0x80) continue;
      std::string text = "# " + std::string(20, 'x') + "\na: 1\n";
      text[1 + at] = c;
      CAPTURE(code);
      CHECK(codes(text) == "SKM109@1:" + std::to_string(at + 2) + " ");
    }
  }
  for (int code = 0x20; code < 0x7f; ++code) CHECK(codes("# " + std::string(9, static_cast<char>(code)) + "\na: 1\n").empty());
  CHECK(codes("# \t\t\t\t\t\t\t\t\t\t\r\n\r\na: 1\n").empty());
  CHECK(codes("# 関守関守関守\na: 1\n").empty());
  const auto large = source_of(std::string(2'000, 'a'));
  yaml_limits limits;
  limits.bytes = 1'000;
  CHECK_FALSE(read_yaml(*large, limits).readable);
  // Every prefix of a document with all styles either reads or says where it does not.
  const std::string text = "a: [1, 'x''y', \"\\u3042\"]\nb: >-\n  one\n  two\nc: {d: |-\n}\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto source = source_of(text.substr(0, size));
    const yaml_text read = read_yaml(*source);
    CHECK((read.readable || !read.problems.empty()));
  }
}

TEST_CASE("text in single quotes is what YAML says, however many quotes are in it") {
  const auto text_of_value = [](const std::string& raw) {
    const auto source = source_of("a: '" + raw + "'\n");
    const yaml_text read = read_yaml(*source);
    REQUIRE_MESSAGE(read.readable, raw);
    return std::string(read.root.items[1].text);
  };
  CHECK(text_of_value("") == "");
  CHECK(text_of_value("''") == "'");
  CHECK(text_of_value("x''''y") == "x''y");
  CHECK(text_of_value("  a  b  ") == "  a  b  ");
  CHECK(text_of_value("a \\n\t\"b") == "a \\n\t\"b");
  CHECK(text_of_value("関''守") == "関'守");
  CHECK(text_of_value("a  \n   b") == "a b");
  CHECK(text_of_value("a\r\n  b") == "a b");
  CHECK(text_of_value("a\n\n\n  b") == "a\n\nb");
  CHECK(text_of_value("\n  a\n  ") == " a ");
  // libfyaml 0.7 forgets memory over runs of '' in text that it is asked for (LeakSanitizer sees it here).
  std::string quotes;
  for (int i = 0; i < 1000; ++i) quotes += "''";
  CHECK(text_of_value(quotes) == std::string(1000, '\''));
}
