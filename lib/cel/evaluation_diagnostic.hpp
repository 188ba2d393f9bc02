// cel: where in a text an evaluation went wrong. Entry point: evaluation_diagnostic. Knows no values.
#pragma once

#include "cel/environment.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// The part of a program that an error's `expression` names; nullptr where it names none.
const expression* find_expression(const compiled& program, std::uint32_t id);

// An evaluation error of `program` with file, line, column and caret in the document that the expression stands in.
// Its code is the error's own name (error_name: "no_such_key"): SKM codes are of mistakes in texts, and this one depends on the
// input.
// Says names that the expression writes or types declare, never a value. An error that came from elsewhere (a host's
// field) has no place of its own: the whole expression is shown.
diagnostic evaluation_diagnostic(const compiled& program, const evaluation_error& error);

}  // namespace sekimori::cel
