// registers: a file as rows of values. Entry point: read_register. Knows one file only; what holds between files is references.hpp's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registers/convert.hpp"
#include "registers/mapping.hpp"

namespace sekimori::registers {

struct register_row {
  std::uint64_t number = 0;
  std::vector<cell_value> values;      // one for each field of the schema
  std::vector<bool> wrong;             // whether that cell was told as a mistake already
};

struct register_table {
  const schema* of = nullptr;
  std::string file;
  table_form form = table_form::csv;
  std::vector<std::string> headings;   // of each field as the file has it, or the field's own
  std::vector<bool> kept;              // whether the file has a column for the field
  std::optional<std::int64_t> as_of;
  std::vector<register_row> rows;
  bool complete = false;               // it says that it lists all there is
  std::string declared_by;             // who says so; may be empty
  cell_place place(const register_row& row, std::size_t field) const { return {file, form, row.number, headings[field]}; }
};

struct read_options {
  const schema* named = nullptr;       // null: by the headings
  const mapping* with = nullptr;
  std::optional<std::int64_t> as_of;   // what the caller says
};

// Fills `record` as far as it comes. Nothing, where the file is no register.
std::optional<register_table> read_register(const std::string& file, std::string_view bytes, const read_options& options, register_record& record, problem_list& problems);

}  // namespace sekimori::registers
