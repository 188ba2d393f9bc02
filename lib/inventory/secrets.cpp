// inventory: the secrets that stand in clear in the inputs, for tests that no output holds one.
#include <algorithm>

#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

namespace {

constexpr int depth_limit = 64;
constexpr std::size_t shortest = 6;

void collect(value known, value mask, std::vector<std::string>& into, int depth) {
  if (depth > depth_limit || mask.is_null() || mask.is_false()) return;
  if (known.is(value_kind::string)) {
    if (mask.is_true()) into.emplace_back(known.as_text());
  } else if (known.is(value_kind::list)) {
    for (std::size_t i = 0; i < known.as_list().size(); ++i) {
      value below = mask.is(value_kind::list) && i < mask.as_list().size() ? mask.as_list().at(i) : value::null();
      collect(known.as_list().at(i), mask.is_true() ? mask : below, into, depth + 1);
    }
  } else if (known.is(value_kind::map)) {
    const map_entry* entries = known.as_map().entries();
    for (std::size_t i = 0, n = known.as_map().size(); i < n; ++i) {
      value below = entries[i].key.is(value_kind::string) ? field_of(mask, entries[i].key.as_text()) : value::null();
      collect(entries[i].mapped, mask.is_true() ? mask : below, into, depth + 1);
    }
  }
}

}  // namespace

std::vector<std::string> inventory::secrets() const {
  std::vector<std::string> found;
  for (const resource& one : implementation_->resources) collect(one.known, one.sensitive_mask, found, 0);
  for (const input_state& input : implementation_->inputs) {
    if (input.links == nullptr) continue;
    value changes = field_of(input.root, "resource_changes");
    for (std::size_t i = 0; i < size_of(changes); ++i) {
      value change = field_of(changes.as_list().at(i), "change");
      collect(field_of(change, "before"), field_of(change, "before_sensitive"), found, 0);
    }
    input.links->collect_secrets(found);
  }
  std::erase_if(found, [](const std::string& text) { return text.size() < shortest; });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace sekimori::inventory
