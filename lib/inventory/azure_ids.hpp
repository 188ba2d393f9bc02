// inventory: identities of Azure Resource Manager, which are the same in any case ("resourceGroups", "RESOURCEGROUPS").
// Entry points: is_azure_id, azure_subscription, azure_type, compared_id. Knows no documents.
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
#pragma once

#include <string>
#include <string_view>

#include "base/arena.hpp"

namespace sekimori::inventory {

// "/subscriptions/..." and "/providers/..."
bool is_azure_id(std::string_view text);
// The subscription that an id is in; empty: of the tenant or of a management group.
std::string_view azure_subscription(std::string_view id);
// "/subscriptions/x/resourceGroups/g/providers/Microsoft.Sql/servers/s/databases/d" -> "microsoft.sql/servers/databases". Of
// the last provider in it; empty: it names none.
std::string azure_type(std::string_view id);
std::string lower_ascii(std::string_view text);

// A text as links compare it, and as the identity of a finding has it: an id of a resource in Azure in lower case, made in
// `memory`; any other as it is. Native ids and addresses stay as they were given: plans, Resource Graph and the API of each
// service write ids in cases of their own.
std::string_view compared_id(std::string_view text, arena& memory);

}  // namespace sekimori::inventory
