// cel: what every version of string.format shares. Entry point: format_reader.
#include "cel/packs/strings_format.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

namespace sekimori::cel::strings {
namespace {

constexpr int largest_precision = 1'000;
constexpr int deepest_shown = 100;

template <class number>
void append_integer(std::string& to, number given, int base = 10) {
  char buffer[72];
  to.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, given, base).ptr);
}

void append_padded(std::string& to, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  to.append(digits.size() < width ? width - digits.size() : 0, '0');
  to += digits;
}

// ".5" for 500,000,000 nanoseconds; nothing for none.
void append_fraction(std::string& to, std::int64_t nanos) {
  if (nanos == 0) return;
  std::string digits;
  append_padded(digits, nanos, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  to += '.';
  to += digits;
}

void append_timestamp(std::string& to, value given) {
  constexpr std::int64_t day_seconds = 86'400;
  std::int64_t days = given.seconds() / day_seconds;
  std::int64_t rest = given.seconds() % day_seconds;
  if (rest < 0) {
    rest += day_seconds;
    --days;
  }
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  append_padded(to, static_cast<int>(date.year()), 4);
  to += '-';
  append_padded(to, static_cast<unsigned>(date.month()), 2);
  to += '-';
  append_padded(to, static_cast<unsigned>(date.day()), 2);
  to += 'T';
  append_padded(to, rest / 3'600, 2);
  to += ':';
  append_padded(to, rest / 60 % 60, 2);
  to += ':';
  append_padded(to, rest % 60, 2);
  append_fraction(to, given.nanos());
  to += 'Z';
}

void append_duration(std::string& to, value given) {
  const bool negative = given.seconds() < 0 || given.nanos() < 0;
  if (negative) to += '-';
  // Negated as unsigned: the smallest int64 has no positive counterpart.
  const auto seconds = static_cast<std::uint64_t>(given.seconds());
  append_integer(to, given.seconds() < 0 ? 0 - seconds : seconds);
  append_fraction(to, std::abs(static_cast<std::int64_t>(given.nanos())));
  to += 's';
}

}  // namespace

value format_reader::run(std::string_view pattern) {
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t sign = pattern.find('%', at);
    text_ += pattern.substr(at, sign == std::string_view::npos ? sign : sign - at);
    if (sign == std::string_view::npos) break;
    at = sign + 1;
    if (at < pattern.size() && pattern[at] == '%') {
      text_ += '%';
      ++at;
      continue;
    }
    if (!clause(pattern, at)) return problem_;
    if (text_.size() > pack_support::largest_text) break;
  }
  return pack_support::text_result(context_, text_);
}

bool format_reader::fail(std::string_view message, value_kind given) {
  return fail(std::string(message) + ", was given " + std::string(kind_name(given)));
}

bool format_reader::fail(std::string_view message) {
  problem_ = context_.fail(evaluation_error_code::invalid_argument, message);
  return false;
}

bool format_reader::room(const std::string& to, int depth) {
  if (depth > deepest_shown) return fail("a value is nested too deeply to be formatted");
  if (to.size() <= pack_support::largest_text) return true;
  problem_ = context_.fail(evaluation_error_code::limit, "the resulting string is too long");
  return false;
}

bool format_reader::integer(std::string& to, value given, int base) {
  if (given.is(value_kind::integer)) append_integer(to, given.as_integer(), base);
  else if (given.is(value_kind::unsigned_integer)) append_integer(to, given.as_unsigned(), base);
  else return false;
  return true;
}

bool format_reader::scalar(std::string& to, value given) {
  switch (given.kind()) {
    case value_kind::null: to += "null"; return true;
    case value_kind::boolean: to += given.as_boolean() ? "true" : "false"; return true;
    case value_kind::integer:
    case value_kind::unsigned_integer: return integer(to, given, 10);
    case value_kind::string:
    case value_kind::type: to += given.as_text(); return true;
    case value_kind::timestamp: append_timestamp(to, given); return true;
    case value_kind::duration: append_duration(to, given); return true;
    case value_kind::opaque: to += given.as_opaque().to_string(); return true;
    default:
      return fail("the string clause takes strings, bools, bytes, numbers, maps, lists, types, durations and timestamps", given.kind());
  }
}

bool format_reader::clause(std::string_view pattern, std::size_t& at) {
  int precision = 6;
  if (at < pattern.size() && pattern[at] == '.') {
    precision = 0;
    const std::size_t first = ++at;
    while (at < pattern.size() && pattern[at] >= '0' && pattern[at] <= '9') {
      precision = std::min(precision * 10 + (pattern[at++] - '0'), largest_precision + 1);
    }
    if (at == first) return fail("a precision of the format has no digits");
    if (precision > largest_precision) return fail("a precision of the format is over 1000");
  }
  if (at >= pattern.size()) return fail("the format ends in the middle of a clause");
  const char verb = pattern[at++];
  if (std::string_view("sdfeboxX").find(verb) == std::string_view::npos) {
    return fail("the format has an unknown clause");
  }
  if (next_ >= given_.size()) return fail("the format has more clauses than there are arguments");
  const value argument = given_[next_++];
  switch (verb) {
    case 's': return string(text_, argument);
    case 'd': return decimal(text_, argument);
    case 'f': return floating(text_, argument, false, precision);
    case 'e': return floating(text_, argument, true, precision);
    case 'b': return binary(argument);
    case 'o': return integer(text_, argument, 8) || fail("the octal clause takes integers", argument.kind());
    default: return hex(argument, verb == 'X');
  }
}

bool format_reader::binary(value given) {
  if (!given.is(value_kind::boolean)) {
    return integer(text_, given, 2) || fail("the binary clause takes integers and bools", given.kind());
  }
  text_ += given.as_boolean() ? '1' : '0';
  return true;
}

bool format_reader::hex(value given, bool upper) {
  const std::size_t first = text_.size();
  if (given.is(value_kind::string) || given.is(value_kind::bytes)) {
    constexpr char digits[] = "0123456789abcdef";
    for (const char c : given.as_text()) {
      const auto byte = static_cast<unsigned char>(c);
      text_ += digits[byte >> 4];
      text_ += digits[byte & 15];
    }
  } else if (!integer(text_, given, 16)) {
    return fail("the hexadecimal clause takes integers, bytes and strings", given.kind());
  }
  if (upper) {
    for (std::size_t i = first; i < text_.size(); ++i) {
      if (text_[i] >= 'a' && text_[i] <= 'f') text_[i] = static_cast<char>(text_[i] - 'a' + 'A');
    }
  }
  return true;
}

}  // namespace sekimori::cel::strings
