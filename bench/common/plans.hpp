// bench: policies and plans to check, and the benchmarks of one plan: check/NAME, and floor/NAME, which is simdjson reading the
// same bytes in the same run. Entry points: loaded, register_plan, example_plans, shared_plans.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sekimori/sekimori.hpp"

namespace bench {

struct plan {
  std::string name, text;
};

sekimori::policy loaded(const std::vector<std::string>& paths);   // or the end of the program
sekimori::check_options options();

std::vector<plan> example_plans();   // of rulesets/examples
std::vector<plan> shared_plans();    // of SEKIMORI_EXTERNAL_DATA, default ../shared/data; empty where that is not, which is told

// Empty: the verdicts are right. Asked before anything is timed.
using verdict_check = std::function<std::string(const sekimori::report&)>;

// `rules` lives as long as the benchmarks do. Whatever `wrong` says, verdicts of the text and of parsed JSON must be alike.
void register_plan(const sekimori::policy& rules, plan checked, verdict_check wrong = {});

}  // namespace bench
