// cel: what the two files of the strings pack share. Entry point: format.
#pragma once

#include <span>

#include "cel/function.hpp"

namespace sekimori::cel::strings {

value format(call_context& context, std::span<const value> given);  // packs/strings_format.cpp

}  // namespace sekimori::cel::strings
