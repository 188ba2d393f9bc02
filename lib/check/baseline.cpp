// check: see baseline.hpp.
#include "check/baseline.hpp"

namespace sekimori::check {

baseline_comparison::baseline_comparison(const report& made, const check_options& options)
    : options_(options), earlier_(*options.baseline), names_(earlier_, made), index_(earlier_.findings, names_, options.same_inputs) {
  record_.file = earlier_.file;
  record_.digest = earlier_.digest;
  record_.now = earlier_.now;
  record_.listed = earlier_.summary.listed;
  record_.not_listed = earlier_.summary.not_listed;
}

void baseline_comparison::take(finding& one) {
  if (!is_open(one.outcome)) return;
  ++listed_[names_.of(one)];
  const finding* before = index_.partner(one);
  const bool same = before != nullptr && before->outcome == one.outcome && before->state == one.state && before->level == one.level;
  one.baseline = before == nullptr ? baseline_state::appeared : same ? baseline_state::unchanged : baseline_state::changed;
  one.known = before != nullptr && is_known(*before, one);
  if (one.baseline == baseline_state::changed) one.before = {before->outcome, before->state, before->level};
  ++(before == nullptr ? record_.appeared : same ? record_.unchanged : record_.changed);
  const auto level = static_cast<std::size_t>(one.level);
  if (one.outcome == verdict::fail && one.state != disposition::waived) {
    if (!one.known) ++new_.failing[level];
    else if (options_.fail_on_new && one.level >= options_.fail_on) ++record_.known_violations;
  } else if (one.outcome == verdict::undetermined) {
    if (!one.known) ++new_.undetermined[level];
    else if (options_.fail_on_undetermined_new && !options_.never_fail_on_undetermined && one.level >= options_.fail_on_undetermined) ++record_.known_undetermined;
  }
}

void baseline_comparison::end(report& made, tally& counted) {
  record_.cautions = made_otherwise(earlier_, made);
  const looked_at looked(made, names_, listed_, options_.same_inputs);
  for (std::size_t i = 0; i < earlier_.findings.size(); ++i) {
    if (index_.has_partner(i) || !is_open(earlier_.findings[i].outcome)) continue;
    const absence why = looked.of(earlier_.findings[i], earlier_);
    ++(why == absence::looked ? record_.fixed : why == absence::rule_not_asked ? record_.not_asked : record_.not_seen);
  }
  made.baseline = std::make_shared<const baseline_record>(std::move(record_));
  // What is not listed cannot be compared, and is told of as such: outcome_of.
  for (std::size_t level = 0; level < 5; ++level) {
    if (options_.fail_on_new) counted.failing[level] = new_.failing[level];
    if (options_.fail_on_undetermined_new) counted.undetermined[level] = new_.undetermined[level];
  }
}

}  // namespace sekimori::check
