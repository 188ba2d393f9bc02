// registers: the rows of a register as text that the inventory reads as resources. Entry point: resource_rows.
#pragma once

#include <string>

#include "registers/read.hpp"

namespace sekimori::registers {

// JSON, {"type": "register:account", "not_kept": {column: true ...}, "rows": [{address, name, account, scope, row, attributes,
// sensitive} ...]}; empty: the rows of this register are no resources.
std::string resource_rows(const register_table& table);

}  // namespace sekimori::registers
