// registers: one cell as what its field holds. Entry point: convert. Strict: what is ambiguous, or not of the field's type, is a mistake,
// and a conversion is counted. Knows no rows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "registers/problems.hpp"
#include "registers/schema.hpp"
#include "registers/table.hpp"

namespace sekimori::registers {

// Blank; text, identifier and choice (its name); number, date (days since 1970-01-01) and timestamp (seconds); boolean; list.
using cell_value = std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<std::string>>;

struct column {
  std::size_t field = no_field;          // of the schema; no_field: not read
  std::string heading;                   // as the file has it
  std::vector<std::pair<std::string, std::string>> words;   // of a choice, from a mapping: heading_key -> its name
};

using conversion_counts = std::map<std::string, std::uint64_t>;

// `cell.text` is UTF-8.
std::optional<mistake> convert(const field& to, const column& at, const raw_cell& cell, conversion_counts& counts, cell_value& made);

}  // namespace sekimori::registers
