// inventory: the secrets that stand in clear in the inputs, for tests that no output holds one.
#include <algorithm>

#include "base/secret_text.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

namespace {

constexpr int depth_limit = 64;
constexpr std::size_t shortest = 6;

// `all`: what is here is secret; `keys`: what keys say counts, as for whoever reads the values.
void collect(const document_node& known, const document_node& mask, bool all, bool keys, std::vector<std::string>& into, int depth) {
  if (depth > depth_limit) return;
  all = all || mask.is_true();
  if (known.is_string()) {
    if (all || looks_secret(known.text())) into.emplace_back(known.text());
    return;
  }
  std::size_t index = 0;
  known.each_element([&](const document_node& one) { collect(one, mask.at(index++), all, keys, into, depth + 1); });
  bool pair = false;
  for (const std::string_view name : name_keys) pair = pair || (keys && is_secret_key(known.field(name).text()));
  known.each_entry([&](std::string_view key, const document_node& one) {
    collect(one, mask.field(key), all || (keys && is_secret_key(key)) || (pair && is_value_key(key)), keys, into, depth + 1);
  });
}

}  // namespace

std::vector<std::string> inventory::secrets() const {
  std::vector<std::string> found;
  for (const resource& one : implementation_->resources) collect(one.known, one.sensitive_mask, false, one.manifest == nullptr, found, 0);
  for (const input_state& input : implementation_->inputs) {
    if (input.links == nullptr) continue;
    input.root.field("resource_changes").each_element([&](const document_node& one) {
      const document_node change = one.field("change");
      collect(change.field("before"), change.field("before_sensitive"), false, true, found, 0);
    });
    input.links->collect_secrets(found);
  }
  std::erase_if(found, [](const std::string& text) { return text.size() < shortest; });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace sekimori::inventory
