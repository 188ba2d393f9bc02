// plan: a checked model as predicate trees: one flat program per condition, and the dispatch from provider types to the
// conditions that can apply. Entry point: make_plan. Knows no resources.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/flat/program.hpp"
#include "rules/checked.hpp"

namespace sekimori::plan {

// One rule over one kind, over provider types, or a Kubernetes policy. The conditions of a policy are not lowered: what
// they cost is counted, which only the evaluator does.
struct rule_program {
  const rules::checked_rule* rule = nullptr;
  const rules::checked_variant* variant = nullptr;
  cel::flat::program when;                          // `text` is null where the rule has none
  std::vector<cel::flat::program> asserts;          // as variant->asserts
};

// How one provider type becomes one kind: programs over the provider's attributes, in a pool that all mappings share.
struct mapping_program {
  const rules::checked_mapping* mapping = nullptr;
  cel::flat::program when;
  std::vector<cel::flat::program> fields;           // by field; `text` is null where the cloud does not offer it
};

// Derived fields of a kind, over its neutral object.
struct kind_program {
  const rules::checked_kind* kind = nullptr;
  std::vector<cel::flat::program> derived;          // by field; `text` is null where it comes from the mapping
};

// A program as it is asked of one provider type: what the type alone decides is decided. `meta.type == "aws_lb" || ...`
// is true of every other type.
struct candidate {
  std::uint32_t program = 0;                        // index
  std::uint64_t open = 0;                           // bit i: assert i is still to be asked; those past the 64th always are
  bool asks_when = false;
};

// What a provider type can be: a kind through a mapping with the rules over it, or itself (mapping
// null) with the rules over provider types.
struct dispatch_entry {
  const kind_program* kind = nullptr;
  const mapping_program* mapping = nullptr;
  std::vector<candidate> programs;                  // in rule order
};

struct policy_plan {
  rules::model_ptr model;
  std::shared_ptr<cel::flat::pool> conditions;      // of all rules and derived fields
  std::vector<rule_program> programs;               // in rule order
  std::vector<std::unique_ptr<kind_program>> kinds;
  std::vector<std::unique_ptr<mapping_program>> mappings;
  std::unordered_map<std::string, std::vector<dispatch_entry>> by_type;
  std::vector<std::uint32_t> admission;             // programs of Kubernetes policies: what they match is asked of each object
};

std::shared_ptr<const policy_plan> make_plan(rules::model_ptr model);

// What a condition comes to for every resource of a provider type; open: that depends on the resource. Only what the
// evaluator, too, would see before anything else counts.
cel::flat::answer decided_by_type(const cel::flat::program& condition, std::string_view type);

}  // namespace sekimori::plan
