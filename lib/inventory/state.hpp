// inventory: what an inventory holds. Shared by the files of this stage only.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "inventory/format.hpp"
#include "inventory/link_index.hpp"

namespace sekimori::inventory {

struct input_state {
  json_document document;
  value root;
  std::unique_ptr<link_source> links;
  std::unique_ptr<arena> memory = std::make_unique<arena>();   // of what its reader makes
  bool complete = false;
  bool readable = false;
  std::vector<diagnostic> late;      // handed out by duplicate_keys
  std::size_t told = 0;              // duplicate keys that the record has
};

struct inventory::implementation {
  std::deque<resource> resources;
  mutable std::deque<input_state> inputs;
  bool all_closed = false;
  mutable link_indexes indexes;

  const link_source* links_of(const resource& of) const { return inputs[of.input].links.get(); }
};

}  // namespace sekimori::inventory
