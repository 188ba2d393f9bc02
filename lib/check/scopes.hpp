// check: which organisation node a resource belongs to, and the params and scope that conditions see
// there. Entry point: scope_table. Knows no rules' conditions and no formats.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "exec/objects.hpp"
#include "rules/checked.hpp"
#include "rules/organisation.hpp"
#include "value/text_set.hpp"

namespace sekimori::check {

// What `params` is, by rule set index.
using parameter_objects = std::vector<std::unique_ptr<exec::record_object>>;

// What conditions see for one set of candidate nodes. Resources with the same candidates share it;
// a parameter that differs between candidates is unknown (reason scope).
struct scope_view {
  std::vector<std::uint32_t> nodes;                 // candidates; empty: no organisation
  std::unique_ptr<exec::record_object> scope;
  const parameter_objects* parameters = nullptr;    // one object for all scopes whose parameters are equal
  const std::vector<bool>* adopted = nullptr;       // by rule of the model: what one of the candidates adopts; null: every rule
  bool certain() const { return nodes.size() == 1; }
};

// One per run; its views are for all threads.
class scope_table {
 public:
  scope_table(const rules::model& model, const rules::organisation* organisation, const std::map<std::string, std::string>& overrides,
              std::optional<std::int64_t> now = {}, const rules::scope_texts& said = {});
  // The same view for the same nodes, as long as the table lives.
  const scope_view& view(std::span<const std::uint32_t> nodes);
  // Sets of parameters that differ by value, of the scopes that were asked about.
  std::size_t parameter_sets() const { return parameters_.size(); }

 private:
  struct declared {
    std::size_t ruleset;
    std::string_view name;        // "admin_ports"
    std::string full_name;        // "baseline.network/admin_ports"
    const std::string* override_ = nullptr;
    const rules::parameter* source = nullptr;
  };
  // The JSON of a parameter that is the same at all of the nodes; nullptr where it differs.
  const std::string* same_text(std::span<const std::uint32_t> nodes, const declared& asked) const;
  const parameter_objects& parameters(std::span<const std::uint32_t> nodes);
  // Whether it is the rule set's own table, and that is to be reviewed first.
  bool is_overdue(const declared& asked, const std::string& json) const;
  value indexed(value parameter);
  const std::vector<bool>* adopted(std::span<const std::uint32_t> nodes);
  value node_field(std::span<const std::uint32_t> nodes, std::size_t field);
  const scope_view& view_of_several(std::span<const std::uint32_t> nodes);
  void make(scope_view& into, std::span<const std::uint32_t> nodes);

  const rules::model& model_;
  const rules::organisation* organisation_;
  rules::organisation defaults_;
  rules::scope_texts said_;       // by a test of a rule
  std::string today_;             // of `now` in Japan; empty: not known
  std::vector<declared> declared_;
  std::mutex making_;
  arena memory_;
  std::deque<indexed_list> indexed_;
  struct in_order {
    using is_transparent = void;
    bool operator()(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) const {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    }
  };
  // Of one node each, by node: most resources have one, so that it is found without a search or a lock.
  struct single {
    std::atomic<bool> made{false};
    scope_view view;
  };
  std::vector<single> singles_;
  std::map<std::vector<std::uint32_t>, scope_view, in_order> views_;      // of several nodes, or none
  std::map<std::string, parameter_objects> parameters_;   // by the JSON of each, in order
  std::map<std::vector<const std::vector<std::string>*>, std::vector<bool>> adopted_;   // by what the candidates adopt
};

}  // namespace sekimori::check
