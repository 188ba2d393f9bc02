// base: see pages.hpp.
#include "base/pages.hpp"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sekimori {

void prefer_large_pages(void* buffer, std::size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t large = 2u << 20;
  const auto begin = (reinterpret_cast<std::uintptr_t>(buffer) + large - 1) / large * large;
  const auto end = (reinterpret_cast<std::uintptr_t>(buffer) + bytes) / large * large;
  if (begin < end) (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#else
  (void)buffer;
  (void)bytes;
#endif
}

}  // namespace sekimori
