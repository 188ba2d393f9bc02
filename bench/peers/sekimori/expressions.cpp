// bench/peers: our CEL on the expressions, through include/sekimori/cel.hpp alone. Entry points: cases, conditions.
// Every answer is compared with the expected one before anything is timed.
#include "expressions.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "measure.hpp"
#include "sekimori/cel.hpp"

namespace peers {
namespace {

using namespace sekimori;

volatile bool sink;

template <class T>
T made(result<T> given) {
  if (!given) stop(render(given.diagnostics()));
  return std::move(given).value();
}

value member(value of, std::string_view name) {
  value found;
  if (!of.is(value_kind::map) || !of.as_map().find(value::string(name), found)) stop("cases.json: no " + std::string(name));
  return found;
}

std::string type_of(std::string_view name) { return name == "list<string>" ? "list(string)" : std::string(name); }

void expect_equal(std::string_view id, value found, value expected) {
  if (cel::json_text(found) != cel::json_text(expected)) stop(std::string(id) + ": " + cel::json_text(found));
}

void evaluated(std::string_view variant, std::string_view id, const cel::program& program, cel::activation& bound) {
  tell(variant, id, sample(7, 30, [&] { sink = program.evaluate(bound).is_true(); }));
}

void one_case(value given) {
  const std::string_view id = member(given, "id").as_text(), text = member(given, "expr").as_text();
  const map_view& types = member(given, "types").as_map();
  const map_view& inputs = member(given, "in").as_map();
  cel::compiler names;
  names.use("strings");
  for (std::size_t i = 0; i < types.size(); ++i) names.variable(types.entries()[i].key.as_text(), type_of(types.entries()[i].mapped.as_text()));
  const auto program = made(names.compile(text));
  cel::activation bound(program);
  const auto bind = [&] {
    for (std::size_t i = 0; i < inputs.size(); ++i) bound.set(inputs.entries()[i].key.as_text(), inputs.entries()[i].mapped);
  };
  bind();
  expect_equal(id, program.evaluate(bound), member(given, "out"));
  evaluated("evaluate", id, program, bound);
  tell("bind and evaluate", id, sample(5, 20, [&] { bind(); sink = program.evaluate(bound).is_true(); }));
  tell("compile", id, sample(5, 20, [&] { sink = static_cast<bool>(names.compile(text)); }));
}

// What wirefilter can say, as it says it: flat variables of known types, bound beforehand.
void bound_beforehand() {
  struct one { std::string_view id, text; bool answer; };
  static constexpr one all[] = {
      {"b1", "string_value == 'value'", true},
      {"b2", "string_value != 'value'", false},
      {"b5", "x in ['a', 'b', 'c', 'd']", true},
      {"r1", R"(direction == "ingress")", true},
      {"r2", R"(bucket.startsWith("tokyo-"))", true},
      {"r3", "!(public) && encrypted", true},
      {"r4", "from_port <= 22 && to_port >= 22", true},
      {"r8", R"(engine in ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"])", true},
      {"r9", R"(name.matches("^(prod|stg|dev)-[a-z0-9]+-[0-9]{3}$"))", true},
  };
  cel::compiler names;
  for (auto text : {"string_value", "x", "direction", "bucket", "engine", "name"}) names.variable(text, "string");
  for (auto truth : {"public", "encrypted"}) names.variable(truth, "bool");
  for (auto number : {"from_port", "to_port"}) names.variable(number, "int");
  for (const one& each : all) {
    const auto program = made(names.compile(each.text));
    cel::activation bound(program);
    for (auto [name, text] : {std::pair{"string_value", "value"}, {"x", "c"}, {"direction", "ingress"}, {"bucket", "tokyo-logs-archive"},
                              {"engine", "aurora-mysql"}, {"name", "prod-web01-003"}}) {
      bound.set(name, value::string(text));
    }
    bound.set("public", value::boolean(false));
    bound.set("encrypted", value::boolean(true));
    bound.set("from_port", value::integer(0));
    bound.set("to_port", value::integer(65535));
    expect_equal(each.id, program.evaluate(bound), value::boolean(each.answer));
    evaluated("bound", each.id, program, bound);
  }
}

}  // namespace

void cases(const std::string& folder) {
  const auto file = made(cel::document::parse("cases.json", read_file(folder + "/cases.json")));
  const list_view& all = file.root().as_list();
  for (std::size_t i = 0; i < all.size(); ++i) one_case(all.at(i));
  bound_beforehand();
}

void conditions(const std::string& folder) {
  std::vector<std::string> lines;
  std::istringstream text(read_file(folder + "/rules.txt"));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  const std::string bytes = read_file(folder + "/resource.json"), answers = read_file(folder + "/rules.answers");
  const auto parameters = made(cel::document::parse("params.json", read_file(folder + "/params.json")));
  cel::compiler names;
  names.variable("resource").variable("params");
  std::vector<cel::program> programs;
  const auto compile = [&] {
    programs.clear();
    for (const auto& line : lines) programs.push_back(made(names.compile(line)));
  };
  tell("conditions", "compile", sample(5, 100, compile));
  programs = {};
  const std::size_t before = heap_in_use();
  compile();
  const std::size_t after = heap_in_use();
  cel::activation bound(programs.front());
  std::string found(programs.size(), '0');
  const auto run = [&](const cel::document& resource) {
    bound.set("resource", resource.root());
    bound.set("params", parameters.root());
    for (std::size_t i = 0; i < programs.size(); ++i) found[i] = programs[i].evaluate(bound).is_true() ? '1' : '0';
  };
  const auto resource = made(cel::document::parse("resource.json", bytes));
  run(resource);
  if (found != answers) stop("the thousand conditions answer otherwise than cel-go");
  tell("conditions", "evaluate", sample(7, 100, [&] { run(resource); }), {{"heap", std::to_string(after - before)}});
  tell("conditions", "bytes", sample(7, 100, [&] { run(made(cel::document::parse("resource.json", bytes))); }));
  if (found != answers) stop("the thousand conditions answer otherwise from the bytes");
}

}  // namespace peers
