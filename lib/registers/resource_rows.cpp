// registers: see resource_rows.hpp.
#include "registers/resource_rows.hpp"

#include <fmt/format.h>

#include "registers/values.hpp"
#include "value/values.hpp"

namespace sekimori::registers {

std::string resource_rows(const register_table& table) {
  const rules::register_declaration& declared = *table.of->declared;
  if (declared.resource_type.empty()) return {};
  const auto& fields = declared.fields;
  const std::size_t account = table.of->find("account"), scope = table.of->find("scope");
  std::size_t key = 0;
  while (fields[key].use != presence::key) ++key;
  std::string not_kept, rows;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (!table.kept[f]) not_kept += fmt::format(R"({}"{}":true)", not_kept.empty() ? "" : ",", fields[f].name);
  }
  arena memory;
  for (const register_row& row : table.rows) {
    memory.reset();
    std::string attributes, masked;
    auto json = [&](std::size_t f) { return f == no_field ? std::string("null") : to_json(value_of(fields[f], row.values[f], memory)); };
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (std::holds_alternative<std::monostate>(row.values[f])) continue;
      attributes += fmt::format(R"({}"{}":{})", attributes.empty() ? "" : ",", fields[f].name, json(f));
      if (fields[f].personal) masked += fmt::format(R"({}"{}":true)", masked.empty() ? "" : ",", fields[f].name);
    }
    const std::string address = to_json(make_string(memory, std::string(declared.name) + "." + std::get<std::string>(row.values[key])));
    rows += fmt::format(R"({}{{"address":{},"name":{},"account":{},"scope":{},"row":{},"attributes":{{{}}},"sensitive":{{{}}}}})", rows.empty() ? "" : ",", address,
                        json(key), json(account), json(scope), table.form == table_form::csv ? row.number : 0, attributes, masked);
  }
  return fmt::format(R"({{"type":"{}","not_kept":{{{}}},"rows":[{}]}})", declared.resource_type, not_kept, rows);
}

}  // namespace sekimori::registers
