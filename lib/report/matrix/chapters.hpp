// report: rules in the chapters in which pages for people show them. Entry points: chapters_of, anchor_of, parameter_anchor, number_before. Knows no page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/matrix/matrix.hpp"
#include "rules/documents.hpp"

namespace sekimori {

struct chapter {
  std::string category;
  localized_text title;                       // of its rule sets
  std::vector<const check::matrix_row*> rows; // by the ids of the rules
  std::string anchor() const;
};

// A chapter for each category, in the order in which the rule sets have them.
std::vector<chapter> chapters_of(const rules::model& model, const check::control_matrix& matrix);

// "S-9" stands before "S-10".
bool number_before(std::string_view a, std::string_view b);
// The same in every page that tells of the rule, so that a link from one to another can be written by hand.
std::string anchor_of(std::string_view id);
// Of a parameter by its full name, in the rule book.
std::string parameter_anchor(std::string_view full_name);

}  // namespace sekimori
