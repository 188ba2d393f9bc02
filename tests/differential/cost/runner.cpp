// differential: what expressions cost here, and how that compares with cel-go.
//   cost_runner FILE                     one line of JSON a test, as the Go program in ../cel-go/costs prints
//   cost_runner FILE --against ANSWERS   compares with such lines; how many agree, and why others do not
//   cost_runner FILE --expected          compares with what the tests' own "cost" says
// FILE is the conformance suite, or lines {"environment": {...}} and {"expr": ...}. Exit 0: all agree.
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../../conformance/setting.hpp"
#include "cel/cost.hpp"
#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "value/values.hpp"

using namespace sekimori;
using conformance::json;

namespace {

struct answer {
  std::string id;
  std::string skip;        // why there is nothing to compare
  bool estimated = false;
  cel::cost_range estimate;
  std::uint64_t cost = 0;
  std::string costs;       // "45|42" where it depends on the order of a map
  bool failed = false;     // the evaluation ended in an error
};

std::uint64_t number_of(json holder, std::string_view key) {
  std::string text(conformance::text_of(holder, key));
  return text.empty() ? 0 : std::stoull(text);
}

answer run(json test, json around) {
  answer made;
  made.id = conformance::text_of(test, "id");
  json ignored;
  json names = test["type_env"].get(ignored) == simdjson::SUCCESS || test["bindings"].get(ignored) == simdjson::SUCCESS ? test : around;
  conformance::setting declared;
  if (!declared.read(names)) {
    made.skip = "there is no pack " + declared.missing();
    return made;
  }
  cel::limits bounds;
  bool presence = true;
  if (names["presence_tests"].get(presence) == simdjson::SUCCESS) bounds.presence_tests_cost = presence;
  declared.environment().set_limits(bounds);
  auto program = declared.compile(test);
  if (!program.ok()) {
    made.skip = "does not compile here: " + program.diagnostics().front().message;
    return made;
  }
  std::vector<cel::size_hint> hints;
  simdjson::dom::object given;
  if (names["hints"].get(given) == simdjson::SUCCESS) {
    for (auto hint : given) {
      simdjson::dom::array bounds_of_hint = hint.value.get_array();
      hints.push_back({std::string(hint.key), bounds_of_hint.at(0).get_uint64(), bounds_of_hint.at(1).get_uint64()});
    }
  }
  if (!conformance::flag_of(test, "disable_check")) {
    made.estimated = true;
    made.estimate = cel::estimate_cost(*program.value(), {bounds.presence_tests_cost, hints}).cost;
  }
  cel::evaluator evaluator(declared.memory(), bounds);
  evaluator.set_metering(true);
  made.failed = evaluator.evaluate(*program.value(), declared.variables()).is_error();
  made.cost = evaluator.cost();
  return made;
}

void print(const answer& a) {
  std::string text = "{\"id\":\"" + a.id + "\"";
  if (!a.skip.empty()) {
    text += ",\"skip\":true";
  } else {
    if (a.estimated) text += ",\"min\":\"" + std::to_string(a.estimate.min) + "\",\"max\":\"" + std::to_string(a.estimate.max) + "\"";
    text += ",\"cost\":\"" + std::to_string(a.cost) + "\"";
    if (a.failed) text += ",\"error\":true";
  }
  std::printf("%s}\n", text.c_str());
}

answer read_answer(json line) {
  answer made;
  made.id = conformance::text_of(line, "id");
  made.skip = conformance::text_of(line, "skip");
  made.estimated = !conformance::text_of(line, "max").empty();
  made.estimate = {number_of(line, "min"), number_of(line, "max")};
  made.costs = "|" + std::string(conformance::text_of(line, "cost")) + "|";
  made.failed = conformance::flag_of(line, "error");
  return made;
}

struct comparison {
  int tests = 0, agree = 0, estimates = 0, estimates_agree = 0, costs = 0, costs_agree = 0;
  std::map<std::string, std::vector<std::string>> others;

  void differs(const std::string& why, const std::string& shown) { others[why].push_back(shown); }

  void take(const answer& here, const answer& there, std::string_view expression) {
    ++tests;
    std::string name = here.id + "  " + std::string(expression);
    if (!there.skip.empty()) return differs("not compared: " + there.skip, name);
    if (!here.skip.empty()) return differs("not compared: " + here.skip, name);
    bool same = true;
    if (there.estimated) {
      ++estimates;
      bool agreed = here.estimated && here.estimate == there.estimate;
      estimates_agree += agreed;
      same = same && agreed;
      if (!agreed) differs("the estimates differ", name + "\n      here " + show(here.estimate) + ", there " + show(there.estimate));
    }
    ++costs;
    bool agreed = there.costs.find("|" + std::to_string(here.cost) + "|") != std::string::npos;
    costs_agree += agreed;
    same = same && agreed;
    if (!agreed) {
      std::string why = here.failed != there.failed ? "one side fails, the other does not" : there.failed ? "the costs of an evaluation that fails differ" : "the costs differ";
      differs(why, name + "\n      here " + std::to_string(here.cost) + ", there " + there.costs);
    }
    agree += same;
  }

  static std::string show(cel::cost_range r) { return std::to_string(r.min) + ".." + (r.max == cel::unbounded ? "unbounded" : std::to_string(r.max)); }

  bool report(std::size_t shown) const {
    std::size_t wrong = 0;
    for (const auto& [why, names] : others) {
      std::printf("%zu: %s\n", names.size(), why.c_str());
      bool compared = why.rfind("not compared", 0) != 0;
      if (compared) wrong += names.size();
      for (std::size_t i = 0; i < names.size() && i < shown && compared; ++i) std::printf("    %s\n", names[i].c_str());
    }
    std::printf("costs: %d of %d estimates and %d of %d runtime costs agree; %d of %d tests were compared\n", estimates_agree, estimates, costs_agree, costs,
                costs, tests);
    return wrong == 0;
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::string path, against;
  bool expected = false;
  std::size_t shown = 20;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--against" && i + 1 < argc) against = argv[++i];
    else if (argument == "--show" && i + 1 < argc) shown = std::stoul(argv[++i]);
    else if (argument == "--expected") expected = true;
    else path = argument;
  }
  std::ifstream file(path);
  std::ifstream answers(against);
  if (!file || (!against.empty() && !answers)) {
    std::fprintf(stderr, "usage: cost_runner FILE [--against ANSWERS | --expected] [--show N]; a file cannot be read\n");
    return 2;
  }
  simdjson::dom::parser environments, tests, theirs;
  json around;
  comparison compared;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    json test, found;
    if (tests.parse(line).get(test) != simdjson::SUCCESS) {
      std::fprintf(stderr, "line %d is not JSON\n", number);
      return 2;
    }
    if (test["environment"].get(found) == simdjson::SUCCESS) {
      around = environments.parse(line).value()["environment"];
      continue;
    }
    answer here = run(test, around);
    if (here.id.empty()) here.id = std::to_string(number);
    if (against.empty() && !expected) {
      print(here);
      continue;
    }
    answer there;
    if (expected) {
      there = read_answer(test);
    } else {
      std::string next;
      if (!std::getline(answers, next) || theirs.parse(next).get(found) != simdjson::SUCCESS) {
        std::fprintf(stderr, "there is no answer for line %d\n", number);
        return 2;
      }
      there = read_answer(found);
      if (there.id != here.id) {
        std::fprintf(stderr, "the answer for line %d is of another test\n", number);
        return 2;
      }
    }
    compared.take(here, there, conformance::text_of(test, "expr"));
  }
  if (against.empty() && !expected) return 0;
  return compared.report(shown) ? 0 : 1;
}
