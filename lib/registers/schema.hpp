// registers: what each register (台帳) holds. Entry points: schemas, find_schema. The tables are schema_people.cpp,
// schema_accounts.cpp and schema_systems.cpp; knows no files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori::registers {

enum class field_type : std::uint8_t {
  text,         // as it stands, full-width characters too
  identifier,   // full-width letters and digits made narrow, leading zeros kept
  number,       // whole
  date,
  timestamp,    // a day alone is its first moment in Japan
  boolean,
  choice,
  list,         // of identifiers
};
std::string_view name_of(field_type type);

enum class presence : std::uint8_t { optional, required, key };   // the keys of a row together stand once

// As the tables have it.
struct field_declaration {
  std::string_view name;
  field_type type = field_type::text;
  presence use = presence::optional;
  std::string_view ja, en;
  std::string_view headings = {};     // other usual headings, "職員番号|職員ID"
  std::string_view choices = {};      // "primary=本務|concurrent=兼務,兼任": the first word is the one that templates show
  std::string_view refers = {};       // the register whose key the cell holds
  std::string_view needed_when = {};  // "type=contractor,subcontractor": then it must not be blank
  bool personal = false;              // a cell's text is never shown
};

struct term { std::string_view from, to; };

struct register_declaration {
  std::string_view name, ja, en;
  std::span<const field_declaration> fields;
  term terms[2] = {};                 // pairs of dates of which the second is not before the first
};

extern const register_declaration people, assignments, contracts, accounts, systems, approved_images, links;

struct choice {
  std::string_view name, shown;       // `shown`: its first word, for people
  std::vector<std::string> words;     // all of them and the name, as heading_key makes them
};

struct field {
  const field_declaration* declared = nullptr;
  std::vector<std::string> headings;  // as heading_key makes them
  std::vector<choice> choices;
  std::size_t needed_field = 0;       // where `needed_values` is not empty: the choice that asks for this one
  std::vector<std::string_view> needed_values;
};

inline constexpr std::size_t no_field = static_cast<std::size_t>(-1);

struct schema {
  const register_declaration* declared = nullptr;
  std::vector<field> fields;          // those declared; then `remarks` and `as_of`, which every register has
  std::size_t find(std::string_view name) const;               // index of the field, or no_field
  std::size_t find_heading(std::string_view heading_key) const;
};

const std::vector<schema>& schemas();                // in the order in which people fill them in
const schema* find_schema(std::string_view name);
std::vector<std::string_view> schema_names();

}  // namespace sekimori::registers
