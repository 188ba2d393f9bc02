// check: what inputs hold, by type, and the kinds that a policy has: data of the listings that the next stage writes.
// Entry points: kinds_of, list_inventory. Knows no form of a listing, and judges nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/checked.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// A type's way into a kind. Whether a resource is of the kind, and of how many, can depend on its attributes.
struct listed_mapping {
  const rules::checked_kind* kind;
  const rules::checked_mapping* mapping;
  bool offers(std::size_t field) const { return mapping->fields[field] != nullptr; }
};

struct listed_type {
  std::string_view type, cloud;              // live as long as the inputs
  std::uint64_t resources = 0, judged = 0;   // judged: data sources, left-overs and what is deleted are not
  std::vector<listed_mapping> kinds;         // empty: no kind maps it
};

struct inventory_listing {
  std::vector<input_record> inputs;
  std::vector<listed_type> types;            // by cloud, then type
};

std::vector<const rules::checked_kind*> kinds_of(const policy& of);   // by name
inventory_listing list_inventory(const policy& of, opened_inputs& inputs);

}  // namespace sekimori::check
