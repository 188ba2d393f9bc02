// inventory: where the providers and modules of a Terraform plan are from, and in which version, as resources of types
// terraform:provider and terraform:module. Entry point: add_sources. Knows no rules.
#pragma once

#include "inventory/format.hpp"

namespace sekimori::inventory {

// After the plan's own resources. Of `configuration`:
// - a provider, once however often it is configured: {name, full_name, version_constraints: ["~> 5.0" ...]}, each module's own constraint
//   beside the others, as the version must meet them all; full_name is not in plans before Terraform 1.1
// - a call of a module, as it stands there: {source, version_constraint ...}
void add_sources(const document_node& configuration, reading& into);

}  // namespace sekimori::inventory
