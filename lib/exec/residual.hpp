// exec: what would settle a rule that is undetermined, as CEL over the provider's attributes. Entry point:
// residual_of. Nothing asks it of a rule that passes.
#pragma once

#include <span>
#include <string>

#include "cel/evaluator.hpp"
#include "cel/residual.hpp"
#include "exec/objects.hpp"
#include "plan/program.hpp"

namespace sekimori::exec {

// True where the rule holds (or does not apply), once what is unknown is given: the asserts that decide, with the
// kind's fields replaced by the expressions of the mapping (`resource` is the provider's, `part` its parts, `each` the
// element), what is known folded, relations as they are written, secrets as paths. has() of a field that is not known asks
// whether its expression gives no null, and is left out where the field is needed anyway. Empty where that can't be
// written, as where a field that the cloud does not offer stands beside what is not known. `names`: the model's
// mapping_names.
// `neutral` must have begun; null for rules over provider types. `texts`: what other findings left, or null.
std::string residual_of(const plan::rule_program& program, const cel::environment& names, cel::evaluator& evaluator,
                        std::span<const value> variables, const kind_object* neutral, cel::residual_texts* texts = nullptr);

}  // namespace sekimori::exec
