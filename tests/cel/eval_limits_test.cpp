#include "eval_support.hpp"

#include "heap_counter/heap_counter.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// A map whose field is what another expression gives, on the same evaluator, while being read.
class derived_map final : public map_view {
 public:
  evaluator* run = nullptr;
  compiled_ptr program;
  std::span<const value> variables;
  std::size_t size() const override { return 1; }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string) || key.as_text() != "derived") return false;
    found = run->evaluate(*program, variables);
    return true;
  }
  const map_entry* entries() const override { return nullptr; }
};

expression* node(arena& memory, expression_kind kind, std::string_view name, std::vector<expression*> arguments) {
  auto* made = memory.make<expression>();
  made->kind = kind;
  made->name = name;
  made->arguments = memory.copy(std::span<expression* const>(arguments));
  return made;
}

}  // namespace

TEST_CASE("a view may evaluate another expression on the same evaluator while being read") {
  bench names;
  derived_map map;
  names.set("object", value::map(&map));
  names.set("n", value::integer(3));
  evaluator run(names.memory, names.bounds);
  map.run = &run;
  map.program = names.compile("[1, 2, 3, 4].map(a, [a].map(b, b * n)[0]).filter(c, c > n)");
  map.variables = names.variables;
  compiled_ptr outer = names.compile("[10, 20].map(x, [x].map(y, y + object.derived.map(z, z + x)[0])[0])");
  CHECK(display(run.evaluate(*outer, names.variables)) == "[26, 46]");
  trace traced;
  CHECK(display(run.evaluate(*outer, names.variables, &traced)) == "[26, 46]");
}

TEST_CASE("an expression that reads itself ends at a limit") {
  bench names;
  derived_map map;
  names.set("object", value::map(&map));
  evaluator run(names.memory, names.bounds);
  map.run = &run;
  map.variables = names.variables;
  map.program = names.compile("[1].map(x, x + object.derived)[0]");
  value found = run.evaluate(*map.program, names.variables);
  REQUIRE(found.is_error());
  CHECK(found.as_error().code == evaluation_error_code::limit);
  compiled_ptr plain = names.compile("1 + 1");
  CHECK(display(run.evaluate(*plain, names.variables)) == "2");
}

TEST_CASE("a tree deeper than any parser makes ends at a limit") {
  arena memory;
  expression* tree = node(memory, expression_kind::literal, "", {});
  tree->constant = value::boolean(true);
  for (int i = 0; i < 100'000; ++i) {
    switch (i % 4) {
      case 0: tree = node(memory, expression_kind::call, "!_", {tree}); break;
      case 1: tree = node(memory, expression_kind::call, "_&&_", {tree, tree}); break;
      case 2: tree = node(memory, expression_kind::list, "", {tree}); break;
      default: tree = node(memory, expression_kind::call, "_?_:_", {tree, tree, tree}); break;
    }
  }
  compiled program;
  program.root = tree;
  evaluator run(memory, limits{});
  value found = run.evaluate(program, {});
  REQUIRE(found.is_error());
  CHECK(found.as_error().code == evaluation_error_code::limit);
}

TEST_CASE("loops end at the step limit, and the limit is of one evaluation") {
  bench names;
  names.bounds.steps = 1'000;
  CHECK(names("[1,2,3,4,5,6,7,8,9,10].map(x, x).size()") == "10");
  std::string range = "[1,2,3,4,5,6,7,8,9,10]";
  CHECK(names(range + ".all(a, " + range + ".all(b, " + range + ".all(c, " + range + ".all(d, true))))") == "limit");
  CHECK(names("true || " + range + ".all(a, true)") == "true");
  CHECK(names("false && false || " + range + ".all(a, " + range + ".all(b, " + range + ".all(c, true))) || true") == "limit");
  evaluator run(names.memory, names.bounds);
  compiled_ptr program = names.compile(range + ".all(a, " + range + ".all(b, true))");
  for (int i = 0; i < 20; ++i) CHECK(run.evaluate(*program, {}).is_true());
  // An iteration is a step, and each four nodes are: the literal list of the inner loop is 11 nodes, 11 times.
  CHECK(run.steps() == 20 * (110 + 11 * 3));
  run.reset_steps();
  CHECK(run.steps() == 0);
}

TEST_CASE("values that double at each step end at a limit, not in memory or time") {
  bench names;
  std::string text = "a59";
  std::string list = "a59";
  std::string nest = "a59 == a59";
  for (int i = 59; i > 0; --i) {
    std::string a = "a" + std::to_string(i);
    std::string b = "a" + std::to_string(i - 1);
    text = "cel.bind(" + a + ", " + b + " + " + b + ", " + text + ")";
    list = "cel.bind(" + a + ", " + b + " + " + b + ", " + list + ")";
    nest = "cel.bind(" + a + ", [" + b + ", " + b + "], " + nest + ")";
  }
  CHECK(names("cel.bind(a0, 'xxxxxxxx', " + text + ")") == "limit");
  CHECK(names("cel.bind(a0, [1, 2, 3], " + list + ")") == "limit");
  CHECK(names("cel.bind(a0, [1], " + nest + ")") == "limit");
}

TEST_CASE("regular expressions are bounded and a bad one is an error") {
  bench names;
  names.set("s", value::string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"));
  CHECK(names("s.matches('^(a+)+$')") == "false");
  CHECK(names("matches(s, '!$')") == "true");
  CHECK(names("s.matches('(')") == "error");
  names.set("large", value::string("((((x{100}){100}){100}){100})"));
  CHECK(names("s.matches(large)") == "limit");
  std::string pattern(2'000, 'a');
  names.set("long", value::string(pattern));
  CHECK(names("s.matches(long)") == "limit");
}

TEST_CASE("a warm evaluator takes nothing from the heap") {
  bench names;
  names.set("resource", names.map({{value::string("ports"), names.list({value::integer(22), value::integer(80)})},
                                   {value::string("name"), value::string("web")},
                                   {value::string("tags"), names.map({{value::string("env"), value::string("prod")}})}}));
  compiled_ptr program = names.compile(
      "resource.ports.exists(p, p == 22) && resource.name.matches('^w') && resource.name + 'x' == 'webx' && resource.tags.env in ['prod', 'dev'] "
      "&& resource.ports.map(p, p + 1).filter(p, p > 23).size() == 1 && resource.?owner.orValue('none') == 'none' && {'a': 1}.a == 1");
  arena memory;
  evaluator run(memory, names.bounds);
  for (int i = 0; i < 3; ++i) {
    memory.reset();
    CHECK(run.evaluate(*program, names.variables).is_true());
  }
  std::size_t capacity = memory.capacity();
  const auto before = heap_counter::allocations();
  value found;
  for (int i = 0; i < 100; ++i) {
    memory.reset();
    found = run.evaluate(*program, names.variables);
  }
  const auto after = heap_counter::allocations();
  CHECK(found.is_true());
  CHECK(after == before);
  CHECK(memory.capacity() == capacity);
}

TEST_CASE("the public API evaluates without the heap once it is warm") {
  compiler names;
  names.use("strings").variable("user").variable("ports", "list(int)");
  auto made = names.compile("user.name.startsWith('a') && user.name.matches('^a.*z$') && ports.exists(p, p == 443) && "
                            "'x-' + user.name != 'y' && size(ports.map(p, p + 1)) == 2 && user.name.upperAscii() == 'ABZ'");
  REQUIRE(made.ok());
  program warm = std::move(made).value();
  activation bound(warm);
  auto user = document::parse("user.json", R"({"name": "abz", "roles": []})");
  REQUIRE(user.ok());
  std::vector<value> ports = {value::integer(80), value::integer(443)};
  value list = bound.list(ports);
  for (int i = 0; i < 3; ++i) {
    bound.set("user", user->root());
    bound.set("ports", list);
    REQUIRE(warm.evaluate(bound).is_true());
  }
  const auto before = heap_counter::allocations();
  for (int i = 0; i < 100; ++i) {
    bound.set("user", user->root());
    bound.set("ports", list);
    warm.evaluate(bound);
  }
  CHECK(heap_counter::allocations() == before);
}

TEST_CASE("what was evaluated before steps were set to nothing counts for nothing") {
  bench names;
  names.set("n", value::integer(3));
  names.bounds.steps = 3;
  const compiled_ptr loop = names.compile("[1, 2].all(x, x < n)");
  evaluator run(names.memory, names.bounds);
  CHECK(display(run.evaluate(*loop, names.variables)) == "true");
  // No loop, and so no step: but many nodes.
  CHECK(display(run.evaluate(*names.compile("n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n == 48"), names.variables)) == "true");
  run.reset_steps();
  CHECK(display(run.evaluate(*loop, names.variables)) == "true");
}
