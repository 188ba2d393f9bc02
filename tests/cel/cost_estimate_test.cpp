// Estimates of cost: what is known before evaluation, and where a cost comes from. That the numbers are
// cel-go's is the business of tests/differential/cost.
#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "cel/cost.hpp"
#include "cel/environment.hpp"

namespace sekimori::cel {
namespace {

struct estimates {
  environment names;
  std::vector<size_hint> hints;
  bool presence_tests = true;

  estimates() {
    type_pool& types = names.types();
    names.declare_variable("l", types.list(types.simple(type_kind::integer)));
    names.declare_variable("texts", types.list(types.simple(type_kind::string)));
    names.declare_variable("tags", types.map(types.simple(type_kind::string), types.simple(type_kind::string)));
    names.declare_variable("s", types.simple(type_kind::string));
    names.declare_variable("n", types.simple(type_kind::integer));
    names.declare_variable("x", types.simple(type_kind::dyn));
    for (std::string_view pack : {"bindings", "lists", "optionals", "strings"}) names.add_pack(*find_pack(pack));
  }
  compiled_ptr compile(const std::string& text) {
    auto made = names.compile(plain_text(text));
    INFO(text);
    REQUIRE(made.ok());
    return made.value();
  }
  cost_range operator()(const std::string& text) { return estimate_cost(*compile(text), {presence_tests, hints}).cost; }
  std::string why(const std::string& text) {
    compiled_ptr program = compile(text);
    return explain_cost(*program, estimate_cost(*program, {presence_tests, hints}));
  }
};

TEST_CASE("A literal costs nothing, a name or field 1, a call 1, a list 10, a map 30") {
  estimates of;
  CHECK(of("1") == cost_range{0, 0});
  CHECK(of("n") == cost_range{1, 1});
  CHECK(of("x.a.b") == cost_range{3, 3});
  CHECK(of("n + 1") == cost_range{2, 2});
  CHECK(of("[n]") == cost_range{11, 11});
  CHECK(of("{'a': n}") == cost_range{31, 31});
}

TEST_CASE("What may be skipped counts for the most only") {
  estimates of;
  CHECK(of("n > 1 || n > 2") == cost_range{2, 4});
  CHECK(of("n > 1 ? s : 'a'") == cost_range{2, 2});
  CHECK(of("n > 1 ? n + n : 0") == cost_range{2, 5});
}

TEST_CASE("A loop over what nothing bounds costs any number; a hint bounds it") {
  estimates of;
  CHECK(of("l.all(v, v > 0)").max == unbounded);
  CHECK(of("[1, 2, 3].all(v, v > 0)") == cost_range{20, 26});
  of.hints = {{"l", 0, 5}};
  CHECK(of("l.all(v, v > 0)").max == 2 + 5 * (3 + 2));
  of.hints = {{"texts", 0, 5}, {"texts.@items", 0, 100}};
  CHECK(of("texts.all(v, v.contains('0123456789'))").max == 2 + 5 * (3 + 1 + 10));
}

TEST_CASE("Hints reach the keys and values of maps, and through bindings and filters") {
  estimates of;
  of.hints = {{"tags", 0, 4}, {"tags.@keys", 1, 10}, {"tags.@values", 0, 20}};
  CHECK(of("tags.all(k, tags[k].startsWith('0123456789'))").max != unbounded);
  CHECK(of("cel.bind(t, tags, t.filter(k, k.size() > 1).all(k, k.matches('a+')))").max != unbounded);
  CHECK(of("tags.map(k, tags[k] + k).exists(v, v.endsWith('x'))").max != unbounded);
}

TEST_CASE("The cost of a presence test is an option") {
  estimates of;
  CHECK(of("has(x.a)") == cost_range{2, 2});
  of.presence_tests = false;
  CHECK(of("has(x.a)") == cost_range{1, 1});
}

TEST_CASE("Of an expression that was not checked nothing is known") {
  estimates of;
  auto parsed = of.names.compile(plain_text("n + 1"), {nullptr, false});
  REQUIRE(parsed.ok());
  CHECK(estimate_cost(*parsed.value()).cost == cost_range{0, unbounded});
}

TEST_CASE("The explanation names the costliest part and what makes it large") {
  estimates of;
  CHECK(of.why("n == 1 || texts.all(t, t.matches('a+'))") ==
        "nothing bounds the cost, most of it in `texts.all(t, t.matches('a+'))`, which runs over `texts`, of which no size is known");
  of.hints = {{"texts", 0, 1000}, {"texts.@items", 0, 50}};
  CHECK(of.why("n == 1 || texts.all(t, t.matches('a+'))") ==
        "it can cost up to 7004, most of it in `texts.all(t, t.matches('a+'))`, which runs over `texts`, of size 1000 or less");
  CHECK(of.why("s.startsWith(s)") == "nothing bounds the cost: it reads `s`, of which no size is known");
  CHECK(of.why("n + 1") == "it can cost up to 2: it reads `n`, of size 1 or less");
}

TEST_CASE("compile() refuses what may cost more than limits.estimated_cost, and says where the cost comes from") {
  estimates of;
  limits bounds;
  bounds.estimated_cost = 100;
  of.names.set_limits(bounds);
  CHECK(of.names.compile(plain_text("n == 1")).ok());
  auto refused = of.names.compile(plain_text("n == 1 && texts.exists(t, t == 'a')"));
  REQUIRE_FALSE(refused.ok());
  const diagnostic& said = refused.diagnostics().front();
  CHECK(said.code == "SKM206");
  CHECK(said.column == 11);
  CHECK(said.message.find("may cost more than 100 (limits.estimated_cost)") != std::string::npos);
  CHECK(said.message.find("runs over `texts`") != std::string::npos);

  of.names.add_size_hint({"texts", 0, 10});
  CHECK(of.names.compile(plain_text("n == 1 && texts.exists(t, t == 'a')")).ok());
}

TEST_CASE("Bindings inside bindings are estimated in little time and a bounded stack") {
  estimates of;
  std::string deep = "n";
  for (int i = 0; i < 60; ++i) deep = "cel.bind(v" + std::to_string(i) + ", n, " + deep + ")";
  CHECK(of(deep).max == 60 * 11 + 1);
  std::string loops = "v > 0";
  for (int i = 0; i < 60; ++i) loops = "[1].all(v, " + loops + ")";
  CHECK(of(loops).max != unbounded);
}

TEST_CASE("Profiles of limits are found by name") {
  REQUIRE(find_limit_profile("kubernetes") != nullptr);
  const limits& kubernetes = find_limit_profile("kubernetes")->set;
  CHECK(kubernetes.cost == 1'000'000);
  CHECK(kubernetes.policy_cost == 10'000'000);
  CHECK_FALSE(kubernetes.presence_tests_cost);
  REQUIRE(find_limit_profile("default") != nullptr);
  CHECK(find_limit_profile("default")->set.cost == limits::no_limit);
  CHECK(find_limit_profile("other") == nullptr);
}

}  // namespace
}  // namespace sekimori::cel
