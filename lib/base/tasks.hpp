// base: work that one thread offers and others may take. Entry point: task_board. Starts no thread: whoever has time to
// spare calls help(). With nobody to help, the thread that offers does all of it, in its own order.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>

namespace sekimori {

class task_board {
 public:
  // Offered as long as it lives. Destroyed before anybody has begun, it is never done; while it is being done,
  // destroying it waits.
  class task {
   public:
    task(task_board& board, std::function<void()> work);
    ~task();
    task(const task&) = delete;
    task& operator=(const task&) = delete;

    // Returns when the work is done, by this thread if none has begun. Throws what the work threw.
    void finish();

   private:
    friend class task_board;
    enum class state { offered, begun, done };

    task_board& board_;
    std::function<void()> work_;
    state state_ = state::offered;
    std::exception_ptr failure_;
  };

  // Takes what is offered, the oldest first, until the board is closed.
  void help();
  // To be called when nothing more will be offered.
  void close();

 private:
  bool take_back(task& one);          // whether nobody has begun it; under the lock
  void carry_out(task& one) noexcept;

  std::mutex guard_;                  // of everything below, and of the tasks' states
  std::condition_variable changed_;
  std::deque<task*> offered_;
  bool closed_ = false;
};

}  // namespace sekimori
