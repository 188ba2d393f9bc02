// rules: which provider attributes the mappings of kinds name. Entry point: attribute_paths. Knows no
// schema: whoever has one compares.
#pragma once

#include <string>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::rules {

// One attribute path of one provider type, without indexes: "root_block_device.encrypted".
struct named_path {
  std::string type;
  std::string path;
  std::vector<std::string> also;   // other names of the last component that count as well
  std::vector<std::pair<std::string, std::string>> others;   // types and paths one of which is enough: a value of several origins
  const located_text* expression = nullptr;   // where it is named, or
  const located_string* place = nullptr;      // the document's own string (attributes:, by:, to:)
  span inside;                     // in `expression`
};

// In document order, each (type, path) once per place. Follows selections, indexes, optionals and the variables of
// comprehensions from `resource`, `part.NAME`, `each.value`, related() and references_to().
std::vector<named_path> attribute_paths(const model& checked);
// Those that one field of a mapping is computed from.
std::vector<named_path> attribute_paths(const checked_mapping& mapping, std::size_t field);

}  // namespace sekimori::rules
