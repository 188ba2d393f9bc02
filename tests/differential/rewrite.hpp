// differential: an expression without the one point in which another engine is known to differ, so that the rest of it
// is compared. Entry points: the functions here. What they change means the same by the specification.
#pragma once

#include "generate.hpp"

namespace differential {

node separate_signs(node of);     // !!x becomes !(!x), --x becomes -(-x)
node hide_constants(node of);     // 'text' becomes string('text'): a checker that looks into constants cannot
node hide_nulls(node of);         // null becomes dyn(null)
node hide_open_types(node of);    // what sortBy, optMap and optFlatMap take and make becomes a dyn

}  // namespace differential
