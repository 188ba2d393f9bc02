// check: what changed between two versions of rule sets: data of `sekimori book`. Entry point: changes_between. Knows no form of
// a book.
#pragma once

#include <string>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::check {

enum class change_kind : std::uint8_t { added, removed, renamed, changed };

struct book_change {
  change_kind kind = change_kind::changed;
  std::string subject;            // "baseline.network/NET-01", "baseline.network: admin_ports", "baseline.network"
  localized_text title;           // of the rule or the parameter; of a rule set empty
  localized_text what;            // "重大度", "severity"; empty unless something changed
  localized_text before, after;
};

// Rule sets, then rules, then parameters, each in the order of the newer version; what is gone stands last.
std::vector<book_change> changes_between(const rules::model& before, const rules::model& after);

}  // namespace sekimori::check
