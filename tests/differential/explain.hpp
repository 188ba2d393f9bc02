// differential: where another engine answers otherwise, and why that is expected. Entry point: explain.
// Each class stands in docs/language.md, "Differences from cel-go".
#pragma once

#include <functional>
#include <string>

#include "engine.hpp"
#include "peer.hpp"

namespace differential {

// Asks the other engine.
using asker = std::function<peer_answer(const generated&)>;

// Empty where both answer the same. "?" and what differs where nothing explains it. A class that goes by a text of the
// expression or of the other engine holds only if nothing is unexplained once that part is written otherwise.
std::string explain(const sekimori::cel::environment& environment, const generated& asked, const peer_answer& theirs, const asker& ask_again,
                    int rewrites = 3);

}  // namespace differential
