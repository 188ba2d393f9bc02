// cel: the parts of an expression that tests of it should see true and false. Entry points: boolean_parts, terms_of.
// Knows no evaluation and no tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.hpp"

namespace sekimori::cel {

// Operands of &&, || and !, conditions of ?:, predicates of macros, whatever else gives a bool, and the whole; outer
// ones first. A chain of one operator is one part beside its operands, however the parser balanced it. What says the same
// as a part of it is told by that: `!a` by `a`, a cel.bind by its result. Constants are none. `asked`: the whole is to be a
// bool, whatever the checker knows of its type.
std::vector<const expression*> boolean_parts(const expression& root, bool asked);

// A place of the source in one line, to be shown.
std::string shown_text(std::string_view source, span where);

bool is_operator(const expression& node, std::string_view name);   // "_&&_", "!_" ...
bool is_chain(const expression& node);                             // of && or ||

// The operands of a chain in source order, and the operators between them: one less.
struct chain_terms {
  std::vector<const expression*> operands, operators;
};
chain_terms terms_of(const expression& chain);

}  // namespace sekimori::cel
