// rules: what a condition may ask about other resources: related() and references_to(), as one more
// CEL pack. Entry point: relations_pack. The resources themselves are behind relation_host.
#pragma once

#include <span>
#include <string_view>

#include "cel/function.hpp"
#include "sekimori/value.hpp"

namespace sekimori::rules {

// Given to the evaluator as its host while a resource is looked at.
class relation_host {
 public:
  // Resources of one of `types` (a string or a list of strings) whose attribute `by` names the resource at hand.
  virtual value related(value types, std::string_view by, arena& memory) = 0;
  // Resources of `type` that attribute `path` of the resource at hand names. `words`: a list of values that
  // name nothing ("shared"), or null.
  virtual value references_to(std::string_view path, std::string_view type, value words, arena& memory) = 0;

 protected:
  ~relation_host() = default;
};

std::span<const cel::function_row> relations_pack();

}  // namespace sekimori::rules
