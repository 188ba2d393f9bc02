// A generated rule set and generated resources for it, the same for the same seed. What conditions ask and what resources
// hold come from small pools, so that rules share tests, patterns meet on one path, and verdicts of every sort occur.
#pragma once

#include <cstdint>
#include <string>

namespace sekimori::testing {

std::string generated_kinds();
// `rules` rules: half over two kinds, half over provider types.
std::string generated_rules(std::uint64_t seed, int rules);
// A plan of resources of the types that those are about. Attributes are missing, null, unknown, secret or of another type
// than usual now and then.
std::string generated_plan(std::uint64_t seed, int resources);

}  // namespace sekimori::testing
