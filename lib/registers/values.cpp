// registers: see values.hpp.
#include "registers/values.hpp"

#include "registers/dates.hpp"
#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::registers {

value value_of(const register_field& declared, const cell_value& cell, arena& memory) {
  if (const auto* text = std::get_if<std::string>(&cell)) return make_string(memory, *text);
  if (const auto* truth = std::get_if<bool>(&cell)) return value::boolean(*truth);
  if (const auto* items = std::get_if<std::vector<std::string>>(&cell)) {
    auto elements = memory.make_array<value>(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) elements[i] = make_string(memory, (*items)[i]);
    return value::list(memory.make<arena_list>(elements));
  }
  const auto* number = std::get_if<std::int64_t>(&cell);
  if (number == nullptr) return value::null();
  if (declared.type == field_type::date) return make_string(memory, format_day(*number));
  return declared.type == field_type::timestamp ? value::timestamp(*number, 0) : value::integer(*number);
}

}  // namespace sekimori::registers
