// conformance: runs the cel-spec suite (one test a line) through compile and evaluate.
// conformance FILE [--verbose] [--baseline IDS]; exit 0 when nothing fails that is not in the
// baseline. Tests that need protobuf messages beyond the well-known ones are skipped and counted.
#include <cstdio>
#include <deque>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "value/values.hpp"
#include "values.hpp"

using namespace sekimori;
using conformance::json;

namespace {

// Functions that a test declares without bodies; rows point into it.
struct declared_functions {
  std::deque<std::string> texts;
  std::deque<std::vector<std::string_view>> parameters;
  std::deque<std::vector<cel::overload>> overloads;
  std::deque<cel::function_row> rows;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }

  void declare(cel::environment& environment, json declaration) {
    auto& made = overloads.emplace_back();
    for (json one : declaration["function"].get_array()) {
      auto& types = parameters.emplace_back();
      for (json parameter : one["params"].get_array()) types.push_back(keep(conformance::type_text(parameter)));
      made.push_back({keep(std::string(conformance::text_of(one, "id"))), conformance::flag_of(one, "instance"), types,
                      keep(conformance::type_text(one["result"])), nullptr});
    }
    rows.push_back({keep(std::string(conformance::text_of(declaration, "name"))), "test", made, 1, "", ""});
    environment.add_pack(std::span<const cel::function_row>(&rows.back(), 1));
  }
};

struct outcome {
  bool passed = false;
  std::string why;
};

outcome failed(std::string why) { return {false, std::move(why)}; }

// A test without extensions may use the macros of any. protos needs descriptors, which we do not read.
bool add_extensions(cel::environment& environment, json test, std::string& missing) {
  for (json extension : test["extensions"].get_array()) {
    std::string_view name = extension.get_string();
    const cel::pack* found = cel::find_pack(name);
    if (found == nullptr) {
      missing = name;
      return false;
    }
    environment.add_pack(*found);
  }
  return true;
}

outcome judge(json test) {
  arena memory;
  declared_functions functions;
  cel::environment environment;
  std::string missing;
  if (!add_extensions(environment, test, missing)) return failed("the pack `" + missing + "` is not there");
  environment.set_container(conformance::text_of(test, "container"));

  std::vector<value> variables;
  std::map<std::string, std::size_t, std::less<>> slots;
  auto declare = [&](std::string_view name, const cel::type* type) {
    std::size_t slot = environment.declare_variable(name, type);
    variables.resize(slot + 1, make_error(memory, evaluation_error_code::no_such_member, "the variable has no value"));
    slots[std::string(name)] = slot;
  };
  simdjson::dom::array declarations;
  if (test["type_env"].get(declarations) == simdjson::SUCCESS) {
    for (json declaration : declarations) {
      json ident;
      if (declaration["ident"].get(ident) == simdjson::SUCCESS) {
        declare(conformance::text_of(declaration, "name"), conformance::read_type(environment.types(), ident));
      } else {
        functions.declare(environment, declaration);
      }
    }
  }
  simdjson::dom::object bindings;
  if (test["bindings"].get(bindings) == simdjson::SUCCESS) {
    for (auto binding : bindings) {
      if (slots.find(binding.key) == slots.end()) declare(binding.key, environment.types().simple(cel::type_kind::dyn));
      variables[slots.find(binding.key)->second] = conformance::read_value(memory, binding.value);
    }
  }

  cel::environment::compile_options options;
  options.check = !conformance::flag_of(test, "disable_check");
  options.macros = !conformance::flag_of(test, "disable_macros");
  auto program = environment.compile(cel::plain_text(std::string(conformance::text_of(test, "expr"))), options);
  if (!program.ok()) return failed("does not compile: " + program.diagnostics().front().message);

  json expect = test["expect"];
  json typed;
  json expected;
  bool has_value = expect["value"].get(expected) == simdjson::SUCCESS;
  if (expect["typed_result"].get(typed) == simdjson::SUCCESS) {
    std::string deduced = cel::to_string(*program.value()->result_type);
    std::string wanted(conformance::text_of(typed, "deduced_type_text"));
    if (deduced != wanted) return failed("has type " + deduced + ", not " + wanted);
    if (conformance::flag_of(test, "check_only")) return {true, {}};
    has_value = typed["value"].get(expected) == simdjson::SUCCESS;
    if (!has_value) return {true, {}};
  }

  cel::evaluator evaluator(memory, environment.current_limits());
  value found = evaluator.evaluate(*program.value(), variables);
  json error;
  if (expect["eval_error"].get(error) == simdjson::SUCCESS) {
    if (found.is_error()) return {true, {}};
    return failed("gives " + display(found) + ", not an error");
  }
  value wanted = has_value ? conformance::read_value(memory, expected) : value::boolean(true);
  if (conformance::same_value(wanted, found)) return {true, {}};
  std::string given = found.is_error() ? "error: " + std::string(found.as_error().message)
                                       : std::string(kind_name(found.kind())) + " " + display(found);
  return failed("gives " + given + ", not " + std::string(kind_name(wanted.kind())) + " " + display(wanted));
}

struct count {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

}  // namespace

int main(int argc, char** argv) {
  std::string path;
  std::string baseline_path;
  bool verbose = false;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--verbose") verbose = true;
    else if (argument == "--baseline" && i + 1 < argc) baseline_path = argv[++i];
    else path = argument;
  }
  std::ifstream file(path);
  if (path.empty() || !file) {
    std::fprintf(stderr, "usage: conformance FILE [--verbose] [--baseline IDS]; cannot read `%s`\n", path.c_str());
    return 2;
  }
  std::set<std::string> allowed;
  if (!baseline_path.empty()) {
    std::ifstream baseline(baseline_path);
    if (!baseline) {
      std::fprintf(stderr, "cannot read the baseline `%s`\n", baseline_path.c_str());
      return 2;
    }
    for (std::string line; std::getline(baseline, line);) {
      if (!line.empty() && line[0] != '#') allowed.insert(line);
    }
  }

  std::map<std::string, count> files;
  count all;
  int unexpected = 0;
  simdjson::dom::parser parser;
  for (std::string line; std::getline(file, line);) {
    json test;
    if (line.empty()) continue;
    if (parser.parse(line).get(test) != simdjson::SUCCESS) {
      std::fprintf(stderr, "a line is not JSON\n");
      return 2;
    }
    std::string id(conformance::text_of(test, "id"));
    count& of_file = files[std::string(conformance::text_of(test, "file"))];
    if (conformance::flag_of(test, "needs_proto") && !conformance::flag_of(test, "wkt_only")) {
      ++of_file.skipped;
      ++all.skipped;
      continue;
    }
    outcome result = judge(test);
    if (result.passed) {
      ++of_file.passed;
      ++all.passed;
      if (allowed.count(id) != 0) std::printf("passes now, still in the baseline: %s\n", id.c_str());
      continue;
    }
    ++of_file.failed;
    ++all.failed;
    bool known = allowed.count(id) != 0;
    if (!known) ++unexpected;
    if (!known || verbose) std::printf("%s %s\n", known ? "known failure" : "FAILED", id.c_str());
    if (verbose) std::printf("    %s\n    %s\n", std::string(conformance::text_of(test, "expr")).c_str(), result.why.c_str());
  }
  for (const auto& [name, counted] : files) {
    std::printf("%-16s %5d passed %5d failed %5d skipped\n", name.c_str(), counted.passed, counted.failed, counted.skipped);
  }
  std::printf("%d passed, %d failed, %d skipped\n", all.passed, all.failed, all.skipped);
  return unexpected == 0 ? 0 : 1;
}
