#include <doctest/doctest.h>

#include <array>
#include <random>

#include "cel/environment.hpp"
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

std::string unparsed(std::string_view text) {
  sekimori::cel::testing::full_environment full;
  auto made = full.compile(plain_text(std::string(text)), sekimori::cel::testing::unchecked());
  return made ? unparse(*made.value()->root) : "error: " + made.diagnostics()[0].message;
}

}  // namespace

TEST_CASE("text comes back with only the parentheses it needs") {
  CHECK(unparsed("((a)+(b*c))") == "a + b * c");
  CHECK(unparsed("(a+b)*c") == "(a + b) * c");
  CHECK(unparsed("a-(b-c)") == "a - (b - c)");
  CHECK(unparsed("a&&(b||c)&&d") == "a && (b || c) && d");
  CHECK(unparsed("a&&(b&&(c&&d))") == "a && (b && (c && d))");
  CHECK(unparsed("(a?b:c)?d:e") == "(a ? b : c) ? d : e");
  CHECK(unparsed("-(1)") == "-(1)");
  CHECK(unparsed("(-1).f()") == "(-1).f()");
  CHECK(unparsed("!(a&&b)") == "!(a && b)");
  CHECK(unparsed("a.`b-c`.?d[?e]") == "a.`b-c`.?d[?e]");
  CHECK(unparsed("has(a.b)&&x.T{f:[?g]}.f") == "has(a.b) && x.T{f: [?g]}.f");
  CHECK(unparsed("a.map(x,p,x+1)") == "a.map(x, p, x + 1)");
  CHECK(unparsed("cel.block([1,cel.index(0)],cel.index(1))") == "cel.block([1, cel.index(0)], cel.index(1))");
  CHECK(unparsed("{?'a':1.0,2u:b'\\xff'}") == "{?\"a\": 1.0, 2u: b\"\\xff\"}");
}

TEST_CASE("chains of one operator come back in every shape that parentheses give them") {
  // All trees of up to seven terms.
  std::vector<std::vector<std::string>> trees(8);
  trees[1] = {"a"};
  for (std::size_t terms = 2; terms < trees.size(); ++terms) {
    for (std::size_t left = 1; left < terms; ++left) {
      for (const std::string& one : trees[left]) {
        for (const std::string& other : trees[terms - left]) trees[terms].push_back("(" + one + "||" + other + ")");
      }
    }
  }
  sekimori::cel::testing::full_environment full;
  for (const std::vector<std::string>& texts : trees) {
    for (const std::string& text : texts) {
      auto first = full.compile(plain_text(text), sekimori::cel::testing::unchecked());
      REQUIRE(first.ok());
      std::string written = unparse(*first.value()->root);
      auto second = full.compile(plain_text(written), sekimori::cel::testing::unchecked());
      REQUIRE(second.ok());
      CAPTURE(text);
      CAPTURE(written);
      CHECK(dump(*second.value()->root) == dump(*first.value()->root));
    }
  }
  CHECK(unparsed("((a||b)||(c||d))") == "a || b || c || d");
  CHECK(unparsed("(a||(b||c))||d") == "a || (b || c) || d");
}

TEST_CASE("every expression of the conformance suite survives being written and read again") {
  std::size_t seen = 0;
  sekimori::cel::testing::full_environment full;
  bool ran = sekimori::cel::testing::each_conformance_test([&](simdjson::dom::element test) {
    std::string text = sekimori::cel::testing::text_at(test, "expr");
    auto first = full.compile(plain_text(text), sekimori::cel::testing::unchecked());
    CAPTURE(text);
    REQUIRE_MESSAGE(first.ok(), first.diagnostics()[0].message);
    std::string written = unparse(*first.value()->root);
    CAPTURE(written);
    auto second = full.compile(plain_text(written), sekimori::cel::testing::unchecked());
    REQUIRE_MESSAGE(second.ok(), second.diagnostics()[0].message);
    CHECK(dump(*second.value()->root) == dump(*first.value()->root));
    CHECK(unparse(*second.value()->root) == written);
    ++seen;
  });
  if (ran) CHECK(seen > 1000);
}

namespace {

// Expressions made at random, with every construct in every place.
class generator {
 public:
  explicit generator(unsigned seed) : random_(seed) {}

  std::string make(int depth) {
    if (depth == 0) return pick({"a", "b.c", ".d", "1", "-2", "3u", "-4.5", "'s'", "b'\\xff'", "null", "true", "cel.index(0)", "[]", "{}"});
    auto sub = [&] { return make(depth - 1 - static_cast<int>(random_() % static_cast<unsigned>(depth))); };
    auto member = [&] { return "(" + sub() + ")"; };
    switch (random_() % 14) {
      case 0: return sub() + pick({" || ", " && ", " == ", " < ", " in ", " + ", " - ", " * ", " % "}) + sub();
      case 1: return member() + pick({" || ", " && ", " - ", " / ", " >= "}) + member();
      case 2: return pick({"!", "-", "- -", "!!"}) + member();
      case 3: return member() + " ? " + member() + " : " + sub();
      case 4: return member() + pick({".f", ".?f", ".`a-b`", ".if"});
      case 5: return member() + pick({"[", "[?"}) + sub() + "]";
      case 6: return "[" + pick({"", "?"}) + sub() + ", " + sub() + "]";
      case 7: return "{" + sub() + ": " + sub() + ", ?" + sub() + ": " + sub() + "}";
      case 8: return pick({"f", ".g.h", "a.b.f", "optional.of"}) + "(" + sub() + ", " + sub() + ")";
      case 9: return pick({"T", "a.T", ".T"}) + "{f: " + sub() + ", ?`g h`: " + sub() + "}";
      case 10: return member() + pick({".all(x, ", ".map(x, ", ".filter(y, ", ".map(x, p, ", ".optMap(x, ", ".exists(k, v, "}) + sub() + ")";
      case 11: return "has(" + member() + ".f)";
      case 12: return "cel.bind(x, " + sub() + ", " + sub() + ")";
      default: return "cel.block([" + sub() + ", " + sub() + "], " + sub() + ")";
    }
  }

 private:
  std::string pick(std::initializer_list<std::string_view> from) { return std::string(from.begin()[random_() % from.size()]); }
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("generated expressions survive being written and read again") {
  sekimori::cel::testing::full_environment full;
  generator made(20260101);
  std::size_t parsed = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = made.make(1 + i % 6);
    CAPTURE(text);
    auto first = full.compile(plain_text(text), sekimori::cel::testing::unchecked());
    REQUIRE_MESSAGE(first.ok(), first.diagnostics()[0].message);
    ++parsed;
    std::string written = unparse(*first.value()->root);
    CAPTURE(written);
    auto second = full.compile(plain_text(written), sekimori::cel::testing::unchecked());
    REQUIRE_MESSAGE(second.ok(), second.diagnostics()[0].message);
    CHECK(dump(*second.value()->root) == dump(*first.value()->root));
  }
  CHECK(parsed == 3000);
}

TEST_CASE("soups of tokens are refused or understood, never fatal") {
  constexpr std::array<std::string_view, 40> tokens = {
      "a", "b", "1", "2u", "1.5", "'s'", "b's'", "null", "in", ".", ",", ":", "?", "(", ")", "[", "]", "{", "}", "+", "-", "*",
      "!", "<", "==", "=", "&&", "||", "&", "has(", ".all(x,", ".map(", "cel.bind(", "T{", "`q`", "'open", "and", "not", ".?", "[?"};
  std::mt19937 random(7);
  sekimori::cel::testing::full_environment env;
  env.declare_variable("a", env.types().parse("map(string, list(int))"));
  env.declare_variable("b", env.types().parse("dyn"));
  std::size_t understood = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 12; n > 0; --n) text += std::string(tokens[random() % tokens.size()]) + " ";
    auto made = env.compile(plain_text(text));
    if (made.ok()) {
      ++understood;
      CHECK(made.value()->root->checked_type != nullptr);
    } else {
      CHECK_FALSE(made.diagnostics().empty());
    }
  }
  CHECK(understood > 100);
}
