// report: the rule book (検査規則解説書) as a document for people who agree on rules in meetings. Entry point: book_document. A
// pure function of the rules and of what lib/check says of them.
#pragma once

#include <optional>
#include <vector>

#include "check/book/changes.hpp"
#include "check/matrix/matrix.hpp"
#include "report/pages/document.hpp"

namespace sekimori {

struct book_options {
  bool unverified_clauses = false;                            // show those, too
  std::optional<std::vector<check::book_change>> changes;     // against another version; none: not asked for
};

page_document book_document(const rules::model& model, const check::control_matrix& matrix, const book_options& options);

}  // namespace sekimori
