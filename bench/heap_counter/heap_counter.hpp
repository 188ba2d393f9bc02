// bench, tests: how often the heap was asked for memory. Entry point: heap_counter::allocations. A program that links
// sekimori_heap_counter has every operator new counted, those of the library and of what it uses too; malloc is not.
#pragma once

#include <cstdint>

namespace heap_counter {

std::uint64_t allocations();   // of this thread, since it began

// Of one call of `work`.
template <class Work>
std::uint64_t allocations_of(Work&& work) {
  const std::uint64_t before = allocations();
  work();
  return allocations() - before;
}

}  // namespace heap_counter
