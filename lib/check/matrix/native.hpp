// check: what each cloud brings along of what a rule asks, and what has to be set for it: data of `sekimori matrix --compare`.
// Entry point: comparison_of. Knows no form of a listing.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "check/matrix/matrix.hpp"

namespace sekimori::check {

enum class brought : std::uint8_t {
  native,        // the mapping says a constant that satisfies the rule, or a resource of which nothing is set satisfies it by documented defaults
  with_settings, // it depends on attributes
  not_read,      // the cloud has it, and the rule does not read it
  not_at_all,    // nothing that could satisfy it
};
std::string_view name_of(brought answer);

struct compared_type {
  std::string type;
  brought answer;
  std::set<std::string> attributes;   // "TYPE.PATH" where of another type; what the fields that the rule reads are computed from
};

struct compared_cell {
  brought answer = brought::not_at_all;
  std::vector<compared_type> types;   // by name: Terraform's where there are any, else those of exports
};

struct compared_row {
  const matrix_row* row;
  std::array<compared_cell, known_clouds.size()> cells;
};

std::vector<compared_row> comparison_of(const rules::model_ptr& model, const control_matrix& matrix);

}  // namespace sekimori::check
