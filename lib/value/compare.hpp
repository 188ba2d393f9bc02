// value: equality and order with their work counted. Entry points: equals (with a budget), and
// values.hpp for the rest. Knows no documents.
#pragma once

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

// What one comparison may visit. A value can share a part with itself over and over (a list of two
// of the same list, thirty levels deep), so equality is bounded by work and not by size alone.
constexpr std::uint64_t equality_budget = 2'000'000;

// As equals() of values.hpp; `visited` goes up by the values looked at; past equality_budget the
// result is an error of code limit.
value equals(arena& memory, value a, value b, std::uint64_t& visited);

}  // namespace sekimori
