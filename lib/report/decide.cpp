// report: whether a change may go on. Entry point: decide (sekimori/report.hpp). Knows no format.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/diagnostics.hpp"
#include "report/outline.hpp"
#include "sekimori/report.hpp"

namespace sekimori {

namespace {

// Findings over the listing limit are only in the counts, so the counts of each rule decide for them.
bool blocked_by_counts(const report& shown, severity fail_on, bool block_undetermined) {
  std::unordered_map<std::string, severity> levels;
  for (const report_rule& rule : *shown.rules) levels.emplace(rule.ruleset + "/" + rule.id, rule.level);
  for (const auto& [name, counts] : shown.summary.by_rule) {
    const bool open = counts.fail > counts.waived || (block_undetermined && counts.undetermined > 0);
    if (!open) continue;
    const auto known = levels.find(name);
    const severity level = known != levels.end() ? known->second : severity::critical;  // one that is not listed could be of any
    if (level >= fail_on) return true;
  }
  return false;
}

}  // namespace

bool is_gap(std::string_view cause) {
  return cause == "input_unreadable" || cause == "input_incomplete" || cause == "limit" || cause == "error_verdict" || cause == "nothing_examined" || cause == "not_compared";
}

bool decide(const report& shown, severity fail_on, undetermined_policy undetermined, bool only_new) {
  const bool only_new_undetermined = undetermined == undetermined_policy::block_new;
  const bool block_undetermined = undetermined == undetermined_policy::block || only_new_undetermined;
  if (shown.outcome.exit_code == 2 || shown.inputs.empty() || shown.summary.examined.mapped == 0) return false;
  if (shown.summary.total.error > 0 || has_error(shown.diagnostics)) return false;
  if (std::any_of(shown.outcome.causes.begin(), shown.outcome.causes.end(), is_gap)) return false;
  for (const input_record& input : shown.inputs) {
    if (input.status != "read" || has_error(input.diagnostics)) return false;
  }
  for (const finding& found : shown.findings) {
    if (found.outcome == verdict::error) return false;
    if (found.level < fail_on) continue;
    // A dispute says that somebody objects, not that anybody agreed.
    if (found.outcome == verdict::fail && found.state != disposition::waived && !(only_new && found.known)) return false;
    if (found.outcome == verdict::undetermined && block_undetermined && !(only_new_undetermined && found.known)) return false;
  }
  // What is not listed was not held against the baseline, so that nothing of it is known.
  return shown.summary.not_listed == 0 || !blocked_by_counts(shown, fail_on, block_undetermined);
}

}  // namespace sekimori
