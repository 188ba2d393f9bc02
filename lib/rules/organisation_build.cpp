// rules: the nodes of an organisation: ids, parents, accounts, successions. Entry point:
// check_nodes. Knows no parameters and no waivers.
#include <map>
#include <utility>

#include "base/diagnostics.hpp"
#include "rules/organisation_checks.hpp"

namespace sekimori::rules {
namespace {

class node_checker {
 public:
  node_checker(const organisation_document& written, std::uint32_t none, std::vector<diagnostic>& problems)
      : document_(written), none_(none), problems_(problems) {}

  std::vector<std::uint32_t> run() {
    std::vector<std::uint32_t> parents;
    for (std::uint32_t i = 0; i < document_.nodes.size(); ++i) {
      const scope_node& node = document_.nodes[i];
      source_ = node.id.source;
      const auto [first, added] = by_id_.emplace(node.id.text, i);
      if (!added) {
        report(diagnostic_code::duplicate_id, node.id.where, "two scopes are called `" + node.id.text + "`", "",
               "it stands first at " + place_of(document_.nodes[first->second].id) +
                   "; ids are permanent, so give the newer scope an id of its own");
      }
      parents.push_back(parent_of(node, i));
    }
    for (const scope_node& node : document_.nodes) {
      source_ = node.id.source;
      accounts(node);
      successions(node);
    }
    succession_cycle();
    return parents;
  }

 private:
  std::string place_of(const located_string& at) const {
    if (!at.source) return "another place";
    const line_column found = at.source->position(at.where.begin);
    return "line " + std::to_string(found.line) + ", column " + std::to_string(found.column);
  }

  void report(diagnostic_code code, span where, std::string message, std::string expected, std::string help) {
    problems_.push_back(make_diagnostic(code, *source_, where, std::move(message),
                                        {std::move(expected), std::move(help), diagnostic_level::error}));
  }

  std::uint32_t parent_of(const scope_node& node, std::uint32_t index) {
    if (node.parent.empty()) return none_;
    const auto found = by_id_.find(node.parent);
    if (found != by_id_.end() && found->second < index) return found->second;
    report(diagnostic_code::unknown_reference, node.id.where,
           "the parent `" + node.parent + "` of `" + node.id.text + "` is no scope before it", "", "");
    return none_;
  }

  void accounts(const scope_node& node) {
    for (const account_reference& one : node.accounts) {
      const auto [first, added] = accounts_.emplace(std::make_pair(one.cloud, organisation::compared_account(one.cloud, one.account.text)), &one.account);
      if (added) {
        account_nodes_.emplace(&one.account, node.id.text);
        continue;
      }
      report(diagnostic_code::account_mapping, one.account.where,
             "the " + one.cloud + " account is given to `" + account_nodes_[first->second] + "` and to `" + node.id.text + "`",
             "one scope for each account", "it stands first at " + place_of(*first->second));
    }
  }

  void successions(const scope_node& node) {
    for (std::size_t i = 0; i < node.succeeds.size(); ++i) {
      if (node.succeeds[i] != node.id.text) continue;
      report(diagnostic_code::cycle, i < node.succeeds_where.size() ? node.succeeds_where[i] : node.id.where,
             "`" + node.id.text + "` succeeds itself", "the id of a scope that is no more", "");
    }
  }

  // Who succeeds whom must come to an end, over however many scopes. Scopes that succeed none that is left are
  // taken away until no more go; what then remains leads into a cycle.
  void succession_cycle() {
    std::vector<std::vector<std::uint32_t>> successors(document_.nodes.size());
    std::vector<std::size_t> open(document_.nodes.size(), 0);
    std::vector<std::uint32_t> done;
    for (std::uint32_t i = 0; i < document_.nodes.size(); ++i) {
      for (const std::string& former : document_.nodes[i].succeeds) {
        const auto found = by_id_.find(former);
        if (found == by_id_.end() || found->second == i) continue;
        successors[found->second].push_back(i);
        ++open[i];
      }
      if (open[i] == 0) done.push_back(i);
    }
    for (std::size_t next = 0; next < done.size(); ++next) {
      for (const std::uint32_t later : successors[done[next]]) {
        if (--open[later] == 0) done.push_back(later);
      }
    }
    std::uint32_t at = 0;
    while (at < open.size() && open[at] == 0) ++at;
    if (at == open.size()) return;
    // From any of them back along what it succeeds: the first one met twice is on the cycle.
    std::vector<bool> met(open.size(), false);
    span where;
    while (!met[at]) {
      met[at] = true;
      const scope_node& node = document_.nodes[at];
      for (std::size_t i = 0; i < node.succeeds.size(); ++i) {
        const auto found = by_id_.find(node.succeeds[i]);
        if (found == by_id_.end() || found->second == at || open[found->second] == 0) continue;
        where = i < node.succeeds_where.size() ? node.succeeds_where[i] : node.id.where;
        at = found->second;
        break;
      }
    }
    report(diagnostic_code::cycle, where, "`" + document_.nodes[at].id.text + "` succeeds itself by way of other scopes",
           "the id of a scope that is no more", "");
  }

  const organisation_document& document_;
  const std::uint32_t none_;
  source_ptr source_;        // of the node at hand
  std::vector<diagnostic>& problems_;
  std::map<std::string, std::uint32_t> by_id_;
  std::map<std::pair<std::string, std::string>, const located_string*> accounts_;
  std::map<const located_string*, std::string> account_nodes_;
};

}  // namespace

std::vector<std::uint32_t> check_nodes(const organisation_document& written, std::uint32_t none, std::vector<diagnostic>& problems) {
  return node_checker(written, none, problems).run();
}

}  // namespace sekimori::rules
