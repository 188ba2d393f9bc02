// check: opens what is to be checked and reads it into an inventory. Entry point: read_inputs.
#pragma once

#include <string>
#include <vector>

#include "inventory/inventory.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// A record for every input, in order; a folder gives one for each of its *.json files, sorted. Nothing
// that was given is left out: what could not be read says why in its record.
struct read_result {
  std::vector<input_record> records;
  std::vector<std::size_t> added;    // the record of each input that reached the inventory, in its order
};
read_result read_inputs(const std::vector<input>& inputs, const check_options& options, inventory::inventory& into);

}  // namespace sekimori::check
