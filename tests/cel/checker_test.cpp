#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <thread>
#include <vector>

#include "cel/profiles.hpp"
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::mistake_of;
using sekimori::cel::testing::mistakes_of;
using sekimori::cel::testing::type_of;

namespace {

void add_all_packs(environment& to) {
  add_profile(to, *find_profile("sekimori"));
}

// A small world: a kind with fields, and variables of every sort.
struct world {
  environment env;
  world() {
    type_pool& types = env.types();
    add_all_packs(env);
    env.declare_object({"rule", {{"port", "int"}, {"source", "string"}}});
    env.declare_object({"firewall",
                        {{"public", "bool"}, {"name", "string"}, {"rules", "list(rule)"}}});
    env.declare_variable("resource", types.object("firewall"));
    env.declare_variable("labels", types.parse("map(string, string)"));
    env.declare_variable("count", types.parse("int"));
    env.declare_variable("anything", types.parse("dyn"));
    env.declare_variable("maybe", types.parse("optional_type(int)"));
    env.declare_variable("params.limit", types.parse("int"));
    env.declare_variable("nullable", types.parse("wrapper(int)"));
  }
};

// pair(A, B): the one way to a type that uses others twice.
std::span<const function_row> pair_pack() {
  static constexpr std::string_view parameters[] = {"A", "B"};
  static constexpr overload overloads[] = {{"pair", false, parameters, "pair(A, B)", nullptr}};
  static constexpr function_row rows[] = {{"pair", "test", overloads, 0, "", ""}};
  return rows;
}

const expression* only_kind(const expression& node, expression_kind kind, std::string_view name) {
  if (node.kind == kind && node.name == name) return &node;
  const expression* found = nullptr;
  auto look = [&](const expression* child) {
    if (found == nullptr && child != nullptr) found = only_kind(*child, kind, name);
  };
  look(node.operand);
  for (const expression* argument : node.arguments) look(argument);
  look(node.condition);
  look(node.body);
  return found;
}

}  // namespace

TEST_CASE("types of expressions") {
  world w;
  CHECK(type_of(w.env, "resource.public") == "bool");
  CHECK(type_of(w.env, "resource.rules.map(r, r.port)") == "list(int)");
  CHECK(type_of(w.env, "resource.rules.filter(r, r.port == 22)") == "list(rule)");
  CHECK(type_of(w.env, "labels.map(k, labels[k])") == "list(string)");
  CHECK(type_of(w.env, "labels.transformMap(k, v, size(v))") == "map(string, int)");
  CHECK(type_of(w.env, "labels.transformMapEntry(k, v, {v: k})") == "map(string, string)");
  CHECK(type_of(w.env, "resource.rules.transformList(i, r, i + r.port)") == "list(int)");
  CHECK(type_of(w.env, "resource.rules.sortBy(r, r.port)") == "list(rule)");
  CHECK(type_of(w.env, "anything.a.b[0]") == "dyn");
  CHECK(type_of(w.env, "anything + 1") == "int");
  CHECK(type_of(w.env, "maybe.optMap(m, m + 1)") == "optional_type(int)");
  CHECK(type_of(w.env, "labels.?owner") == "optional_type(string)");
  CHECK(type_of(w.env, "labels[?'owner'].orValue('none')") == "string");
  CHECK(type_of(w.env, "labels.?owner.optMap(o, size(o)).orValue(0)") == "int");
  CHECK(type_of(w.env, "cel.bind(x, resource.rules, x[0].source)") == "string");
  CHECK(type_of(w.env, "[1, 'a']") == "list(dyn)");
  CHECK(type_of(w.env, "{'a': 1, 'b': 2.0}") == "map(string, dyn)");
  CHECK(type_of(w.env, "[]") == "list(dyn)");
  CHECK(type_of(w.env, "nullable == null") == "bool");
  CHECK(type_of(w.env, "nullable + 1") == "int");
  CHECK(type_of(w.env, "type(1) == int") == "bool");
  CHECK(type_of(w.env, "int") == "type(int)");
  CHECK(type_of(w.env, "rule{port: 1}.port") == "int");
  CHECK(type_of(w.env, "google.protobuf.Int32Value{value: 1}") == "wrapper(int)");
  CHECK(type_of(w.env, "params.limit + count") == "int");
}

TEST_CASE("slots") {
  world w;
  auto made = w.env.compile(plain_text("resource.rules.exists(r, labels.all(k, v, r.port > count && k != v))"));
  REQUIRE(made.ok());
  const expression& root = *made.value()->root;
  CHECK(made.value()->local_depth == 3);
  CHECK(only_kind(root, expression_kind::identifier, "resource")->slot == 0);
  CHECK(only_kind(root, expression_kind::identifier, "count")->slot == 2);
  CHECK(only_kind(root, expression_kind::select, "rules")->slot == 2);
  CHECK(only_kind(root, expression_kind::select, "port")->slot == 0);
  const expression* v = only_kind(root, expression_kind::identifier, "v");
  CHECK(v->local);
  CHECK(v->slot == 0);
  CHECK(only_kind(root, expression_kind::identifier, "k")->slot == 1);
  CHECK(only_kind(root, expression_kind::identifier, "r")->slot == 2);
  CHECK_FALSE(only_kind(root, expression_kind::identifier, "count")->local);
}

TEST_CASE("the longest declared name wins, and a macro's variable hides it") {
  environment env;
  type_pool& types = env.types();
  env.declare_variable("a.b", types.parse("map(string, int)"));
  env.declare_variable("a.b.c", types.parse("string"));
  env.declare_variable("x.y.z", types.parse("bool"));
  env.declare_variable("z", types.parse("int"));
  CHECK(type_of(env, "a.b.c") == "string");
  CHECK(type_of(env, "a.b.d") == "int");
  CHECK(type_of(env, "[{'b': {'c': 1u}}].map(a, a.b.c)") == "list(uint)");
  CHECK(type_of(env, "z") == "int");
  env.set_container("x.y");
  CHECK(type_of(env, "z") == "bool");
  CHECK(type_of(env, ".z") == "int");
  CHECK(type_of(env, "[1.5].map(z, z)") == "list(double)");
}

TEST_CASE("candidates are the overloads that can match") {
  world w;
  auto made = w.env.compile(plain_text("count + 1 == anything + anything"));
  REQUIRE(made.ok());
  const expression& root = *made.value()->root;
  REQUIRE(root.arguments[0]->candidates.size() == 1);
  CHECK(root.arguments[0]->candidates[0]->result == "int");
  CHECK(root.arguments[1]->candidates.size() > 3);
}

TEST_CASE("undeclared names") {
  world w;
  CHECK(mistake_of(w.env, "resourc.public") == "SKM201 `resourc` is not declared");
  CHECK(mistakes_of(w.env, "resourc.public")[0].help == "did you mean `resource`?");
  CHECK(mistakes_of(w.env, "resource.public == True")[0].help == "CEL writes `true`");
  CHECK(mistakes_of(w.env, "resource.public == None")[0].help == "CEL writes `null`");
  CHECK(mistake_of(w.env, "resource.rules.exist(r, r.port == 22)") == "SKM201 there is no function `exist`");
  CHECK(mistakes_of(w.env, "resource.rules.exist(r, r.port == 22)")[0].help == "did you mean `exists`?");
  CHECK(mistakes_of(w.env, "resource.name.startWith('a')")[0].help == "did you mean `startsWith`?");
  CHECK(mistakes_of(w.env, "math.greates(1, 2)")[0].help == "did you mean `math.greatest`?");
  CHECK(mistakes_of(w.env, "len(resource.name) > 1")[0].help == "write size(x)");
  CHECK(mistake_of(w.env, "firewal{}") == "SKM201 type `firewal` is not declared");
}

TEST_CASE("unknown fields name those there are") {
  world w;
  auto found = mistakes_of(w.env, "resource.publik || resource.rules.all(r, r.prot == 1)");
  REQUIRE(found.size() == 2);
  CHECK(found[0].code == "SKM204");
  CHECK(found[0].message == "firewall has no field `publik`");
  CHECK(found[0].expected == "one of: public, name, rules");
  CHECK(found[0].help == "did you mean `public`?");
  CHECK(found[0].column == 10);
  CHECK(found[1].message == "rule has no field `prot`");
  CHECK(mistake_of(w.env, "resource.rules.port == 1") == "SKM204 list(rule) has no fields");
  CHECK(mistake_of(w.env, "has(resource.publik)") == "SKM204 firewall has no field `publik`");
  CHECK(mistake_of(w.env, "rule{prot: 1}") == "SKM204 rule has no field `prot`");
  CHECK(mistake_of(w.env, "rule{port: 'a'}") == "SKM203 field `port` is int, not string");
}

TEST_CASE("calls that no overload takes") {
  world w;
  CHECK(mistake_of(w.env, "resource.name < count") == "SKM202 `<` does not take string and int");
  CHECK(mistakes_of(w.env, "resource.name + count")[0].help.find("string(...)") != std::string::npos);
  CHECK(mistake_of(w.env, "1 + 1.0") == "SKM202 `+` does not take int and double");
  CHECK(mistake_of(w.env, "resource.name == 1") == "SKM202 `==` compares two values of one type, not string with int");
  CHECK(mistake_of(w.env, "resource.public && count") == "SKM202 `&&` does not take bool and int");
  CHECK(mistake_of(w.env, "resource.name.startsWith(1)") == "SKM202 string.startsWith does not take (int)");
  CHECK(mistakes_of(w.env, "startsWith('a', 'b')")[0].help == "it is a method: write x.startsWith(...)");
  CHECK(mistakes_of(w.env, "maybe == 1")[0].help == "an optional is not its value: write .orValue(...) or .value()");
  CHECK(mistakes_of(w.env, "'a' in resource.name")[0].help == "to look inside a string write .contains(...)");
  CHECK(mistakes_of(w.env, "count > '1'")[0].expected == "one of: int > int, int > double, int > uint, string > string");
  CHECK(mistakes_of(w.env, "resource.public == 'true'")[0].help == "true and false are written without quotes");
  CHECK(mistakes_of(w.env, "resource['name'] == 'a'")[0].help == "a field is selected with a dot: x.field");
  CHECK(mistakes_of(w.env, "[1].contains(1)")[0].help == "to look for an element write x in list");
  CHECK(mistakes_of(w.env, "count > 1 ? 1 : 'a'")[0].help == "both results need one type; dyn(...) around one of them lifts that");
  CHECK(mistake_of(w.env, "count == null") == "SKM202 `==` compares two values of one type, not int with null_type");
}

TEST_CASE("macros say what they need") {
  world w;
  CHECK(mistake_of(w.env, "resource.name.all(c, true)") == "SKM203 this macro runs over a list or a map, not over string");
  CHECK(mistake_of(w.env, "resource.rules.all(r, r.port)") == "SKM203 a condition is needed here, this is int");
  CHECK(mistake_of(w.env, "count.optMap(x, x)") == "SKM203 this macro takes an optional, not int");
  CHECK(mistake_of(w.env, "maybe.optFlatMap(x, x)") == "SKM203 `optFlatMap` needs an optional here, this is int");
  CHECK(mistake_of(w.env, "resource.rules.sortBy(r, r)") == "SKM203 rule has no order to sort by");
  CHECK(mistake_of(w.env, "[?count]") == "SKM203 an entry with `?` takes an optional, this is int");
  CHECK(mistake_of(w.env, "{[1]: 2}") == "SKM203 list(int) cannot be the key of a map");
  CHECK(mistake_of(w.env, "cel.index(3)") == "SKM201 no `cel.block` or macro around this gives it a value");
}

TEST_CASE("the place an expression stands in has a type") {
  world w;
  environment::compile_options options;
  options.expected = w.env.types().parse("bool");
  auto made = w.env.compile(plain_text("count"), options);
  REQUIRE_FALSE(made.ok());
  CHECK(made.diagnostics()[0].code == "SKM203");
  CHECK(made.diagnostics()[0].message == "the expression is int, its place takes bool");
  CHECK(w.env.compile(plain_text("anything"), options).ok());
}

TEST_CASE("mistakes of several parts are told at once, and one mistake once") {
  world w;
  CHECK(mistakes_of(w.env, "foo == 1 && bar == 2 && count == 'a'").size() == 3);
  CHECK(mistakes_of(w.env, "foo.a.b(1) + 2 < foo2").size() == 2);
}

TEST_CASE("without a check names are still resolved") {
  world w;
  auto made = w.env.compile(plain_text("count + 'a' == unknown || f_unknown(optional.of(1))"), sekimori::cel::testing::unchecked());
  REQUIRE(made.ok());
  const expression& root = *made.value()->root;
  CHECK(to_string(*made.value()->result_type) == "dyn");
  CHECK(only_kind(root, expression_kind::identifier, "count")->slot == 2);
  CHECK(only_kind(root, expression_kind::identifier, "unknown")->slot == -1);
  CHECK(only_kind(root, expression_kind::call, "f_unknown")->candidates.empty());
  CHECK(only_kind(root, expression_kind::call, "optional.of")->candidates.size() == 1);
  CHECK(only_kind(root, expression_kind::call, "_+_")->candidates.size() > 3);
}

TEST_CASE("types that double at every step stay small") {
  environment env;
  env.add_pack(pair_pack());
  std::string text;
  for (int i = 0; i < 60; ++i) {
    std::string before = "x" + std::to_string(i - 1);
    text += "cel.bind(x" + std::to_string(i) + ", " + (i == 0 ? "1" : "pair(" + before + ", " + before + ")") + ", ";
  }
  text += "x59" + std::string(60, ')');
  CHECK(type_of(env, text).size() < 20'000);
}

TEST_CASE("one environment compiles for several threads, and its types outlive it") {
  std::vector<compiled_ptr> made(200);
  {
    world w;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = t; i < made.size(); i += 4) {
          std::string key = std::to_string(i);
          auto one = w.env.compile(plain_text("{'" + key + "': [resource.rules.map(r, [r.port, " + key + "])]}"));
          if (one.ok()) made[i] = one.value();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  for (const compiled_ptr& one : made) {
    REQUIRE(one != nullptr);
    CHECK(to_string(*one->result_type) == "map(string, list(list(list(int))))");
  }
}

TEST_CASE("every signature of every pack can be read") {
  environment env;
  add_all_packs(env);
  for (auto pack : {standard_pack(), strings_pack(), lists_pack(), math_pack(), sets_pack(), encoders_pack(), optionals_pack(), network_pack()}) {
    for (const function_row& row : pack) {
      for (const overload& o : row.overloads) {
        CAPTURE(std::string(row.name));
        CAPTURE(std::string(o.id));
        for (std::string_view parameter : o.parameters) CHECK(env.types().parse(parameter) != nullptr);
        CHECK(env.types().parse(o.result) != nullptr);
      }
    }
  }
}

// --- the conformance suite ---

namespace {

// A TYPE of the suite as type_pool::parse reads it.
std::string type_text(simdjson::dom::element t) {
  if (t.is_string()) return std::string(std::string_view(t));
  for (auto [key, inner] : simdjson::dom::object(t)) {
    if (key == "message" || key == "param") return std::string(std::string_view(inner));
    std::string name(key);
    std::string arguments;
    simdjson::dom::element parameters = inner;
    if (key == "abstract") {
      name = std::string(std::string_view(inner.at(0)));
      parameters = inner.at(1);
    }
    if (!parameters.is_array()) return name + "(" + type_text(parameters) + ")";
    for (simdjson::dom::element p : simdjson::dom::array(parameters)) arguments += (arguments.empty() ? "" : ", ") + type_text(p);
    return name + "(" + arguments + ")";
  }
  return "dyn";
}

// Declarations of one test; rows point into what it holds.
class declarations {
 public:
  void declare(environment& env, simdjson::dom::element test) {
    for (simdjson::dom::element d : simdjson::dom::array(test["type_env"])) {
      std::string name{std::string_view(d["name"])};
      simdjson::dom::element ident;
      if (d["ident"].get(ident) == simdjson::SUCCESS) {
        const type* declared = env.types().parse(type_text(ident));
        env.declare_variable(name, declared != nullptr ? declared : env.types().simple(type_kind::dyn));
        continue;
      }
      std::vector<overload> overloads;
      for (simdjson::dom::element o : simdjson::dom::array(d["function"])) {
        std::vector<std::string_view> parameters;
        for (simdjson::dom::element p : simdjson::dom::array(o["params"])) parameters.push_back(keep(type_text(p)));
        parameters_.push_back(std::move(parameters));
        overloads.push_back({keep(std::string(std::string_view(o["id"]))), bool(o["instance"]), parameters_.back(),
                             keep(type_text(o["result"])), nullptr});
      }
      overloads_.push_back(std::move(overloads));
      rows_.push_back({{{keep(name), "test", overloads_.back(), 0, "", ""}}});
      env.add_pack(rows_.back());
    }
  }

 private:
  std::string_view keep(std::string text) {
    texts_.push_back(std::move(text));
    return texts_.back();
  }
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> parameters_;
  std::deque<std::vector<overload>> overloads_;
  std::deque<std::array<function_row, 1>> rows_;
};

}  // namespace

TEST_CASE("the conformance suite: whatever must pass the checker passes, with the type it names") {
  std::size_t compiled_tests = 0, typed = 0;
  bool ran = sekimori::cel::testing::each_conformance_test([&](simdjson::dom::element test) {
    if (bool(test["disable_check"]) || (bool(test["needs_proto"]) && !bool(test["wkt_only"]))) return;
    declarations declared;
    environment env;
    add_all_packs(env);
    env.set_container(std::string_view(test["container"]));
    declared.declare(env, test);
    environment::compile_options options;
    options.macros = !bool(test["disable_macros"]);
    std::string id = sekimori::cel::testing::text_at(test, "id");
    auto made = env.compile(plain_text(sekimori::cel::testing::text_at(test, "expr")), options);
    CAPTURE(id);
    CHECK_MESSAGE(made.ok(), render(made.diagnostics()));
    if (!made.ok()) return;
    ++compiled_tests;
    std::string_view wanted;
    if (test["expect"]["typed_result"]["deduced_type_text"].get(wanted) != simdjson::SUCCESS) return;
    CHECK(to_string(*made.value()->result_type) == wanted);
    ++typed;
  });
  if (ran) {
    CHECK(compiled_tests > 1000);
    CHECK(typed >= 20);
  }
}
