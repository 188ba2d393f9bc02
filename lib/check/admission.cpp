// check: matching of Kubernetes' policies (ValidatingAdmissionPolicy, matchConstraints), offline.
#include "check/admission.hpp"

#include <algorithm>

#include "inventory/reading.hpp"
#include "value/overlay.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

using inventory::field_of;
using inventory::object_scope;
using inventory::text_field;

constexpr std::string_view name_label = "kubernetes.io/metadata.name";

value yes() { return value::boolean(true); }
value no() { return value::boolean(false); }

// && and || over true, false and unknown.
value both(arena& memory, value a, value b) {
  if (a.is_false() || b.is_false()) return no();
  if (a.is_unknown() && b.is_unknown()) return merge_unknowns(memory, a, b);
  return a.is_unknown() ? a : b;
}

value either(arena& memory, value a, value b) {
  if (a.is_true() || b.is_true()) return yes();
  if (a.is_unknown() && b.is_unknown()) return merge_unknowns(memory, a, b);
  return a.is_unknown() ? a : b;
}

value opposite(value a) { return a.is_unknown() ? a : value::boolean(!a.is_true()); }

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return one == "*" || one == text; });
}

// A manifest is an object itself, never a subresource: "pods/*" and "*/scale" do not mean it.
bool holds_resource(const std::vector<std::string>& list, std::string_view resource) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return one == "*" || one == "*/*" || one == resource; });
}

value rule_matches(const rules::admission_resource_rule& rule, bool exact, const admission_object& at, arena& memory) {
  const inventory::manifest_identity& identity = *at.of->manifest;
  if (!holds(rule.groups, identity.group) || !holds_resource(rule.resources, at.resource) || !holds(rule.operations, "CREATE")) return no();
  if (!rule.names.empty() && std::find(rule.names.begin(), rule.names.end(), identity.name) == rule.names.end()) return no();
  value made = yes();
  if (!holds(rule.versions, identity.version)) {
    if (exact) return no();
    // The cluster would convert the object to a version that the policy names; nobody can here.
    made = make_unknown(memory, at.of->address, "apiVersion", unknown_reason::computed);
  }
  if (rule.scope == "*") return made;
  if (at.scope == object_scope::unknown) return both(memory, made, make_unknown(memory, at.of->address, "kind", unknown_reason::open_set));
  return (rule.scope == "Namespaced") == (at.scope == object_scope::namespaced) ? made : no();
}

value any_rule(const std::vector<rules::admission_resource_rule>& list, bool exact, const admission_object& at, arena& memory) {
  value made = no();
  for (const rules::admission_resource_rule& rule : list) made = either(memory, made, rule_matches(rule, exact, at, memory));
  return made;
}

value label(value labels, std::string_view key, bool& present) {
  value found;
  present = labels.is(value_kind::map) && labels.as_map().find(value::string(key), found);
  return present ? found : value::null();
}

// `labels` is a map, null (none) or unknown. A label that is not known decides nothing.
// `named`: the label of its name that every cluster sets on a namespace; else null.
value selected(const rules::label_selector& selector, value labels, arena& memory, value named = value::null()) {
  value made = yes();
  for (const rules::label_requirement& one : selector) {
    bool present = named.is(value_kind::string) && one.key == name_label;
    value found = present ? named : labels.is_unknown() ? labels : label(labels, one.key, present);
    if (found.is_unknown()) {
      made = both(memory, made, found);
      continue;
    }
    const bool among = found.is(value_kind::string) && std::find(one.values.begin(), one.values.end(), found.as_text()) != one.values.end();
    const bool holds_here = one.operation == "In" ? present && among : one.operation == "NotIn" ? !(present && among) : present == (one.operation == "Exists");
    made = both(memory, made, value::boolean(holds_here));
  }
  return made;
}

value selectors_match(const rules::admission_match& match, const admission_object& at, arena& memory) {
  value made = opposite(any_rule(match.excluded, match.exact, at, memory));
  if (!match.objects.empty()) made = both(memory, made, selected(match.objects, at.labels, memory));
  // What lives in no namespace is not selected by namespace.
  if (!match.namespaces.empty() && !at.namespace_labels.is_null()) made = both(memory, made, selected(match.namespaces, at.namespace_labels, memory, at.namespace_name));
  return made;
}

value text_map(arena& memory, std::initializer_list<std::pair<std::string_view, value>> from) {
  std::vector<map_entry> entries;
  for (const auto& [key, mapped] : from) entries.push_back({value::string(key), mapped});
  return make_map(memory, entries);
}

bool is_namespace(const inventory::resource& one) { return one.manifest->group.empty() && one.manifest->kind == "Namespace"; }

std::string api_version(const inventory::manifest_identity& of) { return of.group.empty() ? of.version : of.group + "/" + of.version; }

}  // namespace

admission::admission(const inventory::inventory& all, const rules::model& model, std::string namespace_name)
    : all_(all), model_(model), default_namespace_(std::move(namespace_name)) {}

void admission::begin() {
  for (const inventory::resource& one : all_.resources()) {
    if (one.manifest == nullptr) continue;
    if (is_namespace(one)) namespaces_.emplace(one.manifest->name, &one);
    if (one.manifest->group == "apiextensions.k8s.io" && one.manifest->kind == "CustomResourceDefinition") {
      const document_node spec = one.known.field("spec"), names = spec.field("names");
      custom_kind made{std::string(text_field(names, "plural")), text_field(spec, "scope") == "Cluster" ? object_scope::cluster : object_scope::namespaced};
      if (!made.resource.empty()) custom_.emplace(std::pair{std::string(text_field(spec, "group")), std::string(text_field(names, "kind"))}, std::move(made));
    }
    const bool wanted = std::any_of(model_.documents->policies.begin(), model_.documents->policies.end(), [&](const auto& policy) {
      return policy->parameter_kind == one.manifest->kind && policy->parameter_api_version == api_version(*one.manifest);
    });
    if (wanted) {
      value labels = one.known.field("metadata").field("labels").read(kept_);
      parameters_.push_back({api_version(*one.manifest), one.manifest->kind, one.manifest->namespace_name, one.manifest->name, labels, value::null(), &one});
    }
  }
  for (const rules::kubernetes_object& one : model_.documents->parameters) {
    value root = from_json(kept_, one.json), metadata = field_of(root, "metadata");
    parameters_.push_back({one.api_version, one.object_kind, std::string(text_field(metadata, "namespace")), std::string(text_field(metadata, "name")),
                           field_of(metadata, "labels"), root, nullptr});
  }
}

admission_object admission::view(const inventory::resource& one, arena& memory) const {
  const inventory::manifest_identity& identity = *one.manifest;
  admission_object made;
  made.of = &one;
  made.resource = inventory::plural_of(identity.kind);
  made.scope = inventory::scope_of(identity.group, identity.kind);
  if (auto custom = custom_.find({identity.group, identity.kind}); custom != custom_.end()) {
    made.resource = custom->second.resource;
    made.scope = custom->second.scope;
  }
  if (made.scope == object_scope::unknown && !identity.namespace_name.empty()) made.scope = object_scope::namespaced;
  made.object = all_.attributes(one, memory, nullptr);
  made.labels = one.known.field("metadata").field("labels").read(memory);

  const auto not_given = [&](std::string_view path, unknown_reason reason) { return make_unknown(memory, one.address, path, reason); };
  const std::string& name = identity.namespace_name.empty() ? default_namespace_ : identity.namespace_name;
  value request_namespace = value::string("");
  if (is_namespace(one)) {
    request_namespace = made.namespace_name = value::string(identity.name);
    made.namespace_labels = made.labels.is_null() ? make_map(memory, {}) : made.labels;
  } else if (made.scope == object_scope::unknown || (made.scope == object_scope::namespaced && name.empty())) {
    request_namespace = made.namespace_name = not_given("metadata.namespace", unknown_reason::computed);
    made.namespace_object = made.namespace_labels = not_given("namespaceObject", unknown_reason::open_set);
  } else if (made.scope == object_scope::namespaced) {
    request_namespace = made.namespace_name = make_string(memory, name);
    auto found = namespaces_.find(name);
    if (found != namespaces_.end()) {
      made.namespace_object = all_.attributes(*found->second, memory, nullptr);
      made.namespace_labels = found->second->known.field("metadata").field("labels").read(memory);
      if (made.namespace_labels.is_null()) made.namespace_labels = make_map(memory, {});
    } else {
      overlay_source source;
      source.known = text_map(memory, {{"apiVersion", value::string("v1")}, {"kind", value::string("Namespace")}, {"metadata", text_map(memory, {{"name", made.namespace_name}})}});
      source.unknown_mask = from_json(memory, R"({"metadata":{"labels":true,"annotations":true,"uid":true,"resourceVersion":true,"generation":true,"creationTimestamp":true,"deletionTimestamp":true,"finalizers":true,"ownerReferences":true,"managedFields":true},"spec":true,"status":true})");
      source.resource = memory.copy(std::string_view("Namespace/" + name));
      source.reason = [](const void*, std::string_view) { return unknown_reason::open_set; };
      source.complete = true;
      made.namespace_object = make_overlay(memory, source);
      made.namespace_labels = field_of(field_of(made.namespace_object, "metadata"), "labels");
    }
  }

  value group = value::string(identity.group), version = value::string(identity.version);
  value kind = text_map(memory, {{"group", group}, {"version", version}, {"kind", value::string(identity.kind)}});
  value resource = text_map(memory, {{"group", group}, {"version", version}, {"resource", make_string(memory, made.resource)}});
  const auto at_admission = [&](std::string_view path) { return not_given(path, unknown_reason::computed); };
  made.request = text_map(memory, {{"kind", kind}, {"requestKind", kind}, {"resource", resource}, {"requestResource", resource},
                                   {"subResource", value::string("")}, {"requestSubResource", value::string("")}, {"name", value::string(identity.name)},
                                   {"namespace", request_namespace}, {"operation", value::string("CREATE")}, {"userInfo", at_admission("request.userInfo")},
                                   {"uid", at_admission("request.uid")}, {"dryRun", at_admission("request.dryRun")}, {"options", at_admission("request.options")}});
  return made;
}

bool admission::speaks_of(const rules::checked_admission& policy, const admission_object& at) {
  return std::any_of(policy.match.rules.begin(), policy.match.rules.end(), [&](const rules::admission_resource_rule& rule) {
    return holds(rule.groups, at.of->manifest->group) && holds_resource(rule.resources, at.resource);
  });
}

value admission::asked(const rules::checked_admission& policy, const admission_object& at, arena& memory) const {
  return any_rule(policy.match.rules, policy.match.exact, at, memory);
}

value admission::chosen(const rules::checked_admission& policy, const admission_object& at, arena& memory) const {
  value made = selectors_match(policy.match, at, memory);
  if (policy.binding == nullptr) return made;
  const rules::admission_match& match = policy.binding->match;
  if (!match.rules.empty()) made = both(memory, made, any_rule(match.rules, match.exact, at, memory));
  return both(memory, made, selectors_match(match, at, memory));
}

std::vector<value> admission::parameters(const rules::checked_admission& policy, const admission_object& at, arena& memory) const {
  if (policy.policy->parameter_kind.empty()) return {value::null()};
  const value unknown = make_unknown(memory, {}, "params", unknown_reason::open_set);
  if (policy.binding == nullptr) return {unknown};
  if (!policy.binding->parameters) return {value::null()};
  const rules::parameter_reference& reference = *policy.binding->parameters;
  std::vector<value> made;
  for (const parameter_object& one : parameters_) {
    if (one.kind != policy.policy->parameter_kind || one.api_version != policy.policy->parameter_api_version) continue;
    const bool same_place = at.namespace_name.is(value_kind::string) && at.namespace_name.as_text() == one.namespace_name;
    if (reference.namespace_name.empty() ? !one.namespace_name.empty() && !same_place : one.namespace_name != reference.namespace_name) continue;
    if (reference.selector ? !selected(*reference.selector, one.labels, memory).is_true() : one.name != reference.name) continue;
    made.push_back(one.of != nullptr ? all_.attributes(*one.of, memory, nullptr) : one.object);
  }
  // A selector may find more in the cluster than was given.
  if (reference.selector || made.empty()) made.push_back(unknown);
  return made;
}

}  // namespace sekimori::check
