// report: words of the rule book that its first reader may not know. Entry point: add_glossary. Knows no rule.
#pragma once

#include "report/pages/document.hpp"

namespace sekimori {

void add_glossary(page_document& to);

}  // namespace sekimori
