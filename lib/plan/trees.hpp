// plan: predicate trees for people: what a rule set compiles to, what it costs, and what keeps it from being fast.
// Entry points: examine, show_text, show_expressions, show_graph. Knows no resources.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plan/program.hpp"

namespace sekimori::plan {

// Costs are in tests of one field, of a list of ten elements and a text of a few words; they compare rules, and are no time.
struct rule_cost {
  std::uint64_t cost = 0;
  std::uint32_t conditions = 0;
  std::uint32_t to_evaluator = 0;      // conditions with a part that flat code cannot say
};

struct tree_statistics {
  std::vector<rule_cost> programs;     // as policy_plan::programs
  std::size_t conditions = 0;
  std::size_t lowered = 0;             // conditions that are flat code from end to end
  std::size_t slots = 0;
  std::size_t types = 0;               // provider types that a rule can apply to
  double asked = 0;                    // rules that a resource of such a type is asked, on average
  double pruned = 0;                   // share of rules that it is not
  std::map<std::uint32_t, std::uint32_t> shared;   // parts that several conditions ask: uses by number
  std::size_t fused = 0;               // patterns that are matched together with others
  std::vector<std::string> warnings;   // rules that no type finds, and rules that cost more than the others of a type together
};
tree_statistics examine(const policy_plan& of);
// What a rule is about, in these texts: its kind, or its types.
std::string subject_of(const rule_program& of);

// Statistics, then a tree a rule, indented.
std::string show_text(const policy_plan& shown);
// One line a rule: (rule baseline.network/NET-01 firewall_rule (cost 12) (when ...) (assert admin-ports ...)).
std::string show_expressions(const policy_plan& shown);
// A graph in Graphviz's DOT: provider types, rules and tests; a part that several rules ask is one node.
std::string show_graph(const policy_plan& shown);

}  // namespace sekimori::plan
