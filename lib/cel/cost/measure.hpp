// cel: what the catalogue's cost rules give for the values of one call. Entry points: call_cost,
// size_of_value. Knows no trees.
#pragma once

#include <cstdint>
#include <span>

#include "cel/cost/quantity.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// What the call itself cost, its arguments not counted. `rule` may be nullptr: 1.
std::uint64_t call_cost(const cost_rule* rule, std::span<const value> arguments, value result);

}  // namespace sekimori::cel
