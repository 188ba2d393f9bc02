// cel: what constants of an expression are wrong on their own: a pattern that is no pattern, a time that is no time.
// Entry point: check_constants. Evaluates, but only what stands in the text.
#pragma once

#include "cel/environment.hpp"
#include "cel/syntax/mistakes.hpp"

namespace sekimori::cel {

// A part that is made of literals only, or a literal argument that is wrong whatever the other operands are, gives an
// error whenever it is evaluated: SKM205 of the given level, for CEL itself takes such an expression. More constant regular
// expressions than the limits allow are an error, SKM206.
void check_constants(const compiled& program, const limits& bounds, diagnostic_level level, mistakes& found);

}  // namespace sekimori::cel
