// inventory: addresses and references as Terraform writes them. Entry points: the functions here.
// Knows no documents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sekimori/value.hpp"

namespace sekimori::inventory {

// "a.b["x.y"].c" -> a, b, ["x.y"], c. Empty where the text is not of that form.
std::vector<std::string_view> split_steps(std::string_view text);
inline bool is_index(std::string_view step) { return !step.empty() && step.front() == '['; }

// The instance key in brackets as addresses write it: [0], ["a"]; empty for null.
std::string key_text(value key);

// "registry.terraform.io/hashicorp/aws" -> "hashicorp/aws".
std::string_view provider_source(std::string_view provider);
// The same of the provider configuration that a state names: provider["registry.terraform.io/hashicorp/aws"].west, of a
// module or not; before Terraform 0.13 provider.aws.west.
std::string_view provider_source_of_configuration(std::string_view configuration);

// "module.a[0].module.b" -> "module.a[0]"; empty for a module of the root.
std::string_view parent_module(std::string_view module);
// "module.a[0].module.b["x"]" -> name b, key ["x"].
struct module_step { std::string_view name, key; };
module_step last_module(std::string_view module);
// The names on the way: a, b.
std::vector<std::string_view> module_names(std::string_view module);

struct reference {
  enum class sort { resource, data, module_output, variable, local, each_key, each_value, count_index, constant, other };
  sort what = sort::other;
  std::string_view type, name;      // resource and data
  std::string_view object;          // the name of anything else
  std::string_view key;             // its index in brackets, of a module call's for an output
  std::string_view output;          // module_output
  std::vector<std::string_view> rest;   // steps after that
};
reference read_reference(std::string_view text);

// Whether `text` is a shorter form of the traversal `whole`.
bool is_shorter_form(std::string_view text, std::string_view whole);
// A configuration lists each traversal from its longest form to its shortest: this keeps the longest.
std::vector<std::string_view> longest_references(const std::vector<std::string_view>& listed);

}  // namespace sekimori::inventory
