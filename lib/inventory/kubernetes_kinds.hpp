// inventory: what is known of Kubernetes' kinds without a cluster. Entry points: the functions here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value/overlay.hpp"

namespace sekimori::inventory {

enum class object_scope : std::uint8_t { namespaced, cluster, unknown };

// A group of Kubernetes itself, not of a custom resource.
bool is_builtin_group(std::string_view group);
// Every type of Kubernetes' own groups ("apps/v1/Deployment"), for a type that would be one of theirs; nullopt: a custom resource's, or none
// of a manifest.
std::optional<std::vector<std::string>> kubernetes_types_like(std::string_view type);
// Where objects of the kind live; unknown for kinds of other groups.
object_scope scope_of(std::string_view group, std::string_view kind);
// "networkpolicies" for "NetworkPolicy": lower case, and the plural that Kubernetes' tools would guess.
std::string plural_of(std::string_view kind);
// Where the template of its pods stands in an object of the kind: "spec.template."; "" for a pod itself; nullopt: it has none.
std::optional<std::string_view> pod_template_path(std::string_view group, std::string_view kind);
// What every object of a kind has in a cluster whether its manifest says it or not: members that Kubernetes' types write
// even when they are empty ("rules" of a role, "metadata" of a pod template, "resources" of a container). nullptr: none.
// No default of the API server is among them.
const attribute_table* always_there(std::string_view group, std::string_view kind);

}  // namespace sekimori::inventory
