// inventory: kinds of Kubernetes. Sources: the API reference of Kubernetes 1.34 (which kinds have no
// namespace), and the guess of plurals in k8s.io/apimachinery, meta.UnsafeGuessKindToResource; members without omitempty in k8s.io/api.
#include "inventory/kubernetes_kinds.hpp"

#include <algorithm>
#include <vector>

#include "value/containers.hpp"

namespace sekimori::inventory {

namespace {

constexpr std::string_view builtin_groups[] = {
    "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io",
    "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
    "extensions", "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy",
    "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io"};

struct kind_row { std::string_view group, kind; };
constexpr kind_row cluster_kinds[] = {
    {"", "ComponentStatus"}, {"", "Namespace"}, {"", "Node"}, {"", "PersistentVolume"},
    {"admissionregistration.k8s.io", "*"}, {"apiextensions.k8s.io", "*"}, {"apiregistration.k8s.io", "*"}, {"authentication.k8s.io", "*"},
    {"authorization.k8s.io", "SelfSubjectAccessReview"}, {"authorization.k8s.io", "SelfSubjectRulesReview"}, {"authorization.k8s.io", "SubjectAccessReview"},
    {"certificates.k8s.io", "CertificateSigningRequest"}, {"certificates.k8s.io", "ClusterTrustBundle"},
    {"extensions", "PodSecurityPolicy"}, {"flowcontrol.apiserver.k8s.io", "*"}, {"internal.apiserver.k8s.io", "*"},
    {"networking.k8s.io", "IPAddress"}, {"networking.k8s.io", "IngressClass"}, {"networking.k8s.io", "ServiceCIDR"}, {"node.k8s.io", "*"},
    {"policy", "PodSecurityPolicy"}, {"rbac.authorization.k8s.io", "ClusterRole"}, {"rbac.authorization.k8s.io", "ClusterRoleBinding"},
    {"resource.k8s.io", "DeviceClass"}, {"resource.k8s.io", "DeviceTaintRule"}, {"resource.k8s.io", "ResourceSlice"}, {"scheduling.k8s.io", "PriorityClass"},
    {"storage.k8s.io", "CSIDriver"}, {"storage.k8s.io", "CSINode"}, {"storage.k8s.io", "StorageClass"}, {"storage.k8s.io", "VolumeAttachment"},
    {"storage.k8s.io", "VolumeAttributesClass"}, {"storagemigration.k8s.io", "*"}};

// Where the pod's template stands in an object of the kind; of a pod itself: "".
struct template_row { std::string_view group, kind, path; };
constexpr template_row templates[] = {
    {"", "Pod", ""}, {"", "ReplicationController", "spec.template."}, {"apps", "DaemonSet", "spec.template."}, {"apps", "Deployment", "spec.template."},
    {"apps", "ReplicaSet", "spec.template."}, {"apps", "StatefulSet", "spec.template."}, {"batch", "Job", "spec.template."},
    {"batch", "CronJob", "spec.jobTemplate.spec.template."}};

attribute_facts written(value what) {
  attribute_facts made;
  made.has_default = true;
  made.absent = what;
  return made;
}

attribute_table pod_table(const template_row& row) {
  static const arena_map nothing{{}};
  attribute_table made;
  const std::string path(row.path);
  if (!path.empty()) made.emplace(path + "metadata", written(value::map(&nothing)));
  if (row.kind == "CronJob") made.emplace("spec.jobTemplate.metadata", written(value::map(&nothing)));
  for (const std::string_view list : {"containers", "initContainers"}) made.emplace(path + "spec." + std::string(list) + ".resources", written(value::map(&nothing)));
  return made;
}

}  // namespace

std::optional<std::string_view> pod_template_path(std::string_view group, std::string_view kind) {
  for (const template_row& row : templates) {
    if (row.group == group && row.kind == kind) return row.path;
  }
  return std::nullopt;
}

const attribute_table* always_there(std::string_view group, std::string_view kind) {
  static const std::vector<attribute_table> pods = [] {
    std::vector<attribute_table> made;
    for (const template_row& row : templates) made.push_back(pod_table(row));
    return made;
  }();
  static const attribute_table roles = [] {
    attribute_table made;
    made.emplace("rules", written(value::null()));
    return made;
  }();
  for (std::size_t i = 0; i < pods.size(); ++i) {
    if (templates[i].group == group && templates[i].kind == kind) return &pods[i];
  }
  return group == "rbac.authorization.k8s.io" && (kind == "Role" || kind == "ClusterRole") ? &roles : nullptr;
}

bool is_builtin_group(std::string_view group) {
  return std::find(std::begin(builtin_groups), std::end(builtin_groups), group) != std::end(builtin_groups);
}

object_scope scope_of(std::string_view group, std::string_view kind) {
  if (!is_builtin_group(group)) return object_scope::unknown;
  for (const kind_row& row : cluster_kinds) {
    if (row.group == group && (row.kind == kind || row.kind == "*")) return object_scope::cluster;
  }
  return object_scope::namespaced;
}

std::string plural_of(std::string_view kind) {
  std::string made(kind);
  for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (made.empty() || made.ends_with("endpoints")) return made;
  if (made.back() == 's') return made + "es";
  const bool vowel = made.size() > 1 && std::string_view("aeiou").find(made[made.size() - 2]) != std::string_view::npos;
  if (made.back() == 'y' && !vowel) return made.substr(0, made.size() - 1) + "ies";
  return made + "s";
}

}  // namespace sekimori::inventory
