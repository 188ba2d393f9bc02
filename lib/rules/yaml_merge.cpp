// rules: merge keys, and how large what an alias names is. Entry points: count_of, depth_of, merged_items.
#include "rules/yaml_merge.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace sekimori::rules {

std::uint32_t count_of(const node& shown) {
  std::uint32_t count = 1;
  for (const node& item : shown.items) count += count_of(item);
  return count;
}

std::size_t depth_of(const node& shown) {
  std::size_t deepest = 0;
  for (const node& item : shown.items) deepest = std::max(deepest, depth_of(item));
  return shown.kind == node_kind::scalar ? 0 : deepest + 1;
}

bool is_merge_key(const node& key) { return key.style == scalar_style::plain && key.text == "<<"; }

// `<<: *a` and `<<: [*a, *b]`: the keys that the mapping does not have itself, the first one's first.
std::vector<node> merged_items(const node& into, const std::function<void(const node&)>& no_mapping) {
  std::vector<node> own, merged;
  for (std::size_t i = 0; i + 1 < into.items.size(); i += 2) {
    const node& value = into.items[i + 1];
    if (!is_merge_key(into.items[i])) own.insert(own.end(), {into.items[i], value});
    else if (value.kind == node_kind::sequence) merged.insert(merged.end(), value.items.begin(), value.items.end());
    else merged.push_back(value);
  }
  std::set<std::string_view> had;
  for (std::size_t i = 0; i + 1 < own.size(); i += 2) had.insert(own[i].text);
  for (const node& from : merged) {
    if (from.kind == node_kind::refused) continue;
    if (from.kind != node_kind::mapping) {
      no_mapping(from);
      continue;
    }
    for (std::size_t i = 0; i + 1 < from.items.size(); i += 2) {
      if (!had.insert(from.items[i].text).second) continue;
      own.insert(own.end(), {from.items[i], from.items[i + 1]});
    }
  }
  return own;
}

}  // namespace sekimori::rules
