// check: which organisation node a resource belongs to, and the params and scope that conditions see
// there. Entry point: scope_table. Knows no rules' conditions and no formats.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "exec/objects.hpp"
#include "rules/checked.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

// What conditions see for one set of candidate nodes. Resources with the same candidates share it;
// a parameter that differs between candidates is unknown (reason scope).
struct scope_view {
  std::vector<std::uint32_t> nodes;                              // candidates; empty: no organisation
  std::unique_ptr<exec::record_object> scope;
  std::vector<std::unique_ptr<exec::record_object>> parameters;  // by rule set index
  bool certain() const { return nodes.size() == 1; }
};

// One per run.
class scope_table {
 public:
  scope_table(const rules::model& model, const rules::organisation* organisation, const std::map<std::string, std::string>& overrides,
              arena& memory);
  const scope_view& view(std::vector<std::uint32_t> nodes);

 private:
  value parameter(const std::vector<std::uint32_t>& nodes, const std::string& full_name, const std::string& name);
  value node_field(const std::vector<std::uint32_t>& nodes, std::size_t field);

  const rules::model& model_;
  const rules::organisation* organisation_;
  const std::map<std::string, std::string>& overrides_;
  rules::organisation defaults_;
  arena& memory_;
  std::map<std::vector<std::uint32_t>, scope_view> views_;
};

}  // namespace sekimori::check
