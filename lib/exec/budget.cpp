// exec: budgets of cost.
#include "exec/budget.hpp"

#include <algorithm>

#include "cel/cost.hpp"

namespace sekimori::exec {

bool may_cost_more(const plan::rule_program& program, std::uint64_t budget) {
  auto more = [&](const cel::compiled_ptr& condition) { return condition != nullptr && cel::estimate_cost(*condition).cost.max > budget; };
  const auto& asserts = program.variant->asserts;
  return more(program.variant->when) || std::any_of(asserts.begin(), asserts.end(), [&](const auto& one) { return more(one.condition); });
}

cel::limits kubernetes_limits(const cel::limits& own) {
  const cel::limits& profile = cel::find_limit_profile("kubernetes")->set;
  cel::limits set = own;
  set.cost = std::min(own.cost, profile.cost);
  set.policy_cost = std::min(own.policy_cost, profile.policy_cost);
  set.presence_tests_cost = profile.presence_tests_cost;
  return set;
}

}  // namespace sekimori::exec
