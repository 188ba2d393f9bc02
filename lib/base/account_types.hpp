// base: which types of resources stand for an account (AWS account, Azure subscription, Google project, OCI compartment or
// tenancy, Sakura project), and how such a resource says its id. Entry point: account_type_of. The one table of them.
#pragma once

#include <array>
#include <string_view>

namespace sekimori {

struct account_type {
  std::string_view type, cloud;
  std::array<std::string_view, 2> ids;   // attributes, each of which names it; a second one may be empty
};

// Null: resources of the type stand for no account. `account:CLOUD` is an account of which nothing but its name was given.
const account_type* account_type_of(std::string_view type);

}  // namespace sekimori
