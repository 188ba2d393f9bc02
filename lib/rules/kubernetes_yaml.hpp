// rules: YAML as Kubernetes' own tools read it (YAML 1.1 scalars, then JSON). Entry points:
// write_kubernetes_json, kubernetes_scalar, cloudformation_scalar. Knows no object of Kubernetes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/yaml_reader.hpp"

namespace sekimori::rules {

// Manifests may be large; what is read from them is bounded all the same.
inline constexpr yaml_limits manifest_limits{64u << 20, 100, 2'000'000, 100};

// What sigs.k8s.io/yaml makes of a plain scalar, as JSON text: `yes` and `on` are true, 0777 is 511, 1e3 and 1.0 are
// integers, a number beyond int64 is a double. Empty where JSON has no such value (.inf, .nan).
std::string kubernetes_scalar(std::string_view plain);

// The same with one difference, as CloudFormation's YAML 1.1 has it: digits behind a leading zero that are no octal number
// stay a text (an account's number).
std::string cloudformation_scalar(std::string_view plain);

// Appends the node as JSON. Keys become strings as there (`on:` is "true"). What JSON cannot say is reported.
void write_kubernetes_json(const node& from, const source_text& source, std::string& to, std::vector<diagnostic>& problems,
                           std::string (*plain)(std::string_view) = kubernetes_scalar);

}  // namespace sekimori::rules
