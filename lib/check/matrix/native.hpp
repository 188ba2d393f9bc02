// check: what each cloud brings along of what a rule asks, and what has to be set for it: data of `sekimori matrix --compare`.
// Entry point: comparison_of. Knows no form of a listing.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "check/matrix/matrix.hpp"

namespace sekimori::check {

enum class brought : std::uint8_t {
  native,        // the mapping says a constant that satisfies the rule, or a resource of which nothing is set satisfies it by documented defaults
  not_needed,    // the rule says that the cloud is so of itself
  with_settings, // it depends on attributes, or the rule is `never_by_default`
  registers,     // what is read of this cloud does not decide it: registers do,
  registers_everywhere,   // and of every cloud
  never,         // whatever is set: to use such a resource is the violation
  not_read,      // the cloud has it, and the rule does not read it
  not_offered,   // the rule says that the cloud has nothing of it
  unanswered,    // nothing is asked there, and the rule does not say why
};
inline constexpr std::array<brought, 9> brought_answers = {brought::native,    brought::not_needed, brought::with_settings, brought::registers_everywhere, brought::registers,
                                                             brought::never,     brought::not_read,   brought::not_offered,   brought::unanswered};
std::string_view name_of(brought answer);

struct compared_type {
  std::string type;
  brought answer;
  std::set<std::string> attributes;   // "TYPE.PATH" where of another type; what the fields that the rule reads are computed from
};

// The one answer of several types, all of them or those that a system uses: the weakest, so that nothing is promised.
brought answer_of(const matrix_row& row, std::size_t cloud, const std::vector<compared_type>& types);

struct compared_cell {
  brought answer = brought::unanswered;
  std::vector<compared_type> types;   // by name: Terraform's where there are any, else those of exports
};

struct compared_row {
  const matrix_row* row;
  std::array<compared_cell, known_clouds.size()> cells;
};

std::vector<compared_row> comparison_of(const rules::model_ptr& model, const control_matrix& matrix);

}  // namespace sekimori::check
