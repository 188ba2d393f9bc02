// exec: which rules a budget of cost concerns at all. Entry point: may_cost_more. Knows no resources.
#pragma once

#include <cstdint>

#include "plan/program.hpp"

namespace sekimori::exec {

// Whether one of the rule's conditions could cost more than `budget` (cel-go's units): by the estimate,
// to which sizes in the input contribute nothing. Such a rule is evaluated in source order and counted;
// of any other nothing needs to be counted.
bool may_cost_more(const plan::rule_program& program, std::uint64_t budget);

}  // namespace sekimori::exec
