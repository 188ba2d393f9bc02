// inventory: see reading.hpp.
#include "inventory/reading.hpp"

#include <algorithm>

namespace sekimori::inventory {

namespace {

constexpr int depth_limit = 32;    // a host's list can hold itself
constexpr int size_limit = 1'000'000;

document_node layer_at(const list_reader& mask, std::size_t index, arena& memory) {
  if (mask.of().is_true()) return mask.of();
  return index < mask.size() ? mask.at(index, memory) : document_node();
}

document_node layer_at(const document_node& mask, std::string_view key) { return mask.is_true() ? mask : mask.field(key); }

struct walker {
  arena& memory;
  attribute_leaves found{memory};
  int left = size_limit;

  void walk(const document_node& known, const document_node& unknown, const document_node& secret, std::string_view rest, int depth) {
    if (depth > depth_limit || --left < 0) {
      ++found.unknown;
      return;
    }
    if (unknown.is_true()) {
      ++found.unknown;
      if (!rest.empty()) found.whole = true;
      return;
    }
    if (known.is_list() || (known.is_null() && unknown.is_list())) {
      if (rest.empty()) found.in_list = true;
      const list_reader elements(known), unknowns(unknown), secrets(secret);
      for (std::size_t i = 0, n = std::max(elements.size(), unknowns.size()); i < n; ++i) {
        walk(layer_at(elements, i, memory), layer_at(unknowns, i, memory), layer_at(secrets, i, memory), rest, depth + 1);
      }
      return;
    }
    if (rest.empty()) {
      leaf(known, secret);
      return;
    }
    auto dot = rest.find('.');
    std::string_view key = rest.substr(0, dot);
    std::string_view after = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    walk(known.field(key), layer_at(unknown, key), layer_at(secret, key), after, depth + 1);
  }

  void leaf(const document_node& known, const document_node& secret) {
    if (known.is_map()) return;
    std::string_view text = known.text();
    const value plain = known.scalar();
    if (known.tape() == nullptr) text = memory.copy(text);   // a host's text is its own
    if (plain.is(value_kind::integer)) text = memory.copy(std::string_view(std::to_string(plain.as_integer())));
    if (plain.is(value_kind::unsigned_integer)) text = memory.copy(std::string_view(std::to_string(plain.as_unsigned())));
    if (text.empty()) return;
    if (secret.is_true()) found.sensitive = true;
    found.known.push_back(text);
  }
};

}  // namespace

value field_of(value from, std::string_view key) {
  value found;
  if (from.is(value_kind::map) && from.as_map().find(value::string(key), found)) return found;
  return value::null();
}

std::string_view text_of(value from) { return from.is(value_kind::string) ? from.as_text() : std::string_view(); }

void collect_texts(const document_node& from, std::vector<std::string>& into, std::string_view except, int depth) {
  if (depth > depth_limit) return;
  if (from.is_string()) into.emplace_back(from.text());
  from.each_element([&](const document_node& one) { collect_texts(one, into, except, depth + 1); });
  from.each_entry([&](std::string_view key, const document_node& one) {
    if (except.empty() || key != except) collect_texts(one, into, except, depth + 1);
  });
}

std::string_view plain_attribute(const resource& of, std::string_view key) {
  const std::string_view text = of.known.field(key).text();
  if (text.empty() || of.unknown_mask.is_true() || of.unknown_mask.field(key).is_true()) return {};
  if (of.sensitive_mask.is_true() || of.sensitive_mask.field(key).is_true()) return {};
  return text;
}

attribute_leaves leaves_of(const resource& of, std::string_view path, arena& memory) {
  walker walking{memory};
  walking.walk(of.known, of.unknown_mask, of.sensitive_mask, path, 0);
  return std::move(walking.found);
}

}  // namespace sekimori::inventory
