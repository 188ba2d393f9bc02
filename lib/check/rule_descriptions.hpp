// check: how reports name the rules of a policy. Entry point: rule_descriptions. Knows no run.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "rules/checked.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// Made at the first check, then shared by all reports: copying the texts of a thousand rules takes longer than asking
// the rules of a small plan. For any number of threads; the model must live as long.
class rule_descriptions {
 public:
  explicit rule_descriptions(const rules::model& model) : model_(model) {}

  const std::shared_ptr<const std::vector<report_rule>>& rules() const;
  // What a report says of a rule that found no resources, by index in the model.
  const std::shared_ptr<const not_examined>& without_resources(std::size_t rule) const;

 private:
  void make() const;

  const rules::model& model_;
  mutable std::once_flag made_;
  mutable std::shared_ptr<const std::vector<report_rule>> rules_;
  mutable std::vector<std::shared_ptr<const not_examined>> without_resources_;
};

}  // namespace sekimori::check
