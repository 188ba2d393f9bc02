// rules: what a condition may ask about other resources: related() and references_to(), held() and all_held(), as two more
// CEL packs. Entry points: relations_pack, holdings_pack. The resources themselves are behind relation_host.
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
  // Objects of a kind: those that the account at hand holds, and all that were given.
  virtual value held(std::string_view kind, arena& memory) = 0;
  virtual value all_held(std::string_view kind, arena& memory) = 0;

 protected:
  ~relation_host() = default;
};

std::span<const cel::function_row> relations_pack();
// held() and all_held(), for rules alone: a kind's own expressions speak of one resource. Their environment knows object
// types called "kind.NAME".
std::span<const cel::function_row> holdings_pack();

}  // namespace sekimori::rules
