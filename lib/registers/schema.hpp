// registers: what each register (台帳) holds, for looking up. Entry points: schemas, find_schema. The tables are those of
// rules/register_fields.hpp; knows no files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/register_fields.hpp"

namespace sekimori::registers {

using rules::assignments, rules::people, rules::contracts, rules::accounts, rules::systems, rules::approved_images, rules::links;
using rules::register_field, rules::field_type, rules::presence, rules::register_declaration, rules::term;
std::string_view name_of(field_type type);

struct choice {
  std::string_view name, shown;       // `shown`: its first word, for people
  std::vector<std::string> words;     // all of them and the name, as heading_key makes them
};

struct field {
  const register_field* declared = nullptr;
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
