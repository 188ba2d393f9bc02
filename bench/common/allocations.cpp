// bench: the operators new and delete of the program, which count. Everything else goes to malloc as before.
#include "common/allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t count = 0;
thread_local std::uint64_t bytes = 0;

void* counted(std::size_t size, std::size_t alignment) {
  ++count;
  bytes += size;
  void* made = alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? std::malloc(size)
                                                             : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

std::uint64_t bench::allocations_so_far() { return count; }
std::uint64_t bench::allocated_bytes_so_far() { return bytes; }

void* operator new(std::size_t size) { return counted(size == 0 ? 1 : size, 0); }
void* operator new[](std::size_t size) { return counted(size == 0 ? 1 : size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { return counted(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* at) noexcept { std::free(at); }
void operator delete[](void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t) noexcept { std::free(at); }
void operator delete(void* at, std::align_val_t) noexcept { std::free(at); }
void operator delete[](void* at, std::align_val_t) noexcept { std::free(at); }
void operator delete(void* at, std::size_t, std::align_val_t) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t, std::align_val_t) noexcept { std::free(at); }
