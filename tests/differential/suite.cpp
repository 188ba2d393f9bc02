// differential: conformance tests through engine and oracle. Entry point: compare_suite.
#include "suite.hpp"

#include <cstdio>
#include <fstream>
#include <map>

#include "../conformance/values.hpp"
#include "../oracle/convert.hpp"
#include "engine.hpp"

namespace differential {

namespace {

namespace cel = sekimori::cel;
using conformance::json;

enum class outcome { agree, differ, left_out };

outcome compare(json test) {
  if (conformance::flag_of(test, "needs_proto") || conformance::flag_of(test, "check_only")) return outcome::left_out;
  sekimori::arena memory;
  auto environment = std::make_unique<cel::environment>();
  add_packs(*environment);
  environment->set_container(conformance::text_of(test, "container"));
  std::vector<sekimori::value> variables;
  std::map<std::string, std::size_t, std::less<>> slots;
  auto declare = [&](std::string_view name, const cel::type* type) {
    std::size_t slot = environment->declare_variable(name, type);
    variables.resize(slot + 1, sekimori::make_error(memory, sekimori::evaluation_error_code::no_such_member, "no value"));
    slots[std::string(name)] = slot;
  };
  simdjson::dom::array declarations;
  if (test["type_env"].get(declarations) == simdjson::SUCCESS) {
    for (json declaration : declarations) {
      json ident;
      if (declaration["ident"].get(ident) != simdjson::SUCCESS) return outcome::left_out;
      declare(conformance::text_of(declaration, "name"), conformance::read_type(*environment, ident));
    }
  }
  simdjson::dom::object bindings;
  if (test["bindings"].get(bindings) == simdjson::SUCCESS) {
    for (auto binding : bindings) {
      if (slots.find(binding.key) == slots.end()) declare(binding.key, environment->types().simple(cel::type_kind::dyn));
      variables[slots.find(binding.key)->second] = conformance::read_value(memory, binding.value);
    }
  }
  cel::environment::compile_options options;
  options.check = !conformance::flag_of(test, "disable_check");
  options.macros = !conformance::flag_of(test, "disable_macros");
  std::string text(conformance::text_of(test, "expr"));
  auto program = environment->compile(cel::plain_text(text), options);
  if (!program.ok()) return outcome::left_out;
  std::vector<oracle::value> inputs;
  for (const sekimori::value& v : variables) inputs.push_back(oracle::from_engine(v));
  cel::evaluator evaluator(memory, environment->current_limits());
  oracle::value ours = oracle::from_engine(evaluator.evaluate(*program.value(), variables));
  try {
    oracle::value theirs = oracle::evaluate(*program.value()->root, inputs);
    if (oracle::same_answer(ours, theirs)) return outcome::agree;
    std::printf("DIFFERENCE: %s\n  expression  %s\n  engine      %s\n  oracle      %s\n", std::string(conformance::text_of(test, "id")).c_str(), text.c_str(),
                oracle::show(ours).c_str(), oracle::show(theirs).c_str());
    return outcome::differ;
  } catch (const oracle::out_of_scope&) {
    return outcome::left_out;
  }
}

}  // namespace

bool compare_suite(const std::string& path, suite_counts& counted) {
  std::ifstream file(path);
  if (!file) return false;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    json test;
    if (line.empty() || parser.parse(line).get(test) != simdjson::SUCCESS) continue;
    switch (compare(test)) {
      case outcome::agree: ++counted.compared; break;
      case outcome::left_out: ++counted.left_out; break;
      case outcome::differ:
        ++counted.compared;
        ++counted.differences;
        break;
    }
  }
  return true;
}

}  // namespace differential
