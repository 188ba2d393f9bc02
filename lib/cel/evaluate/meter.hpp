// cel: counts what an evaluation costs while it runs. Off, it is one test a node. Knows no trees:
// what is spent where is decided by the machine.
#pragma once

#include <cstdint>

#include "cel/cost/arithmetic.hpp"

namespace sekimori::cel {

class meter {
 public:
  void turn(bool on) { on_ = on; }
  bool on() const { return on_; }
  // On, and not inside what cel-go would not have evaluated any more.
  bool counting() const { return on_ && paused_ == 0; }
  bool paused() const { return paused_ != 0; }

  void spend(std::uint64_t cost) {
    if (!counting()) return;
    std::uint64_t covered = cost < credit_ ? cost : credit_;
    credit_ -= covered;
    spent_ = add(spent_, cost - covered);
  }
  // The next of what is spent is not: a name read as part of something that counts it.
  void forgive() {
    if (counting()) ++credit_;
  }
  std::uint64_t spent() const { return spent_; }
  void reset() { spent_ = credit_ = 0; }

  // While alive and begun, nothing is counted.
  class pause {
   public:
    explicit pause(meter& of, bool begun = false) : of_(of) {
      if (begun) begin();
    }
    ~pause() {
      if (begun_) --of_.paused_;
    }
    pause(const pause&) = delete;
    pause& operator=(const pause&) = delete;
    void begin() {
      if (!begun_) ++of_.paused_;
      begun_ = true;
    }

   private:
    meter& of_;
    bool begun_ = false;
  };

 private:
  bool on_ = false;
  std::uint32_t paused_ = 0;
  std::uint64_t credit_ = 0;
  std::uint64_t spent_ = 0;
};

}  // namespace sekimori::cel
