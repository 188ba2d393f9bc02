#include "cel/mutation/mutants.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "cel/mutation/parts.hpp"
#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct written {
  std::vector<std::string> parts;       // as they stand in the text
  std::vector<std::string> mutants;     // whole expressions
  std::vector<std::string> changes;
};

written written_of(const std::string& text) {
  bench at;
  for (std::string_view name : {"a", "b", "c", "list"}) at.set(name, value::null());
  const compiled_ptr program = at.compile(text);
  written made;
  for (const expression* part : boolean_parts(*program->root, false)) made.parts.push_back(text.substr(part->where.begin, part->where.end - part->where.begin));
  for (const mutant& one : mutants_of(*program->root, text)) {
    made.mutants.push_back(one.text);
    made.changes.push_back(one.change);
  }
  return made;
}

using texts = std::vector<std::string>;

std::uint8_t truths_of(bench& at, const std::string& text, const std::string& part) {
  const compiled_ptr program = at.compile(text);
  evaluator run(at.memory, at.bounds);
  trace traced;
  run.evaluate(*program, at.variables, &traced);
  for (const expression* one : boolean_parts(*program->root, false)) {
    if (text.substr(one->where.begin, one->where.end - one->where.begin) != part) continue;
    for (const observation& seen : traced.observations) {
      if (seen.expression == one->id) return seen.truths;
    }
    return 0;
  }
  FAIL("no such part: " << part);
  return 0;
}

}  // namespace

TEST_CASE("the parts of a condition that tests should see both ways") {
  CHECK(written_of("a == 1 && !b").parts == texts{"a == 1 && !b", "a == 1", "b"});
  // A chain is one part, not those that the parser balances it by.
  CHECK(written_of("(a && b && c && a.b)").parts == texts{"a && b && c && a.b", "a", "b", "c", "a.b"});
  CHECK(written_of("a || b && c").parts == texts{"a || b && c", "a", "b && c", "b", "c"});
  CHECK(written_of("a ? b : c > 2").parts == texts{"a", "c > 2"});
  CHECK(written_of("(a ? b : c) || true").parts == texts{"(a ? b : c) || true", "a ? b : c", "a", "b", "c"});
  CHECK(written_of("list.exists(x, x.y && x.z > 1)").parts == texts{"list.exists(x, x.y && x.z > 1)", "x.y && x.z > 1", "x.y", "x.z > 1"});
  CHECK(written_of("size(list.filter(x, x.ready)) > 0").parts == texts{"size(list.filter(x, x.ready)) > 0", "x.ready"});
  CHECK(written_of("list.map(x, x.ok, x.name).size() == 0").parts == texts{"list.map(x, x.ok, x.name).size() == 0", "x.ok"});
  CHECK(written_of("cel.bind(x, a == 1, x || b)").parts == texts{"a == 1", "x || b", "x", "b"});
  CHECK(written_of("has(a.b) ? a.b : 'x'").parts == texts{"has(a.b)"});
  CHECK(written_of("'x' + a.name").parts.empty());
  CHECK(written_of("a.name").parts.empty());
}

TEST_CASE("each mistake is made once") {
  CHECK(written_of("a && b").mutants == texts{"!(a && b)", "!a && b", "b", "a || b", "a && !b", "a"});
  CHECK(written_of("!a").mutants == texts{"!!a"});
  CHECK(written_of("a == 1").mutants == texts{"a != 1", "a == 2", "a == 0"});
  CHECK(written_of("a != b").mutants == texts{"a == b"});
  CHECK(written_of("a < b").mutants == texts{"a <= b", "a >= b"});
  CHECK(written_of("a >= b").mutants == texts{"a > b", "a < b"});
  CHECK(written_of("a == 'x'").mutants == texts{"a != \"x\"", "a == \"x~\""});
  CHECK(written_of("a.?b.orValue(false)").mutants == texts{"!a.?b.orValue(false)", "a.?b.orValue(true)"});
  CHECK(written_of("a in [1.5]").mutants == texts{"!(a in [1.5])", "a in [2.5]", "a in [0.5]"});
  CHECK(written_of("a == 0u").mutants == texts{"a != 0u", "a == 1u"});
  CHECK(written_of("a == 9223372036854775807").mutants == texts{"a != 9223372036854775807", "a == 9223372036854775806"});
  CHECK(written_of("list.all(x, x > 1)").mutants ==
        texts{"!list.all(x, x > 1)", "list.all(x, x >= 1)", "list.all(x, x <= 1)", "list.all(x, x > 2)", "list.all(x, x > 0)"});
}

TEST_CASE("in a longer chain each operand can be missing and each operator be the other one") {
  const written made = written_of("a && b && c");
  auto has = [&](const std::string& text) { return std::find(made.mutants.begin(), made.mutants.end(), text) != made.mutants.end(); };
  for (const char* text : {"b && c", "a && c", "a && b", "a || b && c", "a && b || c"}) {
    CAPTURE(text);
    CHECK(has(text));
  }
  CHECK(made.mutants.size() == 9);
}

TEST_CASE("a mutant says what was changed and where") {
  const std::string text = "a.port == 22 || list.exists(x, x > a.most)";
  bench at;
  for (std::string_view name : {"a", "list"}) at.set(name, value::null());
  const compiled_ptr program = at.compile(text);
  std::vector<std::string> told;
  for (const mutant& one : mutants_of(*program->root, text)) {
    told.push_back(std::string(name_of(one.kind)) + " " + text.substr(one.where.begin, one.where.end - one.where.begin) + ": " + one.change);
  }
  CHECK(std::find(told.begin(), told.end(), "dropped a.port == 22: `a.port == 22` was left out") != told.end());
  CHECK(std::find(told.begin(), told.end(), "swapped ||: `||` became `&&`") != told.end());
  CHECK(std::find(told.begin(), told.end(), "constant 22: `22` became `23`") != told.end());
  CHECK(std::find(told.begin(), told.end(), "comparison >: `>` became `>=`") != told.end());
  CHECK(std::find(told.begin(), told.end(), "negated list.exists(x, x > a.most): `list.exists(x, x > a.most)` was negated") != told.end());
}

TEST_CASE("a mutant is an expression, and its text the only change") {
  for (const char* text : {"a.b && (b || !c) && a.`x-y`.?z[?0].orValue({'k': -1}.k == -2) != true", "list.map(x, x.y > 1.0, x.z).all(y, y in list || y == b'\\xff')",
                           "cel.bind(x, a ? b : c, -x + 1 < 0)", "has(a.b) ? a.b < 1 : list.exists_one(i, i == 'あ\\n\"')"}) {
    CAPTURE(text);
    bench at;
    for (std::string_view name : {"a", "b", "c", "list"}) at.set(name, value::null());
    const compiled_ptr program = at.compile(text);
    const auto made = mutants_of(*program->root, text);
    CHECK(made.size() > 5);
    for (const mutant& one : made) {
      CAPTURE(one.text);
      const compiled_ptr again = at.compile(one.text);
      CHECK(unparse(*again->root) == one.text);
      CHECK(one.text != unparse(*program->root));
    }
  }
}

TEST_CASE("a predicate is seen with every element, and what is not asked is not seen") {
  bench at;
  at.set("list", at.list({value::integer(1), value::integer(5), value::integer(2)}));
  at.set("a", value::boolean(true));
  constexpr std::uint8_t both = observation::was_true | observation::was_false;
  CHECK(truths_of(at, "list.all(x, x < 3)", "x < 3") == both);
  CHECK(truths_of(at, "list.all(x, x < 3)", "list.all(x, x < 3)") == observation::was_false);
  CHECK(truths_of(at, "list.filter(x, x > 0).size() == 3", "x > 0") == observation::was_true);
  CHECK(truths_of(at, "a || list.exists(x, x > 4)", "a") == observation::was_true);
  CHECK(truths_of(at, "a || list.exists(x, x > 4)", "list.exists(x, x > 4)") == 0);
  CHECK(truths_of(at, "list.exists(x, x > 4) || a", "x > 4") == both);
}
