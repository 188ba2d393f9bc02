// registers: see account_rows.hpp.
#include "registers/account_rows.hpp"

#include <fmt/format.h>

#include "registers/values.hpp"
#include "value/values.hpp"

namespace sekimori::registers {

std::string account_rows(const register_table& table) {
  if (table.of->declared != &rules::accounts) return {};
  const auto& fields = rules::accounts.fields;
  std::string made = R"({"rows":[)";
  arena memory;
  for (const register_row& row : table.rows) {
    memory.reset();
    std::string attributes, masked;
    auto json = [&](std::size_t f) { return to_json(value_of(fields[f], row.values[f], memory)); };
    auto named = [&](std::string_view name) { return json(table.of->find(name)); };
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (std::holds_alternative<std::monostate>(row.values[f])) continue;
      attributes += fmt::format(R"({}"{}":{})", attributes.empty() ? "" : ",", fields[f].name, json(f));
      if (fields[f].personal) masked += fmt::format(R"({}"{}":true)", masked.empty() ? "" : ",", fields[f].name);
    }
    const std::string address = to_json(make_string(memory, "accounts." + std::get<std::string>(row.values[table.of->find("id")])));
    made += fmt::format(R"({}{{"address":{},"name":{},"account":{},"row":{},"attributes":{{{}}},"sensitive":{{{}}}}})", made.back() == '[' ? "" : ",", address,
                        named("id"), named("account"), table.form == table_form::csv ? row.number : 0, attributes, masked);
  }
  return made + "]}";
}

}  // namespace sekimori::registers
