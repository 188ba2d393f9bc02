// Runs the tests that stand beside rule sets (rule-tests/v1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sekimori/finding.hpp"
#include "sekimori/result.hpp"

namespace sekimori {

struct rule_test_result {
  std::string file, name, rule, cloud;   // the rule: "baseline.network/NET-01"
  std::uint32_t line = 0;
  verdict expected = verdict::pass, actual = verdict::pass;
  bool ok = false;
  std::string detail;         // why it is not ok: what was found instead, the unknown paths, the message
};

// Loads the documents below `paths` and runs every test in order. A test whose rule met no resource fails, whatever it expects, unless it
// expects not_applicable of a resource whose type some loaded kind or rule knows.
result<std::vector<rule_test_result>> run_rule_tests(const std::vector<std::string>& paths);

}  // namespace sekimori
