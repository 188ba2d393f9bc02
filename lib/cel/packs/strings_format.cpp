// cel: string.format of the strings pack, as cel-go's version 4 prints. Entry point: strings::format.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "cel/packs/strings.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::strings {
namespace {

constexpr int largest_precision = 1'000;
constexpr int deepest_shown = 100;

template <class number>
void append_integer(std::string& to, number given, int base = 10) {
  char buffer[72];
  to.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, given, base).ptr);
}

bool append_not_finite(std::string& to, double given) {
  if (std::isnan(given)) to += "NaN";
  else if (std::isinf(given)) to += given < 0 ? "-Infinity" : "Infinity";
  else return false;
  return true;
}

// The shortest digits that read back as the same number, without an exponent: 2^63 ends in zeros, as
// its digits after the 16th say nothing about the double.
void append_double(std::string& to, double given) {
  if (append_not_finite(to, given)) return;
  char buffer[64];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, given, std::chars_format::scientific).ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  if (text[0] == '-') {
    to += '-';
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find('e');
  std::string digits(1, text[0]);
  if (mark > 2) digits += text.substr(2, mark - 2);
  int exponent = 0;
  std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
  if (exponent < 0) {
    to += "0.";
    to.append(static_cast<std::size_t>(-exponent - 1), '0');
    to += digits;
    return;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  to += std::string_view(digits).substr(0, whole);
  if (digits.size() > whole) to += "." + digits.substr(whole);
}

void append_precise(std::string& to, double given, std::chars_format form, int precision) {
  if (append_not_finite(to, given)) return;
  std::string buffer(static_cast<std::size_t>(precision) + 400, '\0');
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), given, form, precision).ptr;
  to.append(buffer.data(), end);
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

class formatter {
 public:
  formatter(call_context& context, const std::vector<value>& given) : context_(context), given_(given) {}

  value run(std::string_view pattern) {
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

 private:
  bool fail(std::string_view message, value_kind given) {
    problem_ = context_.fail(evaluation_error_code::invalid_argument, std::string(message) + ", was given " + std::string(kind_name(given)));
    return false;
  }

  bool fail(std::string_view message) {
    problem_ = context_.fail(evaluation_error_code::invalid_argument, message);
    return false;
  }

  bool clause(std::string_view pattern, std::size_t& at) {
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
      case 's': return string(text_, argument, 0);
      case 'd': return decimal(argument);
      case 'f': return floating(argument, std::chars_format::fixed, precision);
      case 'e': return floating(argument, std::chars_format::scientific, precision);
      case 'b': return binary(argument);
      case 'o': return octal(argument);
      default: return hex(argument, verb == 'X');
    }
  }

  bool string(std::string& to, value given, int depth) {
    if (depth > deepest_shown) return fail("a value is nested too deeply to be formatted");
    if (to.size() > pack_support::largest_text) {
      problem_ = context_.fail(evaluation_error_code::limit, "the resulting string is too long");
      return false;
    }
    switch (given.kind()) {
      case value_kind::null: to += "null"; return true;
      case value_kind::boolean: to += given.as_boolean() ? "true" : "false"; return true;
      case value_kind::integer: append_integer(to, given.as_integer()); return true;
      case value_kind::unsigned_integer: append_integer(to, given.as_unsigned()); return true;
      case value_kind::floating: append_double(to, given.as_floating()); return true;
      case value_kind::string:
      case value_kind::type: to += given.as_text(); return true;
      case value_kind::bytes:
        for (std::size_t at = 0; at < given.as_text().size();) append_utf8(to, decode_utf8(given.as_text(), at));
        return true;
      case value_kind::timestamp: append_timestamp(to, given); return true;
      case value_kind::duration: append_duration(to, given); return true;
      case value_kind::opaque: to += given.as_opaque().to_string(); return true;
      case value_kind::list: return list(to, given.as_list(), depth);
      case value_kind::map: return map(to, given.as_map(), depth);
      default:
        return fail("the string clause takes strings, bools, bytes, numbers, maps, lists, types, durations and timestamps", given.kind());
    }
  }

  bool list(std::string& to, const list_view& given, int depth) {
    to += '[';
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (i > 0) to += ", ";
      if (!string(to, given.at(i), depth + 1)) return false;
    }
    to += ']';
    return true;
  }

  // Ordered by the keys' text, whatever their types are.
  bool map(std::string& to, const map_view& given, int depth) {
    if (!given.type_name().empty()) return fail("the string clause does not take objects");
    const map_entry* entries = given.entries();
    std::vector<std::pair<std::string, value>> shown(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!string(shown[i].first, entries[i].key, depth + 1)) return false;
      shown[i].second = entries[i].mapped;
    }
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    to += '{';
    for (std::size_t i = 0; i < shown.size(); ++i) {
      if (i > 0) to += ", ";
      to += shown[i].first;
      to += ": ";
      if (!string(to, shown[i].second, depth + 1)) return false;
    }
    to += '}';
    return true;
  }

  bool decimal(value given) {
    switch (given.kind()) {
      case value_kind::integer: append_integer(text_, given.as_integer()); return true;
      case value_kind::unsigned_integer: append_integer(text_, given.as_unsigned()); return true;
      case value_kind::floating: append_double(text_, given.as_floating()); return true;
      default: return fail("the decimal clause takes numbers", given.kind());
    }
  }

  bool floating(value given, std::chars_format form, int precision) {
    switch (given.kind()) {
      case value_kind::integer: append_precise(text_, static_cast<double>(given.as_integer()), form, precision); return true;
      case value_kind::unsigned_integer: append_precise(text_, static_cast<double>(given.as_unsigned()), form, precision); return true;
      case value_kind::floating: append_precise(text_, given.as_floating(), form, precision); return true;
      default: return fail("the fixed-point and scientific clauses take numbers", given.kind());
    }
  }

  bool integer(value given, int base) {
    if (given.is(value_kind::integer)) append_integer(text_, given.as_integer(), base);
    else if (given.is(value_kind::unsigned_integer)) append_integer(text_, given.as_unsigned(), base);
    else return false;
    return true;
  }

  bool binary(value given) {
    if (!given.is(value_kind::boolean)) {
      return integer(given, 2) || fail("the binary clause takes integers and bools", given.kind());
    }
    text_ += given.as_boolean() ? '1' : '0';
    return true;
  }

  bool octal(value given) { return integer(given, 8) || fail("the octal clause takes integers", given.kind()); }

  bool hex(value given, bool upper) {
    const std::size_t first = text_.size();
    if (given.is(value_kind::string) || given.is(value_kind::bytes)) {
      constexpr char digits[] = "0123456789abcdef";
      for (const char c : given.as_text()) {
        const auto byte = static_cast<unsigned char>(c);
        text_ += digits[byte >> 4];
        text_ += digits[byte & 15];
      }
    } else if (!integer(given, 16)) {
      return fail("the hexadecimal clause takes integers, bytes and strings", given.kind());
    }
    if (upper) {
      for (std::size_t i = first; i < text_.size(); ++i) {
        if (text_[i] >= 'a' && text_[i] <= 'f') text_[i] = static_cast<char>(text_[i] - 'a' + 'A');
      }
    }
    return true;
  }

  call_context& context_;
  const std::vector<value>& given_;
  std::size_t next_ = 0;
  std::string text_;
  value problem_;
};

}  // namespace

value format(call_context& context, std::span<const value> given) {
  const value undecided = pack_support::find_undecided(context, given[1]);
  if (!undecided.is_null()) return undecided;
  std::vector<value> elements;
  const value refused = pack_support::read_list(context, given[1].as_list(), elements);
  if (!refused.is_null()) return refused;
  return formatter(context, elements).run(given[0].as_text());
}

}  // namespace sekimori::cel::strings
