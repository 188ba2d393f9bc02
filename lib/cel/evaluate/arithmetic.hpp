// cel: the operators that the evaluator itself carries out, and arithmetic. Entry points: operation_of, arithmetic,
// negated. Knows no trees.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// Everything else has a body in a pack.
enum class operation : std::uint8_t {
  function, logical_and, logical_or, conditional, logical_not,
  equal, not_equal, less, less_equal, greater, greater_equal,
  add, subtract, multiply, divide, modulo, negate,
  in, index, optional_index, matches, or_else,
};
operation operation_of(std::string_view name);  // dispatch.cpp

// + - * / % and unary minus on numbers, timestamps and durations. A null kind where no overload takes these operands.
value arithmetic(arena& memory, operation op, value a, value b, std::uint32_t expression);
value negated(arena& memory, value a, std::uint32_t expression);

}  // namespace sekimori::cel
