// registers: register-mapping/v1, held against the registers there are. Entry point: load_mapping. Knows no tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registers/schema.hpp"
#include "rules/documents.hpp"

namespace sekimori::registers {

struct mapping {
  rules::register_mapping_document said;
  const schema* of = nullptr;
  // Whether the mapping is meant for that file.
  bool is_for(std::string_view file) const;
};

// Nothing, where anything in it is wrong.
std::optional<mapping> load_mapping(const std::string& path, std::vector<diagnostic>& problems);
std::optional<mapping> read_mapping(const std::string& name, std::string bytes, std::vector<diagnostic>& problems);

}  // namespace sekimori::registers
