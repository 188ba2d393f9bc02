// base: a vector whose elements stand in an arena. Entry point: arena_vector. What it outgrows stays in the arena until
// that is reset, so it is for lists that are short or whose size is reserved.
#pragma once

#include <vector>

#include "base/arena.hpp"

namespace sekimori {

template <class T>
struct arena_allocator {
  using value_type = T;

  arena_allocator(arena& from) : memory(&from) {}
  template <class Other>
  arena_allocator(const arena_allocator<Other>& other) : memory(other.memory) {}

  T* allocate(std::size_t count) { return static_cast<T*>(memory->allocate(sizeof(T) * count, alignof(T))); }
  void deallocate(T*, std::size_t) {}
  template <class Other>
  bool operator==(const arena_allocator<Other>& other) const { return memory == other.memory; }

  arena* memory;
};

template <class T>
using arena_vector = std::vector<T, arena_allocator<T>>;

}  // namespace sekimori
