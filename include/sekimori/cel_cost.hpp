// What a CEL expression costs, in cel-go's units (docs/language.md, "Cost and limits"): before it is evaluated, the
// least and the most; afterwards, what that evaluation did cost. limits::cost is the budget.
#pragma once

#include "sekimori/cel.hpp"

namespace sekimori::cel {

// Sizes come from literals and types: what an input holds may be of any size.
struct cost_bounds {
  std::uint64_t min = 0;            // as cel-go has it, of loops that run to their end
  std::uint64_t max = UINT64_MAX;   // UINT64_MAX: nothing bounds it
  std::string why;                  // where most of it comes from, as a sentence; quotes the expression's text only
};

// Safe from several threads. Of an empty program nothing is known.
cost_bounds cost_of(const program& asked);

// program::evaluate, counted: `cost` is what it came to, up to where an error or a limit ended it.
value evaluate_counted(const program& asked, activation& with, std::uint64_t& cost);

}  // namespace sekimori::cel
