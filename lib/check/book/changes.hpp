// check: what a rule reads of its parameters, and what changed between two versions of rule sets: data of `sekimori book`.
// Entry points: parameters_read, changes_between. Knows no form of a book.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::check {

// Names, within the rule set of the rule, that its conditions read.
std::set<std::string> parameters_read(const rules::checked_rule& rule);

enum class change_kind : std::uint8_t { added, removed, renamed, changed };

struct book_change {
  change_kind kind = change_kind::changed;
  std::string subject;            // "baseline.network/NET-01", "baseline.network: admin_ports", "baseline.network"
  localized_text title;           // of the rule; of anything else empty
  localized_text what;            // "重大度", "severity"; empty unless something changed
  localized_text before, after;
};

// Rule sets, then rules, then parameters, each in the order of the newer version; what is gone stands last.
std::vector<book_change> changes_between(const rules::model& before, const rules::model& after);

}  // namespace sekimori::check
