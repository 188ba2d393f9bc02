// check: blocks over threads.
#include "check/blocks.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sekimori::check {

void in_blocks(std::size_t blocks, std::size_t threads, const std::function<void(std::size_t worker, std::size_t block)>& work,
               const std::function<void(std::size_t block)>& take) {
  if (threads <= 1) {
    for (std::size_t block = 0; block < blocks; ++block) {
      work(0, block);
      take(block);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex order;
  std::vector<char> done(blocks, 0);
  std::size_t taken = 0;
  std::exception_ptr failure;
  auto run = [&](std::size_t worker) {
    try {
      for (;;) {
        const std::size_t block = next.fetch_add(1);
        if (block >= blocks) return;
        work(worker, block);
        const std::lock_guard<std::mutex> lock(order);
        done[block] = 1;
        for (; taken < blocks && done[taken] != 0; ++taken) take(taken);
      }
    } catch (...) {
      next = blocks;
      const std::lock_guard<std::mutex> lock(order);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(threads - 1);
  try {
    while (others.size() + 1 < threads) others.emplace_back(run, others.size() + 1);
  } catch (const std::exception&) {
    // No more threads: those that run do the work.
  }
  run(0);
  for (std::thread& one : others) one.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sekimori::check
