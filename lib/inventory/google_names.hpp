// inventory: the full resource names of Google Cloud, which its Cloud Asset Inventory calls assets by. Entry point:
// google_full_name. Knows no plan and no export.
// https://cloud.google.com/asset-inventory/docs/asset-names
#pragma once

#include <string>
#include <string_view>

namespace sekimori::inventory {

// The full name that a resource of Terraform's type has by its `self_link` or its `id`; empty: it does not follow from
// them (an inventory names service accounts and secrets by numbers that neither holds).
//   https://www.googleapis.com/compute/v1/projects/p/zones/z/disks/d -> //compute.googleapis.com/projects/p/zones/z/disks/d
std::string google_full_name(std::string_view type, std::string_view self_link, std::string_view id);

}  // namespace sekimori::inventory
