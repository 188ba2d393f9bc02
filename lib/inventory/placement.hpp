// inventory: where a resource of a Terraform plan is: region, account, cloud-native id. Entry point:
// place_resource. The one place that knows which attributes say so in which cloud.
#pragma once

#include "inventory/terraform_configuration.hpp"

namespace sekimori::inventory {

// `importing` is the change's own, null where nothing is imported.
void place_resource(resource& one, value importing, const terraform_configuration& configuration);

}  // namespace sekimori::inventory
