// differential: what expressions are made of. Entry point: productions. A production is the text of an
// expression with holes: `{int}` is an expression of that type, `{A}` of any type that is the same
// wherever A stands, `<A>` declares a variable of that type for the holes that follow, `<=A>` for those after
// the next one, and `{A~name}` is an expression that the holes after it may also call `name`.
#pragma once

#include <span>

namespace differential {

constexpr int seldom = 0;           // a weight below 1: for what most likely ends in an error
constexpr bool oracle_only = true;  // other engines do not have it

struct production {
  const char* type;
  const char* text;
  int weight = 1;
  bool ours = false;
};
std::span<const production> productions();

}  // namespace differential
