// cel: Kubernetes' resource quantities: text, exact decimal arithmetic, canonical form. Entry points: parse_quantity and
// the functions here. Knows no CEL values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cel/packs/big_integer.hpp"

namespace sekimori::cel {

enum class quantity_format : std::uint8_t { decimal_si, binary_si, decimal_exponent };

// number * 10^exponent. What apimachinery holds as an int64 and what it holds as a decimal of any size is told apart,
// because asInteger answers only for the former: quantity("1.5Gi") is no integer there.
struct quantity {
  bool wide = false;             // false: `small` counts, and `large` is empty
  std::int64_t small = 0;
  bool negative = false;         // of `large`
  big_integer large;
  std::int64_t exponent = 0;
  quantity_format format = quantity_format::decimal_si;
};

enum class quantity_problem : std::uint8_t { none, malformed, too_long };

// The grammar and the rounding of resource.ParseQuantity: at most 9 digits after the point, rounded away from zero;
// binary ones are capped at the largest int64. too_long: it would need more digits than any real quantity has.
quantity_problem parse_quantity(std::string_view text, quantity& parsed);

int sign_of(const quantity& of);
int compare(const quantity& a, const quantity& b);
// nullopt: the sum has too many digits.
std::optional<quantity> sum(const quantity& a, const quantity& b);
std::optional<quantity> difference(const quantity& a, const quantity& b);
quantity quantity_of(std::int64_t number);

std::optional<std::int64_t> as_integer(const quantity& of);  // nullopt: not held as an int64, or a fraction
double as_approximate_double(const quantity& of);
// "1500m", "64Mi", "12e6": the number without trailing zeros, with the suffix of its format that makes that possible.
std::string to_string(const quantity& of);

}  // namespace sekimori::cel
