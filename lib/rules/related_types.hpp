// rules: which types of resources the rules of a model look up from others. Entry points:
// related_types_of, find_call.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "rules/checked.hpp"

namespace sekimori::rules {

struct related_types {
  std::set<std::string, std::less<>> types;
  bool accounts = false; // rules are asked of accounts that are only named
  bool any = false;      // an expression works out a type only when it is evaluated: it can be every one
};

// Parts of the kinds that a rule speaks of, what held() and all_held() can find, and what related() and references_to() name
// in the rules' and these kinds' expressions.
related_types related_types_of(const model& checked);
// The types of the parts and relations that one kind's fields are made of.
std::set<std::string, std::less<>> related_types_of(const model& checked, const checked_kind& kind);

// The first call of a function in an expression, in source order; null: there is none.
const cel::expression* find_call(const cel::expression& in, std::string_view function);

}  // namespace sekimori::rules
