// base: see cloud_types.hpp.
#include "base/cloud_types.hpp"

#include <algorithm>

namespace sekimori {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool letter(char c) { return lower(c) || (c >= 'A' && c <= 'Z'); }

template <class Allowed>
bool every(std::string_view text, Allowed allowed) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_word(std::string_view text) {
  return every(text, [](char c) { return letter(c) || digit(c); });
}

// Words between separators, at least `least` of them.
bool is_words(std::string_view text, std::string_view separator, std::size_t least) {
  std::size_t words = 0;
  while (true) {
    const std::size_t stop = text.find(separator);
    if (!is_word(text.substr(0, stop))) return false;
    ++words;
    if (stop == std::string_view::npos) return words >= least;
    text.remove_prefix(stop + separator.size());
  }
}

bool is_cloudformation(std::string_view text) { return text.starts_with("AWS::") && is_words(text, "::", 3); }
bool is_aws_api(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && every(text.substr(0, dot), [](char c) { return lower(c) || digit(c) || c == '-'; }) && is_word(text.substr(dot + 1));
}
bool is_azure(std::string_view text) {
  if (text.find('/') == std::string_view::npos || text.ends_with('/') || text.find("//") != std::string_view::npos) return false;
  return every(text, [](char c) { return lower(c) || digit(c) || c == '.' || c == '/' || c == '-'; });
}
bool is_google_asset(std::string_view text) {
  constexpr std::string_view host = ".googleapis.com/";
  const std::size_t at = text.find(host);
  if (at == std::string_view::npos || !every(text.substr(0, at), [](char c) { return lower(c) || digit(c) || c == '-' || c == '.'; })) return false;
  text.remove_prefix(at + host.size());
  const std::size_t colon = text.find(':');
  return is_word(text.substr(0, colon)) &&
         (colon == std::string_view::npos || every(text.substr(colon + 1), [](char c) { return lower(c) || c == '_'; }));
}

bool is_nothing(std::string_view text) { return text.empty(); }

struct terraform_row { std::string_view begins, cloud; };
constexpr terraform_row terraform[] = {{"aws_", "aws"}, {"azurerm_", "azure"}, {"azuread_", "azure"}, {"google_", "google"}, {"oci_", "oci"},
                                       {"sakura_", "sakura"}, {"sakuracloud_", "sakura"}, {"kubernetes_", "kubernetes"}};

struct native_row {
  std::string_view begins;                  // left off before the rest is looked at
  bool (*rest)(std::string_view);
  std::string_view cloud;
};
constexpr native_row native[] = {{"", is_cloudformation, "aws"}, {"aws-config:", is_cloudformation, "aws"}, {"aws-api:", is_aws_api, "aws"},
                                 {"microsoft.", is_azure, "azure"}, {"", is_google_asset, "google"}, {"ocid:", is_word, "oci"},
                                 {"sakura-api:", is_word, "sakura"}, {"", is_object_type, "kubernetes"},
                                 {"account:aws", is_nothing, "aws"}, {"account:azure", is_nothing, "azure"},
                                 {"account:google", is_nothing, "google"}, {"account:oci", is_nothing, "oci"},
                                 {"account:sakura", is_nothing, "sakura"}};

constexpr std::string_view without_cloud[] = {"register:account", "register:system", "organisation:waiver", "terraform:provider", "terraform:module"};

}  // namespace

std::string_view type_without_cloud(std::string_view type) {
  for (const std::string_view one : without_cloud) {
    if (one == type) return one;
  }
  return {};
}

bool is_terraform_type(std::string_view text) {
  return !text.empty() && lower(text[0]) && text.find('_') != std::string_view::npos &&
         every(text, [](char c) { return lower(c) || digit(c) || c == '_'; });
}

std::string_view cloud_of_type(std::string_view type) {
  for (const terraform_row& one : terraform) {
    if (type.starts_with(one.begins)) return one.cloud;
  }
  for (const native_row& one : native) {
    if (type.starts_with(one.begins) && one.rest(type.substr(one.begins.size()))) return one.cloud;
  }
  return {};
}

bool is_object_type(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return false;
  const std::string_view kind = text.substr(slash + 1), version = text.substr(0, slash);
  return is_word(kind) && kind[0] >= 'A' && kind[0] <= 'Z' && lower(version[0]) && version.find(".googleapis.com") == std::string_view::npos &&
         every(version, [](char c) { return lower(c) || digit(c) || c == '.' || c == '-' || c == '/'; });
}

bool is_resource_type(std::string_view text) { return is_terraform_type(text) || !type_without_cloud(text).empty() || cloud_of_type(text) != std::string_view(); }

}  // namespace sekimori
