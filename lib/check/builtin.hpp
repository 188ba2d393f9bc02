// check: the shipped rule sets inside the library. Entry points: builtin_documents, builtin_names.
#pragma once

#include <span>
#include <string_view>

namespace sekimori::check {

struct builtin_document {
  std::string_view path;   // below rulesets/: "baseline/network.yaml"
  std::string_view text;
};

std::span<const builtin_document> builtin_documents();

}  // namespace sekimori::check
