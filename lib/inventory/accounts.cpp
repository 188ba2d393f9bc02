// inventory: see accounts.hpp.
#include "inventory/accounts.hpp"

#include <algorithm>

#include "base/account_types.hpp"
#include "base/cloud_types.hpp"
#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

std::string_view compared_account(std::string_view cloud, std::string_view id, arena& memory) {
  return cloud == "azure" ? memory.copy(std::string_view(lower_ascii(id))) : id;
}

void note_account(const resource& of, std::string_view account, arena& memory, named_accounts& to) {
  if (of.what == action::remove || of.data_source || std::find(known_clouds.begin(), known_clouds.end(), of.cloud) == known_clouds.end()) return;
  if (account_type_of(of.type) != nullptr) {
    for (const std::string_view id : account_ids(of, memory)) to.given.insert({std::string(of.cloud), std::string(id)});
    return;
  }
  if (account.empty()) to.untold.emplace(of.cloud, of.input, of.provider_key);
  else to.named.insert({std::string(of.cloud), std::string(compared_account(of.cloud, account, memory))});
}

const std::vector<std::string>* candidates_of(const input_state& input, const resource& one) {
  const auto found = one.says == nullptr ? input.candidates.end() : input.candidates.find(one.cloud);
  return found == input.candidates.end() || found->second.empty() ? nullptr : &found->second;
}

std::string_view account_in(const input_state& input, const resource& one, arena& memory) {
  const std::string_view said = input.links == nullptr ? std::string_view() : input.links->account(one, memory);
  if (!said.empty()) return said;
  const std::vector<std::string>* candidates = candidates_of(input, one);
  return candidates != nullptr && candidates->size() == 1 && account_type_of(one.type) == nullptr ? std::string_view(candidates->front()) : std::string_view();
}

namespace {

// What a stream told when it was read first, before anybody said where its resources can be.
void add_streamed(const named_accounts& more, const input_state& input, named_accounts& to) {
  to.named.insert(more.named.begin(), more.named.end());
  to.given.insert(more.given.begin(), more.given.end());
  for (auto& one : more.untold) {
    const auto found = input.candidates.find(std::get<0>(one));
    if (found != input.candidates.end() && found->second.size() == 1) to.named.insert({found->first, found->second.front()});
    else to.untold.insert(one);
  }
}

}  // namespace

named_accounts inventory::accounts() const {
  const implementation& in = *implementation_;
  named_accounts made;
  arena memory;
  for (const resource& one : in.resources) note_account(one, account(one, memory), memory, made);
  for (const input_state& input : in.inputs) {
    if (input.lines == nullptr) continue;
    const named_accounts& more = input.lines->accounts();
    add_streamed(more, input, made);
  }
  return made;
}

named_accounts inventory::accounts(std::uint32_t input) const {
  const input_state& of = implementation_->inputs[input];
  if (of.lines != nullptr) {
    named_accounts streamed;
    add_streamed(of.lines->accounts(), of, streamed);
    return streamed;
  }
  named_accounts made;
  arena memory;
  for (std::size_t i = of.first; i < of.last; ++i) note_account(implementation_->resources[i], account(implementation_->resources[i], memory), memory, made);
  return made;
}

unnamed_account::unnamed_account(const resource& account) {
  if (!account.type.starts_with("account:")) return;
  const value input = account.known.field("of_input").scalar();
  const document_node provider = account.known.field("of_provider");
  if (!input.is(value_kind::integer) || provider.text().empty()) return;
  input_ = static_cast<std::uint32_t>(input.as_integer());
  provider_ = provider.text();
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
