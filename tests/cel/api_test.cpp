// The public API for those who want CEL alone; uses the public header only.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sekimori/cel.hpp"
#include "sekimori/cel_cost.hpp"

using namespace sekimori;

namespace {

std::string first_mistake(const result<cel::program>& compiled) {
  return compiled.ok() ? std::string("none") : compiled.diagnostics().front().code + " " + compiled.diagnostics().front().message;
}

// A host's own data, read in place.
class person final : public map_view {
 public:
  explicit person(std::string name) : name_(std::move(name)), entries_{{value::string("age"), value::integer(40)}, {value::string("name"), value::string(name_)}} {}
  std::size_t size() const override { return 2; }
  bool find(value key, value& found) const override {
    if (!key.is(value_kind::string)) return false;
    ++finds;
    for (const map_entry& entry : entries_) {
      if (entry.key.as_text() != key.as_text()) continue;
      found = entry.mapped;
      return true;
    }
    return false;
  }
  const map_entry* entries() const override { return entries_; }
  mutable int finds = 0;

 private:
  std::string name_;
  map_entry entries_[2];
};

struct session {
  cel::compiler names;
  cel::program program;
  std::unique_ptr<cel::activation> bound;

  bool compile(const std::string& text) {
    auto made = names.compile(text);
    INFO(text);
    INFO(first_mistake(made));
    if (!made.ok()) return false;
    program = std::move(made).value();
    bound = std::make_unique<cel::activation>(program);
    return true;
  }
  std::string json() { return cel::json_text(program.evaluate(*bound)); }
  std::string json(const std::string& text) {
    REQUIRE(compile(text));
    return json();
  }
};

}  // namespace

TEST_CASE("api: declare, compile, bind, evaluate") {
  cel::compiler names;
  auto greeting = names.variable("name", "string").compile("'hello, ' + name");
  REQUIRE(greeting.ok());
  CHECK(greeting->result_type() == "string");
  cel::activation bound(*greeting);
  CHECK(bound.set("name", value::string("Hana")));
  CHECK(cel::json_text(greeting->evaluate(bound)) == "\"hello, Hana\"");
}

TEST_CASE("api: what is not declared cannot be bound, what is not bound is an error that names it") {
  session s;
  s.names.variable("x", "int");
  REQUIRE(s.compile("x + 1"));
  CHECK_FALSE(s.bound->set("y", value::integer(1)));
  value found = s.program.evaluate(*s.bound);
  REQUIRE(found.is_error());
  CHECK(found.as_error().message == "no value was given for `x`");
}

TEST_CASE("api: every mistake of a text is told, with its place") {
  cel::compiler names;
  auto wrong = names.variable("x", "int").compile("y + 1 == 'a' && x.size()", "", "policy.cel");
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.diagnostics().size() >= 2);
  CHECK(wrong.diagnostics()[0].file == "policy.cel");
  CHECK(wrong.diagnostics()[0].line == 1);
  CHECK(wrong.diagnostics()[0].column == 1);
}

TEST_CASE("api: a mistake in a declaration is told by compile") {
  CHECK(first_mistake(cel::compiler().variable("x", "lits(int)").compile("1")) == "SKM203 `lits(int)`, the type of `x`, is not a type");
  CHECK(first_mistake(cel::compiler().variable("x").variable("x").compile("1")) == "SKM001 variable `x` is declared twice");
  auto pack = cel::compiler().use("stringz").compile("1");
  CHECK(first_mistake(pack) == "SKM001 there is no pack `stringz`");
  CHECK(pack.diagnostics()[0].help == "did you mean `strings`?");
  CHECK(first_mistake(cel::compiler().use("strings@99").compile("1")) == "SKM001 pack `strings` has no version `99`");
  CHECK(first_mistake(cel::compiler().use("strings@").compile("1")) == "SKM001 pack `strings` has no version ``");
  auto body = [](cel::call_context&, std::span<const value>) { return value::null(); };
  for (const char* signature : {"", "int", "(int)", "int -> int", "(int -> int", "f(int) -> int", ".(int) -> int"}) {
    INFO(signature);
    CHECK(first_mistake(cel::compiler().function("f", signature, body).compile("1")).starts_with("SKM001"));
  }
  CHECK(first_mistake(cel::compiler().function("f", "(itn) -> int", body).compile("1")).starts_with("SKM203"));
  CHECK(first_mistake(cel::compiler().function("f", "() -> int", nullptr).compile("1")).starts_with("SKM001"));
}

TEST_CASE("api: the type that is asked for") {
  cel::compiler names;
  CHECK(names.compile("1 < 2", "bool").ok());
  CHECK(first_mistake(names.compile("1", "bool")) == "SKM203 the expression is int, its place takes bool");
  CHECK(first_mistake(names.compile("1", "boool")).starts_with("SKM203"));
}

TEST_CASE("api: a host's objects are read in place, and only where they are asked") {
  session s;
  s.names.variable("user");
  REQUIRE(s.compile("user.name == 'Hana' && user.age > 30"));
  person hana("Hana");
  s.bound->set("user", value::map(&hana));
  CHECK(s.json() == "true");
  CHECK(hana.finds == 2);
}

TEST_CASE("api: JSON is parsed in place and refused with a place") {
  auto input = cel::document::parse("input.json", R"({"ports": [22, 443], "big": 18446744073709551615, "ratio": 1.0})");
  REQUIRE(input.ok());
  session s;
  s.names.variable("input");
  REQUIRE(s.compile("[input.ports[1], input.big, input.ratio, type(input.ratio)]"));
  s.bound->set("input", input->root());
  CHECK(s.json() == R"([443, {"$uint": "18446744073709551615"}, 1.0, {"$type": "double"}])");
  auto twice = cel::document::parse("input.json", R"({"a": 1, "a": 2})");
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.diagnostics()[0].code == "SKM304");
  CHECK_FALSE(cel::document::parse("input.json", "{").ok());
  CHECK(cel::document().root().is_null());
}

TEST_CASE("api: a host's functions: overloads, methods, namespaces, type variables, a host pointer, errors") {
  session s;
  s.names.variable("x", "int");
  s.names.function("twice", "(int) -> int", [](cel::call_context&, std::span<const value> a) { return value::integer(2 * a[0].as_integer()); });
  s.names.function("twice", "(string) -> string", [](cel::call_context& c, std::span<const value> a) {
    return c.string(std::string(a[0].as_text()) + std::string(a[0].as_text()));
  });
  s.names.function("shout", "string.() -> string", [](cel::call_context& c, std::span<const value> a) { return c.string(std::string(a[0].as_text()) + "!"); });
  s.names.function("geo.country", "(string) -> string", [](cel::call_context& c, std::span<const value> a) {
    return a[0].as_text() == "192.0.2.1" ? value::string(*static_cast<const std::string*>(c.host))
                                         : c.fail(evaluation_error_code::invalid_argument, "no such address");
  });
  s.names.function("first", "list(T).(T) -> T", [](cel::call_context&, std::span<const value> a) { return a[0].as_list().size() > 0 ? a[0].as_list().at(0) : a[1]; });
  std::string japan = "JP";
  REQUIRE(s.compile("[twice(string(twice(x))), 'a'.shout(), geo.country('192.0.2.1'), [7].map(y, string(y)).first('none')]"));
  s.bound->set("x", value::integer(21));
  s.bound->set_host(&japan);
  CHECK(s.json() == R"(["4242", "a!", "JP", "7"])");
  CHECK(s.json("geo.country('x')") == R"({"$error": {"code": "invalid_argument", "message": "no such address"}})");
  CHECK(first_mistake(s.names.compile("twice(true)")).starts_with("SKM202"));
  CHECK(s.names.compile("[1].first(2)").value().result_type() == "int");
}

TEST_CASE("api: an extension type of the host") {
  struct tag final : opaque_view {
    std::string_view type_name() const override { return "acme.Tag"; }
    bool equals(const opaque_view& other) const override { return other.to_string() == to_string(); }
    std::string_view to_string() const override { return "blue"; }
  } blue;
  session s;
  s.names.opaque("acme.Tag").variable("t", "acme.Tag");
  s.names.function("tag", "(string) -> acme.Tag", [](cel::call_context& c, std::span<const value>) { return value::opaque(static_cast<const opaque_view*>(c.host)); });
  REQUIRE(s.compile("[tag('blue') == t]"));
  s.bound->set_host(static_cast<opaque_view*>(&blue));
  s.bound->set("t", value::opaque(&blue));
  CHECK(s.json() == "[true]");
  CHECK(cel::json_text(value::opaque(&blue)) == R"({"$opaque": {"type": "acme.Tag", "text": "blue"}})");
}

TEST_CASE("api: unknown variables and paths") {
  session s;
  s.names.variable("r").variable("q", "int");
  auto input = cel::document::parse("input.json", R"({"a": {"b": 1, "c": 2}, "list": [1, 2]})");
  REQUIRE(input.ok());
  auto ask = [&](const std::string& text, std::vector<std::string> paths) {
    REQUIRE(s.compile(text));
    s.bound->set("r", input->root());
    s.bound->set("q", value::integer(5));
    for (auto& path : paths) CHECK(s.bound->set_unknown(path, unknown_reason::computed));
    return cel::json_text(s.program.evaluate(*s.bound));
  };
  std::string unknown_b = R"({"$unknown": [{"path": "r.a.b", "reason": "computed"}]})";
  CHECK(ask("r.a.b == 1", {"r.a.b"}) == unknown_b);
  CHECK(ask("r['a'].b == 1", {"r[\"a\"][\"b\"]"}) == R"({"$unknown": [{"path": "r[\"a\"][\"b\"]", "reason": "computed"}]})");
  CHECK(ask("r.a.b == 1 && r.a.c == 3", {"r.a.b"}) == "false");
  CHECK(ask("r.a.c", {"r.a.b"}) == "2");
  CHECK(ask("r.list[0]", {"r.list[1]"}) == "1");
  CHECK(ask("r.list.exists(x, x == 1)", {"r.list[1]"}) == "true");
  CHECK(ask("q + 1", {"q"}) == R"({"$unknown": [{"path": "q", "reason": "computed"}]})");
  // A key that was not given is there, unknown; a list whose length cannot be told is unknown as a whole.
  CHECK(ask("has(r.a.d)", {"r.a.d"}) == R"({"$unknown": [{"path": "r.a.d", "reason": "computed"}]})");
  CHECK(ask("size(r.a)", {"r.a.d"}) == "3");
  CHECK(ask("size(r.list)", {"r.list[7]"}) == R"({"$unknown": [{"path": "r.list[7]", "reason": "computed"}]})");
  CHECK(ask("r.a.b.deeper", {"r.a.b.deeper.still"}).starts_with(R"({"$unknown")"));
  for (const char* path : {"", "nothing", "r.?a", "r.a + 1", "r[q]", "has(r.a)", "1", "r.", "r.a.b(", "[r]"}) {
    INFO(path);
    CHECK_FALSE(s.bound->set_unknown(path));
  }
  s.bound->clear();
  CHECK(cel::json_text(s.program.evaluate(*s.bound)).starts_with(R"({"$error")"));
}

TEST_CASE("api: explain gives the value of every sub-expression with its place") {
  session s;
  s.names.variable("ports", "list(int)");
  REQUIRE(s.compile("ports.exists(p, p == 22)\n  || true"));
  std::vector<value> given = {value::integer(80), value::integer(22)};
  s.bound->set("ports", s.bound->list(given));
  cel::explanation why = s.program.explain(*s.bound);
  CHECK(why.found.is_true());
  bool seen = false;
  for (const cel::explained_step& step : why.steps) {
    if (step.text != "p == 22") continue;
    seen = true;
    CHECK(step.found.is_true());
    CHECK(step.type == "bool");
    CHECK(step.line == 1);
    CHECK(step.column == 17);
  }
  CHECK(seen);
  // What was decided without it was not evaluated.
  for (const cel::explained_step& step : why.steps) CHECK(step.text != "true");
}

TEST_CASE("api: one program in many threads, an activation each") {
  session s;
  s.names.variable("n", "int");
  REQUIRE(s.compile("[1, 2, 3].map(x, x * n).filter(x, x > 2)"));
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      cel::activation mine(s.program);
      for (int i = 0; i < 500; ++i) {
        mine.set("n", value::integer(t));
        found[static_cast<std::size_t>(t)] = cel::json_text(s.program.evaluate(mine));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(found == std::vector<std::string>{"[]", "[3]", "[4, 6]", "[3, 6, 9]"});
}

TEST_CASE("api: limits are on, and can be set") {
  cel::limits small;
  small.steps = 10;
  small.source_bytes = 50;
  cel::compiler names;
  names.bounds(small);
  auto loop = names.compile("[1,2,3,4].all(a, [1,2,3,4].all(b, a + b > 0))");
  REQUIRE(loop.ok());
  cel::activation bound(*loop);
  value found = loop->evaluate(bound);
  REQUIRE(found.is_error());
  CHECK(found.as_error().code == evaluation_error_code::limit);
  CHECK(first_mistake(names.compile(std::string(60, ' ') + "1")).starts_with("SKM206"));
}

TEST_CASE("api: what an expression costs, before and after") {
  cel::compiler names;
  auto asked = names.variable("n", "int").compile("[1, 2, 3].exists(x, x > n)");
  REQUIRE(asked.ok());
  cel::cost_bounds bounds = cel::cost_of(*asked);
  cel::activation with(*asked);
  with.set("n", value::integer(0));
  std::uint64_t soon = 0, late = 0;
  CHECK(cel::evaluate_counted(*asked, with, soon).is_true());
  with.set("n", value::integer(2));
  CHECK(cel::evaluate_counted(*asked, with, late).is_true());
  CHECK(soon < late);
  CHECK(bounds.min <= late);
  CHECK(late <= bounds.max);
  auto unbounded = names.variable("xs", "list(string)").compile("xs.all(x, x == '')");
  CHECK(cel::cost_of(*unbounded).max == UINT64_MAX);
  CHECK(cel::cost_of(*unbounded).why.find("xs") != std::string::npos);
  CHECK(cel::cost_of(cel::program()).max == UINT64_MAX);
  // Counting is over with the call, and a budget stays in force.
  cel::limits budget;
  budget.cost = soon;
  auto within = cel::compiler().bounds(budget).variable("n", "int").compile("[1, 2, 3].exists(x, x > n)");
  cel::activation other(*within);
  other.set("n", value::integer(0));
  CHECK(cel::evaluate_counted(*within, other, soon).is_true());
  other.set("n", value::integer(2));
  CHECK(within->evaluate(other).as_error().code == evaluation_error_code::limit);
  CHECK(cel::evaluate_counted(*within, other, late).is_error());
  CHECK(late > soon);
}

TEST_CASE("api: an empty program and a foreign activation are errors, never a crash") {
  cel::program empty;
  cel::activation none(empty);
  CHECK(empty.evaluate(none).is_error());
  CHECK(empty.explain(none).steps.empty());
  CHECK(empty.tree().empty());
  CHECK_FALSE(none.set("x", value::null()));
  CHECK_FALSE(none.set_unknown("x"));
  session one, two;
  REQUIRE(one.compile("1"));
  REQUIRE(two.compile("2"));
  CHECK(one.program.evaluate(*two.bound).is_error());
  cel::activation moved(std::move(*one.bound));
  CHECK(cel::json_text(one.program.evaluate(moved)) == "1");
}

TEST_CASE("api: a program outlives its compiler") {
  cel::program kept;
  {
    cel::compiler names;
    names.function("f", "() -> string", [](cel::call_context& c, std::span<const value>) { return c.string("f"); });
    names.object({"acme.User", {{"name", "string", cel::field_presence::set, cel::field_storage::whole, value::string("nobody")}}});
    kept = names.compile("f() + acme.User{}.name").value();
  }
  cel::activation bound(kept);
  CHECK(cel::json_text(kept.evaluate(bound)) == "\"fnobody\"");
}

TEST_CASE("api: values as JSON keep what JSON has no form for") {
  session s;
  s.names.use("optionals").use("network");
  struct { const char* expression; const char* json; const char* cel; } cases[] = {
      {"9007199254740991", "9007199254740991", "9007199254740991"},
      {"9007199254740992", R"({"$int": "9007199254740992"})", "9007199254740992"},
      {"-9223372036854775808", R"({"$int": "-9223372036854775808"})", "-9223372036854775808"},
      {"7u", R"({"$uint": "7"})", "7u"},
      {"1.0", "1.0", "1.0"},
      {"1e300", "1e+300", "1e+300"},
      {"0.0 / 0.0", R"({"$double": "NaN"})", "double(\"NaN\")"},
      {"-1.0 / 0.0", R"({"$double": "-Infinity"})", "double(\"-Infinity\")"},
      {"b'\\x00hi'", R"({"$bytes": "AGhp"})", "b\"\\x00hi\""},
      {"timestamp('2027-04-01T00:00:00Z')", R"({"$timestamp": "2027-04-01T00:00:00Z"})", "timestamp(\"2027-04-01T00:00:00Z\")"},
      {"duration('90m')", R"({"$duration": "5400s"})", "duration(\"5400s\")"},
      {"{1: 'a', true: null}", R"({"$map": [[true, null], [1, "a"]]})", "{true: null, 1: \"a\"}"},
      {"{'$int': '5'}", R"({"$map": [["$int", "5"]]})", "{\"$int\": \"5\"}"},
      {"{'a': [1, {}]}", R"({"a": [1, {}]})", "{\"a\": [1, {}]}"},
      {"optional.none()", R"({"$optional": []})", "optional.none()"},
      {"optional.of(null)", R"({"$optional": [null]})", "optional.of(null)"},
      {"type(1)", R"({"$type": "int"})", "int"},
      {"ip('192.0.2.1')", R"({"$opaque": {"type": "net.IP", "text": "192.0.2.1"}})", "ip(\"192.0.2.1\")"},
      {"google.protobuf.FieldMask{paths: ['a']}", R"({"$object": "google.protobuf.FieldMask", "fields": {"paths": ["a"]}})",
       "google.protobuf.FieldMask{paths: [\"a\"]}"},
      {"[][0]", R"({"$error": {"code": "index_out_of_range", "message": "the index is outside the list"}})", "(error: the index is outside the list)"},
  };
  for (const auto& one : cases) {
    INFO(one.expression);
    REQUIRE(s.compile(one.expression));
    value found = s.program.evaluate(*s.bound);
    CHECK(cel::json_text(found) == one.json);
    CHECK(cel::cel_text(found) == one.cel);
  }
}

TEST_CASE("api: what was declared twice in an object or in a literal") {
  CHECK(first_mistake(cel::compiler().object({"t", {{"a", "int"}, {"a", "int"}}}).compile("1")) == "SKM001 field `a` of `t` is declared twice");
  CHECK(first_mistake(cel::compiler().object({"t", {{"a", "int"}}}).compile("t{a: 1, a: 2}")) == "SKM203 field `a` is given twice");
}

TEST_CASE("api: what is left of an expression is a program over the unknowns") {
  session s;
  s.names.variable("a", "int").variable("b", "int").variable("c", "bool");
  REQUIRE(s.compile("a + 1 > b && c"));
  s.bound->set("a", value::integer(4));
  s.bound->set_unknown("b");
  s.bound->set("c", value::boolean(true));
  cel::partial_result left = s.program.residual(*s.bound);
  CHECK(left.known.is_unknown());
  INFO(left.text);
  cel::activation later(left.rest);
  later.set("b", value::integer(3));
  CHECK(left.rest.evaluate(later).is_true());
  later.set("b", value::integer(9));
  CHECK(left.rest.evaluate(later).is_false());
  CHECK(s.names.compile(left.text, "bool").ok());
  // Decided without what is not known: nothing is left.
  s.bound->set("c", value::boolean(false));
  left = s.program.residual(*s.bound);
  CHECK(left.known.is_false());
  CHECK(left.text.empty());
  cel::program empty;
  cel::activation none(empty);
  CHECK(empty.residual(none).known.is_error());
}

TEST_CASE("api: an evaluation error has its place") {
  session s;
  REQUIRE(s.compile("[1, 2]\n  .map(x, 10 / (x - 1))"));
  diagnostic told = s.program.describe(s.program.evaluate(*s.bound));
  CHECK(told.code == "SKM207");
  CHECK(told.message == "division by zero");
  CHECK(told.line == 2);
  CHECK(told.column == 14);
  CHECK(s.program.describe(value::null()).message == "the value is no error");
  CHECK(cel::program().describe(cel::program().evaluate(*s.bound)).line == 0);
}
