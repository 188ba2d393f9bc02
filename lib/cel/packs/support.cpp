// cel: the shared parts of the function packs. Entry points: packs/support.hpp. Knows no function of any pack.
#include "cel/packs/support.hpp"

#include <cmath>
#include <cstring>
#include <functional>

#include "value/undecided_parts.hpp"

namespace sekimori::cel::pack_support {
namespace {

// Parts of one value that are looked at: what shares parts with itself could have more than memory holds.
constexpr std::size_t most_parts = std::size_t{1} << 20;

value search(call_context& context, value searched, int depth, std::size_t& parts) {
  if (searched.is_unknown() || searched.is_error()) return searched;
  if (depth > deepest_value) return context.fail(evaluation_error_code::limit, "the value is nested too deeply");
  undecided_parts found(context.memory);
  auto look = [&](value part) { return !found.add(search(context, part, depth + 1, parts)); };
  if (searched.is(value_kind::list)) {
    const list_view& list = searched.as_list();
    found.add(not_whole(context, list));
    parts += list.size();
    for (std::size_t i = 0; parts <= most_parts && i < list.size(); ++i) {
      if (!look(list.at(i))) return found.or_else(value::null());
    }
  } else if (searched.is(value_kind::map)) {
    const map_view& map = searched.as_map();
    const map_entry* entries = map.entries();
    parts += map.size();
    for (std::size_t i = 0; parts <= most_parts && i < map.size(); ++i) {
      if (!look(entries[i].mapped)) return found.or_else(value::null());
    }
  } else if (searched.is(value_kind::optional) && searched.some() != nullptr) {
    look(*searched.some());
  }
  if (parts > most_parts) return context.fail(evaluation_error_code::limit, "the value has too many parts");
  return found.or_else(value::null());
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2));
  x *= 0xff51afd7ed558ccdull;
  return x ^ (x >> 33);
}

std::uint64_t hash_number(double number) {
  if (number == 0) number = 0;  // -0.0 equals 0.0
  std::uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  return mix(1, bits);
}

std::uint64_t hash_inside(value hashed, int depth) {
  const auto kind = static_cast<std::uint64_t>(hashed.kind());
  if (depth > deepest_value) return kind;
  switch (hashed.kind()) {
    case value_kind::integer: return hash_number(static_cast<double>(hashed.as_integer()));
    case value_kind::unsigned_integer: return hash_number(static_cast<double>(hashed.as_unsigned()));
    case value_kind::floating: return hash_number(hashed.as_floating());
    case value_kind::boolean: return mix(kind, hashed.as_boolean() ? 1 : 0);
    case value_kind::string:
    case value_kind::bytes:
    case value_kind::type: return mix(kind, std::hash<std::string_view>{}(hashed.as_text()));
    case value_kind::timestamp:
    case value_kind::duration:
      return mix(mix(kind, static_cast<std::uint64_t>(hashed.seconds())), static_cast<std::uint64_t>(hashed.nanos()));
    case value_kind::list: {
      const list_view& list = hashed.as_list();
      std::uint64_t sum = mix(kind, list.size());
      for (std::size_t i = 0; i < list.size(); ++i) sum = mix(sum, hash_inside(list.at(i), depth + 1));
      return sum;
    }
    case value_kind::map: {
      const map_view& map = hashed.as_map();
      const map_entry* entries = map.entries();
      std::uint64_t sum = mix(kind, map.size());
      for (std::size_t i = 0; i < map.size(); ++i) {
        sum = mix(mix(sum, hash_inside(entries[i].key, depth + 1)), hash_inside(entries[i].mapped, depth + 1));
      }
      return sum;
    }
    case value_kind::optional: return hashed.some() == nullptr ? kind : mix(kind, hash_inside(*hashed.some(), depth + 1));
    // Equality of an extension type is its own affair: 1k and 1000 may be equal.
    case value_kind::opaque: return mix(kind, std::hash<std::string_view>{}(hashed.as_opaque().type_name()));
    default: return kind;
  }
}

}  // namespace

value not_whole(call_context& context, const list_view& list) {
  const relation_shape* shape = list.relation();
  if (shape == nullptr) return value::null();
  bool whole = !shape->open;
  if (whole && shape->certain != nullptr) {
    for (std::size_t i = 0; i < list.size() && whole; ++i) whole = shape->certain[i];
  }
  if (whole) return value::null();
  if (shape->why != nullptr) return value::unknown(shape->why);
  return make_unknown(context.memory, {}, {}, unknown_reason::open_set);
}

value text_result(call_context& context, std::string_view text) {
  if (text.size() > largest_text) return context.fail(evaluation_error_code::limit, "the resulting string is too long");
  return make_string(context.memory, text);
}

bool is_limit(value found) { return found.is_error() && found.as_error().code == evaluation_error_code::limit; }

value join_undecided(call_context& context, value so_far, value found) {
  if (is_limit(so_far)) return so_far;
  if (is_limit(found)) return found;
  if (found.is_unknown()) return so_far.is_unknown() ? merge_unknowns(context.memory, so_far, found) : found;
  if (found.is_error() && !so_far.is_unknown() && !so_far.is_error()) return found;
  return so_far;
}

value read_list(call_context& context, const list_view& list, arena_vector<value>& elements) {
  if (list.size() > largest_list) return context.fail(evaluation_error_code::limit, "the list is too long");
  undecided_parts found(context.memory);
  found.add(not_whole(context, list));
  count_work(context, list.size());
  elements.reserve(elements.size() + list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    elements.push_back(list.at(i));
    found.add(elements.back());
  }
  return found.or_else(value::null());
}

value find_undecided(call_context& context, value searched) {
  std::size_t parts = 0;
  value found = search(context, searched, 0, parts);
  count_work(context, 2 * parts);  // what is whole is hashed next
  if (context.work > most_work) return context.fail(evaluation_error_code::limit, "the values have too many parts");
  return found;
}

std::uint64_t hash_of(value hashed) { return hash_inside(hashed, 0); }

membership::membership(call_context& context, const std::vector<value>& elements)
    : context_(context), compared_(context), elements_(elements) {
  count_work(context, 4 * elements.size());
  for (const value& element : elements) {
    const value undecided = find_undecided(context, element);
    if (is_limit(undecided)) {
      undecided_.assign(1, undecided);
      return;
    }
    if (undecided.is_null()) {
      known_.emplace(hash_of(element), element);
    } else {
      undecided_.push_back(element);
    }
  }
}

// true decides; otherwise what the comparisons leave open, joined.
value membership::contains(value sought) {
  const value undecided = find_undecided(context_, sought);
  if (is_limit(undecided)) return undecided;
  undecided_parts open(context_.memory);
  value same;
  const auto settles = [&](value element) {
    same = compared_.same(sought, element);
    return same.is_true() || open.add(same);
  };
  if (undecided.is_null()) {
    const auto [first, last] = known_.equal_range(hash_of(sought));
    for (auto at = first; at != last; ++at) {
      if (settles(at->second)) return same;
    }
    for (const value& element : undecided_) {
      if (settles(element)) return same;
    }
  } else {
    for (const value& element : elements_) {
      if (settles(element)) return same;
    }
  }
  return open.or_else(value::boolean(false));
}

bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::string_view trim_ascii(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

}  // namespace sekimori::cel::pack_support
