// inventory: resources that stand for an account. Entry points: account_ids, compared_account. Knows no organisation.
#pragma once

#include <optional>
#include <string_view>

#include "inventory/inventory.hpp"

namespace sekimori::inventory {

// Each is a name of the account that a resource stands for; empty: it stands for none, or is still to be made.
arena_vector<std::string_view> account_ids(const resource& of, arena& memory);

// Adds what a resource says of accounts; `account`: that it is in.
void note_account(const resource& of, std::string_view account, arena& memory, named_accounts& to);

// As ids of accounts are compared: Azure tells subscriptions apart without case.
std::string_view compared_account(std::string_view cloud, std::string_view id, arena& memory);

// An account that nobody names: the one that a provider configuration of a plan uses. Its resource says which.
class unnamed_account {
 public:
  explicit unnamed_account(const resource& account);
  bool holds(const resource& one) const { return provider_ && one.input == input_ && one.provider_key == *provider_; }
  bool is_of(std::uint32_t input) const { return provider_ && input == input_; }

 private:
  std::uint32_t input_ = 0;
  std::optional<std::string_view> provider_;
};

}  // namespace sekimori::inventory
