// check: work cut into blocks over threads, whose results are taken in the order of the blocks. Entry point:
// in_blocks. Knows no resources.
#pragma once

#include <cstddef>
#include <functional>

namespace sekimori::check {

// Calls work(worker, block) for every block, `worker` counting from 0 and used by one thread at a time, and take(block)
// in the order of the blocks, by one thread at a time, after its work. What either throws comes out here, when every
// thread has ended. Where the system gives no more threads the work is done by those there are.
void in_blocks(std::size_t blocks, std::size_t threads, const std::function<void(std::size_t worker, std::size_t block)>& work,
               const std::function<void(std::size_t block)>& take);

}  // namespace sekimori::check
