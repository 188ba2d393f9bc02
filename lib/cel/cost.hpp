// cel: what an expression costs, in cel-go's units, before it is evaluated: the least and the most.
// Entry points: estimate_cost, explain_cost. What one evaluation did cost says evaluator::cost().
// Source: cel-go 0.33.2, common/cost, model version 1, the default sizing strategy; the options that
// the numbers mean are in docs/language.md, "Cost and limits".
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "cel/cost/arithmetic.hpp"
#include "cel/environment.hpp"

namespace sekimori::cel {

// What is known of the size of a value of a variable: code points of a string, bytes, elements,
// entries. A path begins with the variable; its other parts are fields, "@items" for a list's elements,
// "@keys" and "@values" for a map's, joined by dots: "resource.tags.@values".
struct size_hint {
  std::string path;
  std::uint64_t min = 0;
  std::uint64_t max = unbounded;
};

struct cost_options {
  bool presence_tests = true;            // has(x.y) costs 1 beside its operand; Kubernetes says false
  std::span<const size_hint> hints;      // needed only during the call
};

struct cost_estimate {
  cost_range cost;
  // The smallest part that most of `cost.max` comes from, and what makes it large: the range of its
  // loop or the operand that its work follows. Nodes of the program; `size_of` may be nullptr.
  const expression* costliest = nullptr;
  cost_range of_costliest;
  const expression* size_of = nullptr;
  std::uint64_t largest_size = 0;        // of `size_of`; `unbounded`: nothing bounds it
};

// Of a checked program; of an unchecked one nothing is known: {0, unbounded}. Safe from several threads.
cost_estimate estimate_cost(const compiled& program, const cost_options& options = {});

// "up to 52,000, nearly all of it in `resource.tags.all(...)`, which runs over up to 1,000 elements of
// `resource.tags`": where a cost comes from. Names parts of the expression, no values but its literals.
std::string explain_cost(const compiled& program, const cost_estimate& estimate);

}  // namespace sekimori::cel
