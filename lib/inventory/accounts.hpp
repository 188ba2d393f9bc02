// inventory: resources that stand for an account. Entry points: account_ids, compared_account. Knows no organisation.
#pragma once

#include <string_view>

#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// Each is a name of the account that a resource stands for; empty: it stands for none, or is still to be made.
arena_vector<std::string_view> account_ids(const resource& of, arena& memory);

// As ids of accounts are compared: Azure tells subscriptions apart without case.
std::string_view compared_account(std::string_view cloud, std::string_view id, arena& memory);

}  // namespace sekimori::inventory
