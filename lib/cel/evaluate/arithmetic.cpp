// cel: arithmetic with overflow told, never wrapped. Entry points: arithmetic, negated. Knows no
// trees.
#include <limits>

#include "cel/evaluate/machine.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {

namespace {

value overflow(arena& memory, std::uint32_t id, std::string_view message) {
  return make_error(memory, evaluation_error_code::overflow, message, id);
}

value integers(arena& memory, operation op, std::int64_t a, std::int64_t b, std::uint32_t id) {
  std::int64_t result = 0;
  bool over = false;
  switch (op) {
    case operation::add: over = __builtin_add_overflow(a, b, &result); break;
    case operation::subtract: over = __builtin_sub_overflow(a, b, &result); break;
    case operation::multiply: over = __builtin_mul_overflow(a, b, &result); break;
    case operation::divide:
    case operation::modulo:
      if (b == 0) return make_error(memory, evaluation_error_code::division_by_zero, op == operation::divide ? "division by zero" : "modulus by zero", id);
      over = a == std::numeric_limits<std::int64_t>::min() && b == -1;
      if (!over) result = op == operation::divide ? a / b : a % b;
      break;
    default: return value::null();
  }
  return over ? overflow(memory, id, "int overflow") : value::integer(result);
}

value unsigned_integers(arena& memory, operation op, std::uint64_t a, std::uint64_t b, std::uint32_t id) {
  std::uint64_t result = 0;
  bool over = false;
  switch (op) {
    case operation::add: over = __builtin_add_overflow(a, b, &result); break;
    case operation::subtract: over = __builtin_sub_overflow(a, b, &result); break;
    case operation::multiply: over = __builtin_mul_overflow(a, b, &result); break;
    case operation::divide:
    case operation::modulo:
      if (b == 0) return make_error(memory, evaluation_error_code::division_by_zero, op == operation::divide ? "division by zero" : "modulus by zero", id);
      result = op == operation::divide ? a / b : a % b;
      break;
    default: return value::null();
  }
  return over ? overflow(memory, id, "uint overflow") : value::unsigned_integer(result);
}

value doubles(operation op, double a, double b) {
  switch (op) {
    case operation::add: return value::floating(a + b);
    case operation::subtract: return value::floating(a - b);
    case operation::multiply: return value::floating(a * b);
    case operation::divide: return value::floating(a / b);
    default: return value::null();
  }
}

wide_integer nanos_of(value v) { return static_cast<wide_integer>(v.seconds()) * 1'000'000'000 + v.nanos(); }

value duration_of(arena& memory, wide_integer nanos, std::uint32_t id) {
  auto made = duration_from_nanos(nanos);
  return made ? value::duration(made->seconds, made->nanos) : overflow(memory, id, "duration out of range");
}

value timestamp_of(arena& memory, wide_integer nanos, std::uint32_t id) {
  wide_integer seconds = nanos / 1'000'000'000;
  wide_integer rest = nanos % 1'000'000'000;
  if (rest < 0) {
    rest += 1'000'000'000;
    --seconds;
  }
  if (seconds < min_timestamp_seconds || seconds > max_timestamp_seconds) return overflow(memory, id, "timestamp out of range");
  return value::timestamp(static_cast<std::int64_t>(seconds), static_cast<std::int32_t>(rest));
}

value instants(arena& memory, operation op, value a, value b, std::uint32_t id) {
  bool left = a.is(value_kind::timestamp);
  bool right = b.is(value_kind::timestamp);
  if (op == operation::add && !(left && right)) {
    wide_integer sum = nanos_of(a) + nanos_of(b);
    return left || right ? timestamp_of(memory, sum, id) : duration_of(memory, sum, id);
  }
  if (op == operation::subtract && (left || !right)) {
    wide_integer difference = nanos_of(a) - nanos_of(b);
    return left && !right ? timestamp_of(memory, difference, id) : duration_of(memory, difference, id);
  }
  return value::null();
}

bool is_instant(value v) { return v.is(value_kind::timestamp) || v.is(value_kind::duration); }

}  // namespace

value arithmetic(arena& memory, operation op, value a, value b, std::uint32_t expression) {
  if (a.is(value_kind::integer) && b.is(value_kind::integer)) return integers(memory, op, a.as_integer(), b.as_integer(), expression);
  if (is_instant(a) && is_instant(b)) return instants(memory, op, a, b, expression);
  if (a.kind() != b.kind()) return value::null();
  if (a.is(value_kind::unsigned_integer)) return unsigned_integers(memory, op, a.as_unsigned(), b.as_unsigned(), expression);
  if (a.is(value_kind::floating)) return doubles(op, a.as_floating(), b.as_floating());
  return value::null();
}

value negated(arena& memory, value a, std::uint32_t expression) {
  if (a.is(value_kind::floating)) return value::floating(-a.as_floating());
  if (!a.is(value_kind::integer)) return value::null();
  if (a.as_integer() == std::numeric_limits<std::int64_t>::min()) return overflow(memory, expression, "int overflow");
  return value::integer(-a.as_integer());
}

}  // namespace sekimori::cel
