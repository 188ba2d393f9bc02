// value: a document's value with what is not known and what is secret laid over it. Entry point:
// make_overlay. Knows no cloud and no format: Terraform's masks are given to it as values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

// What a provider documents about one attribute; keys are attribute paths without indexes
// ("root_block_device.encrypted").
struct attribute_facts {
  std::vector<std::string> also;   // former names of the last component, tried in turn where it is absent or null
  bool has_default = false;
  value absent;                    // the documented default; lives as long as the facts
  bool nullable = false;           // null is a value of its own
};
using attribute_table = std::map<std::string, attribute_facts, std::less<>>;

struct overlay_source {
  value known;                     // Terraform: change.after
  value unknown_mask;              // Terraform: change.after_unknown; null kind: nothing unknown
  value sensitive_mask;            // Terraform: change.after_sensitive; null kind: nothing sensitive
  const attribute_table* facts = nullptr;
  std::string_view resource;       // the address, root key of every data_path
  // Called for an unknown path to tell `computed` from `not_configured`; may be null: computed.
  unknown_reason (*reason)(void* context, std::string_view path) = nullptr;
  void* reason_context = nullptr;
  // The document says all there is: a key that it does not have is an error to read, not an unknown.
  bool complete = false;
  bool nulls = false;              // a key whose value is null is there
};

// A view that reads `known` in place. In a map:
// - a key is present where `known` has it not null, or its mask is true (an unknown), or a default is
//   documented; else absent: find() is false, has() false, `.?` none, and strict selection gives an
//   unknown with reason undocumented_default (map_view::missing). null is absent unless nullable.
// - a mask that is true marks the whole value; inside lists masks are positional.
// - entries() and size() leave absent keys out.
// Children are made in `memory` on demand and kept.
value make_overlay(arena& memory, const overlay_source& source);

}  // namespace sekimori
