#include "base/tasks.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using sekimori::task_board;

TEST_CASE("with nobody to help, work is done where it is finished, and not at all where it is given up") {
  task_board board;
  std::vector<int> done;
  {
    task_board::task first(board, [&] { done.push_back(1); }), second(board, [&] { done.push_back(2); }), third(board, [&] { done.push_back(3); });
    CHECK(done.empty());
    third.finish();
    first.finish();
    first.finish();
  }
  CHECK(done == std::vector<int>{3, 1});
  board.close();
  board.help();   // nothing was left behind
  CHECK(done.size() == 2);
}

TEST_CASE("what is offered is done once, whoever takes it, and what it throws comes out where it is finished") {
  for (int helpers : {1, 3}) {
    task_board board;
    std::vector<std::thread> threads;
    for (int i = 0; i < helpers; ++i) threads.emplace_back([&] { board.help(); });
    std::vector<std::atomic<int>> done(200);
    std::vector<std::unique_ptr<task_board::task>> tasks;
    for (std::size_t i = 0; i < done.size(); ++i) {
      tasks.push_back(std::make_unique<task_board::task>(board, [&done, i] {
        ++done[i];
        if (i == 70) throw std::runtime_error("no");
      }));
    }
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (i == 70) CHECK_THROWS_AS(tasks[i]->finish(), std::runtime_error);
      else tasks[i]->finish();
      CHECK(done[i] == 1);
    }
    board.close();
    for (std::thread& one : threads) one.join();
  }
}

TEST_CASE("giving up what is being done waits for it") {
  task_board board;
  std::thread helper([&] { board.help(); });
  std::atomic<bool> begun{false}, given_up{false}, done{false};
  {
    task_board::task one(board, [&] {
      begun = true;
      while (!given_up) std::this_thread::yield();
      done = true;
    });
    while (!begun) std::this_thread::yield();
    given_up = true;
  }
  CHECK(done);
  board.close();
  helper.join();
}
