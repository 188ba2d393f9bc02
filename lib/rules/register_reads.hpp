// rules: which registers a condition reads. Entry point: registers_read. Knows no rows.
#pragma once

#include <bitset>
#include <string_view>

#include "cel/environment.hpp"
#include "rules/register_fields.hpp"

namespace sekimori::rules {

// By index in register_declarations.
using register_set = std::bitset<register_declarations.size()>;

// data.NAME in the text, whether evaluation comes to it or not; all of them where `data` stands as a whole.
register_set registers_read(const cel::compiled& program);
// The register whose rows are resources of that type, if there is one.
register_set registers_of_type(std::string_view type);

}  // namespace sekimori::rules
