// inventory: which types the API groups of Kubernetes itself have. Entry point: kubernetes_types_like. Sources: the API reference
// of Kubernetes 1.25 to 1.37 (x-kubernetes-group-version-kind) and the deprecated API migration guide for the versions
// before them. Lists are left out: the reader takes them apart.
#include "inventory/kubernetes_kinds.hpp"

#include <algorithm>

#include "base/cloud_types.hpp"

namespace sekimori::inventory {
namespace {

// Every kind is there in every one of the versions; words have spaces between them.
struct types_row { std::string_view group, versions, kinds; };
constexpr types_row rows[] = {
    {"", "v1",
     "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate "
     "ReplicationController ResourceQuota Secret Service ServiceAccount"},
    {"admissionregistration.k8s.io", "v1 v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration"},
    {"admissionregistration.k8s.io", "v1 v1alpha1 v1beta1",
     "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding"},
    {"apiextensions.k8s.io", "v1 v1beta1", "CustomResourceDefinition"},
    {"apiregistration.k8s.io", "v1 v1beta1", "APIService"},
    {"apps", "v1 v1beta1 v1beta2", "ControllerRevision Deployment StatefulSet"},
    {"apps", "v1 v1beta2", "DaemonSet ReplicaSet"},
    {"authentication.k8s.io", "v1 v1alpha1 v1beta1", "SelfSubjectReview"},
    {"authentication.k8s.io", "v1", "TokenRequest"},
    {"authentication.k8s.io", "v1 v1beta1", "TokenReview"},
    {"authorization.k8s.io", "v1 v1beta1", "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview"},
    {"autoscaling", "v1 v2 v2beta1 v2beta2", "HorizontalPodAutoscaler"},
    {"autoscaling", "v1", "Scale"},
    {"batch", "v1 v1beta1 v2alpha1", "CronJob"},
    {"batch", "v1", "Job"},
    {"certificates.k8s.io", "v1 v1beta1", "CertificateSigningRequest"},
    {"certificates.k8s.io", "v1 v1alpha1 v1beta1", "ClusterTrustBundle PodCertificateRequest"},
    {"coordination.k8s.io", "v1 v1beta1", "Lease"},
    {"coordination.k8s.io", "v1alpha1 v1alpha2 v1beta1", "LeaseCandidate"},
    {"discovery.k8s.io", "v1 v1beta1", "EndpointSlice"},
    {"events.k8s.io", "v1 v1beta1", "Event"},
    {"extensions", "v1beta1", "DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet"},
    {"flowcontrol.apiserver.k8s.io", "v1 v1alpha1 v1beta1 v1beta2 v1beta3", "FlowSchema PriorityLevelConfiguration"},
    {"internal.apiserver.k8s.io", "v1alpha1", "StorageVersion"},
    {"lifecycle.k8s.io", "v1alpha1", "Eviction EvictionRequest"},
    {"networking.k8s.io", "v1alpha1", "ClusterCIDR"},
    {"networking.k8s.io", "v1 v1alpha1 v1beta1", "IPAddress ServiceCIDR"},
    {"networking.k8s.io", "v1 v1beta1", "Ingress IngressClass"},
    {"networking.k8s.io", "v1", "NetworkPolicy"},
    {"node.k8s.io", "v1 v1alpha1 v1beta1", "RuntimeClass"},
    {"policy", "v1", "Eviction"},
    {"policy", "v1 v1beta1", "PodDisruptionBudget"},
    {"policy", "v1beta1", "PodSecurityPolicy"},
    {"rbac.authorization.k8s.io", "v1 v1alpha1 v1beta1", "ClusterRole ClusterRoleBinding Role RoleBinding"},
    {"resource.k8s.io", "v1 v1alpha3 v1beta1 v1beta2", "DeviceClass"},
    {"resource.k8s.io", "v1 v1alpha3 v1beta2", "DeviceTaintRule"},
    {"resource.k8s.io", "v1alpha1", "PodScheduling"},
    {"resource.k8s.io", "v1alpha2 v1alpha3", "PodSchedulingContext"},
    {"resource.k8s.io", "v1 v1alpha1 v1alpha2 v1alpha3 v1beta1 v1beta2", "ResourceClaim ResourceClaimTemplate"},
    {"resource.k8s.io", "v1alpha2", "ResourceClaimParameters ResourceClassParameters"},
    {"resource.k8s.io", "v1alpha1 v1alpha2", "ResourceClass"},
    {"resource.k8s.io", "v1alpha3", "ResourcePoolStatusRequest"},
    {"resource.k8s.io", "v1 v1alpha2 v1alpha3 v1beta1 v1beta2", "ResourceSlice"},
    {"scheduling.k8s.io", "v1alpha3", "CompositePodGroup"},
    {"scheduling.k8s.io", "v1alpha2 v1alpha3 v1beta1", "PodGroup"},
    {"scheduling.k8s.io", "v1 v1alpha1 v1beta1", "PriorityClass"},
    {"scheduling.k8s.io", "v1alpha1 v1alpha2 v1alpha3 v1beta1", "Workload"},
    {"storage.k8s.io", "v1 v1beta1", "CSIDriver CSINode StorageClass"},
    {"storage.k8s.io", "v1 v1alpha1 v1beta1", "CSIStorageCapacity VolumeAttachment VolumeAttributesClass"},
    {"storagemigration.k8s.io", "v1 v1alpha1 v1beta1", "StorageVersionMigration"},
};

template <class Take>
void each_word(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t stop = std::min(text.find(' '), text.size());
    take(text.substr(0, stop));
    text.remove_prefix(std::min(stop + 1, text.size()));
  }
}

}  // namespace

std::optional<std::vector<std::string>> kubernetes_types_like(std::string_view type) {
  if (!is_object_type(type)) return std::nullopt;
  const std::string_view version = type.substr(0, type.rfind('/'));
  const std::string_view group = version.substr(0, version.find('/') == std::string_view::npos ? 0 : version.find('/'));
  const bool own = std::any_of(std::begin(rows), std::end(rows), [&](const types_row& row) { return row.group == group; });
  // The group of a custom resource is a domain with a dot.
  if (!own && group.find('.') != std::string_view::npos) return std::nullopt;
  std::vector<std::string> made;
  for (const types_row& row : rows) {
    const std::string before = row.group.empty() ? std::string() : std::string(row.group) + "/";
    each_word(row.versions, [&](std::string_view of) {
      each_word(row.kinds, [&](std::string_view kind) { made.push_back(before + std::string(of) + "/" + std::string(kind)); });
    });
  }
  return made;
}

}  // namespace sekimori::inventory
