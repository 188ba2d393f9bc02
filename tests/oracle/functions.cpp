// oracle: the functions of the standard library and of the math, lists, sets, optionals and encoders
// packs. Entry point: call. Each looks at the kinds of its arguments; what fits nothing is an error.
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluate.hpp"
#include "text.hpp"
#include "times.hpp"

namespace oracle {

namespace {

using values = std::vector<value>;
constexpr double two63 = 9223372036854775808.0;
constexpr double two64 = 18446744073709551616.0;

value read_int(const std::string& text, bool with_sign) {
  std::size_t at = 0;
  bool negative = !text.empty() && text[0] == '-';
  if (negative && !with_sign) return error{};
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) at = 1;
  if (at == text.size() || text.size() > 40) return error{};
  wide number = 0;
  for (; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') return error{};
    number = number * 10 + (text[at] - '0');
    if (number > wide{1} << 80) return error{};
  }
  if (negative) number = -number;
  if (with_sign) {
    bool fits = number >= std::numeric_limits<std::int64_t>::min() && number <= std::numeric_limits<std::int64_t>::max();
    return fits ? value(static_cast<std::int64_t>(number)) : value(error{});
  }
  return number <= wide{std::numeric_limits<std::uint64_t>::max()} ? value(static_cast<std::uint64_t>(number)) : value(error{});
}

value read_double(const std::string& text) {
  std::string rest = text;
  for (char& c : rest) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) rest.erase(0, 1);
  bool named = rest == "nan" || rest == "inf" || rest == "infinity";
  bool digit = false;
  if (!named) {
    std::size_t at = 0;
    auto digits = [&] {
      std::size_t first = at;
      while (at < rest.size() && rest[at] >= '0' && rest[at] <= '9') ++at;
      return at > first;
    };
    digit = digits();
    if (at < rest.size() && rest[at] == '.') {
      ++at;
      digit = digits() || digit;
    }
    if (at < rest.size() && rest[at] == 'e') {
      ++at;
      if (at < rest.size() && (rest[at] == '+' || rest[at] == '-')) ++at;
      digit = digits() && digit;
    }
    if (!digit || at != rest.size()) return error{};
  }
  double number = std::strtod(text.c_str(), nullptr);
  if (!named && std::isinf(number)) return error{};
  return number;
}

value convert(std::string_view name, const value& v) {
  if (name == "int") {
    if (v.is<std::int64_t>()) return v;
    if (v.is<std::uint64_t>()) return v.as<std::uint64_t>() <= std::uint64_t{INT64_MAX} ? value(static_cast<std::int64_t>(v.as<std::uint64_t>())) : value(error{});
    if (v.is<double>()) return v.as<double>() > -two63 && v.as<double>() < two63 ? value(static_cast<std::int64_t>(v.as<double>())) : value(error{});
    if (v.is<std::string>()) return read_int(v.as<std::string>(), true);
    if (v.is<timestamp>()) {
      wide nanos = v.as<timestamp>().nanos;
      return static_cast<std::int64_t>(nanos >= 0 ? nanos / second : -((-nanos + second - 1) / second));
    }
  } else if (name == "uint") {
    if (v.is<std::uint64_t>()) return v;
    if (v.is<std::int64_t>()) return v.as<std::int64_t>() >= 0 ? value(static_cast<std::uint64_t>(v.as<std::int64_t>())) : value(error{});
    if (v.is<double>()) return v.as<double>() >= 0 && v.as<double>() < two64 ? value(static_cast<std::uint64_t>(v.as<double>())) : value(error{});
    if (v.is<std::string>()) return read_int(v.as<std::string>(), false);
  } else if (name == "double") {
    if (v.is<double>()) return v;
    if (v.is<std::int64_t>()) return static_cast<double>(v.as<std::int64_t>());
    if (v.is<std::uint64_t>()) return static_cast<double>(v.as<std::uint64_t>());
    if (v.is<std::string>()) return read_double(v.as<std::string>());
  } else if (name == "bool") {
    if (v.is<bool>()) return v;
    if (v.is<std::string>()) {
      for (const char* yes : {"true", "TRUE", "True", "t", "1"}) {
        if (v.as<std::string>() == yes) return true;
      }
      for (const char* no : {"false", "FALSE", "False", "f", "0"}) {
        if (v.as<std::string>() == no) return false;
      }
    }
  } else if (name == "string") {
    if (v.is<std::string>()) return v;
    if (v.is<bool>()) return std::string(v.as<bool>() ? "true" : "false");
    if (v.is<std::int64_t>()) return std::to_string(v.as<std::int64_t>());
    if (v.is<std::uint64_t>()) return std::to_string(v.as<std::uint64_t>());
    if (v.is<double>()) return string_of(v.as<double>());
    if (v.is<bytes>()) return is_utf8(v.as<bytes>().octets) ? value(v.as<bytes>().octets) : value(error{});
    if (v.is<timestamp>()) return write(v.as<timestamp>());
    if (v.is<duration>()) return write(v.as<duration>());
  } else if (name == "bytes") {
    if (v.is<bytes>()) return v;
    if (v.is<std::string>()) return bytes{v.as<std::string>()};
  } else if (name == "timestamp") {
    if (v.is<timestamp>()) return v;
    if (v.is<std::string>()) return read_timestamp(v.as<std::string>());
    if (v.is<std::int64_t>()) return timestamp_of(wide{v.as<std::int64_t>()} * second);
  } else if (name == "duration") {
    if (v.is<duration>()) return v;
    if (v.is<std::string>()) return read_duration(v.as<std::string>());
  }
  return error{};
}

value size(const value& v) {
  if (v.is<std::string>()) return static_cast<std::int64_t>(code_points(v.as<std::string>()).size());
  if (v.is<bytes>()) return static_cast<std::int64_t>(v.as<bytes>().octets.size());
  if (v.is<list>()) return static_cast<std::int64_t>(v.as<list>().elements.size());
  if (v.is<map>()) return static_cast<std::int64_t>(v.as<map>().entries.size());
  return error{};
}

value greatest_or_least(bool greatest, const values& given) {
  if (given.empty()) return error{};
  value best = given[0];
  for (const value& v : given) {
    auto found = v.is_number() ? order(v, best) : std::nullopt;
    if (!found) return error{};
    if (*found == (greatest ? 1 : -1)) best = v;
  }
  return best;
}

value math_call(std::string_view name, const values& given) {
  if (name == "greatest" || name == "least") {
    if (given.size() == 1 && given[0].is<list>()) {
      if (auto open = undecided(given[0].as<list>().elements)) return *open;
      return greatest_or_least(name == "greatest", given[0].as<list>().elements);
    }
    return greatest_or_least(name == "greatest", given);
  }
  if (given.empty()) return error{};
  const value& v = given[0];
  if (given.size() == 2) {
    // Two's complement, whatever the sign.
    auto bits = [](const value& of) { return of.is<std::int64_t>() ? static_cast<std::uint64_t>(of.as<std::int64_t>()) : of.as<std::uint64_t>(); };
    auto as_first = [&](std::uint64_t made) { return v.is<std::int64_t>() ? value(static_cast<std::int64_t>(made)) : value(made); };
    if (!v.is<std::int64_t>() && !v.is<std::uint64_t>()) return error{};
    if (name == "bitShiftLeft" || name == "bitShiftRight") {
      if (!given[1].is<std::int64_t>() || given[1].as<std::int64_t>() < 0) return error{};
      std::int64_t by = given[1].as<std::int64_t>();
      std::uint64_t made = bits(v);
      for (std::int64_t i = 0; i < std::min<std::int64_t>(by, 64); ++i) made = name == "bitShiftLeft" ? made * 2 : made / 2;
      return as_first(made);
    }
    if (v.held.index() != given[1].held.index()) return error{};
    if (name == "bitAnd") return as_first(bits(v) & bits(given[1]));
    if (name == "bitOr") return as_first(bits(v) | bits(given[1]));
    if (name == "bitXor") return as_first(bits(v) ^ bits(given[1]));
    return error{};
  }
  if (given.size() != 1) return error{};
  if (v.is<std::int64_t>()) {
    std::int64_t number = v.as<std::int64_t>();
    if (name == "abs") return number < 0 ? negate(v) : v;
    if (name == "sign") return std::int64_t{number > 0 ? 1 : number < 0 ? -1 : 0};
    if (name == "bitNot") return -1 - number;
    if (name == "sqrt") return std::sqrt(static_cast<double>(number));
  } else if (v.is<std::uint64_t>()) {
    std::uint64_t number = v.as<std::uint64_t>();
    if (name == "abs") return v;
    if (name == "sign") return std::uint64_t{number > 0 ? 1u : 0u};
    if (name == "bitNot") return std::numeric_limits<std::uint64_t>::max() - number;
    if (name == "sqrt") return std::sqrt(static_cast<double>(number));
  } else if (v.is<double>()) {
    double number = v.as<double>();
    if (name == "abs") return std::fabs(number);
    if (name == "sign") return std::isnan(number) ? number : number > 0 ? 1.0 : number < 0 ? -1.0 : 0.0;
    if (name == "sqrt") return std::sqrt(number);
    if (name == "ceil") return std::ceil(number);
    if (name == "floor") return std::floor(number);
    if (name == "trunc") return std::trunc(number);
    if (name == "round") return std::isfinite(number) ? std::copysign(std::floor(std::fabs(number)) + (std::fabs(number) - std::floor(std::fabs(number)) >= 0.5 ? 1 : 0), number) : number;
    if (name == "isNaN") return number != number;
    if (name == "isInf") return std::fabs(number) == std::numeric_limits<double>::infinity();
    if (name == "isFinite") return number - number == 0;
  }
  return error{};
}

// Whether one of the elements is equal.
value member(const value& sought, const values& elements) {
  values same;
  for (const value& v : elements) {
    same.push_back(equal(sought, v));
    if (same.back().is_true()) return true;
  }
  return undecided(same).value_or(false);
}

value all_members(const values& sought, const values& elements) {
  values found;
  for (const value& v : sought) {
    found.push_back(member(v, elements));
    if (found.back().is_false()) return false;
  }
  return undecided(found).value_or(true);
}

value sets_call(std::string_view name, const values& given) {
  if (given.size() != 2 || !given[0].is<list>() || !given[1].is<list>()) return error{};
  const values& a = given[0].as<list>().elements;
  const values& b = given[1].as<list>().elements;
  if (name == "contains") return all_members(b, a);
  if (name == "intersects") {
    values found;
    for (const value& v : b) {
      found.push_back(member(v, a));
      if (found.back().is_true()) return true;
    }
    return undecided(found).value_or(false);
  }
  if (name != "equivalent") return error{};
  value forth = all_members(b, a);
  value back = all_members(a, b);
  if (forth.is_false() || back.is_false()) return false;
  return undecided({forth, back}).value_or(true);
}

value flatten(const list& of, std::int64_t depth) {
  list made;
  values open;
  if (!of.whole()) open.push_back(why_of(of));
  for (const value& v : of.elements) {
    if (v.undecided()) open.push_back(v);
    if (v.is<list>() && depth > 0) {
      value inner = flatten(v.as<list>(), depth - 1);
      if (inner.undecided()) open.push_back(inner);
      else made.elements.insert(made.elements.end(), inner.as<list>().elements.begin(), inner.as<list>().elements.end());
    } else {
      made.elements.push_back(v);
    }
  }
  return undecided(open).value_or(made);
}

value list_call(std::string_view name, const values& given) {
  if (name == "lists.range" && given.size() == 1 && given[0].is<std::int64_t>()) {
    list made;
    if (given[0].as<std::int64_t>() > 100'000) throw out_of_scope("a long list");
    for (std::int64_t i = 0; i < given[0].as<std::int64_t>(); ++i) made.elements.push_back(i);
    return made;
  }
  if (given.empty() || !given[0].is<list>()) return error{};
  const list& of = given[0].as<list>();
  const auto count = static_cast<std::int64_t>(of.elements.size());
  if (name == "slice" && given.size() == 3 && given[1].is<std::int64_t>() && given[2].is<std::int64_t>()) {
    std::int64_t first = given[1].as<std::int64_t>();
    std::int64_t end = given[2].as<std::int64_t>();
    if (first < 0 || end < first || end > count) return error{};
    return list{values(of.elements.begin() + first, of.elements.begin() + end), {}, false, {}};
  }
  if (name == "flatten" && (given.size() == 1 || (given.size() == 2 && given[1].is<std::int64_t>()))) {
    std::int64_t depth = given.size() == 1 ? 1 : given[1].as<std::int64_t>();
    return depth < 0 ? value(error{}) : flatten(of, depth);
  }
  if (given.size() != 1) return error{};
  if (name == "reverse") return list{values(of.elements.rbegin(), of.elements.rend()), {}, false, {}};
  if (name == "first" || name == "last") {
    if (count == 0) return optional{};
    const value& v = name == "first" ? of.elements.front() : of.elements.back();
    return v.undecided() ? v : value(optional{{v}});
  }
  if (name == "distinct") {
    if (auto open = undecided_inside(given[0])) return *open;
    list made;
    for (const value& v : of.elements) {
      if (member(v, made.elements).is_false()) made.elements.push_back(v);
    }
    return made;
  }
  if (name == "sort") {
    if (auto open = undecided(of.elements)) return *open;
    for (const value& v : of.elements) {
      if (v.held.index() != of.elements[0].held.index() || !order(v, v)) return error{};
    }
    list made = of;
    std::stable_sort(made.elements.begin(), made.elements.end(), [](const value& a, const value& b) { return order(a, b) == -1; });
    return made;
  }
  if (name == "unwrap") {
    list made;
    values open;
    for (const value& v : of.elements) {
      if (v.undecided() || !v.is<optional>()) open.push_back(v.undecided() ? v : value(error{}));
      else if (!v.as<optional>().held.empty()) made.elements.push_back(v.as<optional>().held[0]);
    }
    return undecided(open).value_or(made);
  }
  return error{};
}

bool is_zero(const value& v) {
  if (v.is<null>()) return true;
  if (v.is<bool>()) return !v.as<bool>();
  if (v.is_number()) return equal(v, std::int64_t{0}).is_true();
  if (v.is<timestamp>()) return v.as<timestamp>().nanos == 0;
  if (v.is<duration>()) return v.as<duration>().nanos == 0;
  if (v.is<optional>()) return v.as<optional>().held.empty();
  value length = size(v);
  return length.is<std::int64_t>() && length.as<std::int64_t>() == 0;
}

value base64(bool encode, const value& v) {
  static const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits;
  std::string made;
  if (encode) {
    if (!v.is<bytes>()) return error{};
    for (char c : v.as<bytes>().octets) {
      for (int i = 7; i >= 0; --i) bits += static_cast<char>('0' + (static_cast<unsigned char>(c) >> i & 1));
    }
    while (bits.size() % 6 != 0) bits += '0';
    for (std::size_t i = 0; i < bits.size(); i += 6) made += alphabet[std::stoul(bits.substr(i, 6), nullptr, 2)];
    while (made.size() % 4 != 0) made += '=';
    return made;
  }
  if (!v.is<std::string>()) return error{};
  std::string text = v.as<std::string>();
  std::size_t padding = 0;
  while (!text.empty() && text.back() == '=') {
    text.pop_back();
    ++padding;
  }
  if (padding > 2 || text.size() % 4 == 1 || (padding > 0 && (text.size() + padding) % 4 != 0)) return error{};
  for (char c : text) {
    std::size_t digit = alphabet.find(c);
    if (digit == std::string::npos) return error{};
    for (int i = 5; i >= 0; --i) bits += static_cast<char>('0' + (digit >> i & 1));
  }
  for (std::size_t i = 0; i + 8 <= bits.size(); i += 8) made += static_cast<char>(std::stoul(bits.substr(i, 8), nullptr, 2));
  return bytes{made};
}

value standard_method(std::string_view name, const values& given) {
  const value& v = given[0];
  if (name.starts_with("get") && given.size() <= 2) {
    if (given.size() == 2 && (!given[1].is<std::string>() || !v.is<timestamp>())) return error{};
    return part(name, v, given.size() == 2 ? given[1].as<std::string>() : std::string());
  }
  if (name == "contains" || name == "startsWith" || name == "endsWith") {
    if (given.size() != 2 || !v.is<std::string>() || !given[1].is<std::string>()) return error{};
    const std::string& in = v.as<std::string>();
    const std::string& sought = given[1].as<std::string>();
    if (name == "contains") return in.find(sought) != std::string::npos;
    if (sought.size() > in.size()) return false;
    return in.compare(name == "startsWith" ? 0 : in.size() - sought.size(), sought.size(), sought) == 0;
  }
  if (name == "value" && given.size() == 1 && v.is<optional>()) return v.as<optional>().held.empty() ? value(error{}) : v.as<optional>().held[0];
  if (name == "hasValue" && given.size() == 1 && v.is<optional>()) return !v.as<optional>().held.empty();
  if (name == "unwrapOpt") return list_call("unwrap", given);
  for (const char* one : {"slice", "flatten", "first", "last", "distinct", "sort"}) {
    if (name == one) return list_call(name, given);
  }
  if (name == "reverse" && v.is<list>()) return list_call(name, given);
  return string_call(name, given);
}

}  // namespace

value call(std::string_view name, bool method, const values& given) {
  if (name == "matches" && given.size() == 2 && given[0].is<std::string>() && given[1].is<std::string>()) {
    re2::RE2 pattern(given[1].as<std::string>(), re2::RE2::Quiet);
    return pattern.ok() ? value(re2::RE2::PartialMatch(given[0].as<std::string>(), pattern)) : value(error{});
  }
  if (name == "size") return given.size() == 1 ? size(given[0]) : value(error{});
  if (method) return standard_method(name, given);
  if (name == "dyn") return given[0];
  if (name == "type") return type{type_name(given[0])};
  if (name.starts_with("math.")) return math_call(name.substr(5), given);
  if (name.starts_with("sets.")) return sets_call(name.substr(5), given);
  if (name == "lists.range") return list_call(name, given);
  if (name == "optional.of") return optional{{given[0]}};
  if (name == "optional.none") return optional{};
  if (name == "optional.ofNonZeroValue") return is_zero(given[0]) ? value(optional{}) : value(optional{{given[0]}});
  if (name == "optional.unwrap") return list_call("unwrap", given);
  if (name == "base64.encode" || name == "base64.decode") return base64(name == "base64.encode", given[0]);
  if (name == "strings.quote") return string_call(name, given);
  if (given.size() == 1) {
    for (const char* one : {"int", "uint", "double", "bool", "string", "bytes", "timestamp", "duration"}) {
      if (name == one) return convert(name, given[0]);
    }
  }
  throw out_of_scope("the function " + std::string(name));
}

}  // namespace oracle
