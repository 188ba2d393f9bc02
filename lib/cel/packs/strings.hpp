// cel: what the files of the strings pack share. Entry points: format, format_before_4.
#pragma once

#include <span>

#include "cel/function.hpp"

namespace sekimori::cel::strings {

value format(call_context& context, std::span<const value> given);           // packs/strings_format.cpp
value format_before_4(call_context& context, std::span<const value> given);  // packs/strings_format_before_4.cpp

}  // namespace sekimori::cel::strings
