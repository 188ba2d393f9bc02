// Looks rule documents through: what policy::load checks, and what only people who write rules care about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sekimori/result.hpp"

namespace sekimori {

struct lint_summary {
  std::uint64_t rulesets = 0, rules = 0, kinds = 0, mappings = 0, standards = 0, organisations = 0, tests = 0;
  std::uint64_t paths_checked = 0, types_unknown = 0, unanswered = 0;   // attribute paths in the schemas; types not there; rule and cloud without kind or reason
};

// Loads and checks every document below `paths`. `provider_schemas` are files as `terraform providers schema -json` writes them: an attribute path
// that its type's schema does not have is an error (SKM221) at the kind's expression; a former name listed under `also` counts. With errors: no value.
result<lint_summary> lint(const std::vector<std::string>& paths, const std::vector<std::string>& provider_schemas);

}  // namespace sekimori
