// cel: lists as sets: the bodies that the sets and lists packs share. Entry points: the functions here.
#pragma once

#include <span>

#include "cel/function.hpp"

namespace sekimori::cel::sets {

value contains(call_context& context, std::span<const value> given);     // every element of the second is in the first
value is_subset(call_context& context, std::span<const value> given);    // every element of the first is in the second
value equivalent(call_context& context, std::span<const value> given);
value intersects(call_context& context, std::span<const value> given);

}  // namespace sekimori::cel::sets
