// bench: every shipped rule on plans, bytes to the finished report value: the example plans, a large one made in memory,
// and the public plans of SEKIMORI_EXTERNAL_DATA. Entry point: register_scenario.
#include "common/plan_writer.hpp"
#include "common/plans.hpp"
#include "common/scenario.hpp"

namespace bench {

void register_scenario() {
  static const auto rules = loaded({"builtin:all"});
  for (auto& one : example_plans()) {
    const bool bad = one.name.find("/bad/") != std::string::npos;
    register_plan(rules, std::move(one), [bad](const sekimori::report& made) -> std::string {
      return made.summary.examined.resources == 0 || (bad && made.summary.total.fail == 0) ? "the example's failures were not found" : "";
    });
  }
  for (const int resources : {1'000, 15'000}) {
    register_plan(rules, {"resources-" + std::to_string(resources), large_plan(resources)},
                  [resources](const sekimori::report& made) { return wrong_verdicts(made, resources); });
  }
  for (auto& one : shared_plans()) {
    if (one.text.size() > 50'000) register_plan(rules, std::move(one));   // small ones say nothing that the examples do not
  }
}

}  // namespace bench
