// tests of registers: texts in, records and problems out.
#pragma once

#include <string>
#include <vector>

#include "sekimori/register.hpp"

namespace registers_test {

inline sekimori::register_check check(std::vector<sekimori::register_file> files, sekimori::register_options options = {}) {
  return sekimori::check_registers(files, options);
}

// A file of the register `people` and so on, by its name.
inline sekimori::register_check check_text(const std::string& name, const std::string& text, const std::string& as_of = "2027-03-01") {
  return check({{name, text}}, {{}, as_of, {}});
}

// "SKM312 5 終了日" for each problem.
inline std::vector<std::string> told(const sekimori::register_check& checked) {
  std::vector<std::string> made;
  for (const auto& one : checked.problems) made.push_back(one.told.code + " " + std::to_string(one.row) + (one.column.empty() ? "" : " " + one.column));
  return made;
}

using texts = std::vector<std::string>;

}  // namespace registers_test
