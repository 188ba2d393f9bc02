// cel: string.format as versions 1 to 3 of cel-go's strings library print, which Kubernetes has: values inside lists and maps
// as CEL literals, numbers as people in the United States write them. Entry point: strings::format_before_4.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "cel/packs/strings.hpp"
#include "cel/packs/strings_format.hpp"
#include "value/forms.hpp"

namespace sekimori::cel::strings {
namespace {

constexpr int plain_digits = 6;       // string(1e6) is 1e+06
constexpr int default_precision = 6;

std::string fixed(double given, int precision) {
  std::string text(static_cast<std::size_t>(precision) + 400, '\0');
  text.erase(static_cast<std::size_t>(std::to_chars(text.data(), text.data() + text.size(), given, std::chars_format::fixed, precision).ptr - text.data()));
  return text;
}

// As Go's %q: a text in quotes, with what cannot be seen escaped.
std::string quoted(std::string_view text) {
  constexpr std::string_view escaped = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view letters = "abfnrtv\\\"";
  constexpr std::string_view digits = "0123456789abcdef";
  std::string made = "\"";
  for (char c : text) {
    std::size_t at = escaped.find(c);
    auto byte = static_cast<unsigned char>(c);
    if (at != std::string_view::npos) {
      made += '\\';
      made += letters[at];
    } else if (byte < 0x20 || byte == 0x7f) {
      made += "\\x";
      made += digits[byte >> 4];
      made += digits[byte & 15];
    } else {
      made += c;
    }
  }
  return made + "\"";
}

// 1234567.5 as 1,234,567.5.
std::string grouped(std::string digits) {
  std::size_t begin = digits[0] == '-' ? 1 : 0;
  std::size_t end = std::min(digits.find('.'), digits.size());
  for (std::size_t at = end; at > begin + 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string superscript(int number) {
  constexpr std::string_view marks[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string digits = std::to_string(std::abs(number));
  if (digits.size() < 2) digits.insert(0, 1, '0');
  std::string made = number < 0 ? "⁻" : "";
  for (char c : digits) made += marks[c - '0'];
  return made;
}

class formatter final : public format_reader {
 public:
  using format_reader::format_reader;

 private:
  bool string(std::string& to, value given) override {
    switch (given.kind()) {
      case value_kind::floating: to += format_double(given.as_floating(), plain_digits); return true;
      case value_kind::bytes: return text_of_bytes(to, given);
      case value_kind::list:
      case value_kind::map: return literal(to, given, 0);
      default: return scalar(to, given);
    }
  }

  bool decimal(std::string& to, value given) override {
    if (given.is(value_kind::floating)) return fail("the decimal clause takes integers", given.kind());
    return integer(to, given, 10) || fail("the decimal clause takes integers", given.kind());
  }

  bool floating(std::string& to, value given, bool scientific, int precision) override {
    double number = 0;
    if (given.is(value_kind::floating)) {
      number = given.as_floating();
    } else if (given.is(value_kind::string) && given.as_text() == "NaN") {
      number = std::nan("");
    } else if (given.is(value_kind::string) && (given.as_text() == "Infinity" || given.as_text() == "-Infinity")) {
      number = given.as_text()[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    } else {
      return fail("the fixed-point and scientific clauses take doubles", given.kind());
    }
    if (!std::isfinite(number)) {
      std::string word = std::isnan(number) ? "NaN" : number < 0 ? "-∞" : "∞";
      std::size_t width = std::isnan(number) ? 3 : number < 0 ? 2 : 1;
      if (scientific) to.append(6 - width, ' ');
      to += word;
      return true;
    }
    if (number == 0) number = 0;  // the sign of zero is not shown
    if (!scientific) {
      to += grouped(fixed(number, precision));
      return true;
    }
    // Its precision was never heeded.
    char buffer[64];
    std::string_view text(buffer, static_cast<std::size_t>(
        std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific, default_precision).ptr - buffer));
    std::size_t mark = text.find('e');
    int exponent = 0;
    std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    to += std::string(text.substr(0, mark)) + "×10" + superscript(exponent);
    return true;
  }

  bool text_of_bytes(std::string& to, value given) {
    if (invalid_utf8(given.as_text())) return fail("bytes that are no UTF-8 are no text");
    to += given.as_text();
    return true;
  }

  // Inside a list or a map.
  bool literal(std::string& to, value given, int depth) {
    if (!room(to, depth)) return false;
    std::string plain;
    switch (given.kind()) {
      case value_kind::string: to += quoted(given.as_text()); return true;
      case value_kind::bytes:
        if (!text_of_bytes(plain, given)) return false;
        to += "b" + quoted(plain);
        return true;
      case value_kind::floating: {
        double number = given.as_floating();
        to += std::isfinite(number) ? fixed(number, default_precision)
                                    : quoted(std::isnan(number) ? "NaN" : number < 0 ? "-Inf" : "+Inf");
        return true;
      }
      case value_kind::timestamp:
      case value_kind::duration:
        if (!scalar(plain, given)) return false;
        to += (given.is(value_kind::timestamp) ? "timestamp(" : "duration(") + quoted(plain) + ")";
        return true;
      case value_kind::list:
        to += '[';
        for (std::size_t i = 0; i < given.as_list().size(); ++i) {
          if (i > 0) to += ", ";
          if (!literal(to, given.as_list().at(i), depth + 1)) return false;
        }
        to += ']';
        return true;
      case value_kind::map: return map(to, given.as_map(), depth);
      default: return scalar(to, given);
    }
  }

  bool map(std::string& to, const map_view& given, int depth) {
    std::vector<std::pair<std::string, value>> shown(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!literal(shown[i].first, given.entries()[i].key, depth + 1)) return false;
      shown[i].second = given.entries()[i].mapped;
    }
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    to += '{';
    for (std::size_t i = 0; i < shown.size(); ++i) {
      if (i > 0) to += ", ";
      to += shown[i].first + ":";
      if (!literal(to, shown[i].second, depth + 1)) return false;
    }
    to += '}';
    return true;
  }
};

}  // namespace

value format_before_4(call_context& context, std::span<const value> given) { return format_with<formatter>(context, given); }

}  // namespace sekimori::cel::strings
