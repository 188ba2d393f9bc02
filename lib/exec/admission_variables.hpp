// exec: `variables` of a Kubernetes policy: each is evaluated when it is first read, then kept. Entry
// point: admission_variables. Knows no object of Kubernetes.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "exec/objects.hpp"

namespace sekimori::exec {

using admission_values = std::array<value, rules::admission_count>;

// One for each policy and object. An error or an unknown of a variable is what reading it gives.
class admission_variables final : public computed_object {
 public:
  // `values` are the policy's other variables; it keeps itself in their slot for `variables`.
  admission_variables(const rules::checked_admission& policy, cel::evaluator& evaluator, bool explaining);
  void begin(const admission_values& values);
  const admission_values& values() const { return values_; }

  std::size_t size() const override { return policy_.variables.size(); }
  bool find(value key, value& found) const override;
  const map_entry* entries() const override;
  bool field(std::uint32_t index, value& found) const override;
  std::string_view type_name() const override { return "kubernetes.variables"; }
  const data_path* where() const override { return explaining_ ? &field_mark : nullptr; }
  const cel::trace& field_trace(std::string_view name) const override;
  std::uint64_t cost() const override { return cost_; }

 private:
  int index_of(std::string_view name) const;
  void flatten(cel::trace& own) const;

  const rules::checked_admission& policy_;
  cel::evaluator& evaluator_;
  bool explaining_;
  admission_values values_;
  mutable std::vector<value> computed_;
  mutable std::vector<std::uint8_t> state_;   // 0 not read, 1 being computed, 2 kept
  mutable std::vector<cel::trace> traces_;
  mutable std::uint64_t cost_ = 0;
  mutable std::vector<map_entry> entries_;
};

}  // namespace sekimori::exec
