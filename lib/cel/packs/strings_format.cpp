// cel: string.format of the strings pack, as cel-go's version 4 prints. Entry point: strings::format.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "cel/packs/strings.hpp"
#include "cel/packs/strings_format.hpp"

namespace sekimori::cel::strings {
namespace {

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

class formatter final : public format_reader {
 public:
  using format_reader::format_reader;

 private:
  bool string(std::string& to, value given) override { return shown(to, given, 0); }

  bool decimal(std::string& to, value given) override {
    if (given.is(value_kind::floating)) {
      append_double(to, given.as_floating());
      return true;
    }
    return integer(to, given, 10) || fail("the decimal clause takes numbers", given.kind());
  }

  bool floating(std::string& to, value given, bool scientific, int precision) override {
    const auto form = scientific ? std::chars_format::scientific : std::chars_format::fixed;
    switch (given.kind()) {
      case value_kind::integer: append_precise(to, static_cast<double>(given.as_integer()), form, precision); return true;
      case value_kind::unsigned_integer: append_precise(to, static_cast<double>(given.as_unsigned()), form, precision); return true;
      case value_kind::floating: append_precise(to, given.as_floating(), form, precision); return true;
      default: return fail("the fixed-point and scientific clauses take numbers", given.kind());
    }
  }

  bool shown(std::string& to, value given, int depth) {
    if (!room(to, depth)) return false;
    switch (given.kind()) {
      case value_kind::floating: append_double(to, given.as_floating()); return true;
      case value_kind::bytes:
        for (std::size_t at = 0; at < given.as_text().size();) append_utf8(to, decode_utf8(given.as_text(), at));
        return true;
      case value_kind::list: return list(to, given.as_list(), depth);
      case value_kind::map: return map(to, given.as_map(), depth);
      default: return scalar(to, given);
    }
  }

  bool list(std::string& to, const list_view& given, int depth) {
    to += '[';
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (i > 0) to += ", ";
      if (!shown(to, given.at(i), depth + 1)) return false;
    }
    to += ']';
    return true;
  }

  // Ordered by the keys' text, whatever their types are.
  bool map(std::string& to, const map_view& given, int depth) {
    if (!given.type_name().empty()) return fail("the string clause does not take objects");
    const map_entry* entries = given.entries();
    std::vector<std::pair<std::string, value>> entries_by_text(given.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!shown(entries_by_text[i].first, entries[i].key, depth + 1)) return false;
      entries_by_text[i].second = entries[i].mapped;
    }
    std::stable_sort(entries_by_text.begin(), entries_by_text.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    to += '{';
    for (std::size_t i = 0; i < entries_by_text.size(); ++i) {
      if (i > 0) to += ", ";
      to += entries_by_text[i].first;
      to += ": ";
      if (!shown(to, entries_by_text[i].second, depth + 1)) return false;
    }
    to += '}';
    return true;
  }
};

}  // namespace

value format(call_context& context, std::span<const value> given) { return format_with<formatter>(context, given); }

}  // namespace sekimori::cel::strings
