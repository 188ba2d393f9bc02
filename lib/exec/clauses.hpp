// exec: which sub-expressions decided, and what they read. Entry point: deciding_clauses.
#pragma once

#include <string>
#include <vector>

#include "cel/evaluator.hpp"
#include "exec/objects.hpp"
#include "sekimori/finding.hpp"

namespace sekimori::exec {

// Adds the leaves of the boolean skeleton that made `program` what it was in the traced evaluation, in source order.
// Paths of other resources than `address` are written "their address#path".
void add_deciding_clauses(const std::string& assert_id, const cel::compiled& program, const cel::trace& traced, const computed_object* computed,
                          std::string_view address, std::vector<explained_clause>& to);

// Whether any of the reads was of a secret, reads of neutral fields followed to what their mapping read.
bool reads_secret(const cel::trace& traced, const computed_object* computed);

}  // namespace sekimori::exec
