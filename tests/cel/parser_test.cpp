#include <doctest/doctest.h>

#include "cel/environment.hpp"
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::tree_of;

namespace {

std::vector<diagnostic> mistakes_of(std::string_view text) {
  environment empty;
  auto made = empty.compile(plain_text(std::string(text)), sekimori::cel::testing::unchecked());
  return made ? std::vector<diagnostic>{} : made.diagnostics();
}

std::string help_for(std::string_view text) {
  auto found = mistakes_of(text);
  return found.empty() ? "no mistake" : found[0].help;
}

const expression* find(const expression& node, std::uint32_t id) {
  if (node.id == id) return &node;
  const expression* found = node.operand != nullptr ? find(*node.operand, id) : nullptr;
  for (const expression* argument : node.arguments) {
    if (found == nullptr) found = find(*argument, id);
  }
  return found;
}

}  // namespace

TEST_CASE("operators bind as CEL says") {
  CHECK(tree_of("1 + 2 * 3 - 4") == "(call _-_ (call _+_ 1 (call _*_ 2 3)) 4)");
  CHECK(tree_of("a || b && !c == d") == "(call _||_ (ident a) (call _&&_ (ident b) (call _==_ (call !_ (ident c)) (ident d))))");
  CHECK(tree_of("a ? b : c ? d : e") == "(call _?_:_ (ident a) (ident b) (call _?_:_ (ident c) (ident d) (ident e)))");
  CHECK(tree_of("a in [1] == true") == "(call _==_ (call @in (ident a) (list 1)) true)");
  CHECK(tree_of("-a.b[0]") == "(call -_ (call _[_] (select (ident a) b) 0))");
  CHECK(tree_of("-1.f()") == "(method f -1)");
  CHECK(tree_of("a - 1") == "(call _-_ (ident a) 1)");
  CHECK(tree_of("a - -1") == "(call _-_ (ident a) -1)");
  CHECK(tree_of("-(1)") == "(call -_ 1)");
  CHECK(tree_of("!!a") == "(call !_ (call !_ (ident a)))");
  CHECK(tree_of("1 < 2 <= 3 > 4 >= 5 != 6").rfind("(call _!=_ (call _>=_", 0) == 0);
}

TEST_CASE("members, calls and literals") {
  CHECK(tree_of("a.b.c(d, 1).e") == "(select (method c (select (ident a) b) (ident d) 1) e)");
  CHECK(tree_of(".a.b") == "(select (ident .a) b)");
  CHECK(tree_of(". f(1)") == "(call .f 1)");
  CHECK(tree_of("a.?b[?c]") == "(call _[?_] (select? (ident a) b) (ident c))");
  CHECK(tree_of("[1, ?a, 2,]") == "(list 1 ?(ident a) 2)");
  CHECK(tree_of("{'a': 1, ?'b': c,}") == "(map (\"a\" 1) (?\"b\" (ident c)))");
  CHECK(tree_of("a.T{f: 1, ?g: 2, `in`: 3,}") == "(object a.T (f 1) (?g 2) (in 3))");
  CHECK(tree_of(". a . T { }") == "(object .a.T)");
  CHECK(tree_of("a.`b-c/d.e f`") == "(select (ident a) b-c/d.e f)");
  CHECK(tree_of("a.if.while()") == "(method while (select (ident a) if))");
  CHECK(tree_of("[]") == "(list)");
  CHECK(tree_of("{}") == "(map)");
}

TEST_CASE("chains of && and || become trees of logarithmic height in source order") {
  CHECK(tree_of("a && b && c && d") ==
        "(call _&&_ (call _&&_ (ident a) (ident b)) (call _&&_ (ident c) (ident d)))");
  std::string chain = "a";
  for (int i = 0; i < 10'000; ++i) chain += " || a";
  CHECK(tree_of(chain).rfind("(call _||_ (call _||_", 0) == 0);
}

TEST_CASE("every node knows its text") {
  environment empty;
  std::string text = "(a + b) * f(c.d)";
  auto made = empty.compile(plain_text(text), sekimori::cel::testing::unchecked());
  REQUIRE(made.ok());
  auto text_of = [&](span s) { return text.substr(s.begin, s.end - s.begin); };
  const expression& root = *made.value()->root;
  CHECK(text_of(root.where) == text);
  CHECK(text_of(root.anchor) == "*");
  CHECK(text_of(root.arguments[0]->where) == "a + b");
  CHECK(text_of(root.arguments[1]->where) == "f(c.d)");
  CHECK(text_of(root.arguments[1]->anchor) == "f");
  CHECK(text_of(root.arguments[1]->arguments[0]->where) == "c.d");
  CHECK(text_of(root.arguments[1]->arguments[0]->anchor) == "d");
  CHECK(made.value()->node_count == 7);
  for (std::uint32_t id = 1; id <= 7; ++id) CHECK(find(root, id) != nullptr);
}

TEST_CASE("several mistakes of one text are told at once") {
  CHECK(mistakes_of("f(1 +) && g([2 2], *)").size() == 3);
  CHECK(mistakes_of("a = 1 & b = 2").size() == 3);
  CHECK(mistakes_of("[1, 99999999999999999999, 'x\\q']").size() == 2);
  CHECK(mistakes_of("has(a) || has(b)").size() == 2);
}

TEST_CASE("slips of the pen are explained") {
  CHECK(help_for("a = b") == "write `==` to compare");
  CHECK(help_for("a & b") == "write `&&` for \"and\"");
  CHECK(help_for("a | b") == "write `||` for \"or\"");
  CHECK(help_for("a and b") == "CEL writes `&&`");
  CHECK(help_for("a or b") == "CEL writes `||`");
  CHECK(help_for("not a") == "CEL writes `!`");
  CHECK(help_for("a === b") == "equality is `==`, inequality `!=`");
  CHECK(help_for("a <> b") == "inequality is `!=`");
  CHECK(help_for("a?.b") == "an optional field is selected with `.?`, as in a.?b");
  CHECK(help_for("a in (1, 2)") == "a list is written [a, b]");
  CHECK(help_for("a.exists(x => x)") == "a macro takes its variable and what to ask of it: .exists(x, x > 1)");
  CHECK(help_for("a matches 'b'") == "a method is called with a dot: x.matches(...)");
  CHECK(help_for("if a") == "CEL writes `condition ? this : that`");
  CHECK(help_for("a.in") == "write `in` in backquotes, or [\"...\"]");
  CHECK(help_for("a ? b ? c : d : e") == "put the inner `? :` in parentheses");
}

TEST_CASE("mistakes come in the order of the text") {
  auto found = mistakes_of("a = 'b");
  REQUIRE(found.size() == 2);
  CHECK(found[0].message == "unexpected `=`");
  CHECK(found[1].message == "the string is not closed");
}

TEST_CASE("mistakes stand where they are") {
  auto found = mistakes_of("a ==\n  (b");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM200");
  CHECK(found[0].message == "`(` is not closed");
  CHECK(found[0].line == 2);
  CHECK(found[0].column == 3);
}

TEST_CASE("what is no CEL is refused") {
  for (std::string_view text : {"", " ", "// nothing", "a b", "a.", ".", "a..b", "(", ")", "[1", "{a}", "{a:}", "f(1,)", "f(,)",
                                "1 +", "* 1", "a ? b", "a.?", "a[", "a[]", "`a`", "as", "a.1", "T{1: 2}", "a[1]{f: 1}", "[,]",
                                "a ! b", "x.`a", "x.``", "@x", "a.b{", "'a' 'b'"}) {
    CAPTURE(text);
    CHECK_FALSE(mistakes_of(text).empty());
  }
}

TEST_CASE("a string's text is not repeated in a message") {
  auto found = mistakes_of("a 'secret'");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "unexpected string");
}

TEST_CASE("limits hold and end with one mistake") {
  auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  std::vector<std::string> hostile = {
      repeated("(", 50'000),
      repeated("[", 50'000),
      repeated("{1:", 30'000),
      repeated("!", 90'000) + "a",
      repeated("- ", 40'000) + "a",
      "a" + repeated(".b", 40'000),
      "a" + repeated("[0]", 30'000),
      "a" + repeated(".f()", 20'000),
      "1" + repeated("+1", 40'000),
      repeated("a?b:", 20'000) + "c",
      repeated("f(", 30'000),
      repeated("a.all(b,", 10'000),
      std::string(200'000, ' '),
  };
  for (const std::string& text : hostile) {
    CAPTURE(text.substr(0, 20));
    auto found = mistakes_of(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "SKM206");
  }
  environment small;
  limits set;
  set.nodes = 10;
  small.set_limits(set);
  auto made = small.compile(plain_text("[1,2,3,4,5,6,7,8,9,10]"), sekimori::cel::testing::unchecked());
  REQUIRE_FALSE(made.ok());
  CHECK(made.diagnostics()[0].code == "SKM206");
}

TEST_CASE("the sizes that CEL asks every parser to take") {
  auto repeated = [](std::string first, std::string_view part, int times) {
    for (int i = 1; i < times; ++i) first += part;
    return first;
  };
  CHECK(mistakes_of(repeated("a", " && a", 32)).empty());
  std::string ternaries;
  for (int i = 0; i < 24; ++i) ternaries += "a ? b : ";
  CHECK(mistakes_of(ternaries + "c").empty());
  CHECK(mistakes_of(std::string(200, '(') + "a" + std::string(200, ')')).empty());
  CHECK(mistakes_of(repeated("1", " + 1", 450)).empty());
}
