// rules: the fields of each register (台帳), which conditions read as data.NAME and offices fill in. Entry point:
// register_declarations. The tables are register_people.cpp, register_accounts.cpp and register_systems.cpp; knows no files and no values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekimori::rules {

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

enum class presence : std::uint8_t { optional, filled, key };   // filled: never blank; the keys of a row together stand once

// As the tables have it.
struct register_field {
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
  std::span<const register_field> fields;
  term terms[2] = {};                 // pairs of dates of which the second is not before the first
  std::string_view resource_type = {};   // rows are resources of this type, too ("register:account"); empty: they are none
};

extern const register_declaration people, assignments, contracts, accounts, systems, approved_images, links;
// In the order in which people fill them in; a register's index here is its field of `data`.
inline constexpr std::array register_declarations = {&people, &assignments, &contracts, &accounts, &systems, &approved_images, &links};

// The type of its rows in conditions: "register.people".
inline std::string row_type(const register_declaration& of) { return "register." + std::string(of.name); }
// A register whose key is one field is a map from it to the row, any other one from the first of them to a list of rows.
constexpr std::size_t key_fields(const register_declaration& of) {
  std::size_t count = 0;
  for (const register_field& one : of.fields) count += one.use == presence::key ? 1 : 0;
  return count;
}

}  // namespace sekimori::rules
