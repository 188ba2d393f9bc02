// inventory: small readings of document values. Entry points: the functions here. Knows no format.
#pragma once

#include <string>
#include <string_view>

#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// Of values that somebody evaluates.
value field_of(value from, std::string_view key);            // null where it is absent or `from` is no map
std::string_view text_of(value from);                      // empty where it is no string
inline std::string_view text_field(value from, std::string_view key) { return text_of(field_of(from, key)); }
inline std::size_t size_of(value from) { return from.is(value_kind::list) ? from.as_list().size() : 0; }
// Of documents.
inline document_node field_of(const document_node& from, std::string_view key) { return from.field(key); }
inline std::string_view text_field(const document_node& from, std::string_view key) { return from.field(key).text(); }
inline std::size_t size_of(const document_node& from) { return from.is_list() ? from.size() : 0; }

// All texts in a value, however deep; those under `except` are left out.
void collect_texts(const document_node& from, std::vector<std::string>& into, std::string_view except = {}, int depth = 0);

// The text of a top-level attribute where it is known and not sensitive, else empty.
std::string_view plain_attribute(const resource& of, std::string_view key);

// What an attribute path without indexes ("rule.bucket") holds, through lists of blocks.
struct attribute_leaves {
  explicit attribute_leaves(arena& memory) : known(memory) {}

  arena_vector<std::string_view> known;  // strings, and numbers as text; no empty ones
  std::size_t unknown = 0;           // leaves that are not known
  bool whole = false;                // a container on the way is not known as a whole
  bool in_list = false;              // the path ends in a list
  bool sensitive = false;            // a known leaf is marked sensitive
};
// Texts that do not stand in a document are made in `memory`.
attribute_leaves leaves_of(const resource& of, std::string_view path, arena& memory);

}  // namespace sekimori::inventory
