// value: a document's value with what is not known and what is secret laid over it. Entry point:
// make_overlay. Knows no cloud and no format: Terraform's masks are given to it as they stand in the document.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "sekimori/value.hpp"
#include "value/attribute_table.hpp"
#include "value/document_node.hpp"

namespace sekimori {

struct overlay_source {
  document_node known;             // Terraform: change.after
  document_node unknown_mask;      // Terraform: change.after_unknown; null: nothing unknown
  document_node sensitive_mask;    // Terraform: change.after_sensitive; null: nothing sensitive
  const attribute_table* facts = nullptr;
  std::string_view resource;       // the address, root key of every data_path
  // Called for an unknown path to tell `computed` from `not_configured`; may be null: computed.
  unknown_reason (*reason)(const void* context, std::string_view path) = nullptr;
  const void* reason_context = nullptr;
  // A plan makes it, and says what is configured: a default that is documented for what is left out holds for an
  // unknown at the top whose reason is not_configured.
  bool made_as_configured = false;
  // The document says all there is: a key that it does not have is an error to read, not an unknown.
  bool complete = false;
  bool nulls = false;              // a key whose value is null is there
  // Texts that look like secrets are sensitive in any case; so is what stands under a key that is named like one.
  bool secret_keys = true;
};

// A view that reads `known` in place. In a map:
// - a key is present where `known` has it not null, or its mask is true (an unknown), or a default is
//   documented; else absent: find() is false, has() false, `.?` none, and strict selection gives an
//   unknown with reason undocumented_default (map_view::missing). null is absent unless nullable.
// - an unknown that nobody configured is what is documented for it (overlay_source::made_as_configured).
// - a mask that is true marks the whole value; inside lists masks are positional.
// - entries() and size() leave absent keys out.
// Children are made in `memory` on demand and kept; the view belongs to the thread that `memory` does.
// What `source` points to must outlive it.
value make_overlay(arena& memory, const overlay_source& source);

}  // namespace sekimori
