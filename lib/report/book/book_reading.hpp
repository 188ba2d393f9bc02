// report: how the rule book is read, for whom it is the first one. Entry points: add_reading, fix_cell. Knows no rule.
#pragma once

#include "report/pages/document.hpp"

namespace sekimori {

void add_reading(page_document& to);
// "Close it. AWS: this, Azure: that." with a list of the clouds, where the text has that form in both languages; else as it is.
page_cell fix_cell(const localized_text& fix);

}  // namespace sekimori
