// oracle: the naive evaluator: CEL by its definition, over plain values. Entry point: evaluate. It
// reads the library's syntax trees and nothing else of it: names, numbers and functions are its own.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "cel/ast.hpp"
#include "value.hpp"

namespace oracle {

// How another engine differs, so that its answers can be told from mistakes. All off: the spec and ours.
struct dialect {
  bool leftmost_wins = false;      // of several undecided operands the first one is the answer
  bool unknown_containers = false; // a container with an unknown leaf is unknown as a whole
};

// The expression needs something that the oracle does not define.
struct out_of_scope : std::runtime_error {
  using std::runtime_error::runtime_error;
};

value evaluate(const sekimori::cel::expression& root, const std::vector<value>& variables, dialect spoken = {});

// functions.cpp: a call of anything but an operator; the receiver of a method stands first. The
// arguments are decided, but what is inside of them may not be.
value call(std::string_view name, bool method, const std::vector<value>& arguments);
// operators.cpp: + - * / % and unary minus.
value arithmetic(char operation, const value& a, const value& b);
value negate(const value& v);

}  // namespace oracle
