// bench: see cases.hpp.
#include "common/cases.hpp"

#include "common/process.hpp"

namespace bench {
namespace {

using namespace sekimori;

value member(value of, std::string_view name) {
  value found;
  if (!of.is(value_kind::map) || !of.as_map().find(value::string(name), found)) stop("cases.json: no " + std::string(name));
  return found;
}

expression_cases::value_type made_from(value given) {
  const map_view& types = member(given, "types").as_map();
  const map_view& inputs = member(given, "in").as_map();
  cel::compiler names;
  names.use("strings");
  expression_case::variables bound;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string_view variable = types.entries()[i].key.as_text(), type = types.entries()[i].mapped.as_text();
    names.variable(variable, type == "list<string>" ? "list(string)" : type);
    value found;
    if (inputs.find(types.entries()[i].key, found)) bound.emplace_back(variable, found);
  }
  return std::make_unique<expression_case>(std::string(member(given, "id").as_text()), std::string(member(given, "expr").as_text()), std::move(names),
                                           std::move(bound), member(given, "out"));
}

}  // namespace

cel::document parsed(const std::string& path) {
  auto made = cel::document::parse(path, read_file(path));
  if (!made) stop(render(made.diagnostics()));
  return std::move(made).value();
}

cel::program compiled(const cel::compiler& names, std::string_view text) {
  auto made = names.compile(text);
  if (!made) stop(render(made.diagnostics()));
  return std::move(made).value();
}

expression_case::expression_case(std::string name, std::string text, cel::compiler names, variables given, value answer)
    : name_(std::move(name)), text_(std::move(text)), names_(std::move(names)), given_(std::move(given)), program_(compiled(names_, text_)), bound_(program_) {
  bind();
  const auto found = cel::json_text(evaluate()), expected = cel::json_text(answer);
  if (found != expected) stop(name_ + ": " + found + " instead of " + expected);
}

expression_cases all_cases(const cel::document& file) {
  expression_cases made;
  const list_view& all = file.root().as_list();
  for (std::size_t i = 0; i < all.size(); ++i) made.push_back(made_from(all.at(i)));
  return made;
}

expression_cases bound_cases() {
  struct one { const char* name; const char* text; bool answer; };
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
  expression_cases made;
  for (const one& each : all) {
    cel::compiler names;
    for (auto text : {"string_value", "x", "direction", "bucket", "engine", "name"}) names.variable(text, "string");
    for (auto truth : {"public", "encrypted"}) names.variable(truth, "bool");
    for (auto number : {"from_port", "to_port"}) names.variable(number, "int");
    expression_case::variables given = {
        {"string_value", value::string("value")}, {"x", value::string("c")}, {"direction", value::string("ingress")},
        {"bucket", value::string("tokyo-logs-archive")}, {"engine", value::string("aurora-mysql")}, {"name", value::string("prod-web01-003")},
        {"public", value::boolean(false)}, {"encrypted", value::boolean(true)}, {"from_port", value::integer(0)}, {"to_port", value::integer(65535)}};
    made.push_back(std::make_unique<expression_case>(each.name, each.text, std::move(names), std::move(given), value::boolean(each.answer)));
  }
  return made;
}

}  // namespace bench
