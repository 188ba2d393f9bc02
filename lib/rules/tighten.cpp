// rules: which of two values of a parameter is the stricter. Entry points: loosening, stricter_of,
// outside_bounds, direction_fits. Knows no scopes.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <map>

#include "rules/forms.hpp"
#include "rules/parameter_type.hpp"

namespace sekimori::rules {
namespace {

bool holds(const std::vector<std::string_view>& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// The first item of `needed` that `items` lacks.
std::optional<std::string_view> lacking(std::string_view items, std::string_view needed) {
  const auto held = items_of(items);
  for (const std::string_view item : items_of(needed)) {
    if (!holds(held, item)) return item;
  }
  return std::nullopt;
}

std::string grown(std::string_view above, std::string_view given) {
  if (is_list(above) && is_list(given)) {
    if (const auto gone = lacking(given, above)) return "the item " + shown(*gone) + " is gone";
    return {};
  }
  if (is_map(above) && is_map(given)) {
    const auto members = members_of(given);
    for (const auto& [key, value] : members_of(above)) {
      const auto found = std::find_if(members.begin(), members.end(), [&, name = key](const auto& one) { return one.first == name; });
      if (found == members.end()) return "the key " + shown(key) + " is gone";
      const std::string problem = grown(value, found->second);
      if (!problem.empty()) return "under " + shown(key) + ", " + problem;
    }
    return {};
  }
  return above == given ? "" : shown(above) + " is replaced by " + shown(given);
}

std::string shrunk(std::string_view above, std::string_view given) {
  if (is_list(above) && is_list(given)) {
    if (const auto added = lacking(above, given)) return "the item " + shown(*added) + " is added";
    return {};
  }
  if (is_map(above) && is_map(given)) {
    const auto members = members_of(above);
    for (const auto& [key, value] : members_of(given)) {
      const auto found = std::find_if(members.begin(), members.end(), [&, name = key](const auto& one) { return one.first == name; });
      if (found == members.end()) return "the key " + shown(key) + " is added";
      const std::string problem = shrunk(found->second, value);
      if (!problem.empty()) return "under " + shown(key) + ", " + problem;
    }
    return {};
  }
  return above == given ? "" : shown(above) + " is replaced by " + shown(given);
}

std::optional<double> number_of(std::string_view json) {
  double made = 0;
  const auto [stop, problem] = std::from_chars(json.data(), json.data() + json.size(), made);
  if (problem != std::errc() || stop != json.data() + json.size()) return std::nullopt;
  return made;
}

// Whole numbers are compared as such: beyond 2^53 doubles would call different ones equal.
std::optional<int> compare_numbers(std::string_view left, std::string_view right) {
  std::int64_t numbers[2];
  bool whole = true;
  const std::string_view sides[2] = {left, right};
  for (int i = 0; i < 2; ++i) {
    const auto [stop, problem] = std::from_chars(sides[i].data(), sides[i].data() + sides[i].size(), numbers[i]);
    whole = whole && problem == std::errc() && stop == sides[i].data() + sides[i].size();
  }
  if (whole) return numbers[0] < numbers[1] ? -1 : numbers[0] > numbers[1] ? 1 : 0;
  const auto a = number_of(left), b = number_of(right);
  if (!a || !b) return std::nullopt;
  return *a < *b ? -1 : *a > *b ? 1 : 0;
}

std::optional<int> compare(std::string_view left, std::string_view right) {
  if (is_text(left) && is_text(right)) return compare_versions(text_of(left), text_of(right));
  return compare_numbers(left, right);
}

std::string list_of(const std::vector<std::string_view>& items) {
  std::string json = "[";
  for (const std::string_view item : items) json.append(json.size() > 1 ? "," : "").append(item);
  return json + "]";
}

// Both, or what is in both.
std::optional<std::string> combined(std::string_view a, std::string_view b, bool all) {
  if (a == b) return std::string(a);
  if (is_list(a) && is_list(b)) {
    const auto others = items_of(b);
    std::vector<std::string_view> made;
    for (const std::string_view item : items_of(a)) {
      if (all || holds(others, item)) made.push_back(item);
    }
    for (const std::string_view item : others) {
      if (all && !holds(made, item)) made.push_back(item);
    }
    return list_of(made);
  }
  if (!is_map(a) || !is_map(b)) return std::nullopt;
  std::map<std::string, std::string> made;
  const auto others = members_of(b);
  for (const auto& [key, value] : members_of(a)) {
    const auto other = std::find_if(others.begin(), others.end(), [&, name = key](const auto& one) { return one.first == name; });
    if (other == others.end()) {
      if (all) made.emplace(key, value);
      continue;
    }
    auto both = combined(value, other->second, all);
    if (!both) return std::nullopt;
    made.emplace(key, std::move(*both));
  }
  for (const auto& [key, value] : others) {
    if (all) made.emplace(key, value);
  }
  std::string json = "{";
  for (const auto& [key, value] : made) json += (json.size() > 1 ? "," : "") + key + ":" + value;
  return json + "}";
}

struct network {
  std::array<unsigned char, 16> bytes{};
  int family = 0;
  unsigned prefix = 0;
};

std::optional<network> network_of(std::string_view text) {
  network made;
  const std::size_t slash = text.find('/');
  const std::string address(text.substr(0, slash));
  if (inet_pton(AF_INET, address.c_str(), made.bytes.data()) == 1) made.family = AF_INET;
  else if (inet_pton(AF_INET6, address.c_str(), made.bytes.data()) == 1) made.family = AF_INET6;
  else return std::nullopt;
  const unsigned widest = made.family == AF_INET ? 32 : 128;
  made.prefix = widest;
  if (slash == std::string_view::npos) return made;
  const std::string_view digits = text.substr(slash + 1);
  const auto [stop, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), made.prefix);
  if (problem != std::errc() || stop != digits.data() + digits.size() || made.prefix > widest) return std::nullopt;
  return made;
}

bool contains(const network& outer, const network& inner) {
  if (outer.family != inner.family || inner.prefix < outer.prefix) return false;
  for (unsigned bit = 0; bit < outer.prefix; ++bit) {
    const unsigned mask = 0x80u >> (bit % 8);
    if ((outer.bytes[bit / 8] & mask) != (inner.bytes[bit / 8] & mask)) return false;
  }
  return true;
}

}  // namespace

bool direction_fits(tighten direction, const parameter_type& type, std::string& expected) {
  const parameter_kind kind = type.kind;
  switch (direction) {
    case tighten::fixed: return true;
    case tighten::superset:
    case tighten::subset:
      expected = "a list or a map";
      return kind == parameter_kind::list || kind == parameter_kind::map;
    case tighten::increase:
    case tighten::decrease:
      expected = "int, double, or string for versions such as \"1.2\"";
      return kind == parameter_kind::integer || kind == parameter_kind::floating || kind == parameter_kind::string;
    case tighten::enable: expected = "bool"; return kind == parameter_kind::boolean;
    case tighten::entry: expected = "a list"; return kind == parameter_kind::list;
  }
  return false;
}

std::string loosening(tighten direction, std::string_view above, std::string_view given) {
  switch (direction) {
    case tighten::fixed: return above == given ? "" : "the value is fixed";
    case tighten::superset: return grown(above, given);
    case tighten::subset: return shrunk(above, given);
    case tighten::enable: return above == "true" && given == "false" ? "it is switched off" : "";
    case tighten::increase:
    case tighten::decrease: {
      const auto order = compare(given, above);
      if (!order) return "the two cannot be compared";
      if (direction == tighten::increase) return *order < 0 ? "it is lower" : "";
      return *order > 0 ? "it is higher" : "";
    }
    case tighten::entry: return {};             // entries add; bounds are what limits them
  }
  return {};
}

std::optional<std::string> stricter_of(tighten direction, std::string_view a, std::string_view b) {
  if (loosening(direction, a, b).empty()) return std::string(b);
  if (loosening(direction, b, a).empty()) return std::string(a);
  if (direction == tighten::superset) return combined(a, b, true);
  if (direction == tighten::subset) return combined(a, b, false);
  return std::nullopt;
}

std::string outside_bounds(std::string_view bounds, std::string_view value) {
  if (is_map(bounds)) {
    for (const auto& [key, limit] : members_of(bounds)) {
      const auto order = compare(value, limit);
      if (!order) return "it cannot be compared with " + shown(limit);
      if (key == "\"min\"" && *order < 0) return "it is under " + shown(limit);
      if (key == "\"max\"" && *order > 0) return "it is over " + shown(limit);
    }
    return {};
  }
  const auto inner = is_text(value) ? network_of(text_of(value)) : std::nullopt;
  for (const std::string_view permitted : items_of(bounds)) {
    if (permitted == value) return {};
    const auto outer = is_text(permitted) ? network_of(text_of(permitted)) : std::nullopt;
    if (inner && outer && contains(*outer, *inner)) return {};
  }
  return "it is within none of " + shown(bounds);
}

}  // namespace sekimori::rules
