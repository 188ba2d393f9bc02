// bench, tests: the operators new and delete of the program, which count. The forms that are not here (arrays) come to these
// by the standard library's own; under AddressSanitizer the forms without exceptions would not.
#include "heap_counter/heap_counter.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t count = 0;

void* found(void* made) {
  ++count;
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

std::uint64_t heap_counter::allocations() { return count; }

void* operator new(std::size_t size) { return found(std::malloc(size == 0 ? 1 : size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto whole = static_cast<std::size_t>(alignment);
  return found(std::aligned_alloc(whole, (size + whole - 1) / whole * whole));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++count;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* gone, const std::nothrow_t&) noexcept { std::free(gone); }
void operator delete(void* gone) noexcept { std::free(gone); }
void operator delete(void* gone, std::size_t) noexcept { std::free(gone); }
void operator delete(void* gone, std::align_val_t) noexcept { std::free(gone); }
void operator delete(void* gone, std::size_t, std::align_val_t) noexcept { std::free(gone); }
