// inventory: see sensitive_paths.hpp.
#include "inventory/sensitive_paths.hpp"

#include <functional>
#include <map>
#include <string>

#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t longest_path = 64;   // a longer one hides all that is below

struct place {
  bool all = false;
  std::map<std::string, place, std::less<>> below;   // by key, and by index as a number is written
};

// The key or the index of a step; false where it is neither. An element of a set has none: the whole set is meant.
bool key_of(const document_node& step, std::string& key, bool& whole) {
  const std::string_view type = step.field("type").text();
  const document_node given = step.field("value");
  if (type == "get_attr") {
    key = given.text();
    return given.is_string();
  }
  if (type != "index" || !given.is_map()) return false;
  const document_node held = given.field("value");
  whole = held.is_map() || held.is_list();
  if (whole) return true;
  const value plain = held.scalar();
  whole = !plain.is(value_kind::integer) && !plain.is(value_kind::string);
  if (!whole) key = plain.is(value_kind::integer) ? std::to_string(plain.as_integer()) : std::string(plain.as_text());
  return true;
}

bool add(const document_node& path, place& root) {
  if (!path.is_list()) return false;
  place* at = &root;
  std::size_t length = 0;
  bool good = true, whole = false;
  path.each_element([&](const document_node& step) {
    std::string key;
    if (!good || whole) return;
    whole = ++length > longest_path;
    good = whole || key_of(step, key, whole);
    if (good && !whole) at = &at->below[key];
  });
  at->all = true;
  return good;
}

void write(const place& from, const document_node& of, std::string& to) {
  if (from.all || !(of.is_map() || of.is_list())) {
    to += "true";
    return;
  }
  to += of.is_map() ? '{' : '[';
  bool any = false;
  std::size_t index = 0;
  of.each_element([&](const document_node& one) {
    if (any) to += ',';
    any = true;
    const auto found = from.below.find(std::to_string(index++));
    if (found == from.below.end()) to += "null";
    else write(found->second, one, to);
  });
  of.each_entry([&](std::string_view key, const document_node& one) {
    const auto found = from.below.find(key);
    if (found == from.below.end()) return;
    if (any) to += ',';
    any = true;
    to += to_json(value::string(key));
    to += ':';
    write(found->second, one, to);
  });
  to += of.is_map() ? '}' : ']';
}

}  // namespace

bool mask_of_paths(const document_node& paths, const document_node& attributes, arena& memory, document_node& mask) {
  if (paths.is_null()) return true;      // older states have none
  if (!paths.is_list()) return false;
  place root;
  bool good = true;
  paths.each_element([&](const document_node& path) { good = add(path, root) && good; });
  if (!good || paths.size() == 0) return good;
  std::string text;
  write(root, attributes, text);
  mask = from_json(memory, text);
  return true;
}

}  // namespace sekimori::inventory
