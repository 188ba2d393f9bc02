// check: see account_resources.hpp.
#include "check/account_resources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/cloud_types.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

std::string quoted(std::string_view text) { return to_json(value::string(text)); }

}  // namespace

bool asks_of_accounts(const plan::policy_plan& plan) {
  return std::any_of(known_clouds.begin(), known_clouds.end(), [&](std::string_view cloud) {
    const auto found = plan.by_type.find("account:" + std::string(cloud));
    return found != plan.by_type.end() && std::any_of(found->second.begin(), found->second.end(), [](auto& entry) { return !entry.programs.empty(); });
  });
}

std::string account_resources(const inventory::inventory& all, const rules::organisation* organisation, std::optional<std::uint32_t> scope,
                              const std::vector<std::string>& inputs) {
  inventory::named_accounts told = all.accounts();
  if (organisation != nullptr) {
    for (std::uint32_t i = 0; i < organisation->nodes().size(); ++i) {
      if (scope && !organisation->is_within(i, *scope)) continue;
      for (auto& one : organisation->nodes()[i].accounts) told.named.insert({one.cloud, rules::organisation::compared_account(one.cloud, one.account.text)});
    }
  }
  std::string items;
  auto add = [&](const std::string& cloud, const std::string& address, const std::string& account, const std::string& attributes) {
    items += fmt::format(R"({}{{"type":{},"id":{}{},"attributes":{{{}}}}})", items.empty() ? "" : ",", quoted("account:" + cloud), quoted(address),
                         account.empty() ? "" : ",\"account\":" + quoted(account), attributes);
  };
  for (auto& one : told.named) {
    if (!told.given.contains(one)) add(one.cloud, "account:" + one.cloud + ":" + one.id, one.id, "\"id\":" + quoted(one.id));
  }
  for (auto& [cloud, input, provider] : told.untold) {
    auto of_cloud = [&](const std::set<inventory::account_name>& some) {
      return std::any_of(some.begin(), some.end(), [&](auto& one) { return one.cloud == cloud; });
    };
    if (of_cloud(told.named) || of_cloud(told.given)) continue;
    const std::string& of = inputs[input];
    add(cloud, "account:" + cloud + " (" + of + (provider.empty() ? "" : ", " + provider) + ")", {},
        fmt::format(R"("of_input":{},"of_provider":{})", input, quoted(provider)));
  }
  return items.empty() ? items : R"({"sekimori":"resources/v1","resources":[)" + items + "]}";
}

}  // namespace sekimori::check
