// rules: what the checked organisation answers. Entry point: organisation. Knows no inputs: a resource
// is a cloud, an account and tags here.
#include "rules/organisation.hpp"

#include <algorithm>

#include "rules/organisation_checks.hpp"

namespace sekimori::rules {

void organisation::index_nodes() {
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    by_id_.emplace(nodes_[i].id.text, i);
    for (const account_reference& account : nodes_[i].accounts) {
      by_account_.emplace(std::make_pair(account.cloud, account.account.text), i);
    }
    std::map<std::string, std::string> tags = nodes_[i].tags;
    for (const auto& [key, value] : tags) tag_keys_.insert(key);
    if (!tags.empty()) by_tag_[*tags.begin()].push_back(i);
    if (parents_[i] != no_node) tags.insert(tags_[parents_[i]].begin(), tags_[parents_[i]].end());
    tags_.push_back(std::move(tags));
    if (!nodes_[i].accounts.empty() || nodes_[i].node_type == "system" || nodes_[i].node_type == "environment") {
      homes_.push_back(i);
    }
  }
  if (!homes_.empty()) return;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) homes_.push_back(i);
}

organisation organisation::defaults(const std::vector<ruleset_document>& rulesets) {
  organisation made;
  made.nodes_.emplace_back();
  made.parents_.push_back(no_node);
  made.defaults_ = default_values(rulesets);
  made.parameters_.push_back(made.defaults_);
  made.index_nodes();
  return made;
}

result<organisation> organisation::build(const organisation_document& written, const std::vector<ruleset_document>& rulesets) {
  std::vector<diagnostic> problems;
  organisation made;
  made.parents_ = check_nodes(written, rulesets, no_node, problems);
  made.defaults_ = default_values(rulesets);
  made.parameters_ = check_parameters(written, rulesets, made.parents_, no_node, made.defaults_, problems);
  check_waivers(written, rulesets, problems);
  std::stable_sort(problems.begin(), problems.end(), [](const diagnostic& a, const diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  if (!problems.empty()) return problems;
  made.nodes_ = written.nodes;
  made.index_nodes();
  return made;
}

std::optional<std::uint32_t> organisation::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

bool organisation::is_within(std::uint32_t node, std::uint32_t ancestor) const {
  for (; node != no_node; node = parents_[node]) {
    if (node == ancestor) return true;
  }
  return false;
}

localized_text organisation::title(std::uint32_t node, std::string_view day) const {
  const auto& titles = nodes_[node].titles;
  if (titles.empty()) return {};
  const titled_period* chosen = &titles.back();
  if (!day.empty()) {
    chosen = &titles.front();                   // before the first day: the first; in a gap: the one before it
    for (const titled_period& one : titles) {
      if (one.from.empty() || one.from <= day) chosen = &one;   // YYYY-MM-DD sorts as days do
    }
  }
  return {chosen->title.ja.text, chosen->title.en.text};
}

std::string organisation::inherited(std::uint32_t node, std::string scope_node::* member) const {
  for (; node != no_node; node = parents_[node]) {
    if (!(nodes_[node].*member).empty()) return nodes_[node].*member;
  }
  return {};
}

std::string organisation::owner(std::uint32_t node) const { return inherited(node, &scope_node::owner); }
std::string organisation::operated_by(std::uint32_t node) const { return inherited(node, &scope_node::operated_by); }

std::string organisation::contradicting_tag(std::uint32_t node, const std::map<std::string, std::string>& tags) const {
  for (const auto& [key, expected] : tags_[node]) {
    const auto found = tags.find(key);
    if (found != tags.end() && found->second != expected) return key;
  }
  return {};
}

placement organisation::place(std::string_view cloud, std::string_view account,
                              const std::map<std::string, std::string>& tags) const {
  placement made;
  if (!account.empty()) {
    const auto found = by_account_.find(std::make_pair(std::string(cloud), std::string(account)));
    if (found != by_account_.end()) {
      made.nodes.push_back(found->second);
      const std::string tag = contradicting_tag(found->second, tags);
      if (!tag.empty()) {
        made.contradiction = true;
        made.contradiction_text = "the tag `" + tag + "` does not say what the account's scope `" +
                                  nodes_[found->second].id.text + "` says";
      }
      return made;
    }
  }
  const bool placed_by_tags = std::any_of(tags.begin(), tags.end(), [&](const auto& tag) { return tag_keys_.count(tag.first) > 0; });
  if (!placed_by_tags) {                        // the common case costs nothing for each node
    made.nodes = homes_;
    return made;
  }
  std::vector<std::uint32_t> tagged;
  for (const auto& tag : tags) {                // a node's own tags stand in the resource's
    const auto nodes = by_tag_.find(tag);
    if (nodes == by_tag_.end()) continue;
    for (const std::uint32_t i : nodes->second) {
      const bool named = std::all_of(nodes_[i].tags.begin(), nodes_[i].tags.end(), [&](const auto& own) { return tags.find(own.first) != tags.end(); });
      if (named && contradicting_tag(i, tags).empty()) tagged.push_back(i);
    }
  }
  std::sort(tagged.begin(), tagged.end());
  if (tagged.empty()) {
    for (const std::uint32_t home : homes_) {
      if (contradicting_tag(home, tags).empty()) made.nodes.push_back(home);
    }
    return made;
  }
  // The most specific: a node stands back for one below it that the tags name as well.
  for (const std::uint32_t one : tagged) {
    const bool above = std::any_of(tagged.begin(), tagged.end(),
                                   [&](std::uint32_t other) { return other != one && is_within(other, one); });
    if (!above) made.nodes.push_back(one);
  }
  return made;
}

}  // namespace sekimori::rules
