#include "check/blocks.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

using namespace sekimori::check;

TEST_CASE("every block is worked once and taken in order, whatever the threads") {
  for (std::size_t threads : {0u, 1u, 2u, 3u, 7u, 200u}) {
    for (std::size_t blocks : {0u, 1u, 2u, 100u}) {
      INFO(threads << " threads, " << blocks << " blocks");
      std::vector<int> worked(blocks, 0);
      std::vector<std::size_t> taken;
      std::vector<std::atomic<int>> busy(threads + 1);
      bool alone = true;
      in_blocks(
          blocks, threads,
          [&](std::size_t worker, std::size_t block) {
            if (busy[worker].fetch_add(1) != 0) alone = false;
            ++worked[block];
            busy[worker].fetch_sub(1);
          },
          [&](std::size_t block) {
            REQUIRE(worked[block] == 1);
            taken.push_back(block);
          });
      CHECK(alone);
      REQUIRE(taken.size() == blocks);
      for (std::size_t i = 0; i < blocks; ++i) CHECK(taken[i] == i);
    }
  }
}

TEST_CASE("what work throws comes out once every thread has ended") {
  for (std::size_t threads : {1u, 2u, 7u}) {
    std::atomic<int> running{0};
    auto fails = [&] {
      in_blocks(
          100, threads,
          [&](std::size_t, std::size_t block) {
            ++running;
            const bool bad = block == 40;
            --running;
            if (bad) throw std::runtime_error("no");
          },
          [](std::size_t) {});
    };
    CHECK_THROWS_AS(fails(), std::runtime_error);
    CHECK(running == 0);
  }
}
