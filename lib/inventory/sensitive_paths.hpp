// inventory: the paths of a Terraform state's `sensitive_attributes` as a mask. Entry point: mask_of_paths. Knows no
// state.
#pragma once

#include "base/arena.hpp"
#include "value/document_node.hpp"

namespace sekimori::inventory {

// [[{"type": "get_attr", "value": "a"}, {"type": "index", "value": {"value": 0, "type": "number"}}]] -> {"a": [true]}, as
// long as `attributes` are there. A path that leads further than they go hides what is there. False: these are no paths.
bool mask_of_paths(const document_node& paths, const document_node& attributes, arena& memory, document_node& mask);

}  // namespace sekimori::inventory
