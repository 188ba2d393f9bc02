// check: what a loaded policy and opened inputs hold. Shared by the files of this stage only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/inputs.hpp"
#include "check/rule_descriptions.hpp"
#include "inventory/inventory.hpp"
#include "plan/program.hpp"
#include "rules/organisation.hpp"
#include "sekimori/policy.hpp"

namespace sekimori {

struct policy::implementation {
  std::shared_ptr<const plan::policy_plan> plan;
  std::optional<check::rule_descriptions> descriptions;
  std::optional<rules::organisation> organisation;
  std::string organisation_digest;
};

struct opened_inputs {
  opened_inputs(std::vector<input> inputs, const check_options& options) : given(std::move(inputs)), reading(given, options, all) {}

  const std::vector<input> given;
  inventory::inventory all;
  check::input_reading reading;
};

}  // namespace sekimori
