// check: what the rules of a model can be asked of in each cloud, and which clauses they answer to: data of `sekimori
// matrix`. Entry points: control_matrix_of, clause_tables_of. Knows no form of a listing, and judges nothing.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/cloud_types.hpp"
#include "rules/checked.hpp"

namespace sekimori::check {

enum class matrix_answer : std::uint8_t {
  covered,          // before it is made and as it is
  plan_only,
  inventory_only,
  needs_register,   // no assert is asked there without a register
  not_needed,       // nothing is asked there, and the rule says why: the cloud is so of itself,
  not_offered,      // it has nothing of it,
  not_read,         // it has it, and the rule does not read it
  unanswered,       // nothing is asked there, and the rule does not say why
};
inline constexpr std::array<matrix_answer, 8> matrix_answers = {matrix_answer::covered,    matrix_answer::plan_only,   matrix_answer::inventory_only, matrix_answer::needs_register,
                                                                matrix_answer::not_needed, matrix_answer::not_offered, matrix_answer::not_read,       matrix_answer::unanswered};
std::string_view name_of(matrix_answer answer);   // "covered", "plan_only" ...
inline bool has_reason(matrix_answer answer) { return answer == matrix_answer::not_needed || answer == matrix_answer::not_offered || answer == matrix_answer::not_read; }

struct matrix_cell {
  matrix_answer answer = matrix_answer::unanswered;
  bool plan = false, inventory = false;            // where it is asked, with a register or without
  bool can_pass = false, can_fail = false;         // not every assert is settled by what the cloud is
  std::set<std::string> registers;                 // that asked asserts read
  std::set<std::string> plan_types, inventory_types;
  std::set<std::string> asserts;                   // ids of those that are asked
  localized_text gap;
  std::uint64_t passing = 0, failing = 0;          // tests that expect so
  bool is_asked() const { return plan || inventory; }
};

struct matrix_row {
  const rules::checked_rule* rule = nullptr;
  std::string ruleset;
  std::array<matrix_cell, known_clouds.size()> cells;   // by index in known_clouds
  std::set<std::string> manifest_types;                 // of Kubernetes, which is no cloud: where the rule is asked of manifests
};

struct control_matrix {
  std::vector<matrix_row> rows;                    // in the order of the rule sets
  std::uint64_t kubernetes = 0;                    // policies of Kubernetes: they have no row
  bool with_tests = false;
  std::uint64_t count(std::size_t cloud, matrix_answer answer) const;
  std::uint64_t count(matrix_answer answer) const;
};

struct untested_cell {
  const matrix_row* row;
  std::size_t cloud;
  bool passing, failing;                           // which of the tests there is none of
};

// `tests`: counts those of the model's documents.
control_matrix control_matrix_of(const rules::model& model, bool tests);
std::vector<untested_cell> untested_cells(const control_matrix& of);
// `gaps:` of clouds that can be asked: SKM223, each at its place.
std::vector<diagnostic> gap_mistakes(const control_matrix& of);

struct clause_row {
  const rules::clause* clause;
  std::vector<const rules::checked_rule*> rules;
};
struct clause_table {
  const rules::standard* standard;
  std::vector<clause_row> rows;                    // every clause, in the order of the document
};
std::vector<clause_table> clause_tables_of(const rules::model& model);

}  // namespace sekimori::check
