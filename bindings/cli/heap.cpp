// cli: the heap of a process that loads everything at once and ends. Entry point: prepare_heap. Knows nothing of the work.
#include <features.h>

#include "commands.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#endif

namespace sekimori::cli {

void prepare_heap() {
#ifdef __GLIBC__
  constexpr int growth = 16 << 20, most_in_heap = 32 << 20;
  constexpr std::uintptr_t large_page = 2 << 20;
  // To set one of these ends malloc's own tuning of the others: they get what it would end at.
  mallopt(M_TOP_PAD, growth);
  mallopt(M_MMAP_THRESHOLD, most_in_heap);
  mallopt(M_TRIM_THRESHOLD, 2 * most_in_heap);
  // More than the first heap has: it grows by the whole pad, which is asked for in large pages, as a fault on each small
  // one is a quarter of what the shipped rule sets take to load. A hint: nothing but time depends on it.
  void* first = std::malloc(growth / 16);
  const auto begin = (reinterpret_cast<std::uintptr_t>(first) + large_page - 1) & ~(large_page - 1);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0)) & ~(large_page - 1);
  std::free(first);
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

}  // namespace sekimori::cli
