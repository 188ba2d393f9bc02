// rules: values that stand in a stream once and are used again. Entry points: count_of, depth_of, merged_items.
// Knows no events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "rules/yaml_reader.hpp"

namespace sekimori::rules {

std::uint32_t count_of(const node& shown);   // of nodes, itself included
std::size_t depth_of(const node& shown);     // of collections
bool is_merge_key(const node& key);

// The keys and values of a mapping with merge keys carried out. `no_mapping` is told what such a key takes and is none.
std::vector<node> merged_items(const node& into, const std::function<void(const node&)>& no_mapping);

}  // namespace sekimori::rules
