// check: the instances of a kind that one resource yields. Entry point: instances_of.
#pragma once

#include <string>
#include <vector>

#include "cel/evaluator.hpp"
#include "rules/checked.hpp"
#include "sekimori/value.hpp"

namespace sekimori::check {

// One instance: the resource itself (id empty), or one element of a mapping's `each`.
struct instance {
  std::string id;
  value key, element, index;   // each.key, each.value, each.index
};

// `variables` hold the resource's attributes and parts. A collection that is unknown or fails gives one
// instance whose element is that unknown or error, so that nothing is left out silently.
std::vector<instance> instances_of(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::vector<value>& variables);

}  // namespace sekimori::check
