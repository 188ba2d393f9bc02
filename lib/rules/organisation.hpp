// rules: the organisation as one checked model: scopes, effective parameters, waivers, accounts.
// Entry point: organisation::build. Knows no inputs and no expressions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/documents.hpp"
#include "sekimori/result.hpp"

namespace sekimori::rules {

struct effective_parameter {
  std::string json;          // the value, canonical JSON text (no spaces, keys sorted): equal values are equal texts
  std::string set_by;        // node id; empty: the rule set's default
  std::string previous;      // JSON before that node; empty: none
};
// "baseline.network/admin_ports" -> value. Interned by the caller: equal maps are one parameter set.
using parameter_set = std::map<std::string, effective_parameter>;

// Where a resource may belong: one node, several candidates, or none.
struct placement {
  std::vector<std::uint32_t> nodes;    // indexes; empty: the organisation does not say
  bool contradiction = false;          // a tag contradicts the node
  std::string contradiction_text;
};

class organisation {
 public:
  // Checks meaning: unique permanent ids, known parents, tighten-only parameters (both nodes named),
  // parameter types, accounts mapped once, waivers (rule known and waivable, approver other than the
  // requester, expiry present and within the rule's ceiling, dates in order), adopted versions.
  static result<organisation> build(const organisation_document& document, const std::vector<ruleset_document>& rulesets);
  // No organisation given: one nameless node set, every parameter at its default.
  static organisation defaults(const std::vector<ruleset_document>& rulesets);

  const std::vector<scope_node>& nodes() const { return nodes_; }
  std::optional<std::uint32_t> find(std::string_view id) const;
  bool is_within(std::uint32_t node, std::uint32_t ancestor) const;   // node == ancestor counts
  // Defaults, then each node from the root down.
  const parameter_set& parameters(std::uint32_t node) const { return parameters_[node]; }
  const parameter_set& default_parameters() const { return defaults_; }
  // The node's title on a day ("2026-11-24"; empty: the last one).
  sekimori::localized_text title(std::uint32_t node, std::string_view day) const;
  // Inherited from the nearest ancestor that says it.
  std::string owner(std::uint32_t node) const;
  std::string operated_by(std::uint32_t node) const;

  // design 4, Scope: the account mapping, else tags, else every node that holds accounts or systems.
  placement place(std::string_view cloud, std::string_view account, const std::map<std::string, std::string>& tags) const;

 private:
  // The nearest node at or above `node` whose member is not empty gives it.
  std::string inherited(std::uint32_t node, std::string scope_node::* member) const;
  // Whether a resource's tags say another value than `node` or a node above it; names the tag.
  std::string contradicting_tag(std::uint32_t node, const std::map<std::string, std::string>& tags) const;
  void index_nodes();

  static constexpr std::uint32_t no_node = 0xffffffff;
  std::vector<scope_node> nodes_;
  std::vector<std::uint32_t> parents_;                                          // by node; no_node at the top
  std::map<std::string, std::uint32_t, std::less<>> by_id_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> by_account_;     // cloud, account
  std::vector<std::map<std::string, std::string>> tags_;                        // by node, those of the nodes above included
  std::set<std::string, std::less<>> tag_keys_;                                 // every tag that places resources
  std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> by_tag_;   // nodes by the first of their own tags
  std::vector<std::uint32_t> homes_;                                            // nodes that hold accounts or systems; else all
  std::vector<parameter_set> parameters_;
  parameter_set defaults_;
};

// Checks one parameter value against its declaration's type: diagnostics SKM213.
std::vector<diagnostic> check_parameter(const parameter& declared, const literal& given);

}  // namespace sekimori::rules
