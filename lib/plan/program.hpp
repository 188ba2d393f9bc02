// plan: a checked model as programs: one flat predicate program per condition, and the dispatch from
// provider types to the conditions that can apply. Entry point: make_plan. Knows no resources.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/checked.hpp"
#include "sekimori/value.hpp"

namespace sekimori::plan {

// What the fast executor answers. The order is the order of joining by &&: the first one of
// {no, unknown, error, not_offered} that occurs is the result; for || it is {yes, unknown, error, not_offered}.
enum class truth : std::uint8_t { no, yes, unknown, error, not_offered };

enum class opcode : std::uint8_t {
  field,          // push the truth of boolean slot `slot`
  equal,          // push slot OP constants[operand]
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  general,        // push the truth of expression general[operand], evaluated by the CEL evaluator
  constant,       // push truth(operand)
  negate,
  jump_if_no,     // leave the top and go to operand when it is `no`
  jump_if_yes,
  join_and,       // pop two, push their conjunction
  join_or,
};

// Slots are fields of the kind's object: a path read by many conditions is fetched and computed once
// per resource.
struct instruction {
  opcode what;
  std::uint16_t slot = 0;
  std::uint32_t operand = 0;
};

struct predicate {
  cel::compiled_ptr source;
  std::vector<instruction> code;
  std::vector<value> constants;                     // scalars and texts that live in `source`
  std::vector<const cel::expression*> general;
  std::uint32_t depth = 0;                          // most truths on the stack at once
};

// One rule over one kind (or over provider types).
struct rule_program {
  const rules::checked_rule* rule = nullptr;
  const rules::checked_variant* variant = nullptr;
  bool has_when = false;
  predicate when;
  std::vector<predicate> asserts;                   // as variant->asserts
};

// What a provider type can be: a kind through a mapping with the rules over it, or itself (mapping
// null) with the rules over provider types.
struct dispatch_entry {
  const rules::checked_kind* kind = nullptr;
  const rules::checked_mapping* mapping = nullptr;
  std::vector<std::uint32_t> programs;              // indexes, in rule order
};

struct policy_plan {
  rules::model_ptr model;
  std::vector<rule_program> programs;               // in rule order
  std::unordered_map<std::string, std::vector<dispatch_entry>> by_type;
  std::vector<std::uint32_t> admission;             // programs of Kubernetes policies: what they match is asked of each object
};

std::shared_ptr<const policy_plan> make_plan(rules::model_ptr model);

// One line per program: (program baseline.network/NET-01 firewall_rule (when ...) (assert admin-ports ...)).
std::string dump(const policy_plan& shown);

}  // namespace sekimori::plan
