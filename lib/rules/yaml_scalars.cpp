// rules: quoted scalars decoded, and what a plain one is. Entry points: single_quoted_text, double_quoted_text,
// block_indicator, behind_bracket, control_character, kind_of, describe.
#include "rules/yaml_scalars.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/text.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {
namespace {

// The number that `digits` hexadecimal digits at `at` say; `at` moves behind them.
char32_t hexadecimal(std::string_view raw, std::size_t& at, int digits) {
  std::uint32_t code = 0;
  for (; digits > 0 && at < raw.size(); --digits, ++at) {
    const char c = static_cast<char>(raw[at] | 0x20);
    code = code * 16 + static_cast<std::uint32_t>(c >= 'a' ? c - 'a' + 10 : raw[at] - '0');
  }
  return code;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_of(std::string_view text, bool (*allowed)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_integer(std::string_view text) {
  if (text.starts_with("0o")) return all_of(text.substr(2), [](char c) { return c >= '0' && c <= '7'; });
  if (text.starts_with("0x")) {
    return all_of(text.substr(2), [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
  }
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return all_of(text, is_digit);
}

bool is_floating(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  std::size_t at = 0, digits = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) ++digits;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at) ++digits;
  }
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  return all_of(text.substr(at), is_digit);
}

}  // namespace

// What stands between single quotes, read here: libfyaml 0.7 loses memory over text with many ''.
// A run of white space with a line end in it is one space, or, with several line ends, one line end fewer.
std::string single_quoted_text(std::string_view raw) {
  std::string text;
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '\'') {
      text += '\'';
      at += 2;
      continue;
    }
    const std::size_t begin = at;
    std::size_t breaks = 0;
    while (at < raw.size() && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\n' || raw[at] == '\r')) {
      if (raw[at] == '\n' || (raw[at] == '\r' && !(at + 1 < raw.size() && raw[at + 1] == '\n'))) ++breaks;
      ++at;
    }
    if (breaks == 1) text += ' ';
    else if (breaks > 1) text.append(breaks - 1, '\n');
    else if (at > begin) text += raw.substr(begin, at - begin);
    else text += raw[at++];
  }
  return text;
}

// What stands between double quotes, read here: libfyaml 0.7 loses text after an escaped backslash at a line's end.
// The scanner has refused escapes that YAML does not have.
std::string double_quoted_text(std::string_view raw) {
  static constexpr std::string_view names = "0abt\tnvfre \"/\\N_LP";
  static constexpr char32_t codes[] = {0, 7, 8, 9, 9, 10, 11, 12, 13, 27, ' ', '"', '/', '\\', 0x85, 0xa0, 0x2028, 0x2029};
  std::string text;
  const auto blank = [&](std::size_t at) { return at < raw.size() && (raw[at] == ' ' || raw[at] == '\t'); };
  const auto line_end = [&](std::size_t& at) {
    if (at >= raw.size() || (raw[at] != '\n' && raw[at] != '\r')) return false;
    at += raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n' ? 2 : 1;
    return true;
  };
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] != '\\') {
      // A run of white space with a line end in it is one space, or, with several line ends, one line end fewer.
      const std::size_t begin = at;
      while (blank(at)) ++at;
      std::size_t breaks = 0;
      for (std::size_t next = at; line_end(next); at = next) {
        ++breaks;
        while (blank(next)) ++next;
      }
      if (breaks == 1) text += ' ';
      else if (breaks > 1) text.append(breaks - 1, '\n');
      else if (at > begin) text += raw.substr(begin, at - begin);
      else text += raw[at++];
      continue;
    }
    if (line_end(++at)) {                          // the line goes on; so may empty ones after it
      std::size_t breaks = 0;
      while (blank(at)) ++at;
      for (std::size_t next = at; line_end(next); at = next) {
        ++breaks;
        while (blank(next)) ++next;
      }
      text.append(breaks, '\n');
      continue;
    }
    if (at >= raw.size()) break;
    const char name = raw[at++];
    const std::size_t known = names.find(name);
    if (known != std::string_view::npos) {
      append_utf8(text, codes[known]);
      continue;
    }
    char32_t code = hexadecimal(raw, at, name == 'x' ? 2 : name == 'u' ? 4 : 8);
    // JSON writes what is beyond 16 bits as two.
    if (name == 'u' && code >= 0xd800 && code < 0xdc00 && raw.substr(at, 2) == "\\u") {
      std::size_t after = at + 2;
      const char32_t low = hexadecimal(raw, after, 4);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at = after;
      }
    }
    append_utf8(text, code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code);
  }
  return text;
}

// Eight bytes are looked at together: most words hold no byte
// below a space.
std::optional<std::size_t> control_character(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    if (at + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof word);
      const std::uint64_t below_space = (word - ones * 0x20) & ~word, deleted = ((word ^ ones * 0x7f) - ones) & ~(word ^ ones * 0x7f);
      if (((below_space | deleted) & tops) == 0) {
        at += sizeof word;
        continue;
      }
    }
    for (const std::size_t end = std::min(at + sizeof word, text.size()); at < end; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) return at;
    }
  }
  return std::nullopt;
}

std::uint32_t block_indicator(std::string_view text, std::uint32_t from, std::uint32_t content) {
  const std::size_t found = text.substr(0, content).find_first_of("|>", from);
  return found == std::string_view::npos ? content : static_cast<std::uint32_t>(found);
}

std::uint32_t behind_bracket(std::string_view text, std::uint32_t from, char closing) {
  std::size_t at = from;
  while (at < text.size() && text[at] != closing) {
    if (text[at] == '#') at = std::min(text.find('\n', at), text.size());
    else ++at;
  }
  return at < text.size() ? static_cast<std::uint32_t>(at + 1) : from;
}

scalar_kind kind_of(const node& scalar) {
  const std::string_view text = scalar.text;
  if (scalar.omitted) return scalar_kind::null;
  if (scalar.style != scalar_style::plain) return scalar_kind::string;
  // Nearly all words are strings, and their first letter says so.
  const char first = text.empty() ? '\0' : text.front();
  if (first >= 'a' && first <= 'z' && first != 'n' && first != 't' && first != 'f') return scalar_kind::string;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return scalar_kind::null;
  if (text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" || text == "FALSE") {
    return scalar_kind::boolean;
  }
  if (is_integer(text)) return scalar_kind::integer;
  if (is_floating(text)) return scalar_kind::floating;
  return scalar_kind::string;
}

std::string_view describe(const node& shown) {
  switch (shown.kind) {
    case node_kind::sequence: return "a list";
    case node_kind::mapping: return "a mapping";
    case node_kind::refused: return "nothing";
    case node_kind::scalar: break;
  }
  switch (kind_of(shown)) {
    case scalar_kind::null: return "nothing";
    case scalar_kind::boolean: return "true or false";
    case scalar_kind::integer:
    case scalar_kind::floating: return "a number";
    case scalar_kind::string: return "a string";
  }
  return "nothing";
}

}  // namespace sekimori::rules
