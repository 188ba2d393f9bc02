// conformance: values and types of the suite's JSON, made and compared. Entry points: read_value,
// read_type, same_value. Knows nothing of tests.
#pragma once

#include <simdjson.h>

#include <string_view>

#include "base/arena.hpp"
#include "cel/environment.hpp"
#include "sekimori/value.hpp"

namespace conformance {

using json = simdjson::dom::element;

// Empty where `from` has no such key.
std::string_view text_of(json from, std::string_view key);
bool flag_of(json from, std::string_view key);

// With `types`, messages of their types are values, too.
sekimori::value read_value(sekimori::arena& memory, json from, const sekimori::cel::type_provider* types = nullptr);
const sekimori::cel::type* read_type(sekimori::cel::environment& names, json from);
// The text that overload rows use for a type.
std::string type_text(json from);
// Maps in any order, NaN equal to NaN, otherwise kinds must agree.
bool same_value(sekimori::value expected, sekimori::value found);

}  // namespace conformance
