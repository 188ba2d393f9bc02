// cel: cloud.digest and cloud.tagPairs. Entry points: the bodies. A digest names one instance among the
// elements of a set, so it must not change with order, time or machine, and must not hash a secret.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/arena_vector.hpp"
#include "base/digest.hpp"
#include "base/secret_text.hpp"
#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::cloud {
namespace {

constexpr std::size_t digest_letters = 12;  // 60 bits: names one of the few instances of one resource

using arena_text = std::basic_string<char, std::char_traits<char>, arena_allocator<char>>;

// A number's text, without the heap.
struct number_text {
  template <class number>
  explicit number_text(number given) : size(static_cast<std::size_t>(std::to_chars(buffer, buffer + sizeof buffer, given).ptr - buffer)) {}
  operator std::string_view() const { return {buffer, size}; }
  char buffer[40];
  std::size_t size;
};

void add_part(arena_text& to, std::string_view text) {
  to += std::string_view(number_text(text.size()));
  to += ':';
  to += text;
}

void add_token(arena_text& to, char tag, std::string_view text) {
  to += tag;
  add_part(to, text);
}

// Equal numbers give equal tokens, whatever type a provider version writes them in.
number_text token_of(double number) {
  if (std::nearbyint(number) == number && std::fabs(number) < 9e15) {
    return number_text(static_cast<std::int64_t>(number));
  }
  return number_text(number);
}

// Appends the leaves of `given`; null kind: done.
value add_leaves(call_context& context, value given, arena_text& to, int depth) {
  if (given.sensitive()) return value::null();
  if (depth > pack_support::deepest_value) return context.fail(evaluation_error_code::limit, "the value is nested too deeply");
  switch (given.kind()) {
    case value_kind::error: return given;
    case value_kind::unknown: add_token(to, '?', {}); break;
    case value_kind::null: add_token(to, 'z', {}); break;
    case value_kind::boolean: add_token(to, 'b', given.as_boolean() ? "1" : "0"); break;
    case value_kind::integer: add_token(to, 'n', number_text(given.as_integer())); break;
    case value_kind::unsigned_integer: add_token(to, 'n', number_text(given.as_unsigned())); break;
    case value_kind::floating: add_token(to, 'n', token_of(given.as_floating())); break;
    case value_kind::string: add_token(to, 's', given.as_text()); break;
    case value_kind::bytes: add_token(to, 'x', given.as_text()); break;
    case value_kind::type: add_token(to, 't', given.as_text()); break;
    case value_kind::timestamp:
    case value_kind::duration:
      add_token(to, given.is(value_kind::timestamp) ? 'w' : 'd', std::string(number_text(given.seconds())) + '.' + std::string(number_text(given.nanos())));
      break;
    case value_kind::opaque: add_token(to, 'o', given.as_opaque().to_string()); break;
    case value_kind::optional:
      to += given.some() == nullptr ? '-' : '+';
      if (given.some() != nullptr) return add_leaves(context, *given.some(), to, depth + 1);
      break;
    case value_kind::list: {
      const list_view& list = given.as_list();
      pack_support::count_work(context, 4 * list.size());
      to += '[';
      for (std::size_t i = 0; i < list.size(); ++i) {
        const value problem = add_leaves(context, list.at(i), to, depth + 1);
        if (problem.is_error()) return problem;
      }
      to += ']';
      break;
    }
    case value_kind::map: {
      const map_view& map = given.as_map();
      const map_entry* entries = map.entries();
      pack_support::count_work(context, 4 * map.size());
      to += '{';
      for (std::size_t i = 0; i < map.size(); ++i) {
        if (entries[i].mapped.sensitive()) continue;  // with its key: a secret leaves no trace
        value problem = add_leaves(context, entries[i].key, to, depth + 1);
        if (!problem.is_error()) problem = add_leaves(context, entries[i].mapped, to, depth + 1);
        if (problem.is_error()) return problem;
      }
      to += '}';
      break;
    }
  }
  return value::null();
}

}  // namespace

value digest(call_context& context, arguments given) {
  arena_text leaves(context.memory);
  const value problem = add_leaves(context, given[0], leaves, 0);
  if (problem.is_error()) return problem;
  // What sha256_base32({"skm-digest/1", leaves}) takes the digest of.
  arena_text named(context.memory);
  add_part(named, "skm-digest/1");
  add_part(named, leaves);
  const base32_letters letters = sha256_letters(named);
  return make_string(context.memory, std::string_view(letters.data(), digest_letters));
}

value tag_pairs(call_context& context, arguments given) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, given[0].as_list(), elements);
  if (!undecided.is_null()) return undecided;
  std::vector<map_entry> pairs;
  for (const value& element : elements) {
    if (!element.is(value_kind::string)) {
      return context.fail(evaluation_error_code::no_matching_overload, "cloud.tagPairs takes a list of strings");
    }
    const std::string_view text = element.as_text();
    const std::size_t sign = text.find('=');
    const std::string_view mapped = sign == std::string_view::npos ? std::string_view() : text.substr(sign + 1);
    pairs.push_back({value::string(text.substr(0, sign)), value::string(mapped).marked_sensitive(element.sensitive() || looks_secret(mapped))});
  }
  std::sort(pairs.begin(), pairs.end(), [](const map_entry& a, const map_entry& b) {
    if (a.key.as_text() != b.key.as_text()) return a.key.as_text() < b.key.as_text();
    return a.mapped.as_text() < b.mapped.as_text();
  });
  std::vector<map_entry> distinct;
  for (const map_entry& pair : pairs) {
    if (distinct.empty() || distinct.back().key.as_text() != pair.key.as_text()) {
      distinct.push_back(pair);
    } else if (distinct.back().mapped.as_text() != pair.mapped.as_text()) {
      return context.fail(evaluation_error_code::duplicate_key, "a tag is given twice with different values");
    }
  }
  return make_map(context.memory, distinct);
}

}  // namespace sekimori::cel::cloud
