// cel: arithmetic of costs and sizes, where the largest number stands for "no bound" and stays it.
// Knows no trees.
#pragma once

#include <algorithm>
#include <cstdint>

namespace sekimori::cel {

inline constexpr std::uint64_t unbounded = UINT64_MAX;

constexpr std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a > unbounded - b ? unbounded : a + b; }
// What has no bound has none less something either.
constexpr std::uint64_t subtract(std::uint64_t a, std::uint64_t b) { return a == unbounded ? unbounded : a > b ? a - b : 0; }
constexpr std::uint64_t multiply(std::uint64_t a, std::uint64_t b) { return b != 0 && a > unbounded / b ? unbounded : a * b; }

// a * numerator / divisor, exact and rounded up once.
constexpr std::uint64_t scale(std::uint64_t a, std::uint64_t numerator, std::uint64_t divisor) {
  if (a == 0 || a == unbounded) return a;
  __extension__ using wide = unsigned __int128;
  const wide made = (static_cast<wide>(a) * numerator + divisor - 1) / divisor;
  return made >= unbounded ? unbounded : static_cast<std::uint64_t>(made);
}

// From what an evaluation takes at least to what it can take.
struct cost_range {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
  bool operator==(const cost_range&) const = default;
};
constexpr cost_range exactly(std::uint64_t cost) { return {cost, cost}; }
constexpr cost_range add(cost_range a, cost_range b) { return {add(a.min, b.min), add(a.max, b.max)}; }
constexpr cost_range add(cost_range a, std::uint64_t b) { return {add(a.min, b), add(a.max, b)}; }
constexpr cost_range multiply(cost_range a, cost_range b) { return {multiply(a.min, b.min), multiply(a.max, b.max)}; }
constexpr cost_range either(cost_range a, cost_range b) { return {std::min(a.min, b.min), std::max(a.max, b.max)}; }
constexpr cost_range at_most(cost_range a) { return {0, a.max}; }

}  // namespace sekimori::cel
