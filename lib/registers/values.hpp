// registers: a cell as a CEL value. Entry point: value_of. Knows no rows.
#pragma once

#include "base/arena.hpp"
#include "registers/convert.hpp"
#include "sekimori/value.hpp"

namespace sekimori::registers {

// Null: blank. A day is its text, 2027-03-31. Not marked as sensitive.
value value_of(const register_field& declared, const cell_value& cell, arena& memory);

}  // namespace sekimori::registers
