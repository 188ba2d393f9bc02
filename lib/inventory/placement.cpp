// inventory: see placement.hpp.
#include "inventory/placement.hpp"

#include <algorithm>

#include "inventory/reading.hpp"

namespace sekimori::inventory {

namespace {

std::string lower(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == ' ') continue;      // Azure: "Japan East" is japaneast
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string_view last_component(std::string_view text) {
  auto slash = text.rfind('/');
  return slash == std::string_view::npos ? text : text.substr(slash + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// "asia-northeast1-a", "ap-northeast-1a" -> the region; anything else stays.
std::string without_zone(std::string text) {
  if (text.size() > 3 && is_letter(text.back())) {
    if (text[text.size() - 2] == '-') text.resize(text.size() - 2);
    else if (is_digit(text[text.size() - 2]) && std::count(text.begin(), text.end(), '-') >= 2) text.pop_back();
  }
  return text;
}

// A value that came through a variable may be only a part of what the expression makes.
bool looks_whole(std::string_view cloud, std::string_view region) {
  auto dashes = std::count(region.begin(), region.end(), '-');
  if (region.empty()) return false;
  if (cloud == "aws" || cloud == "oci") return dashes >= 2 && is_digit(region.back());
  if (cloud == "google") return dashes >= 1 && (is_digit(region.back()) || is_letter(region.back()));
  if (cloud == "sakura") return region.size() == 4 && is_digit(region[2]);
  return dashes == 0;
}

// field("arn:aws:s3:ap-northeast-1:1234:x", 3) is the region.
std::string_view arn_field(std::string_view arn, int which) {
  if (arn.substr(0, 4) != "arn:") return {};
  std::size_t at = 0;
  for (int i = 0; i < which; ++i) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  auto end = arn.find(':', at);
  return end == std::string_view::npos ? std::string_view() : arn.substr(at, end - at);
}

std::string_view path_part(std::string_view id, std::string_view after) {
  auto at = id.find(after);
  if (at == std::string_view::npos) return {};
  auto rest = id.substr(at + after.size());
  return rest.substr(0, rest.find('/'));
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

std::string normal_region(std::string_view cloud, std::string_view text) {
  std::string region = lower(last_component(text));
  return cloud == "sakura" || cloud == "azure" ? region : without_zone(std::move(region));
}

void place_region(resource& one, const terraform_configuration& configuration) {
  const cloud_places* places = places_of(one.cloud);
  if (places == nullptr) return;
  for (std::string_view attribute : places->attributes) {
    std::string_view text = plain_attribute(one, attribute);
    if (!text.empty()) {
      one.region = normal_region(one.cloud, text);
      return;
    }
    // Set by the author to something that is not known yet: the provider's region is not meant.
    if (field_of(one.unknown_mask, attribute).is_true() && configuration.configures(one, attribute)) return;
  }
  std::string_view from_arn = arn_field(plain_attribute(one, "arn"), 3);
  if (!from_arn.empty()) {
    one.region = from_arn;
    return;
  }
  auto settings = configuration.provider_of(one);
  for (std::string_view attribute : places->provider) {
    bool by_variable = false;
    std::string text = configuration.plain_text(field_of(field_of(settings.block, "expressions"), attribute), settings.module, by_variable);
    if (text.empty()) continue;
    std::string region = normal_region(one.cloud, text);
    if (by_variable && !looks_whole(one.cloud, region)) continue;
    one.region = std::move(region);
    one.region_from_provider = true;
    return;
  }
}

void place_account(resource& one, const terraform_configuration& configuration) {
  std::string_view attribute, setting;
  std::string_view id = plain_attribute(one, "id");
  if (one.cloud == "aws") {
    one.account = arn_field(plain_attribute(one, "arn"), 4);
    setting = "allowed_account_ids";
  } else if (one.cloud == "google") {
    attribute = "project";
    setting = "project";
  } else if (one.cloud == "azure") {
    one.account = path_part(id, "/subscriptions/");
    attribute = "subscription_id";
    setting = "subscription_id";
  } else if (one.cloud == "oci") {
    attribute = "compartment_id";
  }
  if (one.account.empty() && !attribute.empty()) {
    one.account = plain_attribute(one, attribute);
    if (one.account.empty() && field_of(one.unknown_mask, attribute).is_true() && configuration.configures(one, attribute)) return;
  }
  if (!one.account.empty() || setting.empty()) return;
  auto settings = configuration.provider_of(one);
  bool by_variable = false;
  one.account = configuration.plain_text(field_of(field_of(settings.block, "expressions"), setting), settings.module, by_variable);
}

bool names_itself(std::string_view id) {
  for (std::string_view prefix : {"arn:", "projects/", "/subscriptions/", "ocid1.", "https://", "organizations/", "folders/"}) {
    if (id.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

void identify(resource& one, value importing) {
  // Its `arn` is the target's, which several may share.
  bool own_arn = one.type != "aws_cloudwatch_event_target";
  for (std::string_view attribute : {"arn", "id", "self_link"}) {
    if (attribute == "arn" && !own_arn) continue;
    std::string_view text = plain_attribute(one, attribute);
    if (text.empty()) continue;
    // Other ids are unique among resources of the type only.
    one.native_id = names_itself(text) ? std::string(text) : one.type + ":" + std::string(text);
    return;
  }
  std::string_view imported = text_field(importing, "id");
  if (!imported.empty()) one.native_id = names_itself(imported) ? std::string(imported) : one.type + ":" + std::string(imported);
}

}  // namespace

void place_resource(resource& one, value importing, const terraform_configuration& configuration) {
  place_region(one, configuration);
  place_account(one, configuration);
  identify(one, importing);
}

}  // namespace sekimori::inventory
