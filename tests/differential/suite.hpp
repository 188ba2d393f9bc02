// differential: the engine against the oracle on the conformance suite's expressions. Entry point:
// compare_suite. What the suite expects is not asked here: the conformance runner does.
#pragma once

#include <cstdint>
#include <string>

namespace differential {

struct suite_counts {
  std::uint64_t compared = 0;
  std::uint64_t left_out = 0;      // messages, functions of the test's own, check only, not defined by the oracle
  std::uint64_t differences = 0;
};
// False where there is no such file. Prints every difference.
bool compare_suite(const std::string& path, suite_counts& counted);

}  // namespace differential
