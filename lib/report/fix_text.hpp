// report: what to do about a rule, told apart by cloud: "Close it. AWS: this, Azure: that." Entry points: split_by_cloud,
// fix_for. Knows no format and no rule.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/finding.hpp"

namespace sekimori {

struct fix_parts {
  std::string lead;      // about all of them
  struct part {
    std::string cloud;   // "aws"
    std::string text;    // "AWS: this"
  };
  std::vector<part> clouds;
};

// No clouds: the text does not name them apart, or one of them where no clause ends ("Google and OCI: ...").
fix_parts split_by_cloud(std::string_view text);

// What is about all clouds, which stands before them, and what is about these. The whole text where it does not tell one of them apart: what
// somebody has to do is never left out.
localized_text fix_for(const localized_text& fix, const std::set<std::string>& clouds);

}  // namespace sekimori
