// differential: makes a failing case small. Entry point: shrink.
#pragma once

#include <functional>

#include "generate.hpp"

namespace differential {

// Whether a case still fails. Called a few thousand times at most.
using predicate = std::function<bool(const generated&)>;
generated shrink(generated failing, const predicate& fails);

}  // namespace differential
