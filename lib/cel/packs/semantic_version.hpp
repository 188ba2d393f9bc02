// cel: semantic versions (semver.org 2.0.0): text and order. Entry point: parse_version. Knows no CEL values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori::cel {

struct semantic_version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::vector<std::string> prerelease;
  std::string build;                    // counts for nothing in the order
};

// `normalize`: a leading v, missing minor and patch numbers and leading zeros are put right first.
bool parse_version(std::string_view text, bool normalize, semantic_version& parsed);
int compare(const semantic_version& a, const semantic_version& b);
std::string to_string(const semantic_version& of);

}  // namespace sekimori::cel
