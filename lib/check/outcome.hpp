// check: what a run comes to: every cause and the exit code. Entry point: outcome_of.
#pragma once

#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// Worst of what was counted, by severity, whether listed or not.
struct tally {
  std::uint64_t failing[5] = {};         // active fails by severity
  std::uint64_t undetermined[5] = {};
  std::uint64_t errors = 0;
  std::uint64_t limits = 0;
};

report_outcome outcome_of(const report& made, const tally& counted, const check_options& options);

}  // namespace sekimori::check
