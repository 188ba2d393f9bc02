// oracle: the strings pack over code points. Entry points: text.hpp.
#include "text.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "times.hpp"

namespace oracle {

namespace {

// Length of the code point at `at`, 0 where it is none; `point` is what it says.
std::size_t decode(const std::string& text, std::size_t at, char32_t& point) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  std::size_t length = byte(0) < 0x80 ? 1 : byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) >= 0x80 && (byte(0) < 0xc2 || byte(0) > 0xf4)) return 0;
  if (at + length > text.size()) return 0;
  point = length == 1 ? byte(0) : byte(0) & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    point = point << 6 | (byte(i) & 0x3f);
  }
  static const char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0 : length;
}

}  // namespace

std::u32string code_points(const std::string& text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    char32_t point = 0;
    std::size_t length = decode(text, at, point);
    points += length == 0 ? char32_t{0xfffd} : point;
    at += length == 0 ? 1 : length;
  }
  return points;
}

bool is_utf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    char32_t point = 0;
    std::size_t length = decode(text, at, point);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string utf8(const std::u32string& points) {
  std::string text;
  for (char32_t p : points) {
    if (p < 0x80) {
      text += static_cast<char>(p);
    } else if (p < 0x800) {
      text += static_cast<char>(0xc0 | p >> 6);
      text += static_cast<char>(0x80 | (p & 0x3f));
    } else if (p < 0x10000) {
      text += static_cast<char>(0xe0 | p >> 12);
      text += static_cast<char>(0x80 | (p >> 6 & 0x3f));
      text += static_cast<char>(0x80 | (p & 0x3f));
    } else {
      text += static_cast<char>(0xf0 | p >> 18);
      text += static_cast<char>(0x80 | (p >> 12 & 0x3f));
      text += static_cast<char>(0x80 | (p >> 6 & 0x3f));
      text += static_cast<char>(0x80 | (p & 0x3f));
    }
  }
  return text;
}

namespace {

// The fewest digits that read back, as "d.ddde+xx".
std::string shortest(double number) {
  char buffer[64];
  for (int digits = 0; digits < 18; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*e", digits, number);
    if (std::strtod(buffer, nullptr) == number) break;
  }
  return buffer;
}

bool not_finite(double number, std::string& text, const char* infinity) {
  if (std::isnan(number)) text = "NaN";
  else if (std::isinf(number)) text = std::string(number < 0 ? "-" : infinity[0] == '+' ? "+" : "") + (infinity + (infinity[0] == '+'));
  return !std::isfinite(number);
}

}  // namespace

// Without an exponent: the digits of the shortest form, moved.
std::string plain(double number) {
  std::string text;
  if (not_finite(number, text, "Infinity")) return text;
  text = shortest(number);
  bool negative = text[0] == '-';
  std::size_t e = text.find('e');
  int exponent = std::atoi(text.c_str() + e + 1);
  std::string figures;
  for (char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') figures += c;
  }
  if (exponent < 0) {
    figures = "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + figures;
  } else {
    if (figures.size() <= static_cast<std::size_t>(exponent)) figures.append(static_cast<std::size_t>(exponent) + 1 - figures.size(), '0');
    if (figures.size() > static_cast<std::size_t>(exponent) + 1) figures.insert(static_cast<std::size_t>(exponent) + 1, ".");
  }
  return (negative ? "-" : "") + figures;
}

std::string string_of(const duration& given, dialect spoken) {
  if (!spoken.has(habit::durations_as_doubles)) return write(given);
  return plain(static_cast<double>(given.nanos / second) + static_cast<double>(given.nanos % second) / 1e9) + "s";
}

std::string string_of(double number) {
  std::string text;
  if (not_finite(number, text, "+Inf")) return text;
  text = shortest(number);
  int exponent = std::atoi(text.c_str() + text.find('e') + 1);
  return exponent < -4 || exponent >= 6 ? text : plain(number);
}

namespace {

constexpr std::int64_t none = -1;

// Where `sought` stands in `in` at or after `from`.
std::int64_t find_after(const std::u32string& in, const std::u32string& sought, std::int64_t from) {
  for (std::size_t i = static_cast<std::size_t>(from); i + sought.size() <= in.size(); ++i) {
    if (in.compare(i, sought.size(), sought) == 0) return static_cast<std::int64_t>(i);
  }
  return none;
}

std::int64_t find_before(const std::u32string& in, const std::u32string& sought, std::int64_t from) {
  for (std::int64_t i = from; i >= 0; --i) {
    if (in.compare(static_cast<std::size_t>(i), sought.size(), sought) == 0) return i;
  }
  return none;
}

bool white(char32_t c) {
  static const std::u32string all = U"\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
  return all.find(c) != std::u32string::npos;
}

value list_of(const std::vector<std::u32string>& texts) {
  list made;
  for (const auto& one : texts) made.elements.push_back(utf8(one));
  return made;
}

// The pieces between separators; an empty separator parts every code point.
std::vector<std::u32string> split(std::u32string text, const std::u32string& by, std::int64_t most) {
  std::vector<std::u32string> pieces;
  if (most == 0) return pieces;
  if (by.empty() && text.empty()) return pieces;
  while (most < 0 || static_cast<std::int64_t>(pieces.size()) + 1 < most) {
    std::size_t at = by.empty() ? 1 : text.find(by);
    if (at == std::u32string::npos || (by.empty() && text.size() <= 1)) break;
    pieces.push_back(text.substr(0, at));
    text.erase(0, at + by.size());
  }
  pieces.push_back(text);
  return pieces;
}

std::u32string replace(const std::u32string& text, const std::u32string& sought, const std::u32string& with, std::int64_t most) {
  std::u32string made;
  std::size_t at = 0;
  while (at <= text.size()) {
    bool here = most != 0 && text.compare(at, sought.size(), sought) == 0;
    if (here) {
      made += with;
      if (most > 0) --most;   // below 0: all
      at += sought.size();
    }
    if (here && !sought.empty()) continue;
    if (at < text.size()) made += text[at];
    ++at;
  }
  return made;
}

}  // namespace

value string_call(std::string_view name, const std::vector<value>& arguments, dialect spoken) {
  auto text = [&](std::size_t i) { return i < arguments.size() && arguments[i].is<std::string>(); };
  auto points = [&](std::size_t i) { return code_points(arguments[i].as<std::string>()); };
  auto number = [&](std::size_t i) { return i < arguments.size() && arguments[i].is<std::int64_t>(); };
  auto integer = [&](std::size_t i) { return arguments[i].as<std::int64_t>(); };
  const std::size_t count = arguments.size();
  if (name == "join" && (count == 1 || (count == 2 && text(1))) && arguments[0].is<list>()) {
    const list& parts = arguments[0].as<list>();
    if (auto open = undecided(parts.elements)) return *open;
    std::string made;
    for (std::size_t i = 0; i < parts.elements.size(); ++i) {
      if (!parts.elements[i].is<std::string>()) return error{};
      if (i > 0 && count == 2) made += arguments[1].as<std::string>();
      made += parts.elements[i].as<std::string>();
    }
    return made;
  }
  if (!text(0)) return error{};
  const std::u32string of = points(0);
  const auto size = static_cast<std::int64_t>(of.size());
  auto inside = [&](std::int64_t i) { return i >= 0 && i <= size; };
  if (name == "charAt" && count == 2 && number(1)) return inside(integer(1)) ? value(utf8(of.substr(static_cast<std::size_t>(integer(1)), 1))) : value(error{});
  if ((name == "indexOf" || name == "lastIndexOf") && text(1) && (count == 2 || (count == 3 && number(2)))) {
    std::int64_t from = count == 3 ? integer(2) : name == "indexOf" ? 0 : size;
    if (!inside(from)) return error{};
    return name == "indexOf" ? find_after(of, points(1), from) : find_before(of, points(1), from);
  }
  if ((name == "lowerAscii" || name == "upperAscii") && count == 1) {
    std::u32string made = of;
    for (char32_t& c : made) {
      if (name == "lowerAscii" && c >= U'A' && c <= U'Z') c += 32;
      if (name == "upperAscii" && c >= U'a' && c <= U'z') c -= 32;
    }
    return utf8(made);
  }
  if (name == "replace" && text(1) && text(2) && (count == 3 || (count == 4 && number(3)))) {
    return utf8(replace(of, points(1), points(2), count == 4 ? integer(3) : -1));
  }
  if (name == "split" && text(1) && (count == 2 || (count == 3 && number(2)))) return list_of(split(of, points(1), count == 3 ? integer(2) : -1));
  if (name == "substring" && number(1) && (count == 2 || (count == 3 && number(2)))) {
    std::int64_t first = integer(1);
    std::int64_t end = count == 3 ? integer(2) : size;
    if (!inside(first) || !inside(end) || end < first) return error{};
    return utf8(of.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(end - first)));
  }
  if (name == "trim" && count == 1) {
    std::size_t first = 0;
    std::size_t end = of.size();
    while (first < end && white(of[first])) ++first;
    while (end > first && white(of[end - 1])) --end;
    return utf8(of.substr(first, end - first));
  }
  if (name == "reverse" && count == 1) return utf8(std::u32string(of.rbegin(), of.rend()));
  if (name == "strings.quote" && count == 1) {
    static const std::u32string special = U"\a\b\f\n\r\t\v\\\"";
    static const std::u32string letters = U"abfnrtv\\\"";
    std::u32string made = U"\"";
    for (char32_t c : of) {
      std::size_t at = special.find(c);
      if (at != std::u32string::npos) made += {U'\\', letters[at]};
      else made += c;
    }
    return utf8(made + U"\"");
  }
  if (name == "format" && count == 2 && arguments[1].is<list>()) {
    if (auto open = undecided_inside(arguments[1])) return *open;
    return format(arguments[0].as<std::string>(), arguments[1].as<list>().elements, spoken);
  }
  return error{};
}

}  // namespace oracle
