// check: policies of Kubernetes over an object.
#include "check/manifest_judge.hpp"

#include "exec/budget.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

int rank(verdict outcome) {
  switch (outcome) {
    case verdict::fail: return 4;
    case verdict::error: return 3;
    case verdict::undetermined: return 2;
    case verdict::pass: return 1;
    case verdict::not_applicable: break;
  }
  return 0;
}

}  // namespace

manifest_judge::manifest_judge(const run_context& of, arena& memory)
    : of_(of), memory_(memory), limits_(exec::kubernetes_limits(of.limits)), evaluator_(memory, limits_), executor_(evaluator_, limits_) {
  evaluator_.set_now(of.now);
}

bool manifest_judge::begin(const inventory::resource& one) {
  seen_ = of_.manifests.view(one, memory_);
  candidates_.clear();
  for (auto index : policies_over(seen_)) {
    value asked = of_.manifests.asked(*of_.plan.programs[index].variant->admission, seen_, memory_);
    if (!asked.is_false()) candidates_.push_back({index, asked});
  }
  return !candidates_.empty();
}

// The programs that can speak of such an object, found once for each type.
const std::vector<std::uint32_t>& manifest_judge::policies_over(const admission_object& seen) {
  auto [at, fresh] = policies_by_type_.try_emplace(seen.of->type);
  if (fresh) {
    for (auto index : of_.plan.admission) {
      if (admission::speaks_of(*of_.plan.programs[index].variant->admission, seen)) at->second.push_back(index);
    }
  }
  return at->second;
}

judged_manifest manifest_judge::judge(std::size_t which, bool room) {
  auto [index, asked] = candidates_[which];
  auto& program = of_.plan.programs[index];
  auto& policy = *program.variant->admission;
  judged_manifest made;
  made.program = index;
  value chosen = of_.manifests.chosen(policy, seen_, memory_);
  if (chosen.is_false()) return made;
  value belongs = !asked.is_unknown() ? chosen : chosen.is_unknown() ? merge_unknowns(memory_, asked, chosen) : asked;
  bool first = true;
  // The worst of what the parameters give, one by one.
  for (value parameters : of_.manifests.parameters(policy, seen_, memory_)) {
    exec::admission_values values;
    values[rules::slot_object] = seen_.object;
    values[rules::slot_request] = seen_.request;
    values[rules::slot_admission_params] = parameters;
    values[rules::slot_namespace_object] = seen_.namespace_object;
    judged_manifest next;
    verdict told = judge_with(program, policy, values, belongs, room, next);
    if (!first && rank(told) <= rank(made.outcome)) continue;
    first = false;
    made = std::move(next);
    made.program = index;
    made.outcome = told;
  }
  if (made.outcome == verdict::undetermined) made.settle = exec::settled_by(made.why.unknown);
  made.limit = made.why.limit;
  return made;
}

void manifest_judge::show(const plan::rule_program& program, const rules::checked_admission& policy, const exec::admission_values& values, value belongs) {
  exec::admission_variables explaining(policy, evaluator_, true);
  explaining.begin(values);
  const exec::policy_budget budget{.whole = limits_.policy_cost};
  of_.observer->asks({program, evaluator_, explaining.values(), nullptr, &explaining, belongs, seen_.of->address, &budget});
}

verdict manifest_judge::judge_with(const plan::rule_program& program, const rules::checked_admission& policy, const exec::admission_values& values,
                                   value belongs, bool room, judged_manifest& into) {
  if (of_.observer != nullptr && of_.observer->watches(*seen_.of)) show(program, policy, values, belongs);
  exec::admission_variables fast(policy, evaluator_, false);
  fast.begin(values);
  evaluator_.reset_steps();
  evaluator_.reset_cost();
  executor_.begin(fast.values());
  verdict outcome = executor_.judge(program);
  // The programs that run leave out the signs of `!` and nothing else, so that below the half no budget is used up.
  const std::uint64_t spent = evaluator_.cost() + fast.cost();
  const bool cheap = spent < limits_.cost / 2 && spent < limits_.policy_cost / 2;
  const bool told = !of_.is_listed(outcome) || (!room && outcome != verdict::undetermined && outcome != verdict::error && !executor_.limited() &&
                                                     evaluator_.steps() <= limits_.steps / 2);
  if (told && belongs.is_true() && cheap) return outcome;
  exec::admission_variables explaining(policy, evaluator_, true);
  explaining.begin(values);
  evaluator_.reset_steps();
  evaluator_.reset_cost();
  const exec::policy_budget budget{.whole = limits_.policy_cost};
  into.why = exec::explain(program, evaluator_, explaining.values(), &explaining, seen_.of->address, traced_, &budget);
  into.explained = true;
  return belongs.is_true() ? into.why.outcome : exec::doubt(belongs, seen_.of->address, into.why);
}

}  // namespace sekimori::check
