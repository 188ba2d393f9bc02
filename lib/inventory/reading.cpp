// inventory: see reading.hpp.
#include "inventory/reading.hpp"

#include <algorithm>

namespace sekimori::inventory {

namespace {

constexpr int depth_limit = 32;    // a host's list can hold itself
constexpr int size_limit = 1'000'000;

value layer_at(value mask, std::size_t index) {
  if (mask.is_true()) return mask;
  return mask.is(value_kind::list) && index < mask.as_list().size() ? mask.as_list().at(index) : value::null();
}

value layer_at(value mask, std::string_view key) { return mask.is_true() ? mask : field_of(mask, key); }

struct walker {
  attribute_leaves found;
  int left = size_limit;

  void walk(value known, value unknown, value secret, std::string_view rest, int depth) {
    if (depth > depth_limit || --left < 0) {
      ++found.unknown;
      return;
    }
    if (unknown.is_true()) {
      ++found.unknown;
      if (!rest.empty()) found.whole = true;
      return;
    }
    if (known.is(value_kind::list) || (known.is_null() && unknown.is(value_kind::list))) {
      if (rest.empty()) found.in_list = true;
      std::size_t count = std::max(size_of(known), size_of(unknown));
      for (std::size_t i = 0; i < count; ++i) walk(layer_at(known, i), layer_at(unknown, i), layer_at(secret, i), rest, depth + 1);
      return;
    }
    if (rest.empty()) {
      leaf(known, secret);
      return;
    }
    auto dot = rest.find('.');
    std::string_view key = rest.substr(0, dot);
    std::string_view after = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    walk(field_of(known, key), layer_at(unknown, key), layer_at(secret, key), after, depth + 1);
  }

  void leaf(value known, value secret) {
    std::string text;
    if (known.is(value_kind::string)) text = known.as_text();
    else if (known.is(value_kind::integer)) text = std::to_string(known.as_integer());
    else if (known.is(value_kind::unsigned_integer)) text = std::to_string(known.as_unsigned());
    if (text.empty()) return;
    if (secret.is_true()) found.sensitive = true;
    found.known.push_back(std::move(text));
  }
};

}  // namespace

value field_of(value from, std::string_view key) {
  value found;
  if (from.is(value_kind::map) && from.as_map().find(value::string(key), found)) return found;
  return value::null();
}

std::string_view text_of(value from) { return from.is(value_kind::string) ? from.as_text() : std::string_view(); }

std::string_view plain_attribute(const resource& of, std::string_view key) {
  if (of.unknown_mask.is_true() || field_of(of.unknown_mask, key).is_true()) return {};
  if (of.sensitive_mask.is_true() || field_of(of.sensitive_mask, key).is_true()) return {};
  return text_field(of.known, key);
}

attribute_leaves leaves_of(const resource& of, std::string_view path) {
  walker walking;
  walking.walk(of.known, of.unknown_mask, of.sensitive_mask, path, 0);
  return std::move(walking.found);
}

}  // namespace sekimori::inventory
