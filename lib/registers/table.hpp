// registers: a file as rows of cells that mean nothing yet. Entry points: open_table, read_rows. Knows encodings, CSV and JSON; no fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/problems.hpp"

namespace sekimori::registers {

struct raw_cell {
  enum class form_of : std::uint8_t { text, number, boolean, list } form = form_of::text;   // all but text only in JSON
  std::string text;                    // blank: there is nothing
  std::vector<std::string> items = {};
};

struct raw_row {
  std::uint64_t number = 0;            // as people count: from 1
  std::vector<raw_cell> cells;
};

struct raw_table {
  table_form form = table_form::csv;
  bool cp932 = false;
  std::string_view encoding;           // "utf-8", "utf-16", "cp932"
  std::string text;                    // of CSV, without byte order mark, in UTF-8 or CP932
  std::vector<std::string> keys;       // of JSON: the columns
  std::vector<raw_row> rows;           // of JSON
};

// Decides encoding and form; of JSON reads the rows. `encoding` is what a mapping says, or empty.
std::optional<raw_table> open_table(const std::string& file, std::string_view bytes, std::string_view encoding, problem_list& problems);
// Rows of CSV, at most `most`; false where it is none, which is told where `problems` is given.
bool read_rows(const std::string& file, const raw_table& table, char separator, std::size_t most, std::vector<raw_row>& rows, problem_list* problems);
// The bytes of a cell as UTF-8. False: they are no text in the file's encoding; `to` holds what there is before.
bool decode(const raw_table& table, std::string_view bytes, std::string& to);

}  // namespace sekimori::registers
