// cel: Kubernetes' resource quantities. Entry points: quantity.hpp. Facts: k8s.io/apimachinery pkg/api/resource.
#include "cel/packs/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "value/forms.hpp"

namespace sekimori::cel {
namespace {

constexpr std::size_t most_digits = 10'000;
constexpr std::size_t most_small_digits = 18;   // of any number that is sure to fit int64
constexpr std::int64_t nano = -9;

struct suffix_row {
  std::string_view text;
  int base;
  std::int64_t exponent;
};
constexpr std::array suffixes = {
    suffix_row{"n", 10, -9}, suffix_row{"u", 10, -6}, suffix_row{"m", 10, -3}, suffix_row{"", 10, 0},   suffix_row{"k", 10, 3},
    suffix_row{"M", 10, 6},  suffix_row{"G", 10, 9},  suffix_row{"T", 10, 12}, suffix_row{"P", 10, 15}, suffix_row{"E", 10, 18},
    suffix_row{"Ki", 2, 10}, suffix_row{"Mi", 2, 20}, suffix_row{"Gi", 2, 30}, suffix_row{"Ti", 2, 40}, suffix_row{"Pi", 2, 50},
    suffix_row{"Ei", 2, 60},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct split_text {
  bool negative = false;
  bool has_digit = false;
  std::string_view whole;     // without leading zeros
  std::string_view fraction;
  std::string_view suffix;
};

std::string_view take_digits(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && is_digit(rest[count])) ++count;
  std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

// A sign, digits with a point, a suffix: each may be missing, as apimachinery has it.
bool split(std::string_view text, split_text& parts) {
  std::string_view rest = text;
  if (rest[0] == '-' || rest[0] == '+') {
    parts.negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  std::size_t zeros = 0;
  while (zeros < rest.size() && rest[zeros] == '0') ++zeros;
  rest.remove_prefix(zeros);
  parts.whole = take_digits(rest);
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    parts.fraction = take_digits(rest);
  }
  parts.has_digit = zeros > 0 || !parts.whole.empty() || !parts.fraction.empty();
  parts.suffix = rest;
  std::size_t letters = 0;
  constexpr std::string_view suffix_letters = "eEinumkKMGTP";
  while (letters < rest.size() && suffix_letters.find(rest[letters]) != std::string_view::npos) ++letters;
  rest.remove_prefix(letters);
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
  take_digits(rest);
  return rest.empty();
}

bool read_suffix(std::string_view text, int& base, std::int64_t& exponent, quantity_format& format) {
  for (const suffix_row& row : suffixes) {
    if (row.text != text) continue;
    base = row.base;
    exponent = row.exponent;
    format = base == 2 ? quantity_format::binary_si : quantity_format::decimal_si;
    return true;
  }
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return false;
  std::string_view digits = text.substr(1);
  if (digits[0] == '+') {
    digits.remove_prefix(1);
    if (digits.empty() || !is_digit(digits[0])) return false;
  }
  std::int64_t number = 0;
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return false;
  base = 10;
  exponent = static_cast<std::int32_t>(number);  // its lowest 32 bits, as there
  format = quantity_format::decimal_exponent;
  return true;
}

std::int64_t parse_small(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// Whether a text of few digits is held as an int64.
bool read_small(const split_text& parts, std::int64_t exponent, quantity& parsed) {
  std::string digits = parts.whole.empty() ? "0" : std::string(parts.whole);
  std::int64_t factor = 1;
  std::int64_t scale = 0;
  if (parsed.format == quantity_format::binary_si) {
    if (!parts.fraction.empty()) return false;
    // A power of two has about three digits for every ten bits.
    if (15 - static_cast<std::int64_t>(digits.size()) - exponent * 3 / 10 - 1 < 0) return false;
    factor = std::int64_t{1} << exponent;
  } else {
    if (digits.size() + parts.fraction.size() > most_small_digits) return false;
    scale = exponent - static_cast<std::int64_t>(parts.fraction.size());
    if (scale < nano) return false;
    digits += parts.fraction;
  }
  std::int64_t product = 0;
  if (__builtin_mul_overflow(parse_small(digits), factor, &product)) return false;
  parsed.small = parts.negative ? -product : product;
  parsed.exponent = scale;
  return true;
}

// To exactly 9 digits after the point, away from zero.
quantity_problem round_to_nano(quantity& of) {
  if (of.large.is_zero()) return quantity_problem::none;
  if (of.exponent < nano) {
    std::int64_t power = nano - of.exponent;
    bool exact = false;
    if (power > static_cast<std::int64_t>(of.large.digits())) {
      of.large = big_integer();
    } else {
      exact = of.large.divide_by_power_of_ten(static_cast<std::size_t>(power));
    }
    if (!exact) of.large.add(big_integer(1));
  } else {
    std::int64_t power = of.exponent - nano;
    if (power + static_cast<std::int64_t>(of.large.digits()) > static_cast<std::int64_t>(most_digits)) return quantity_problem::too_long;
    of.large.multiply_by_power_of_ten(static_cast<std::size_t>(power));
  }
  of.exponent = nano;
  return quantity_problem::none;
}

quantity widened(const quantity& of) {
  if (of.wide) return of;
  quantity made = of;
  made.wide = true;
  made.negative = of.small < 0;
  made.large = big_integer(of.small < 0 ? 0 - static_cast<std::uint64_t>(of.small) : static_cast<std::uint64_t>(of.small));
  made.small = 0;
  return made;
}

// Of two numbers that are not negative.
int compare_magnitudes(const quantity& a, const quantity& b) {
  if (a.large.is_zero() || b.large.is_zero()) return static_cast<int>(!a.large.is_zero()) - static_cast<int>(!b.large.is_zero());
  std::int64_t top_a = static_cast<std::int64_t>(a.large.digits()) + a.exponent;
  std::int64_t top_b = static_cast<std::int64_t>(b.large.digits()) + b.exponent;
  if (top_a != top_b) return top_a < top_b ? -1 : 1;
  // Their first digits stand at one place, so that the exponents differ by no more than their lengths do.
  big_integer left = a.large;
  big_integer right = b.large;
  if (a.exponent > b.exponent) left.multiply_by_power_of_ten(static_cast<std::size_t>(a.exponent - b.exponent));
  if (b.exponent > a.exponent) right.multiply_by_power_of_ten(static_cast<std::size_t>(b.exponent - a.exponent));
  return left == right ? 0 : left < right ? -1 : 1;
}

bool scale_down_to(quantity& of, std::int64_t exponent) {
  std::int64_t power = of.exponent - exponent;
  of.exponent = exponent;
  if (of.large.is_zero()) return true;
  if (power + static_cast<std::int64_t>(of.large.digits()) > static_cast<std::int64_t>(most_digits)) return false;
  of.large.multiply_by_power_of_ten(static_cast<std::size_t>(power));
  return true;
}

bool times_power_of_ten(std::int64_t& number, std::int64_t power) {
  if (number == 0) return true;
  if (power > static_cast<std::int64_t>(most_small_digits)) return false;
  for (; power > 0; --power) {
    if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return false;
  }
  return true;
}

// Whether both are held as int64 and so is their sum, at the finer of their exponents.
bool add_small(quantity& to, const quantity& more) {
  if (to.wide || more.wide) return false;
  if (more.small == 0) return true;
  if (to.small == 0) {
    to.small = more.small;
    to.exponent = more.exponent;
    return true;
  }
  std::int64_t exponent = std::min(to.exponent, more.exponent);
  std::int64_t left = to.small;
  std::int64_t right = more.small;
  if (!times_power_of_ten(left, to.exponent - exponent) || !times_power_of_ten(right, more.exponent - exponent)) return false;
  if (__builtin_add_overflow(left, right, &left)) return false;
  to.small = left;
  to.exponent = exponent;
  return true;
}

std::string with_suffix(std::string number, int base, std::int64_t exponent, quantity_format format) {
  if (format != quantity_format::decimal_exponent) {
    for (const suffix_row& row : suffixes) {
      if (row.base == base && row.exponent == exponent) return number + std::string(row.text);
    }
  }
  return exponent == 0 ? number : number + "e" + std::to_string(exponent);
}

}  // namespace

quantity_problem parse_quantity(std::string_view text, quantity& parsed) {
  parsed = {};
  if (text.empty()) return quantity_problem::malformed;
  split_text parts;
  int base = 10;
  std::int64_t exponent = 0;
  if (!split(text, parts) || !read_suffix(parts.suffix, base, exponent, parsed.format)) return quantity_problem::malformed;
  if (read_small(parts, exponent, parsed)) return quantity_problem::none;
  if (!parts.has_digit) return quantity_problem::malformed;
  if (parts.whole.size() + parts.fraction.size() > most_digits) return quantity_problem::too_long;

  parsed.wide = true;
  parsed.negative = parts.negative;
  parsed.large = big_integer::from_digits(std::string(parts.whole) + std::string(parts.fraction));
  parsed.exponent = -static_cast<std::int64_t>(parts.fraction.size());
  if (base == 10) {
    parsed.exponent += exponent;
  } else {
    for (std::int64_t bits = exponent; bits > 0; bits -= 10) parsed.large.multiply(1024);
  }
  quantity_problem problem = round_to_nano(parsed);
  if (problem != quantity_problem::none) return problem;
  if (parsed.format == quantity_format::binary_si && !parsed.large.is_zero()) {
    quantity size = parsed;
    size.negative = false;
    if (compare(size, quantity_of(std::numeric_limits<std::int64_t>::max())) > 0) {
      parsed.large = big_integer(static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
      parsed.exponent = 0;
    }
    if (compare(size, quantity_of(1)) < 0) parsed.format = quantity_format::decimal_si;
  }
  if (parsed.large.is_zero()) parsed.negative = false;
  return quantity_problem::none;
}

quantity quantity_of(std::int64_t number) {
  quantity made;
  made.small = number;
  made.format = quantity_format::decimal_exponent;
  return made;
}

int sign_of(const quantity& of) {
  if (of.wide) return of.large.is_zero() ? 0 : of.negative ? -1 : 1;
  return of.small == 0 ? 0 : of.small < 0 ? -1 : 1;
}

int compare(const quantity& a, const quantity& b) {
  int sign = sign_of(a);
  if (sign != sign_of(b)) return sign < sign_of(b) ? -1 : 1;
  if (!a.wide && !b.wide && a.exponent == b.exponent) return a.small == b.small ? 0 : a.small < b.small ? -1 : 1;
  return sign * compare_magnitudes(widened(a), widened(b));
}

std::optional<quantity> sum(const quantity& a, const quantity& b) {
  quantity made = a;
  if (sign_of(a) == 0) made.format = b.format;
  if (add_small(made, b)) return made;
  made = widened(made);
  quantity more = widened(b);
  std::int64_t exponent = std::min(made.exponent, more.exponent);
  if (!scale_down_to(made, exponent) || !scale_down_to(more, exponent)) return std::nullopt;
  if (made.negative == more.negative) {
    made.large.add(more.large);
  } else if (made.large < more.large) {
    more.large.subtract(made.large);
    made.large = std::move(more.large);
    made.negative = more.negative;
  } else {
    made.large.subtract(more.large);
  }
  if (made.large.is_zero()) made.negative = false;
  return made;
}

std::optional<quantity> difference(const quantity& a, const quantity& b) {
  quantity turned = b;
  if (!turned.wide && turned.small == std::numeric_limits<std::int64_t>::min()) turned = widened(turned);
  if (turned.wide) {
    turned.negative = !turned.negative && !turned.large.is_zero();
  } else {
    turned.small = -turned.small;
  }
  return sum(a, turned);
}

std::optional<std::int64_t> as_integer(const quantity& of) {
  if (of.wide || of.exponent < 0) return std::nullopt;
  std::int64_t number = of.small;
  if (!times_power_of_ten(number, of.exponent)) return std::nullopt;
  return number;
}

double as_approximate_double(const quantity& of) {
  double base = static_cast<double>(of.small);
  if (of.wide) {
    // A text of digits always reads; over the largest double it is infinite.
    base = parse_double(of.large.to_string()).value_or(std::numeric_limits<double>::infinity());
    if (of.negative) base = -base;
  }
  if (of.exponent == 0) return base;
  // In two steps as Go's math.Pow10 does, so that the last bit is the same.
  std::int64_t power = std::clamp<std::int64_t>(of.exponent, -324, 309);
  if (power == -324) return base * 0.0;
  if (power == 309) return base * std::numeric_limits<double>::infinity();
  auto ten_to = [](std::int64_t n) { return parse_double("1e" + std::to_string(n)).value_or(0); };
  if (power > 0) return base * (ten_to(power / 32 * 32) * ten_to(power % 32));
  return base * (ten_to(power / 32 * 32) / ten_to(-power % 32));
}

std::string to_string(const quantity& of) {
  quantity shown = widened(of);
  if (shown.large.is_zero()) return "0";
  std::string sign = shown.negative ? "-" : "";
  quantity size = shown;
  size.negative = false;
  bool binary = shown.format == quantity_format::binary_si && compare(size, quantity_of(1024)) >= 0;
  if (binary && size.exponent < 0) {
    binary = static_cast<std::size_t>(-size.exponent) < size.large.digits() &&
             size.large.divide_by_power_of_ten(static_cast<std::size_t>(-size.exponent));
    size.exponent = 0;
  }
  if (binary && scale_down_to(size, 0)) {
    std::int64_t bits = 0;
    for (big_integer next = size.large; bits < 60 && next.divide(1024) == 0; bits += 10) size.large = next;
    return with_suffix(sign + size.large.to_string(), 2, bits, quantity_format::binary_si);
  }
  std::string digits = shown.large.to_string();
  std::int64_t exponent = shown.exponent;
  while (digits.size() > 1 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  for (; exponent % 3 != 0; --exponent) digits += '0';
  quantity_format format = shown.format == quantity_format::binary_si ? quantity_format::decimal_si : shown.format;
  return with_suffix(sign + digits, 10, exponent, format);
}

}  // namespace sekimori::cel
