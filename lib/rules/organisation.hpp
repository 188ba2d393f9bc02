// rules: the organisation as one checked model: scopes, effective parameters, waivers, accounts.
// Entry point: organisation::build. Knows no inputs and no expressions.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/documents.hpp"
#include "sekimori/result.hpp"

namespace sekimori::rules {

// Finds a view among texts.
struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct effective_parameter {
  std::string json;          // the value, canonical JSON text (no spaces, keys sorted): equal values are equal texts
  std::string set_by;        // node id; empty: the rule set's default, or a profile that is looked at by itself
  std::string previous;      // JSON before that node; empty: none
  std::string profile;       // id of the profile by which it is set; empty: by none
  std::string profile_file;
};
// "baseline.network/admin_ports" -> value. Interned by the caller: equal maps are one parameter set.
using parameter_set = std::map<std::string, effective_parameter>;

struct tag {
  std::string_view key, value;
  bool known = true;                       // else it is there, and could say anything
};

// Where a resource may belong: one node, several candidates, or none. Kept from resource to resource, it takes nothing
// from the heap.
class placement {
 public:
  placement() = default;
  placement(const placement&) = delete;
  placement& operator=(const placement&) = delete;

  std::span<const std::uint32_t> nodes;    // indexes, rising; empty: the organisation does not say
  bool contradiction = false;              // a tag contradicts the node
  std::string contradiction_text;

 private:
  friend class organisation;
  std::vector<std::uint32_t> found_, tagged_, possible_, said_;   // said_: by key, the value of a resource's tag
};

class organisation {
 public:
  // Checks meaning: unique permanent ids, known parents, tighten-only parameters (both nodes named),
  // parameter types, accounts mapped once, waivers (rule known and waivable, approver other than the
  // requester, expiry present and within the rule's ceiling, dates in order), adopted versions and rules, profiles.
  static result<organisation> build(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                                    const std::vector<profile_document>& profiles = {});
  // No organisation given: one nameless node set, every parameter at its default.
  static organisation defaults(const std::vector<ruleset_document>& rulesets);

  const std::vector<scope_node>& nodes() const { return nodes_; }
  std::optional<std::uint32_t> find(std::string_view id) const;
  bool is_within(std::uint32_t node, std::uint32_t ancestor) const;   // node == ancestor counts
  // Defaults, then each node from the root down.
  const parameter_set& parameters(std::uint32_t node) const { return parameters_[node]; }
  const parameter_set& default_parameters() const { return defaults_; }
  // Full ids of the rules that a node or one above it adopts, itself or by a profile, sorted; the same object for nodes that
  // adopt the same. Null: the organisation adopts nothing anywhere, and every rule is asked.
  const std::vector<std::string>* adopted(std::uint32_t node) const { return adopted_.empty() ? nullptr : adopted_[node].get(); }
  // The node's title on a day ("2026-11-24"; empty: the last one).
  sekimori::localized_text title(std::uint32_t node, std::string_view day) const;
  // The nearest node at or above `node` whose member is not empty gives it; empty: none does.
  const std::string& inherited(std::uint32_t node, std::string scope_node::* member) const;
  std::string owner(std::uint32_t node) const;
  std::string operated_by(std::uint32_t node) const;

  // An account as it is compared: Azure tells subscriptions apart without case.
  static std::string compared_account(std::string_view cloud, std::string_view account);
  // The node that an account is given to; nothing: none.
  std::optional<std::uint32_t> node_of(std::string_view cloud, std::string_view account) const;
  // design 4, Scope: the account mapping, else tags, else every node that holds accounts or systems.
  // No key stands twice in `tags`. `more_tags`: it could have others. What a tag that is not known could say, is among the candidates.
  void place(std::string_view cloud, std::string_view account, std::span<const tag> tags, placement& into, bool more_tags = false) const;

 private:
  void index_nodes();
  void index_tags();

  static constexpr std::uint32_t no_node = 0xffffffff;
  // Keys and values of tags that place resources are numbers, so that a resource is compared with a thousand nodes
  // without comparing texts. As what a resource says of a key:
  static constexpr std::uint32_t not_said = 0xffffffff, another_value = 0xfffffffe, could_be_any = 0xfffffffd;
  template <class Value>
  using by_text = std::unordered_map<std::string, Value, text_hash, std::equal_to<>>;
  struct tag_key {
    std::string name;
    by_text<std::uint32_t> values;
    std::vector<std::vector<std::uint32_t>> first_of;   // by value: nodes whose own tags begin with it
  };
  struct node_tag {
    std::uint32_t key, value;
    bool own;                  // else a node above says it
  };
  static bool names(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said);
  static bool rests_on_unknown(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said);
  // The tag that says another value than the node or a node above it; null: none.
  static const node_tag* contradiction(const std::vector<node_tag>& node, const std::vector<std::uint32_t>& said);
  void place_by_tags(placement& into) const;

  std::vector<scope_node> nodes_;
  std::vector<std::uint32_t> parents_;                                          // by node; no_node at the top
  by_text<std::uint32_t> by_id_;
  by_text<by_text<std::uint32_t>> by_account_;                                  // cloud, account
  std::vector<tag_key> tag_keys_;                                               // by name: every tag that places resources
  std::vector<std::vector<node_tag>> tags_;                                     // by node, by key, those of the nodes above included
  std::vector<std::uint32_t> homes_;                                            // nodes that hold accounts or systems; else all
  std::vector<parameter_set> parameters_;
  parameter_set defaults_;
  std::vector<std::shared_ptr<const std::vector<std::string>>> adopted_;        // by node; empty: nothing is adopted anywhere
};

// Checks one parameter value against its declaration's type: diagnostics SKM213.
std::vector<diagnostic> check_parameter(const parameter& declared, const literal& given);

}  // namespace sekimori::rules
