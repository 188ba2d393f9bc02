// Runs work on a thread with a small stack and says how much of it was used.
#pragma once

#include <pthread.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstring>
#include <functional>

namespace sekimori::cel::testing {

// What the library promises to need at most, with default limits. Code that is not optimised, or that a sanitizer
// fills with checks, has frames many times as large; the promise is not about that.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(SEKIMORI_SANITIZED)
constexpr std::size_t promised_stack = 256 << 10;
#else
constexpr std::size_t promised_stack = 8 << 20;
#endif

// Bytes of stack that `work` touched, of `promised_stack`; going beyond them ends the process at a guard page.
inline std::size_t on_small_stack(const std::function<void()>& work) {
  constexpr std::size_t guard = 64 << 10;
  constexpr unsigned char paint = 0xA5;
  void* mapped = mmap(nullptr, promised_stack + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return 0;
  mprotect(mapped, guard, PROT_NONE);
  auto* stack = static_cast<unsigned char*>(mapped) + guard;
  std::memset(stack, paint, promised_stack);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, promised_stack);
  pthread_t thread;
  auto run = [](void* given) -> void* {
    (*static_cast<const std::function<void()>*>(given))();
    return nullptr;
  };
  bool started = pthread_create(&thread, &attributes, run, const_cast<void*>(static_cast<const void*>(&work))) == 0;
  if (started) pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  std::size_t untouched = 0;
  while (untouched < promised_stack && stack[untouched] == paint) ++untouched;
  munmap(mapped, promised_stack + guard);
  return started ? promised_stack - untouched : 0;
}

}  // namespace sekimori::cel::testing
