// cel: fields of declared object types at run time: what an unset one reads as, and what a literal stores in
// one. Entry points: the functions here. Knows no trees.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "cel/type_sources.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// Whether null is a value of the field's own; in any other field it means that nothing is set.
bool holds_null(const object_field& field);
// What reading a field gives where it was not set: its default, or the zero of its type. Only for fields whose
// presence is not a key's.
value unset_value(arena& memory, const object_field& field, const type_sources& objects);
// Whether a field that has this value counts as not set.
bool counts_as_unset(arena& memory, const object_field& field, value found, const type_sources& objects);

// The form that `Type{field: given}` keeps of a value: in range, rounded, as JSON, without the nulls that stand
// for nothing. An error where the field cannot hold it. Null: nothing is set.
value stored_value(arena& memory, const object_field& field, value given, std::uint32_t expression);
// A value as google.protobuf.Value holds it: null, bool, double, string, list(dyn) and map(string, dyn).
value json_value(arena& memory, value given, std::uint32_t expression);

}  // namespace sekimori::cel
