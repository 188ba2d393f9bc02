// check: the instances of a kind that one resource yields. Entry point: instances_of.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cel/evaluator.hpp"
#include "exec/objects.hpp"
#include "rules/checked.hpp"
#include "sekimori/value.hpp"

namespace sekimori::check {

// One element of a mapping's `each`.
struct instance {
  std::string_view suffix;     // of the resource's address: "#ingress/0"; empty: the element has no identity of its own
  value key, element, index;   // each.key, each.value, each.index
};

// `mapping` has an `each`; `variables` hold the resource's attributes and parts. A collection that is unknown or fails
// gives one instance whose element is that unknown or error, so that nothing is left out silently. They are made in the
// evaluator's memory; `each` is used on the way.
std::span<const instance> instances_of(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::vector<value>& variables,
                                       exec::record_object& each);

}  // namespace sekimori::check
