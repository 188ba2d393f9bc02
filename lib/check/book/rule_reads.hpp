// check: what the conditions of a rule read beside the resource: parameters, what a scope says, the day, registers. Data of the rule
// book and of the requirements sheet. Entry point: reads_of. Knows no form of a book.
#pragma once

#include <set>
#include <string>

#include "rules/checked.hpp"

namespace sekimori::check {

struct rule_reads {
  std::set<std::string> parameters;   // names, within the rule set of the rule
  std::set<std::string> scope;        // "zone", "classification" ...
  bool day = false;                   // now
};

rule_reads reads_of(const rules::checked_rule& rule);

}  // namespace sekimori::check
