// base: see tasks.hpp.
#include "base/tasks.hpp"

#include <algorithm>
#include <utility>

namespace sekimori {

task_board::task::task(task_board& board, std::function<void()> work) : board_(board), work_(std::move(work)) {
  {
    const std::lock_guard lock(board_.guard_);
    board_.offered_.push_back(this);
  }
  board_.changed_.notify_all();
}

task_board::task::~task() {
  std::unique_lock lock(board_.guard_);
  if (board_.take_back(*this)) return;
  board_.changed_.wait(lock, [&] { return state_ == state::done; });
}

void task_board::task::finish() {
  std::unique_lock lock(board_.guard_);
  if (board_.take_back(*this)) {
    lock.unlock();
    board_.carry_out(*this);
    lock.lock();
  }
  board_.changed_.wait(lock, [&] { return state_ == state::done; });
  if (failure_) std::rethrow_exception(failure_);
}

bool task_board::take_back(task& one) {
  if (one.state_ != task::state::offered) return false;
  offered_.erase(std::find(offered_.begin(), offered_.end(), &one));
  one.state_ = task::state::begun;
  return true;
}

void task_board::carry_out(task& one) noexcept {
  std::exception_ptr failure;
  try {
    one.work_();
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard lock(guard_);
    one.failure_ = failure;
    one.state_ = task::state::done;
  }
  changed_.notify_all();
}

void task_board::help() {
  std::unique_lock lock(guard_);
  for (;;) {
    changed_.wait(lock, [&] { return closed_ || !offered_.empty(); });
    if (offered_.empty()) return;
    task& one = *offered_.front();
    offered_.pop_front();
    one.state_ = task::state::begun;
    lock.unlock();
    carry_out(one);
    lock.lock();
  }
}

void task_board::close() {
  {
    const std::lock_guard lock(guard_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace sekimori
