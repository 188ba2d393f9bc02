// differential: another engine as a process that answers lines. Entry point: peer. Knows JSON, and
// nothing of what the answers mean.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "generate.hpp"

namespace differential {

struct peer_answer {
  bool compiled = false;
  std::string why;                       // of a refusal, an error or a panic
  bool broke_down = false;               // it panicked
  std::string result_type;
  std::vector<oracle::value> answers;    // every different one of the repetitions
};

class peer {
 public:
  explicit peer(const std::string& command);
  ~peer();
  peer(const peer&) = delete;
  peer& operator=(const peer&) = delete;
  std::vector<peer_answer> ask(const std::vector<generated>& cases, int repetitions = 1);

 private:
  std::string line();
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  int process_ = 0;
};

// The expression names this variable.
bool names(const std::string& text, const std::string& variable);

}  // namespace differential
