// registers: what holds between rows and between registers: keys stand once, references lead somewhere. Entry point: check_references.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registers/read.hpp"

namespace sekimori::registers {

// `not_checked`: for each table the fields whose register was not given.
void check_references(const std::vector<register_table>& tables, std::vector<std::vector<std::string>>& not_checked, problem_list& problems);

}  // namespace sekimori::registers
