// oracle: arithmetic in wide numbers, where nothing overflows, and then a look at the range. Entry
// points: arithmetic, negate.
#include <cmath>
#include <limits>

#include "evaluate.hpp"
#include "times.hpp"

namespace oracle {

namespace {

template <class T>
value in_range(wide number) {
  if (number < wide{std::numeric_limits<T>::min()} || number > wide{std::numeric_limits<T>::max()}) return error{};
  return static_cast<T>(number);
}

template <class T>
value whole_numbers(char operation, T x, T y) {
  wide a = x;
  wide b = y;
  switch (operation) {
    case '+': return in_range<T>(a + b);
    case '-': return in_range<T>(a - b);
    case '*':
      if (a != 0 && b != 0) {
        // Two uint64 can be more than a signed 128-bit number holds.
        wide product = 0;
        if (__builtin_mul_overflow(a, b, &product)) return error{};
        return in_range<T>(product);
      }
      return T{0};
    case '/': return b == 0 ? value(error{}) : in_range<T>(a / b);
    case '%':
      // The least int divided by -1 has no quotient, and so no remainder.
      if (b == 0 || in_range<T>(a / b).template is<error>()) return error{};
      return in_range<T>(a % b);
  }
  return error{};
}

value doubles(char operation, double a, double b) {
  switch (operation) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
  }
  return error{};
}

value joined(const list& a, const list& b) {
  std::vector<value> open;
  if (!a.whole()) open.push_back(why_of(a));
  if (!b.whole()) open.push_back(why_of(b));
  if (auto found = undecided(open)) return *found;
  list both{a.elements, {}, false, {}};
  both.elements.insert(both.elements.end(), b.elements.begin(), b.elements.end());
  return both;
}

}  // namespace

value arithmetic(char operation, const value& a, const value& b) {
  if (a.is<std::int64_t>() && b.is<std::int64_t>()) return whole_numbers(operation, a.as<std::int64_t>(), b.as<std::int64_t>());
  if (a.is<std::uint64_t>() && b.is<std::uint64_t>()) return whole_numbers(operation, a.as<std::uint64_t>(), b.as<std::uint64_t>());
  if (a.is<double>() && b.is<double>()) return doubles(operation, a.as<double>(), b.as<double>());
  if (operation == '+') {
    if (a.is<std::string>() && b.is<std::string>()) return a.as<std::string>() + b.as<std::string>();
    if (a.is<bytes>() && b.is<bytes>()) return bytes{a.as<bytes>().octets + b.as<bytes>().octets};
    if (a.is<list>() && b.is<list>()) return joined(a.as<list>(), b.as<list>());
    if (a.is<timestamp>() && b.is<duration>()) return timestamp_of(a.as<timestamp>().nanos + b.as<duration>().nanos, a.as<timestamp>().offset);
    if (a.is<duration>() && b.is<timestamp>()) return timestamp_of(a.as<duration>().nanos + b.as<timestamp>().nanos, b.as<timestamp>().offset);
    if (a.is<duration>() && b.is<duration>()) return duration_of(a.as<duration>().nanos + b.as<duration>().nanos);
  }
  if (operation == '-') {
    if (a.is<timestamp>() && b.is<timestamp>()) return duration_of(a.as<timestamp>().nanos - b.as<timestamp>().nanos);
    if (a.is<timestamp>() && b.is<duration>()) return timestamp_of(a.as<timestamp>().nanos - b.as<duration>().nanos, a.as<timestamp>().offset);
    if (a.is<duration>() && b.is<duration>()) return duration_of(a.as<duration>().nanos - b.as<duration>().nanos);
  }
  return error{};
}

value negate(const value& v) {
  if (v.is<double>()) return -v.as<double>();
  return v.is<std::int64_t>() ? in_range<std::int64_t>(-wide{v.as<std::int64_t>()}) : value(error{});
}

}  // namespace oracle
