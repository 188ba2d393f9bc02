// rules: policies of Kubernetes as documents. Entry points: names_policies, load_kubernetes,
// join_bindings. Leaves expressions as text; knows no inputs.
#pragma once

#include <string_view>

#include "rules/documents.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {

// Whether a text is to be read for policies: it names one of their API groups as an apiVersion.
bool names_policies(std::string_view text);

// Takes the policies and bindings of one text (many documents, lists included); other objects are kept for
// whoever takes them as parameters. Mistakes of structure are in `problems`; what cannot be asked here is in
// `rejected`.
void load_kubernetes(const source_ptr& source, loaded_documents& into, std::vector<diagnostic>& problems);

// After the last text: bindings find their policies, parameters that no policy takes are dropped.
void join_bindings(loaded_documents& documents, std::vector<diagnostic>& problems);

}  // namespace sekimori::rules
