// differential: conformance tests through engine and oracle. Entry point: compare_suite.
#include "suite.hpp"

#include <cstdio>
#include <fstream>
#include <map>

#include "../conformance/setting.hpp"
#include "../oracle/convert.hpp"
#include "engine.hpp"

namespace differential {

namespace {

namespace cel = sekimori::cel;
using conformance::json;

enum class outcome { agree, differ, left_out };

outcome compare(json test) {
  if (conformance::flag_of(test, "needs_proto") || conformance::flag_of(test, "check_only")) return outcome::left_out;
  conformance::setting names;
  if (!names.read(test) || names.declares_functions()) return outcome::left_out;
  auto program = names.compile(test);
  if (!program.ok()) return outcome::left_out;
  std::vector<oracle::value> inputs;
  for (const sekimori::value& v : names.variables()) inputs.push_back(oracle::from_engine(v));
  cel::evaluator evaluator(names.memory(), names.environment().current_limits());
  oracle::value ours = oracle::from_engine(evaluator.evaluate(*program.value(), names.variables()));
  flat_answer(program.value(), evaluator, names.environment().current_limits(), names.variables(), ours);
  try {
    oracle::value theirs = oracle::evaluate(*program.value()->root, inputs);
    if (oracle::same_answer(ours, theirs)) return outcome::agree;
    std::printf("DIFFERENCE: %s\n  expression  %s\n  engine      %s\n  oracle      %s\n", std::string(conformance::text_of(test, "id")).c_str(), std::string(conformance::text_of(test, "expr")).c_str(),
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
