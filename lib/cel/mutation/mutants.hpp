// cel: what an expression would be with one mistake in it. Entry point: mutants_of. Knows no tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.hpp"

namespace sekimori::cel {

enum class mutation : std::uint8_t {
  negated,      // a part that is a bool: `a` -> `!a`
  dropped,      // an operand of && or ||
  swapped,      // && for ||, or the other way round
  constant,     // int and double ±1, another string, true for false
  comparison,   // == for !=, < for <= and for >= ...
};
std::string_view name_of(mutation kind);

struct mutant {
  mutation kind;
  span where;              // of the source: what was changed
  std::string change;      // "`&&` became `||`", "`a` was negated"
  std::string text;        // the whole expression with it
};

// Of a checked condition, each text once and none that is the condition's own. Each is made in the tree and then
// written: no place of the text is looked for. `source` is what the tree was made of.
std::vector<mutant> mutants_of(const expression& root, std::string_view source);

}  // namespace sekimori::cel
