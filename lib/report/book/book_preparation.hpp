// report: the chapter of the rule book on what a system has ready and has decided before it goes live: what the organisation document
// says, registers, who permits what, and what has a day. Entry point: add_preparation. A pure function of the rules.
#pragma once

#include <vector>

#include "report/matrix/chapters.hpp"
#include "report/pages/document.hpp"

namespace sekimori {

void add_preparation(page_document& to, const rules::model& model, const std::vector<chapter>& chapters);

}  // namespace sekimori
