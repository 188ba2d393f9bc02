// rules: where a resource belongs, by its account and its tags. Entry point: organisation::place. Once for every resource,
// among however many nodes.
#include <algorithm>
#include <array>

#include "rules/organisation.hpp"

namespace sekimori::rules {

void organisation::index_tags() {
  for (const scope_node& node : nodes_) {
    for (const auto& [key, value] : node.tags) tag_keys_.push_back({key, {}, {}});
  }
  auto before = [](const tag_key& a, const tag_key& b) { return a.name < b.name; };
  auto same = [](const tag_key& a, const tag_key& b) { return a.name == b.name; };
  std::sort(tag_keys_.begin(), tag_keys_.end(), before);
  tag_keys_.erase(std::unique(tag_keys_.begin(), tag_keys_.end(), same), tag_keys_.end());
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    std::vector<node_tag> tags;
    for (const auto& [name, text] : nodes_[i].tags) {
      const auto at = std::lower_bound(tag_keys_.begin(), tag_keys_.end(), name, [](const tag_key& a, const std::string& b) { return a.name < b; });
      const std::uint32_t value = at->values.emplace(text, static_cast<std::uint32_t>(at->values.size())).first->second;
      at->first_of.resize(at->values.size());
      if (tags.empty()) at->first_of[value].push_back(i);
      tags.push_back({static_cast<std::uint32_t>(at - tag_keys_.begin()), value, true});
    }
    if (parents_[i] != no_node) {
      const std::size_t own = tags.size();
      for (const node_tag& one : tags_[parents_[i]]) {
        const bool replaced = std::any_of(tags.begin(), tags.begin() + static_cast<std::ptrdiff_t>(own), [&](const node_tag& other) { return other.key == one.key; });
        if (!replaced) tags.push_back({one.key, one.value, false});
      }
      std::sort(tags.begin(), tags.end(), [](const node_tag& a, const node_tag& b) { return a.key < b.key; });
    }
    tags_.push_back(std::move(tags));
  }
}

bool organisation::names(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said) {
  return std::all_of(node.begin(), node.end(), [&](const node_tag& one) { return !one.own || said[one.key] != not_said; });
}

const organisation::node_tag* organisation::contradiction(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said) {
  const auto found = std::find_if(node.begin(), node.end(), [&](const node_tag& one) {
    const std::uint32_t value = said[one.key];
    return value != not_said && value != could_be_any && value != one.value;
  });
  return found == node.end() ? nullptr : &*found;
}

bool organisation::rests_on_unknown(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said) {
  return std::any_of(node.begin(), node.end(), [&](const node_tag& one) { return one.own && said[one.key] == could_be_any; });
}

namespace {
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
}  // namespace

std::string organisation::compared_account(std::string_view cloud, std::string_view account) {
  std::string made(account);
  if (cloud == "azure") std::transform(made.begin(), made.end(), made.begin(), lower);
  return made;
}

std::optional<std::uint32_t> organisation::node_of(std::string_view cloud, std::string_view account) const {
  const auto accounts = by_account_.find(cloud);
  if (account.empty() || accounts == by_account_.end()) return std::nullopt;
  std::array<char, 64> text;         // a subscription has 36 characters; nothing is taken from the heap for each resource
  if (cloud == "azure" && account.size() <= text.size()) {
    std::transform(account.begin(), account.end(), text.begin(), lower);
    account = {text.data(), account.size()};
  }
  const auto found = accounts->second.find(account);
  return found == accounts->second.end() ? std::nullopt : std::optional(found->second);
}

void organisation::place(std::string_view cloud, std::string_view account, std::span<const tag> tags, placement& into, bool more_tags) const {
  into.contradiction = false;
  into.contradiction_text.clear();
  into.said_.assign(tag_keys_.size(), more_tags ? could_be_any : not_said);
  bool by_tags = more_tags && !tag_keys_.empty();
  for (const tag& one : tags) {
    const auto at = std::lower_bound(tag_keys_.begin(), tag_keys_.end(), one.key, [](const tag_key& a, std::string_view b) { return a.name < b; });
    if (at == tag_keys_.end() || at->name != one.key) continue;
    by_tags = true;
    std::uint32_t& said = into.said_[static_cast<std::size_t>(at - tag_keys_.begin())];
    const auto value = one.known ? at->values.find(one.value) : at->values.end();
    if (!one.known) said = could_be_any;
    else said = value == at->values.end() ? another_value : value->second;
  }
  if (const auto found = node_of(cloud, account)) {
    into.found_.assign(1, *found);
    into.nodes = into.found_;
    if (const node_tag* wrong = contradiction(tags_[*found], into.said_)) {
      into.contradiction = true;
      into.contradiction_text = "the tag `" + tag_keys_[wrong->key].name + "` does not say what the account's scope `" + nodes_[*found].id.text + "` says";
    }
    return;
  }
  if (by_tags) place_by_tags(into);
  else into.nodes = homes_;
}

void organisation::place_by_tags(placement& into) const {
  std::vector<std::uint32_t>&tagged = into.tagged_, &possible = into.possible_, &found = into.found_;
  tagged.clear();
  possible.clear();
  found.clear();
  auto look_at = [&](const std::vector<std::uint32_t>& nodes) {
    for (const std::uint32_t i : nodes) {
      if (!names(tags_[i], into.said_) || contradiction(tags_[i], into.said_) != nullptr) continue;
      (rests_on_unknown(tags_[i], into.said_) ? possible : tagged).push_back(i);
    }
  };
  for (std::size_t key = 0; key < tag_keys_.size(); ++key) {   // a node's own tags stand in the resource's
    const std::uint32_t value = into.said_[key];
    if (value == not_said || value == another_value) continue;
    if (value != could_be_any) look_at(tag_keys_[key].first_of[value]);
    else for (auto& nodes : tag_keys_[key].first_of) look_at(nodes);
  }
  std::sort(tagged.begin(), tagged.end());
  if (tagged.empty()) {
    for (const std::uint32_t home : homes_) {
      if (contradiction(tags_[home], into.said_) == nullptr) found.push_back(home);
    }
  }
  // The most specific: a node stands back for one below it that the tags name as well.
  auto stands_back = [&](std::uint32_t one) { return std::any_of(tagged.begin(), tagged.end(), [&](std::uint32_t other) { return other != one && is_within(other, one); }); };
  for (const std::vector<std::uint32_t>* some : {&tagged, &possible}) {
    for (const std::uint32_t one : *some) {
      if (!stands_back(one)) found.push_back(one);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  into.nodes = found;
}

}  // namespace sekimori::rules
