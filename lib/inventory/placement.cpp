// inventory: see placement.hpp.
#include "inventory/placement.hpp"

#include <algorithm>

#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/google_names.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// A value that came through a variable may be only a part of what the expression makes.
bool looks_whole(std::string_view cloud, std::string_view region) {
  auto dashes = std::count(region.begin(), region.end(), '-');
  if (region.empty()) return false;
  if (cloud == "aws" || cloud == "oci") return dashes >= 2 && is_digit(region.back());
  if (cloud == "google") return dashes >= 1 && (is_digit(region.back()) || is_letter(region.back()));
  if (cloud == "sakura") return region.size() == 4 && is_digit(region[2]);
  return dashes == 0;
}

struct cloud_places {
  std::string_view cloud;
  std::vector<std::string_view> attributes;   // in turn
  std::vector<std::string_view> provider;
};

const cloud_places* places_of(std::string_view cloud) {
  static const cloud_places table[] = {
      {"aws", {"region", "availability_zone"}, {"region"}},
      {"azure", {"location"}, {}},
      {"google", {"region", "location", "zone"}, {"region", "zone"}},
      {"oci", {"region"}, {"region"}},
      {"sakura", {"zone"}, {"zone"}},
  };
  for (const cloud_places& row : table) {
    if (row.cloud == cloud) return &row;
  }
  return nullptr;
}

// What the provider configuration of a resource says of one of its settings.
std::string_view provider_setting(const resource& one, std::string_view setting, const terraform_configuration* configuration, bool& by_variable) {
  if (configuration == nullptr) return {};
  const auto settings = configuration->provider_of(one);
  return configuration->plain_text(settings.block.field("expressions").field(setting), settings.module, by_variable);
}

// Set by the author to something that is not known yet: what the provider is set to is not meant.
bool is_set_to_unknown(const resource& one, std::string_view attribute, const terraform_configuration* configuration) {
  return one.unknown_mask.field(attribute).is_true() && configuration != nullptr && configuration->configures(one, attribute);
}

bool names_itself(std::string_view id) {
  for (std::string_view prefix : {"arn:", "projects/", "/subscriptions/", "ocid1.", "https://", "organizations/", "folders/"}) {
    if (id.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

}  // namespace

region_found region_of(const resource& one, const terraform_configuration* configuration, arena& memory) {
  const cloud_places* places = places_of(one.cloud);
  if (places == nullptr) return {};
  auto kept = [&](const std::string& region) { return memory.copy(std::string_view(region)); };
  for (std::string_view attribute : places->attributes) {
    const std::string_view text = plain_attribute(one, attribute);
    if (!text.empty()) return {kept(normal_region(one.cloud, text))};
    if (is_set_to_unknown(one, attribute, configuration)) return {};
  }
  const std::string_view from_arn = arn_field(plain_attribute(one, "arn"), 3);
  if (!from_arn.empty()) return {from_arn};
  for (std::string_view setting : places->provider) {
    bool by_variable = false;
    const std::string_view text = provider_setting(one, setting, configuration, by_variable);
    if (text.empty()) continue;
    const std::string region = normal_region(one.cloud, text);
    if (by_variable && !looks_whole(one.cloud, region)) continue;
    return {kept(region), true};
  }
  return {};
}

std::string_view account_of(const resource& one, const terraform_configuration* configuration) {
  std::string_view account, attribute, setting;
  if (one.cloud == "aws") {
    account = arn_field(plain_attribute(one, "arn"), 4);
    setting = "allowed_account_ids";
  } else if (one.cloud == "google") {
    attribute = "project";
    setting = "project";
  } else if (one.cloud == "azure") {
    account = path_part(plain_attribute(one, "id"), "/subscriptions/");
    attribute = "subscription_id";
    setting = "subscription_id";
  } else if (one.cloud == "oci") {
    attribute = "compartment_id";
  }
  if (account.empty() && !attribute.empty()) {
    account = plain_attribute(one, attribute);
    // azurerm_consumption_budget_subscription takes the id of the subscription as a resource.
    if (const std::string_view within = one.cloud == "azure" ? azure_subscription(account) : std::string_view(); !within.empty()) account = within;
    if (account.empty() && is_set_to_unknown(one, attribute, configuration)) return {};
  }
  if (!account.empty() || setting.empty()) return account;
  bool by_variable = false;
  return provider_setting(one, setting, configuration, by_variable);
}

std::string_view native_id_of(const resource& one, arena& memory) {
  // Ids of other forms are unique among resources of the type only.
  auto whole = [&](std::string_view id) {
    return names_itself(id) ? id : memory.copy(std::string_view(std::string(one.type) + ":" + std::string(id)));
  };
  if (one.cloud == "google") {
    const std::string name = google_full_name(one.type, plain_attribute(one, "self_link"), plain_attribute(one, "id"));
    if (!name.empty()) return memory.copy(std::string_view(name));
  }
  // The `arn` of a target of events is of what it calls, which several may share.
  const bool own_arn = one.type != "aws_cloudwatch_event_target";
  for (std::string_view attribute : {"arn", "id", "self_link"}) {
    if (attribute == "arn" && !own_arn) continue;
    const std::string_view text = plain_attribute(one, attribute);
    if (!text.empty()) return whole(text);
  }
  return one.imported_id.empty() ? std::string_view() : whole(one.imported_id);
}

}  // namespace sekimori::inventory
