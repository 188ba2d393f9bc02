// bench: how often the heap was asked for memory. Entry point: allocations_so_far. A program that links allocations.cpp has
// every operator new counted, those of the library and of its dependencies too; what they take by malloc is not.
#pragma once

#include <cstdint>

namespace bench {

// Of this thread, since it began.
std::uint64_t allocations_so_far();
std::uint64_t allocated_bytes_so_far();

// Of one call of `work`.
template <class Work>
std::uint64_t allocations_of(Work&& work) {
  const std::uint64_t before = allocations_so_far();
  work();
  return allocations_so_far() - before;
}

}  // namespace bench
