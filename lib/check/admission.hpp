// check: objects of Kubernetes as its policies see them, and which policies are asked of which. Entry
// point: admission. What is not known without a cluster is an unknown, never a false.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "inventory/inventory.hpp"
#include "inventory/kubernetes_kinds.hpp"
#include "rules/checked.hpp"

namespace sekimori::check {

// One object as a request to create it.
struct admission_object {
  const inventory::resource* of = nullptr;
  std::string resource;                    // "deployments"
  inventory::object_scope scope = inventory::object_scope::unknown;
  value object, labels, request, namespace_object;
  value namespace_name;                    // a string, or unknown; null for what has none
  value namespace_labels;                  // a map, or unknown; null for what has none
};

class admission {
 public:
  // `namespace_name`: where objects go that name no namespace; empty: not known.
  admission(const inventory::inventory& all, const rules::model& model, std::string namespace_name);
  // After the last input.
  void begin();

  admission_object view(const inventory::resource& one, arena& memory) const;
  // Whether a policy can speak of objects of that group and resource at all.
  static bool speaks_of(const rules::checked_admission& policy, const admission_object& at);
  // Whether a policy speaks of objects like this one: group, version, resource, operation, scope. True, false or unknown.
  value asked(const rules::checked_admission& policy, const admission_object& at, arena& memory) const;
  // Whether it does of this one: exclusions, selectors, and what its binding asks for.
  value chosen(const rules::checked_admission& policy, const admission_object& at, arena& memory) const;
  // What `params` is, in turn: null, an object, or unknown where it was not given.
  std::vector<value> parameters(const rules::checked_admission& policy, const admission_object& at, arena& memory) const;

 private:
  struct custom_kind { std::string resource; inventory::object_scope scope; };
  struct parameter_object { std::string api_version, kind, namespace_name, name; value labels, object; const inventory::resource* of; };

  const inventory::inventory& all_;
  const rules::model& model_;
  std::string default_namespace_;
  arena kept_;
  std::map<std::pair<std::string, std::string>, custom_kind> custom_;   // by group and kind, from CustomResourceDefinitions
  std::map<std::string, const inventory::resource*, std::less<>> namespaces_;
  std::vector<parameter_object> parameters_;
};

}  // namespace sekimori::check
