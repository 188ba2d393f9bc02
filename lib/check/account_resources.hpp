// check: accounts that the organisation document or an input names, as resources of types account:CLOUD. Entry points:
// asks_of_accounts, account_resources.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/inventory.hpp"
#include "plan/program.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

// Whether any rule is asked of such a resource. Else nobody needs them, and no report is another for them.
bool asks_of_accounts(const plan::policy_plan& plan);

// A document (resources/v1) with one for each account that is named and for which no resource of its own was given; empty: there
// is none. With `scope` the accounts of the organisation are those at or below that node. Where a cloud has no named account
// but resources, each provider configuration that does not say its account stands for one; `inputs` are the names of inputs.
std::string account_resources(const inventory::inventory& all, const rules::organisation* organisation, std::optional<std::uint32_t> scope,
                              const std::vector<std::string>& inputs);

}  // namespace sekimori::check
