// inventory: manifests in YAML -> one JSON list, read as Kubernetes' own tools read them. Entry points:
// looks_like_manifest, manifest_json. Knows no object of Kubernetes.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/source.hpp"
#include "sekimori/result.hpp"

namespace sekimori::inventory {

// Whether a text that is no JSON has `apiVersion:` or `kind:` at the top of a document.
bool looks_like_manifest(std::string_view bytes);

struct manifest_text {
  std::string json;                             // a list of the documents
  std::map<std::string, line_column> places;    // of documents and of the items of lists, by JSON pointer
};
// Diagnostics show no line of the text: a manifest can hold secrets.
result<manifest_text> manifest_json(const std::string& name, std::string bytes);

}  // namespace sekimori::inventory
