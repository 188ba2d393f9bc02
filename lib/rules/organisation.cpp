// rules: what the checked organisation answers. Entry point: organisation. Knows no inputs: a resource
// is a cloud, an account and tags here.
#include "rules/organisation.hpp"

#include <algorithm>

#include "rules/organisation_checks.hpp"
#include "rules/profiles.hpp"

namespace sekimori::rules {

void organisation::index_nodes() {
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    by_id_.emplace(nodes_[i].id.text, i);
    for (const account_reference& account : nodes_[i].accounts) by_account_[account.cloud].emplace(compared_account(account.cloud, account.account.text), i);
    if (!nodes_[i].accounts.empty() || nodes_[i].node_type == "system" || nodes_[i].node_type == "environment") {
      homes_.push_back(i);
    }
  }
  index_tags();
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

result<organisation> organisation::build(const organisation_document& written, const std::vector<ruleset_document>& rulesets, const std::vector<profile_document>& profiles) {
  std::vector<diagnostic> problems;
  organisation made;
  made.parents_ = check_nodes(written, no_node, problems);
  made.defaults_ = default_values(rulesets);
  profile_table known(profiles, rulesets);
  const std::vector<const checked_profile*> taken = check_profiles_of(written, made.parents_, no_node, known, problems);
  made.parameters_ = check_parameters(written, rulesets, made.parents_, no_node, taken, made.defaults_, problems);
  made.adopted_ = check_adoption(written, rulesets, made.parents_, no_node, taken, problems);
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

const std::string& organisation::inherited(std::uint32_t node, std::string scope_node::* member) const {
  static const std::string none;
  for (; node != no_node; node = parents_[node]) {
    if (!(nodes_[node].*member).empty()) return nodes_[node].*member;
  }
  return none;
}

std::string organisation::owner(std::uint32_t node) const { return inherited(node, &scope_node::owner); }
std::string organisation::operated_by(std::uint32_t node) const { return inherited(node, &scope_node::operated_by); }

}  // namespace sekimori::rules
