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

// Where a cost comes from: "it can cost up to 52000, most of it in `tags.all(t, t.matches(p))`, which runs
// over `tags`, of size 1000 or less". Quotes the expression's own text and nothing else.
std::string explain_cost(const compiled& program, const cost_estimate& estimate);

}  // namespace sekimori::cel
