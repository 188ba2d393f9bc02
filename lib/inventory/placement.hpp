// inventory: where a resource of a Terraform plan or state is: region, account, cloud-native id. Entry points: the
// functions here. The one place that knows which attributes say so in which cloud.
#pragma once

#include "inventory/terraform_configuration.hpp"

namespace sekimori::inventory {

// See the functions of inventory. What does not stand in the input as it is comes from `memory`. `configuration` tells what
// providers are set to; null: the input has none, and attributes alone say it.
region_found region_of(const resource& one, const terraform_configuration* configuration, arena& memory);
std::string_view account_of(const resource& one, const terraform_configuration* configuration);
std::string_view native_id_of(const resource& one, arena& memory);

}  // namespace sekimori::inventory
