// rules: scalars as go-yaml v2 resolves them, which is what kubectl and the API server's clients use.
#include "rules/kubernetes_yaml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/diagnostics.hpp"
#include "rules/decoder.hpp"

namespace sekimori::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// 0x, 0b, 0o and a leading 0 as Go reads them; nullopt where the text is no whole number of 64 bits.
struct whole { bool negative; std::uint64_t size; };
std::optional<whole> read_whole(std::string_view text) {
  whole made{false, 0};
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    made.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  }
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), made.size, base);
  if (text.empty() || problem != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return made;
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool has_float_form(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  const std::size_t before = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && before == 0) return false;
  } else if (before == 0) {
    return false;
  }
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::string double_text(double number) {
  // JSON's writer there leaves out `.0`, and the reader after it takes what is whole for an integer.
  if (std::trunc(number) == number && std::fabs(number) < 9.2e18) return std::to_string(static_cast<std::int64_t>(number));
  std::array<char, 64> text{};
  // A large one must not be taken for a whole number of 64 bits.
  const auto form = std::fabs(number) < 1e15 ? std::chars_format::general : std::chars_format::scientific;
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number, form);
  return problem == std::errc() ? std::string(text.data(), end) : std::string();
}

std::string quoted(std::string_view text) {
  std::string made;
  append_json_string(text, made);
  return made;
}

}  // namespace

std::string kubernetes_scalar(std::string_view plain) {
  if (one_of(plain, {"", "~", "null", "Null", "NULL"})) return "null";
  if (one_of(plain, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})) return "true";
  if (one_of(plain, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})) return "false";
  if (one_of(plain, {".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"})) return {};
  if (!is_digit(plain[0]) && plain[0] != '-' && plain[0] != '+' && plain[0] != '.') return quoted(plain);
  std::string number(plain);
  std::erase(number, '_');
  if (const auto found = read_whole(number)) {
    constexpr auto most = static_cast<std::uint64_t>(INT64_MAX);
    if (found->size <= most) return (found->negative && found->size > 0 ? "-" : "") + std::to_string(found->size);
    if (found->negative && found->size == most + 1) return std::to_string(INT64_MIN);
  }
  if (has_float_form(number)) {
    double read = 0;
    const char* begin = number.data() + (number[0] == '+' ? 1 : 0);
    const auto [stop, problem] = std::from_chars(begin, number.data() + number.size(), read);
    if (problem == std::errc() && std::isfinite(read)) return double_text(read);
  }
  if (const auto found = read_whole(number); found && !found->negative) return double_text(static_cast<double>(found->size));
  return quoted(plain);
}

std::string cloudformation_scalar(std::string_view plain) {
  const bool digits = plain.size() > 1 && plain[0] == '0' && std::all_of(plain.begin(), plain.end(), is_digit);
  return digits && plain.find_first_of("89") != std::string_view::npos ? quoted(plain) : kubernetes_scalar(plain);
}

void write_kubernetes_json(const node& from, const source_text& source, std::string& to, std::vector<diagnostic>& problems,
                           std::string (*plain)(std::string_view)) {
  const auto report = [&](const node& at, std::string message, std::string help) {
    if (problems.size() > manifest_limits.problems) return;
    problems.push_back(make_diagnostic(diagnostic_code::input_number, source, at.where, std::move(message), {"", std::move(help)}));
  };
  switch (from.kind) {
    case node_kind::refused: to += "null"; return;   // reported by the reader
    case node_kind::scalar: {
      if (from.style != scalar_style::plain) return append_json_string(from.text, to);
      const std::string made = from.omitted ? "null" : plain(from.text);
      if (made.empty()) report(from, "JSON has no such number", "put it in quotes if a string is meant");
      to += made.empty() ? "null" : made;
      return;
    }
    case node_kind::sequence:
      to += '[';
      for (std::size_t i = 0; i < from.items.size(); ++i) {
        if (i > 0) to += ',';
        write_kubernetes_json(from.items[i], source, to, problems, plain);
      }
      to += ']';
      return;
    case node_kind::mapping:
      to += '{';
      for (std::size_t i = 0; i + 1 < from.items.size(); i += 2) {
        if (i > 0) to += ',';
        const node& key = from.items[i];
        std::string name = key.style == scalar_style::plain ? plain(key.text) : quoted(key.text);
        if (name.empty() || name == "null") report(key, "a key must be a word", "put it in quotes if a string is meant");
        if (name.empty() || name[0] != '"') name = quoted(name);
        to += name + ':';
        write_kubernetes_json(from.items[i + 1], source, to, problems, plain);
      }
      to += '}';
      return;
  }
}

}  // namespace sekimori::rules
