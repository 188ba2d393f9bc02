// value: what keeps an operation over many parts from a result. Entry point: undecided_parts. Knows no
// documents and no expressions.
#pragma once

#include <span>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

// A limit outranks unknowns, which are merged; these outrank errors, of which the first stands. Merging one part after the
// other would copy what was there for each: n parts take n log n steps here.
class undecided_parts {
 public:
  explicit undecided_parts(arena& memory) : memory_(memory) {}
  undecided_parts(const undecided_parts&) = delete;
  undecided_parts& operator=(const undecided_parts&) = delete;

  // Parts that are neither unknown nor an error are passed over. True: a limit, nothing else can be the result.
  bool add(value part);
  bool any() const { return first_ != nullptr || failed_.is_error(); }
  // The limit, the merged unknowns or the error; `otherwise` where there is none.
  value or_else(value otherwise);

 private:
  void merge(const unknown_set* one);

  arena& memory_;
  value failed_;
  bool sensitive_ = false;                     // of any unknown
  const unknown_set* first_ = nullptr;
  const unknown_set* last_ = nullptr;          // the same set comes again and again where a relation is unsure as a whole
  std::span<const unknown_set*> by_size_;      // at i at most one, of 2^i paths or more and fewer than 2^(i+1); empty: `first_` is all
};

}  // namespace sekimori
