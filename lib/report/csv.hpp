// report: a cell of a CSV table. Entry point: csv_cell. Knows no table.
#pragma once

#include <string>
#include <string_view>

namespace sekimori {

// Quoted where it has to be; texts of inputs and rules begin no formula when the table is opened in a spreadsheet.
std::string csv_cell(std::string_view text);

}  // namespace sekimori
