// differential: makes cases: an expression and its inputs from a seed, nothing else. Entry points:
// generate, write. The same seed and number give the same case on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../oracle/value.hpp"

namespace differential {

// A piece of an expression: texts around its parts. Written out it is valid CEL.
struct node {
  std::vector<std::string> texts;   // one more than parts
  std::vector<node> parts;
};
std::string write(const node& n);

// The variables that every case may use, by slot: name and declared type.
struct variable {
  const char* name;
  const char* type;
};
const std::vector<variable>& variables();

struct generated {
  node expression;
  std::vector<oracle::value> inputs;   // by slot; only those that the expression names are meant
};

struct wishes {
  bool peer = false;                   // only what another engine can be given: no relations, no error as an input
};
generated generate(std::uint64_t seed, std::uint64_t number, wishes wanted);

}  // namespace differential
