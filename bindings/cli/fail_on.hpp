// cli: options of check and diff about earlier reports: thresholds, inputs under two names, a report that is read back.
// Entry points: the functions here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sekimori/policy.hpp"

namespace sekimori::cli {

inline constexpr int exit_incomplete = 3;

// "high", "new" (the severity stays as it is) or "new:high".
struct threshold {
  severity level = severity::high;
  bool only_new = false;
};
bool parse_threshold(const std::string& text, threshold& to);

// "OLD=NEW", once for each name; else false, with a diagnostic.
bool parse_same_inputs(const std::vector<std::string>& given, input_names& to);

// Nothing, with diagnostics, where it is no report.
std::optional<report> read_report_file(const std::string& name);

}  // namespace sekimori::cli
