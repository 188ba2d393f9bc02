// inventory: inputs in YAML -> JSON: manifests, read as Kubernetes' own tools read them, and CloudFormation templates with
// the short forms of their functions. Entry points: looks_like_yaml, yaml_json. Knows no object of either.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/source.hpp"
#include "sekimori/result.hpp"

namespace sekimori::inventory {

// Whether a text that is no JSON has a key of a manifest (`apiVersion:`, `kind:`) or of a template
// (`AWSTemplateFormatVersion:`, `Resources:`) at the top of a document.
bool looks_like_yaml(std::string_view bytes);

struct json_of_yaml {
  std::string json;                             // of manifests a list of the documents, of a template the template
  std::map<std::string, line_column> places;    // of what becomes a resource, by JSON pointer
};
// Diagnostics show no line of the text: an input can hold secrets.
result<json_of_yaml> yaml_json(const std::string& name, std::string bytes);

}  // namespace sekimori::inventory
