// check: what each rule took.
#include "check/profile.hpp"

#include <algorithm>

#include "plan/trees.hpp"

namespace sekimori::check {
namespace {

// What a measurement of nothing shows: the middle of many, as a rule that is cheap takes little more.
std::uint64_t nanoseconds_of_nothing() {
  using clock = std::chrono::steady_clock;
  std::vector<std::uint64_t> seen(1001);
  for (auto& one : seen) {
    const auto begin = clock::now();
    one = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - begin).count());
  }
  std::nth_element(seen.begin(), seen.begin() + 500, seen.end());
  return seen[500];
}

}  // namespace

void profiler::add(const profiler& other) {
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    programs_[i].nanoseconds += other.programs_[i].nanoseconds;
    programs_[i].evaluations += other.programs_[i].evaluations;
    programs_[i].open += other.programs_[i].open;
    programs_[i].explained += other.programs_[i].explained;
  }
}

std::vector<rule_profile> profiler::write(const plan::policy_plan& plan) const {
  const plan::tree_statistics known = plan::examine(plan);
  const std::uint64_t nothing = nanoseconds_of_nothing();
  std::vector<rule_profile> made;
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    const sums& of = programs_[i];
    const std::uint64_t looking = nothing * of.evaluations;
    rule_profile& one = made.emplace_back();
    one.rule = plan.programs[i].rule->full_id;
    one.subject = plan::subject_of(plan.programs[i]);
    one.nanoseconds = of.nanoseconds - std::min(looking, of.nanoseconds);
    one.evaluations = of.evaluations;
    one.open = of.open;
    one.explained = of.explained;
    one.cost = known.programs[i].cost;
  }
  return made;
}

}  // namespace sekimori::check
