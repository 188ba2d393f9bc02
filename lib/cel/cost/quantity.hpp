// cel: how the cost of a call and the size of its result follow from its arguments: quantities, the
// terms that the catalogue's cost column is written in. One quantity gives both the estimate (from
// sizes that are known before evaluation) and the count (from the values), so the two cannot differ.
// Knows neither trees nor values. Source: cel-go 0.33.2, common/cost, model version 1.
#pragma once

#include <cstdint>

namespace sekimori::cel {

namespace cost {

enum class quantity_kind : std::uint8_t {
  constant,       // number
  size,           // of argument `number`: as `length`, but an optional's is 1 more than that of what it holds
  length,         // of argument `number`: code points, bytes, elements, entries; 1 of anything else
  integer,        // the value of argument `number`: 0 where it is negative
  result,         // the size of the result
  result_length,
  element,        // the size of an element of `first`
  element_total,  // the sizes of all elements of argument `number` together
  sum, difference, product, smaller,  // of `first` and `second`
  scaled,         // first * number / divisor, rounded up
  ranged,         // from `first` to `second`; counted, `second`
  either,         // the range of both
  at_least_one,   // of `first`
  list,           // a list: `first` elements of size `second`
  optional,       // an optional that holds `first`
};

// The receiver is argument 0 of an instance function.
struct quantity {
  quantity_kind kind;
  std::uint64_t number = 0;
  std::uint64_t divisor = 1;
  const quantity* first = nullptr;
  const quantity* second = nullptr;
};

}  // namespace cost

enum class cost_form : std::uint8_t {
  declared,        // `call`, at least 1
  arguments_only,  // nothing beside the arguments that are evaluated: && || ?: or orValue
  flatten_depth,   // the levels of a list decide: estimated by rule, counted by `call`
};

// A value of the catalogue's cost column. A row without one costs 1 a call, and the size of what it
// gives is known only where its type says it.
struct cost_rule {
  const cost::quantity* call;
  const cost::quantity* result = nullptr;
  cost_form form = cost_form::declared;
};

}  // namespace sekimori::cel
