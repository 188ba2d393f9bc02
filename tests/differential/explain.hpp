// differential: where another engine answers otherwise, and why that is expected. Entry point: explain.
// Each class stands in docs/language.md, "Differences from cel-go".
#pragma once

#include <string>

#include "engine.hpp"
#include "peer.hpp"

namespace differential {

// Empty where both answer the same. "?" and what differs where nothing explains it.
std::string explain(const sekimori::cel::environment& environment, const generated& asked, const peer_answer& theirs);

}  // namespace differential
