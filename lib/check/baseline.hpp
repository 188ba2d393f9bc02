// check: the findings of a run held against an earlier report, while the run makes them. Entry point: baseline_comparison.
#pragma once

#include "check/comparison.hpp"
#include "check/outcome.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::check {

class baseline_comparison {
 public:
  // `made` knows its policy and rules. `options` has a baseline.
  baseline_comparison(const report& made, const check_options& options);

  // A finding that is listed: says how it stands.
  void take(finding& one);
  // With what the run looked at: the record, and what of `counted` the thresholds leave out.
  void end(report& made, tally& counted);

 private:
  const check_options& options_;
  const report& earlier_;
  rule_names names_;
  finding_index index_;
  listed_counts listed_;
  baseline_record record_;
  tally new_;                 // of what is listed: what the baseline does not know
};

}  // namespace sekimori::check
