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
std::vector<page_cell> with_clouds(std::vector<page_cell> head);   // and a column for each cloud
// Registers by the titles that people know them by, in the order in which they are filled in.
localized_text titles_of_registers(const std::set<std::string>& names);
localized_text meaning_of(check::matrix_answer answer);   // a sentence
// What the answers mean and how often each cloud has them, a row for each answer.
void add_counts(page_document& to, const check::control_matrix& shown);

// `narrow`: reasons stand in a list of their own, for the columns of a terminal. `book`: the file of the rule book in HTML, relative to
// the page, that rules are linked to; empty: rules are linked to nothing but the page itself.
page_document matrix_document(const rules::model& model, const check::control_matrix& shown, bool narrow, const std::string& book);
page_document clauses_document(const rules::model& model, const check::control_matrix& matrix, const std::vector<check::clause_table>& shown, const std::string& book);
page_document comparison_document(const rules::model& model, const check::control_matrix& matrix, const std::vector<check::compared_row>& shown, bool narrow, const std::string& book);

std::string matrix_json(const check::control_matrix& shown);
std::string clauses_json(const std::vector<check::clause_table>& shown);
std::string comparison_json(const std::vector<check::compared_row>& shown);

}  // namespace sekimori
