// value: makes values and says where they stand. Entry points: values.hpp. Knows no documents and
// no expressions.
#include "value/values.hpp"

#include <algorithm>

#include "value/containers.hpp"

namespace sekimori {

value make_error(arena& memory, evaluation_error_code code, std::string_view message, std::uint32_t expression) {
  return value::error(memory.make<evaluation_error>(code, memory.copy(message), expression));
}

value make_unknown(arena& memory, std::string_view resource, std::string_view path, unknown_reason reason) {
  auto* one = memory.make<unknown_path>(memory.copy(resource), memory.copy(path), reason);
  return value::unknown(memory.make<unknown_set>(one, std::size_t{1}));
}

namespace {

bool before(const unknown_path& a, const unknown_path& b) {
  if (a.resource != b.resource) return a.resource < b.resource;
  if (a.path != b.path) return a.path < b.path;
  return a.reason < b.reason;
}

}  // namespace

value merge_unknowns(arena& memory, value a, value b) {
  const unknown_set& left = a.as_unknown();
  const unknown_set& right = b.as_unknown();
  if (&left == &right || right.count == 0) return a;
  if (left.count == 0) return b;
  auto merged = memory.make_array<unknown_path>(left.count + right.count);
  std::size_t count = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  // One path stands once: of two reasons for it the first in the order of reasons is kept.
  while (i < left.count || j < right.count) {
    bool from_left = j == right.count || (i < left.count && !before(right.paths[j], left.paths[i]));
    const unknown_path& next = from_left ? left.paths[i++] : right.paths[j++];
    if (count > 0 && merged[count - 1].resource == next.resource && merged[count - 1].path == next.path) continue;
    merged[count++] = next;
  }
  return value::unknown(memory.make<unknown_set>(merged.data(), count));
}

value make_list(arena& memory, std::span<const value> elements) {
  return value::list(memory.make<arena_list>(memory.copy(elements)));
}

value make_map(arena& memory, std::span<const map_entry> entries) {
  auto sorted = memory.copy(entries);
  std::sort(sorted.begin(), sorted.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
  return value::map(memory.make<arena_map>(sorted));
}

value make_string(arena& memory, std::string_view text) { return value::string(memory.copy(text)); }

bool arena_map::find(value key, value& found) const {
  std::size_t low = 0;
  std::size_t high = entries_.size();
  while (low < high) {
    std::size_t middle = (low + high) / 2;
    if (key_less(entries_[middle].key, key)) low = middle + 1;
    else high = middle;
  }
  if (low == entries_.size() || key_less(key, entries_[low].key) || !is_key(key)) return false;
  found = entries_[low].mapped;
  return true;
}

namespace {

void append_path(std::string& to, const data_path* at) {
  // Walked from the leaf: collect, then write from the root. Paths are as deep as a document.
  std::vector<const data_path*> steps;
  for (; at != nullptr && at->parent != nullptr; at = at->parent) steps.push_back(at);
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (steps[i]->index >= 0) {
      to += '[';
      to += std::to_string(steps[i]->index);
      to += ']';
    } else {
      if (!to.empty()) to += '.';
      to += steps[i]->key;
    }
  }
}

}  // namespace

std::string path_text(const data_path* container) {
  std::string text;
  append_path(text, container);
  return text;
}

std::string path_text(const data_path* container, value key) {
  std::string text = path_text(container);
  switch (key.kind()) {
    case value_kind::string:
      if (!text.empty()) text += '.';
      text += key.as_text();
      break;
    case value_kind::null: break;
    default:
      text += '[';
      text += display(key);
      text += ']';
  }
  return text;
}

std::string_view path_root(const data_path* container) {
  if (container == nullptr) return {};
  while (container->parent != nullptr) container = container->parent;
  return container->key;
}

std::string_view kind_name(value_kind kind) {
  switch (kind) {
    case value_kind::error: return "error";
    case value_kind::unknown: return "unknown";
    case value_kind::null: return "null_type";
    case value_kind::boolean: return "bool";
    case value_kind::integer: return "int";
    case value_kind::unsigned_integer: return "uint";
    case value_kind::floating: return "double";
    case value_kind::string: return "string";
    case value_kind::bytes: return "bytes";
    case value_kind::list: return "list";
    case value_kind::map: return "map";
    case value_kind::type: return "type";
    case value_kind::timestamp: return "google.protobuf.Timestamp";
    case value_kind::duration: return "google.protobuf.Duration";
    case value_kind::optional: return "optional_type";
    case value_kind::opaque: return "opaque";
  }
  return "error";
}

std::string_view reason_name(unknown_reason reason) {
  switch (reason) {
    case unknown_reason::computed: return "computed";
    case unknown_reason::not_configured: return "not_configured";
    case unknown_reason::open_set: return "open_set";
    case unknown_reason::scope: return "scope";
    case unknown_reason::register_missing: return "register";
    case unknown_reason::undocumented_default: return "undocumented_default";
  }
  return "computed";
}

std::string_view error_name(evaluation_error_code code) {
  switch (code) {
    case evaluation_error_code::no_such_key: return "no_such_key";
    case evaluation_error_code::no_such_field: return "no_such_field";
    case evaluation_error_code::not_offered: return "not_offered";
    case evaluation_error_code::no_matching_overload: return "no_matching_overload";
    case evaluation_error_code::index_out_of_range: return "index_out_of_range";
    case evaluation_error_code::invalid_argument: return "invalid_argument";
    case evaluation_error_code::division_by_zero: return "division_by_zero";
    case evaluation_error_code::overflow: return "overflow";
    case evaluation_error_code::conversion: return "conversion";
    case evaluation_error_code::duplicate_key: return "duplicate_key";
    case evaluation_error_code::no_such_member: return "no_such_member";
    case evaluation_error_code::wrong_type: return "wrong_type";
    case evaluation_error_code::limit: return "limit";
  }
  return "invalid_argument";
}

std::string_view type_name_of(value shown) {
  if (shown.is(value_kind::map) && !shown.as_map().type_name().empty()) return shown.as_map().type_name();
  if (shown.is(value_kind::opaque)) return shown.as_opaque().type_name();
  return kind_name(shown.kind());
}

}  // namespace sekimori
