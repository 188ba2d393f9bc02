// rules: which types of resources the rules of a model look up from others. Entry points:
// related_types_of, find_call.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::rules {

// related(TYPE, ..).exists(x, CONDITION), whose condition reads nothing but x: what it is false of is as good as not there.
struct witness_sought {
  cel::compiled_ptr program;
  const cel::expression* exists;   // in `program`
};

struct related_types {
  std::set<std::string, std::less<>> types;
  // Of types that are looked up in no other way.
  std::map<std::string, std::vector<witness_sought>, std::less<>> by_witness;
  std::set<std::string, std::less<>> by_account;   // only held(KIND).exists(x, true): one in each account is as good as all
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
