// inventory: CSV as identity services of clouds export it -> JSON, which the format's reader takes. Entry points: looks_like_csv_export,
// csv_export_json. Formats say in tables of columns what they read; an export is known by headings that no other file has.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "sekimori/result.hpp"
#include "value/json_view.hpp"

namespace sekimori::inventory {

class reading;

enum class csv_cell : std::uint8_t {
  text,      // as it stands
  word,      // a text, or a word that says there is nothing
  flag,      // true or false, in either case
  moment,    // RFC 3339, or 2026/08/27 15:15:08, whose offset nobody says: UTC
  list,      // texts, with commas or semicolons between them
  unread,    // of people, and of no rule
};
enum class csv_presence : std::uint8_t { optional, needed, distinctive };   // distinctive: needed, and what an export is known by

struct csv_column {
  std::string_view heading, attribute;
  csv_cell form = csv_cell::text;
  csv_presence presence = csv_presence::optional;
};

struct csv_export {
  std::string_view format;                       // the name of the reader
  std::string_view table;                        // the member of the JSON that holds the rows
  std::span<const csv_column> columns;
  std::span<const std::string_view> nothing;     // what stands in a cell that has nothing to say
  std::string_view help;                         // how an unspoiled one is had
};

// The export whose distinctive headings stand in the first row; null: none.
const csv_export* csv_export_of(std::string_view bytes);
inline bool looks_like_csv_export(std::string_view bytes) { return csv_export_of(bytes) != nullptr; }

// {"TABLE": [{"row": 2, "attributes": {...}}], "unread": ["a heading that the table does not know"]}
// The text is UTF-8, UTF-16 with a byte order mark, or CP932, as spreadsheets save it again. Diagnostics show no cell: it may be somebody's name.
result<std::string> csv_export_json(const std::string& name, std::string_view bytes, const csv_export& of);
// The rows of that JSON: their attributes, where they stand (a JSON pointer), and as what row. What is not read is told in a note.
void each_csv_row(const document_node& root, const csv_export& of, reading& into,
                  const std::function<void(const document_node& attributes, const std::string& pointer, std::uint32_t row)>& take);

}  // namespace sekimori::inventory
