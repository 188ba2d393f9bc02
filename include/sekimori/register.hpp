// Registers (台帳) as offices keep them, in CSV or JSON: people, assignments, contracts, accounts ... (docs/registers.md).
#pragma once

#include <map>
#include <optional>

#include "sekimori/diagnostic.hpp"

namespace sekimori {

struct register_file { std::string name; std::optional<std::string> bytes = {}; };   // no bytes: what the file called `name` holds
struct register_options { std::string as, as_of; std::vector<std::string> mappings; };   // register and day of the files, where they do not say; register-mapping/v1
struct register_record {                 // one file, whatever became of it
  std::string file, name, encoding, as_of;
  std::uint64_t rows = 0, blank_rows = 0, rows_with_errors = 0;
  std::map<std::string, std::uint64_t> converted;      // "date_era" ... -> cells
  std::vector<std::string> columns_not_read, references_not_checked;
};
struct register_problem { diagnostic told; std::uint64_t row = 0; std::string column; };   // row 0: of the file
struct register_check { int exit_code = 0; std::vector<register_record> registers; std::vector<register_problem> problems; };
// Reads them strictly and holds them against each other. Exit codes: 2 usage or a mistake in a mapping, 3 any other mistake.
register_check check_registers(const std::vector<register_file>& files, const register_options& options);

}  // namespace sekimori
