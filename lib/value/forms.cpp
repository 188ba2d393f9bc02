// value: the written forms of numbers, instants and bytes. Entry points: forms.hpp. Knows no
// containers and no values.
#include "value/forms.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace sekimori {

namespace {

using wide = wide_integer;

void append_padded(std::string& to, std::int64_t number, int width) {
  std::string digits = std::to_string(number);
  for (int i = static_cast<int>(digits.size()); i < width; ++i) to += '0';
  to += digits;
}

void append_fraction(std::string& to, std::int32_t nanos) {
  if (nanos == 0) return;
  std::string digits = std::to_string(nanos);
  digits.insert(0, 9 - digits.size(), '0');
  while (digits.back() == '0') digits.pop_back();
  to += '.';
  to += digits;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Exactly `count` digits at `at`.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != lower[i]) return false;
  }
  return true;
}

unsigned days_in_month(int year, unsigned month) {
  constexpr unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

// Both directions by eras of 400 years that begin on 1 March, so that leap days come last.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  auto year_of_era = static_cast<unsigned>(year - era * 400);
  unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

civil_day civil_from_days(std::int64_t days) {
  days += 719468;
  std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  auto day_of_era = static_cast<unsigned>(days - era * 146097);
  unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned shifted = (5 * day_of_year + 2) / 153;
  unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::string format_double(double number, int plain_digits) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
  if (number == 0) return std::signbit(number) ? "-0" : "0";
  char buffer[64];
  auto scientific = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<std::size_t>(scientific.ptr - buffer));
  int exponent = 0;
  std::size_t e = text.find('e');
  std::string_view digits = text.substr(e + 1);
  if (digits[0] == '+') digits.remove_prefix(1);
  std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (exponent < -4 || exponent >= plain_digits) return std::string(text);
  char plain[64];
  auto fixed = std::to_chars(plain, plain + sizeof plain, number, std::chars_format::fixed);
  return std::string(plain, fixed.ptr);
}

std::string format_timestamp(std::int64_t seconds, std::int32_t nanos) {
  std::int64_t days = seconds / 86400;
  std::int64_t rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  civil_day day = civil_from_days(days);
  std::string text;
  append_padded(text, day.year, 4);
  text += '-';
  append_padded(text, day.month, 2);
  text += '-';
  append_padded(text, day.day, 2);
  text += 'T';
  append_padded(text, rest / 3600, 2);
  text += ':';
  append_padded(text, rest / 60 % 60, 2);
  text += ':';
  append_padded(text, rest % 60, 2);
  append_fraction(text, nanos);
  text += 'Z';
  return text;
}

std::string format_duration(std::int64_t seconds, std::int32_t nanos) {
  std::string text;
  if (seconds < 0 || nanos < 0) text += '-';
  std::uint64_t whole = seconds < 0 ? 0 - static_cast<std::uint64_t>(seconds) : static_cast<std::uint64_t>(seconds);
  text += std::to_string(whole);
  append_fraction(text, nanos < 0 ? -nanos : nanos);
  text += 's';
  return text;
}

namespace {

// Whether a number that no double can hold is too small, and not too large: the place of its first
// digit that is not zero, moved by its exponent.
bool vanishes(std::string_view number) {
  constexpr std::int64_t far = 1'000'000'000;
  std::int64_t place = 0;
  std::size_t at = 0;
  bool begun = false;
  bool fraction = false;
  for (; at < number.size() && (is_digit(number[at]) || number[at] == '.'); ++at) {
    if (number[at] == '.') {
      fraction = true;
      continue;
    }
    begun = begun || number[at] != '0';
    if (begun && !fraction) ++place;
    if (!begun && fraction) --place;
  }
  std::int64_t exponent = 0;
  bool negative = at + 1 < number.size() && number[at + 1] == '-';
  for (; at < number.size(); ++at) {
    if (is_digit(number[at]) && exponent < far) exponent = exponent * 10 + (number[at] - '0');
  }
  return place + (negative ? -exponent : exponent) < 0;
}

}  // namespace

std::optional<double> parse_double(std::string_view text) {
  std::string_view rest = text;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  if (rest.empty()) return std::nullopt;
  if (equals_ignoring_case(rest, "nan") && rest.size() == text.size()) return std::numeric_limits<double>::quiet_NaN();
  if (equals_ignoring_case(rest, "inf") || equals_ignoring_case(rest, "infinity")) {
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  if (!is_digit(rest[0]) && rest[0] != '.') return std::nullopt;
  double number = 0;
  auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (end != rest.data() + rest.size()) return std::nullopt;
  if (code == std::errc::result_out_of_range && vanishes(rest)) number = 0;
  else if (code != std::errc()) return std::nullopt;
  return negative ? -number : number;
}

std::optional<instant> parse_timestamp(std::string_view text) {
  auto year = digits_at(text, 0, 4);
  auto month = digits_at(text, 5, 2);
  auto day = digits_at(text, 8, 2);
  auto hour = digits_at(text, 11, 2);
  auto minute = digits_at(text, 14, 2);
  auto second = digits_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*year < 1 || *month < 1 || *month > 12 || *day < 1) return std::nullopt;
  auto month_number = static_cast<unsigned>(*month);
  if (static_cast<unsigned>(*day) > days_in_month(*year, month_number) || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  std::size_t at = 19;
  std::int32_t nanos = 0;
  if (at < text.size() && text[at] == '.') {
    std::size_t start = ++at;
    std::int32_t unit = 100'000'000;
    while (at < text.size() && is_digit(text[at])) {
      if (at - start < 9) {
        nanos += (text[at] - '0') * unit;
        unit /= 10;
      }
      ++at;
    }
    if (at == start) return std::nullopt;
  }
  if (at >= text.size()) return std::nullopt;
  std::int64_t offset = 0;
  if (text[at] == 'Z' || text[at] == 'z') {
    ++at;
  } else if (text[at] == '+' || text[at] == '-') {
    auto hours = digits_at(text, at + 1, 2);
    auto minutes = digits_at(text, at + 4, 2);
    if (!hours || !minutes || text[at + 3] != ':' || *hours > 23 || *minutes > 59) return std::nullopt;
    offset = *hours * 3600 + *minutes * 60;
    if (text[at] == '-') offset = -offset;
    at += 6;
  } else {
    return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  std::int64_t seconds = days_from_civil(*year, month_number, static_cast<unsigned>(*day)) * 86400 + *hour * 3600 + *minute * 60 + *second - offset;
  if (seconds < min_timestamp_seconds || seconds > max_timestamp_seconds) return std::nullopt;
  return instant{seconds, nanos};
}

std::optional<instant> duration_from_nanos(wide nanos) {
  if (nanos > std::numeric_limits<std::int64_t>::max() || nanos < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  auto count = static_cast<std::int64_t>(nanos);
  return instant{count / 1'000'000'000, static_cast<std::int32_t>(count % 1'000'000'000)};
}

std::optional<instant> parse_duration(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return instant{};
  if (text.empty()) return std::nullopt;
  // Far beyond what a duration may hold, and far below where the sum below could overflow.
  const wide bound = static_cast<wide>(std::numeric_limits<std::int64_t>::max()) * 4;
  wide total = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    wide whole = 0;
    wide fraction = 0;
    wide scale = 1;
    bool any = false;
    for (; at < text.size() && is_digit(text[at]); ++at, any = true) {
      whole = whole * 10 + (text[at] - '0');
      if (whole > bound) return std::nullopt;
    }
    if (at < text.size() && text[at] == '.') {
      for (++at; at < text.size() && is_digit(text[at]); ++at, any = true) {
        if (scale < 1'000'000'000'000'000) {
          fraction = fraction * 10 + (text[at] - '0');
          scale *= 10;
        }
      }
    }
    if (!any) return std::nullopt;
    std::string_view rest = text.substr(at);
    wide unit = 0;
    std::size_t length = 1;
    if (rest.starts_with("ns")) unit = 1, length = 2;
    else if (rest.starts_with("us")) unit = 1'000, length = 2;
    else if (rest.starts_with("\u00b5s") || rest.starts_with("\u03bcs")) unit = 1'000, length = 3;
    else if (rest.starts_with("ms")) unit = 1'000'000, length = 2;
    else if (rest.starts_with("s")) unit = 1'000'000'000;
    else if (rest.starts_with("m")) unit = static_cast<wide>(60) * 1'000'000'000;
    else if (rest.starts_with("h")) unit = static_cast<wide>(3600) * 1'000'000'000;
    else return std::nullopt;
    at += length;
    if (whole > bound / unit) return std::nullopt;
    total += whole * unit + fraction * unit / scale;
    if (total > bound) return std::nullopt;
  }
  return duration_from_nanos(negative ? -total : total);
}

namespace {
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::size_t have = bytes.size() - i < 3 ? bytes.size() - i : 3;
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= have ? base64_digits[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  std::size_t padding = 0;
  while (!text.empty() && text.back() == '=' && padding < 2) {
    text.remove_suffix(1);
    ++padding;
  }
  if (text.size() % 4 == 1 || (padding != 0 && (text.size() + padding) % 4 != 0)) return std::nullopt;
  std::string bytes;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (char c : text) {
    std::size_t digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(group >> bits & 0xff);
    }
  }
  return bytes;
}

}  // namespace sekimori
