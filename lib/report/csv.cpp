// report: see csv.hpp.
#include "report/csv.hpp"

#include "report/visible.hpp"

namespace sekimori {

std::string csv_cell(std::string_view text) {
  std::string shown = visible(text);
  if (!shown.empty() && std::string_view("=+-@").find(shown.front()) != std::string_view::npos) shown.insert(0, "'");
  if (shown.find_first_of(",\"") == std::string::npos) return shown;
  std::string quoted = "\"";
  for (char c : shown) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace sekimori
