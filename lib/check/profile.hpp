// check: what each rule took in a run. Entry points: profiler, profiler::measure. One per worker. The only place of the
// library that looks at a clock: what it finds differs from run to run, so that no verdict, no explanation and no byte of a
// report may rest on it.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "plan/program.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::check {

class profiler {
 public:
  explicit profiler(std::size_t programs) : programs_(programs) {}

  // One rule over one instance, from here to the end of the scope. Nothing is looked at where `to` is null.
  class measure {
   public:
    measure(profiler* to, std::uint32_t program) : to_(to), program_(program) {
      if (to_ != nullptr) begin_ = clock::now();
    }
    ~measure() {
      if (to_ != nullptr) to_->add(*this, clock::now());
    }
    measure(const measure&) = delete;
    measure& operator=(const measure&) = delete;

    bool open = false, explained = false;

   private:
    friend class profiler;
    using clock = std::chrono::steady_clock;
    profiler* to_;
    std::uint32_t program_;
    clock::time_point begin_;
  };

  // Another worker's.
  void add(const profiler& other);
  // In rule order, without what looking at the clock took.
  std::vector<rule_profile> write(const plan::policy_plan& plan) const;

 private:
  struct sums { std::uint64_t nanoseconds = 0, evaluations = 0, open = 0, explained = 0; };
  void add(const measure& one, measure::clock::time_point end) {
    sums& to = programs_[one.program_];
    to.nanoseconds += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(end - one.begin_).count());
    ++to.evaluations;
    to.open += one.open;
    to.explained += one.explained;
  }

  std::vector<sums> programs_;   // as policy_plan::programs
};

}  // namespace sekimori::check
