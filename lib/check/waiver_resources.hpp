// check: the waivers of an organisation document as resources of the type organisation:waiver. Entry points: asks_of_waivers,
// waiver_resources.
#pragma once

#include <cstdint>
#include <optional>

#include "inventory/inventory.hpp"
#include "plan/program.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

// Whether any rule is asked of such a resource. Else nobody needs them, and no report is another for them.
bool asks_of_waivers(const plan::policy_plan& plan);

// A document (resources/v1) with one for each waiver, called as the organisation's own; empty: there is none. With `scope`
// those at or below that node. `approvers` are the posts that may grant it: the owner of the topmost node where the rule
// wants the floor's, else those of its scope and of all above it.
inventory::inventory::named_text waiver_resources(const rules::organisation& organisation, const rules::model& model, std::optional<std::uint32_t> scope);

}  // namespace sekimori::check
