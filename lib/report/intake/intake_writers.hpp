// report: the requirements sheet of a system (セキュリティ要件整理表) in its forms. Entry points: intake_document, intake_table,
// intake_json (sekimori.intake/v1). Pure functions of what lib/check lists.
#pragma once

#include <string>

#include "check/intake/intake.hpp"
#include "report/pages/document.hpp"

namespace sekimori {

page_document intake_document(const check::intake_sheet& shown);
// One row for each control and candidate cloud: for CSV.
page_document intake_table(const check::intake_sheet& shown);
std::string intake_json(const check::intake_sheet& shown);

}  // namespace sekimori
