// rules: policies of Kubernetes -> rules of the model. Entry point: check_kubernetes. Knows no inputs.
#pragma once

#include <memory>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::rules {

// Adds the rule sets and rules of `documents.policies` to the model. A policy that asks for what only a live
// cluster tells is left out and stands in model.rejected.
void check_kubernetes(const loaded_documents& documents, model& into, std::vector<diagnostic>& mistakes);

// The environment of a policy's expressions; `seen` are the policy's variables that stand before.
struct typed_variable { std::string name; std::string type; };
std::unique_ptr<cel::environment> kubernetes_environment(bool kyverno, const std::vector<typed_variable>& seen);

// Kyverno's rewriting of an expression over a pod for an object that holds a pod's template: "object.spec" becomes
// "object.spec.template.spec", "object.metadata" but for name and namespace the template's. Places stay those of the document.
located_text for_pod_template(const located_text& expression, std::string_view template_path);

// What the expression asks for that is not to be had here: "resource.Get"; empty where nothing. `live`: no file could
// tell it, only a cluster, a registry or a network; else a library of Kyverno that is not offered.
struct unmet_need { std::string what; bool live = true; span where; };
unmet_need unmet_need_of(const cel::expression& root);

}  // namespace sekimori::rules
