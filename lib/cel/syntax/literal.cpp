// cel: literals between their text and their value. Entry points: decode_literal, literal_text.
#include "cel/syntax/literal.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/text.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {
namespace {

bool decode_number(std::string_view text, token_kind kind, bool negative, span where, mistakes& found, value& decoded) {
  if (kind == token_kind::floating) {
    auto number = parse_double(text);
    if (!number) {
      found.add(diagnostic_code::cel_constant, where, "the number is too large for a double");
      return false;
    }
    decoded = value::floating(negative ? -*number : *number);
    return true;
  }
  int base = 10;
  std::string_view digits = text;
  if (kind == token_kind::unsigned_integer) digits.remove_suffix(1);
  if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
    base = 16;
    digits.remove_prefix(2);
  }
  std::uint64_t number = 0;
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  bool fits = read.ec == std::errc{};
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (kind == token_kind::integer) fits = fits && number <= largest + (negative ? 1 : 0);
  if (!fits) {
    bool is_int = kind == token_kind::integer;
    found.add(diagnostic_code::cel_constant, where,
              is_int ? "the number is outside what int holds" : "the number is outside what uint holds",
              {is_int ? "-9223372036854775808 to 9223372036854775807" : "0 to 18446744073709551615",
               is_int && read.ec == std::errc{} && !negative ? "write it with a u at its end to make it a uint" : ""});
    return false;
  }
  if (kind == token_kind::unsigned_integer) {
    decoded = value::unsigned_integer(number);
  } else {
    decoded = value::integer(static_cast<std::int64_t>(negative ? 0 - number : number));
  }
  return true;
}

// Decodes the escapes of one string or bytes literal.
class unescaper {
 public:
  unescaper(std::string_view body, std::uint32_t offset, bool is_bytes, bool raw, mistakes& found)
      : body_(body), offset_(offset), is_bytes_(is_bytes), raw_(raw), found_(found) {}

  bool run(std::string& to) {
    while (at_ < body_.size()) {
      char c = body_[at_];
      if (c == '\r') {
        // Line ends are one \n in every kind of string, so that a checkout's line ends change no rule.
        to += '\n';
        at_ += at_ + 1 < body_.size() && body_[at_ + 1] == '\n' ? 2 : 1;
      } else if (c != '\\' || raw_) {
        to += c;
        ++at_;
      } else if (!escape(to)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool fail(std::size_t begin, std::string message, std::string help = {}) {
    std::size_t end = at_ < body_.size() ? at_ : body_.size();
    if (end <= begin) end = begin + 1;
    span where{offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)};
    found_.add(diagnostic_code::cel_syntax, where, std::move(message), {"", std::move(help)});
    return false;
  }

  bool digits(int count, int base, std::uint32_t& number) {
    number = 0;
    for (int i = 0; i < count; ++i, ++at_) {
      int digit = at_ < body_.size() ? hex_value(body_[at_]) : -1;
      if (digit < 0 || digit >= base) return false;
      number = number * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  bool escape(std::string& to) {
    std::size_t begin = at_++;
    char c = at_ < body_.size() ? body_[at_] : '\0';
    constexpr std::string_view letters = "abfnrtv\\?\"'`", meanings = "\a\b\f\n\r\t\v\\?\"'`";
    std::size_t simple = letters.find(c);
    if (c != '\0' && simple != std::string_view::npos) {
      to += meanings[simple];
      ++at_;
      return true;
    }
    std::uint32_t number = 0;
    bool complete = false;
    if (c >= '0' && c <= '3') {
      complete = digits(3, 8, number);
    } else if (c == 'x' || c == 'X') {
      ++at_;
      complete = digits(2, 16, number);
    } else if (c == 'u' || c == 'U') {
      ++at_;
      complete = digits(c == 'u' ? 4 : 8, 16, number);
      if (is_bytes_) return fail(begin, "bytes have no \\u and no \\U", "write the bytes of the character with \\x");
    } else {
      if (at_ < body_.size()) ++at_;
      return fail(begin, "this escape does not exist",
                  "write \\\\ for a backslash, or put r before the quotes; "
                  "a regular expression is easiest as r\"...\"");
    }
    if (!complete) {
      if (at_ < body_.size()) ++at_;
      return fail(begin, "the escape is not complete", "\\377, \\x7f, \\u3042 and \\U0001f431 are complete");
    }
    if (is_bytes_) {
      to += static_cast<char>(number);
      return true;
    }
    bool is_surrogate = number >= 0xD800 && number <= 0xDFFF;
    if (number > 0x10FFFF || is_surrogate) return fail(begin, "the escape names no character");
    append_utf8(to, static_cast<char32_t>(number));
    return true;
  }

  std::string_view body_;
  std::uint32_t offset_;
  bool is_bytes_;
  bool raw_;
  mistakes& found_;
  std::size_t at_ = 0;
};

bool decode_text(arena& memory, std::string_view text, token literal, mistakes& found, value& decoded) {
  std::size_t begin = 0;
  bool raw = false;
  while (text[begin] != '"' && text[begin] != '\'') {
    if (text[begin] == 'r' || text[begin] == 'R') raw = true;
    ++begin;
  }
  char quote = text[begin];
  bool triple = text.size() >= begin + 6 && text[begin + 1] == quote && text[begin + 2] == quote;
  std::size_t marks = triple ? 3 : 1;
  begin += marks;
  std::string_view body = text.substr(begin, text.size() - begin - marks);
  bool is_bytes = literal.kind == token_kind::bytes;
  std::string made;
  unescaper reader(body, literal.where.begin + static_cast<std::uint32_t>(begin), is_bytes, raw, found);
  if (!reader.run(made)) return false;
  std::string_view kept = memory.copy(std::string_view(made));
  decoded = is_bytes ? value::bytes(kept) : value::string(kept);
  return true;
}

void append_escaped(std::string& to, unsigned char c, bool is_bytes) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  switch (c) {
    case '\n': to += "\\n"; return;
    case '\r': to += "\\r"; return;
    case '\t': to += "\\t"; return;
    case '"': to += "\\\""; return;
    case '\\': to += "\\\\"; return;
    default: break;
  }
  if (c < 0x20 || c == 0x7f || (is_bytes && c >= 0x80)) {
    to += "\\x";
    to += hexadecimal[c >> 4];
    to += hexadecimal[c & 15];
  } else {
    to += static_cast<char>(c);
  }
}

std::string double_text(double number) {
  // No literal is infinite or not a number; such constants come from folding only.
  if (std::isnan(number)) return "double(\"NaN\")";
  if (std::isinf(number)) return number > 0 ? "double(\"Infinity\")" : "double(\"-Infinity\")";
  char buffer[64];
  auto written = std::to_chars(buffer, buffer + sizeof buffer, number);
  std::string text(buffer, written.ptr);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

bool decode_literal(arena& memory, std::string_view source, token literal, bool negative, span where, mistakes& found,
                    value& decoded) {
  std::string_view text = source.substr(literal.where.begin, literal.where.end - literal.where.begin);
  if (literal.kind == token_kind::string || literal.kind == token_kind::bytes) {
    return decode_text(memory, text, literal, found, decoded);
  }
  return decode_number(text, literal.kind, negative, where, found, decoded);
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) append_escaped(quoted, static_cast<unsigned char>(c), false);
  return quoted + "\"";
}

std::string literal_text(value constant) {
  switch (constant.kind()) {
    case value_kind::boolean: return constant.as_boolean() ? "true" : "false";
    case value_kind::integer: return std::to_string(constant.as_integer());
    case value_kind::unsigned_integer: return std::to_string(constant.as_unsigned()) + "u";
    case value_kind::floating: return double_text(constant.as_floating());
    case value_kind::string: return quoted_text(constant.as_text());
    case value_kind::bytes: {
      std::string quoted = "b\"";
      for (char c : constant.as_text()) append_escaped(quoted, static_cast<unsigned char>(c), true);
      return quoted + "\"";
    }
    case value_kind::type: return std::string(constant.as_text());
    default: return "null";
  }
}

}  // namespace sekimori::cel
