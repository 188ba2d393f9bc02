// registers: the rows of a register of accounts as text that the inventory reads as resources. Entry point: account_rows.
#pragma once

#include <string>

#include "registers/read.hpp"

namespace sekimori::registers {

// JSON, {"rows": [{address, name, account, row, attributes, sensitive} ...]}; empty: the register is another one.
std::string account_rows(const register_table& table);

}  // namespace sekimori::registers
