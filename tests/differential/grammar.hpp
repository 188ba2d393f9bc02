// differential: what expressions are made of. Entry point: productions. A production is the text of an
// expression with holes: `{int}` is an expression of that type, `{A}` of any type that is the same
// wherever A stands, `<x:A>` declares a variable of that type for the holes that follow.
#pragma once

#include <span>

namespace differential {

struct production {
  const char* type;
  const char* text;
  int weight = 1;
};
std::span<const production> productions();

}  // namespace differential
