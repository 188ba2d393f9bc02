// oracle: the functions of the standard library and of the math, lists, sets, optionals and encoders
// packs. Entry point: call. Each looks at the kinds of its arguments; what fits nothing is an error.
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluate.hpp"
#include "network.hpp"
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
  if (with_sign && !text.empty() && (text[0] == '-' || text[0] == '+')) at = 1;
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
  bool named = (rest == "nan" && rest.size() == text.size()) || rest == "inf" || rest == "infinity";
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

value convert(std::string_view name, const value& v, dialect spoken) {
  if (name == "int") {
    if (v.is<std::int64_t>()) return v;
    if (v.is<std::uint64_t>()) return v.as<std::uint64_t>() <= std::uint64_t{INT64_MAX} ? value(static_cast<std::int64_t>(v.as<std::uint64_t>())) : value(error{});
    if (v.is<double>()) return v.as<double>() > -two63 && v.as<double>() < two63 ? value(static_cast<std::int64_t>(v.as<double>())) : value(error{});
    if (v.is<std::string>()) return read_int(v.as<std::string>(), true);
    if (v.is<timestamp>()) {
      wide nanos = v.as<timestamp>().nanos;  // whole seconds before it
      return static_cast<std::int64_t>(nanos >= 0 ? nanos / second : -((-nanos + second - 1) / second));
    }
    if (v.is<duration>()) return static_cast<std::int64_t>(v.as<duration>().nanos);
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
      if (spoken.has(habit::short_bools) && v.as<std::string>() == "T") return true;
      if (spoken.has(habit::short_bools) && v.as<std::string>() == "F") return false;
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
    if (v.is<duration>()) return string_of(v.as<duration>(), spoken);
  } else if (name == "bytes") {
    if (v.is<bytes>()) return v;
    if (v.is<std::string>()) return bytes{v.as<std::string>()};
  } else if (name == "timestamp") {
    if (v.is<timestamp>()) return v;
    if (v.is<std::string>() && spoken.has(habit::upper_case_instants) && v.as<std::string>().find_first_of("tz") != std::string::npos) return error{};
    if (v.is<std::string>()) {
      value read = read_timestamp(v.as<std::string>());
      return read.is<timestamp>() && !spoken.has(habit::offsets_stay) ? value(timestamp{read.as<timestamp>().nanos}) : read;
    }
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
  for (std::size_t i = 0; i < given.size(); ++i) {
    const value& v = given[i];
    if (!v.is_number()) return error{};
    auto found = i == 0 ? std::optional<int>(0) : order(v, best);
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

// Whether one of the members is equal; a member that is only possible, or an open tail, leaves that open.
value member(const value& sought, const list& of) {
  values same;
  for (std::size_t i = 0; i < of.elements.size(); ++i) {
    same.push_back(equal(sought, of.elements[i]));
    if (same.back().is_true() && of.is_certain(i)) return true;
    if (!same.back().is_false() && !of.is_certain(i)) same.back() = why_of(of);
  }
  if (of.open) same.push_back(why_of(of));
  return undecided(same).value_or(false);
}

// What each element of a list says about another list: of one that is only possible nothing follows
// but what it would have left as it is.
values memberships(const list& sought, const list& of, bool neutral) {
  values found;
  for (std::size_t i = 0; i < sought.elements.size(); ++i) {
    value v = member(sought.elements[i], of);
    if (!sought.is_certain(i) && !(v.is<bool>() && v.as<bool>() == neutral)) {
      if (v.is<unknown>()) found.push_back(v);
      v = why_of(sought);
    }
    found.push_back(v);
  }
  return found;
}

value all_members(const list& sought, const list& of) {
  values found = memberships(sought, of, true);
  for (const value& v : found) {
    if (v.is_false()) return false;
  }
  if (sought.open) found.push_back(why_of(sought));
  return undecided(found).value_or(true);
}

value sets_call(std::string_view name, const values& given) {
  if (given.size() != 2 || !given[0].is<list>() || !given[1].is<list>()) return error{};
  const list& a = given[0].as<list>();
  const list& b = given[1].as<list>();
  if (name == "contains") return all_members(b, a);
  if (name == "intersects") {
    values found = memberships(b, a, false);
    for (const value& v : found) {
      if (v.is_true()) return true;
    }
    if (a.open && (b.open || !b.elements.empty())) found.push_back(why_of(a));
    if (b.open && (a.open || !a.elements.empty())) found.push_back(why_of(b));
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

value list_call(std::string_view name, const values& given, dialect spoken) {
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
      if (member(v, made).is_false()) made.elements.push_back(v);
    }
    return made;
  }
  if (name == "sort") {
    if (auto open = undecided(of.elements)) return *open;
    for (const value& v : of.elements) {
      bool sorted_anyway = v.is<double>() && (count == 1 || spoken.has(habit::nan_beside_anything));
      if (v.held.index() != of.elements[0].held.index() || (!order(v, v) && !sorted_anyway)) return error{};
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

// A timestamp is zero where its range begins, as in cel-go.
bool is_zero(const value& v) {
  if (v.is<null>()) return true;
  if (v.is<bool>()) return !v.as<bool>();
  if (v.is_number()) return equal(v, std::int64_t{0}).is_true();
  if (v.is<timestamp>()) return v.as<timestamp>().nanos == wide{-62135596800} * second;
  if (v.is<duration>()) return v.as<duration>().nanos == 0;
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

value standard_method(std::string_view name, const values& given, dialect spoken) {
  const value& v = given[0];
  if (v.is<ip>() || v.is<cidr>()) return name == "string" ? value(error{}) : network_call(name, given, spoken);
  if (name.starts_with("get") && given.size() <= 2) {
    if (given.size() == 2 && (!given[1].is<std::string>() || !v.is<timestamp>())) return error{};
    std::string zone = given.size() == 2 ? given[1].as<std::string>() : std::string();
    if (spoken.has(habit::loose_zones) && zone.size() == 5 && zone[2] == ':') zone.insert(1, "0");
    if (spoken.has(habit::whole_milliseconds) && v.is<duration>() && name == "getMilliseconds") return static_cast<std::int64_t>(v.as<duration>().nanos / 1'000'000);
    if (spoken.has(habit::durations_as_doubles) && v.is<duration>()) {
      wide unit = name == "getHours" ? 3600 * second : name == "getMinutes" ? 60 * second : name == "getSeconds" ? second : wide{0};
      wide nanos = v.as<duration>().nanos;
      if (unit != 0) return static_cast<std::int64_t>(static_cast<double>(nanos / unit) + static_cast<double>(nanos % unit) / static_cast<double>(unit));
    }
    return part(name, v, zone);
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
  if (name == "hasValue" && given.size() == 2 && v.is<optional>()) return v.as<optional>().held.empty() ? value(false) : equal(v.as<optional>().held[0], given[1]);
  if (name == "unwrapOpt") return list_call("unwrap", given, spoken);
  for (const char* one : {"slice", "flatten", "first", "last", "distinct", "sort"}) {
    if (name == one) return list_call(name, given, spoken);
  }
  if (name == "hasAll") return sets_call("contains", given);
  if (name == "hasAny") return sets_call("intersects", given);
  if (name == "hasExactly") return sets_call("equivalent", given);
  if (name == "hasOnly" && given.size() == 2) return sets_call("contains", {given[1], given[0]});
  if (name == "reverse" && v.is<list>()) return list_call(name, given, spoken);
  if (spoken.has(habit::positions_past_the_end) && (name == "indexOf" || name == "lastIndexOf") && given.size() == 3) {
    if (!v.is<std::string>() || !given[1].is<std::string>() || !given[2].is<std::int64_t>()) return error{};
    const auto length = static_cast<std::int64_t>(code_points(v.as<std::string>()).size());
    if (given[2].as<std::int64_t>() >= length) return given[1].as<std::string>().empty() ? length : std::int64_t{-1};
  }
  return string_call(name, given, spoken);
}

}  // namespace

value call(std::string_view name, bool method, const values& given, dialect spoken) {
  if (name == "matches" && given.size() == 2 && given[0].is<std::string>() && given[1].is<std::string>()) {
    re2::RE2 pattern(given[1].as<std::string>(), re2::RE2::Quiet);
    return pattern.ok() ? value(re2::RE2::PartialMatch(given[0].as<std::string>(), pattern)) : value(error{});
  }
  if (name == "size") return given.size() == 1 ? size(given[0]) : value(error{});
  if (method) return standard_method(name, given, spoken);
  if (name == "dyn") return given[0];
  if (name == "type") return type{type_name(given[0])};
  if (name.starts_with("regex.")) return regex_call(name.substr(6), given);
  for (const char* one : {"ip", "isIP", "ip.isCanonical", "cidr", "isCIDR"}) {
    if (name == one) return network_call(name, given, spoken);
  }
  if (name == "string" && (given[0].is<ip>() || given[0].is<cidr>())) return network_call(name, given, spoken);
  if (name.starts_with("math.")) return math_call(name.substr(5), given);
  if (name.starts_with("sets.")) return sets_call(name.substr(5), given);
  if (name == "lists.range") return list_call(name, given, spoken);
  if (name == "optional.of") return optional{{given[0]}};
  if (name == "optional.none") return optional{};
  if (name == "optional.ofNonZeroValue") return is_zero(given[0]) ? value(optional{}) : value(optional{{given[0]}});
  if (name == "optional.unwrap") return list_call("unwrap", given, spoken);
  if (name == "base64.encode" || name == "base64.decode") return base64(name == "base64.encode", given[0]);
  if (name == "strings.quote") return string_call(name, given, spoken);
  if (given.size() == 1) {
    for (const char* one : {"int", "uint", "double", "bool", "string", "bytes", "timestamp", "duration"}) {
      if (name == one) return convert(name, given[0], spoken);
    }
  }
  throw out_of_scope("the function " + std::string(name));
}

}  // namespace oracle
