// value: lists and maps that hold their elements in an arena. Entry points: make_list, make_map
// (values.hpp); the classes are here for code that fills them in place. Knows no documents.
#pragma once

#include <span>

#include "sekimori/value.hpp"

namespace sekimori {

class arena_list final : public list_view {
 public:
  explicit arena_list(std::span<const value> elements) : elements_(elements) {}
  std::size_t size() const override { return elements_.size(); }
  value at(std::size_t index) const override { return elements_[index]; }
  const value* elements() const override { return elements_.data(); }

 private:
  std::span<const value> elements_;
};

// Entries in key order, keys distinct.
class arena_map final : public map_view {
 public:
  explicit arena_map(std::span<const map_entry> entries, std::string_view type_name = {}) : entries_(entries), type_name_(type_name) {}
  std::size_t size() const override { return entries_.size(); }
  bool find(value key, value& found) const override;
  const map_entry* entries() const override { return entries_.data(); }
  std::string_view type_name() const override { return type_name_; }

 private:
  std::span<const map_entry> entries_;
  std::string_view type_name_;
};

// Kinds that a map's key may have when it is looked up; a double finds an equal integer.
inline bool is_key(value key) {
  switch (key.kind()) {
    case value_kind::boolean:
    case value_kind::integer:
    case value_kind::unsigned_integer:
    case value_kind::string: return true;
    case value_kind::floating: return key.as_floating() == key.as_floating();
    default: return false;
  }
}

// CEL's name of a value's type: declared and extension types by their own name.
std::string_view type_name_of(value shown);

}  // namespace sekimori
