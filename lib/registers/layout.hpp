// registers: which register a table is, where its headings stand and what each column is. Entry point: find_layout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/convert.hpp"
#include "registers/mapping.hpp"

namespace sekimori::registers {

struct layout {
  const schema* of = nullptr;
  std::vector<column> columns;
  std::uint64_t heading_row = 0;         // of CSV: rows above it are no rows of the register; 0: JSON
  char separator = ',';
  std::vector<std::string> not_read;     // headings of columns that are not
};

// `named` is the register that the caller says it is, or null. Nothing, where a heading is wrong: that is told.
std::optional<layout> find_layout(const std::string& file, const raw_table& table, const schema* named, const mapping* with, problem_list& problems);

// Whether a text has the headings of a register, by its beginning: all that are needed, or most of those it has.
bool looks_like_register(std::string_view bytes);

}  // namespace sekimori::registers
