// base: SHA-256 of bytes that come piece by piece. Entry point: running_digest.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sekimori {

class running_digest {
 public:
  running_digest();
  ~running_digest();
  void take(std::string_view bytes);
  std::string hex();   // ends it

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace sekimori
