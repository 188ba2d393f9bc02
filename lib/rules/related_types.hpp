// rules: which types of resources the rules of a model look up from others. Entry point: related_types_of.
#pragma once

#include <set>
#include <string>

#include "rules/checked.hpp"

namespace sekimori::rules {

struct related_types {
  std::set<std::string, std::less<>> types;
  bool any = false;      // an expression works out a type only when it is evaluated: it can be every one
};

// Parts of the kinds that a rule speaks of, and what related() and references_to() name in the rules' and these kinds'
// expressions.
related_types related_types_of(const model& checked);

}  // namespace sekimori::rules
