// inventory: masks over manifests.
#include "inventory/kubernetes_secrets.hpp"

#include "base/secret_text.hpp"
#include "inventory/kubernetes_kinds.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {

namespace {

constexpr std::string_view of_secret =
    R"({"data":true,"stringData":true,"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":true}}})";

// A mask of a list from those of its items; empty where all of them are.
template <class Mask>
std::string list_mask(const document_node& list, Mask mask) {
  std::string items;
  bool any = false;
  list.each_element([&](const document_node& each) {
    const std::string one = mask(each);
    any = any || !one.empty();
    items += (items.empty() ? "" : ",") + (one.empty() ? "null" : one);
  });
  return any ? "[" + items + "]" : std::string();
}

std::string container_mask(const document_node& container) {
  const std::string env = list_mask(field_of(container, "env"), [](const document_node& one) { return field_of(one, "value").is_null() ? "" : R"({"value":true})"; });
  return env.empty() ? env : "{\"env\":" + env + "}";
}

std::string pod_mask(const document_node& spec) {
  std::string fields;
  for (const std::string_view list : {"containers", "initContainers", "ephemeralContainers"}) {
    const std::string mask = list_mask(field_of(spec, list), container_mask);
    if (!mask.empty()) fields += (fields.empty() ? "\"" : ",\"") + std::string(list) + "\":" + mask;
  }
  return fields.empty() ? fields : "{" + fields + "}";
}

std::string config_mask(const document_node& data) {
  std::string fields;
  data.each_entry([&](std::string_view key, const document_node&) {
    if (is_secret_key(key)) fields += (fields.empty() ? "" : ",") + to_json(value::string(key)) + ":true";
  });
  return fields.empty() ? fields : "{\"data\":{" + fields + "}}";
}

}  // namespace

std::string secret_mask_of(const manifest_identity& identity, const document_node& root) {
  if (identity.group.empty() && identity.kind == "Secret") return std::string(of_secret);
  if (identity.group.empty() && identity.kind == "ConfigMap") return config_mask(field_of(root, "data"));
  const auto path = pod_template_path(identity.group, identity.kind);
  if (!path) return {};
  std::string before, after;
  document_node at = root;
  for (std::string_view rest = *path; !rest.empty();) {
    const std::string_view step = rest.substr(0, rest.find('.'));
    at = field_of(at, step);
    before += "{\"" + std::string(step) + "\":";
    after += "}";
    rest.remove_prefix(step.size() + 1);
  }
  const std::string mask = pod_mask(field_of(at, "spec"));
  return mask.empty() ? mask : before + "{\"spec\":" + mask + "}" + after;
}

}  // namespace sekimori::inventory
