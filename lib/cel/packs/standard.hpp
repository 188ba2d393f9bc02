// cel: bodies of the standard pack, by file. Entry point: packs/standard.cpp, which holds the rows.
#pragma once

#include <span>

#include "cel/function.hpp"

namespace sekimori::cel::standard {

using arguments = std::span<const value>;

// packs/standard_conversions.cpp
value same(call_context&, arguments given);  // conversions from a type to itself, dyn()
value type_of(call_context&, arguments given);
value to_int(call_context& context, arguments given);
value to_uint(call_context& context, arguments given);
value to_double(call_context& context, arguments given);
value to_string(call_context& context, arguments given);
value to_bytes(call_context& context, arguments given);
value to_bool(call_context& context, arguments given);
value to_timestamp(call_context& context, arguments given);
value to_duration(call_context& context, arguments given);

// packs/standard_text.cpp
value size(call_context&, arguments given);
value contains(call_context&, arguments given);
value starts_with(call_context&, arguments given);
value ends_with(call_context&, arguments given);

// packs/standard_time.cpp: of a timestamp, in UTC or in the zone that the second argument names; and of a duration.
enum class part { full_year, month, day_of_year, day_of_month, date, day_of_week, hours, minutes, seconds, milliseconds };
value read_part(call_context& context, arguments given, part asked);
template <part asked>
value get(call_context& context, arguments given) { return read_part(context, given, asked); }

}  // namespace sekimori::cel::standard
