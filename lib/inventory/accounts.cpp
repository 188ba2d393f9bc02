// inventory: see accounts.hpp.
#include "inventory/accounts.hpp"

#include "base/account_types.hpp"
#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {

std::string_view compared_account(std::string_view cloud, std::string_view id, arena& memory) {
  return cloud == "azure" ? memory.copy(std::string_view(lower_ascii(id))) : id;
}

arena_vector<std::string_view> account_ids(const resource& of, arena& memory) {
  arena_vector<std::string_view> made(memory);
  const account_type* type = account_type_of(of.type);
  if (type == nullptr) return made;
  for (const std::string_view attribute : type->ids) {
    const std::string_view id = attribute.empty() ? std::string_view() : plain_attribute(of, attribute);
    if (!id.empty()) made.push_back(compared_account(type->cloud, id, memory));
  }
  if (!made.empty()) return made;
  // It is a part of the id of the resource as well.
  const std::string_view id = type->cloud == "azure" ? azure_subscription(plain_attribute(of, "id"))
                              : type->cloud == "oci" && of.says != nullptr ? of.says->native_id : std::string_view();
  if (!id.empty()) made.push_back(compared_account(type->cloud, id, memory));
  return made;
}

}  // namespace sekimori::inventory
