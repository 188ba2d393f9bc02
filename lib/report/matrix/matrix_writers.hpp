// report: `sekimori matrix` in its forms: control by cloud, clause by rule, and what each cloud brings along. Entry points:
// matrix_document, clauses_document, comparison_document, and their JSON (sekimori.matrix/v1). Pure functions of what
// lib/check lists.
#pragma once

#include <string>
#include <vector>

#include "check/matrix/matrix.hpp"
#include "check/matrix/native.hpp"
#include "report/pages/document.hpp"

namespace sekimori {

word_pair word_of(check::matrix_answer answer);
std::string_view style_of(check::matrix_answer answer);
localized_text cloud_title(std::size_t cloud);   // by index in known_clouds
// Counts by cloud, a row for each answer.
void add_counts(page_document& to, const check::control_matrix& shown);

// `narrow`: reasons stand in a list of their own, for the columns of a terminal.
page_document matrix_document(const check::control_matrix& shown, bool narrow);
page_document clauses_document(const std::vector<check::clause_table>& shown);
page_document comparison_document(const std::vector<check::compared_row>& shown, bool narrow);

std::string matrix_json(const check::control_matrix& shown);
std::string clauses_json(const std::vector<check::clause_table>& shown);
std::string comparison_json(const std::vector<check::compared_row>& shown);

}  // namespace sekimori
