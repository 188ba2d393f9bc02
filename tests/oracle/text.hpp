// oracle: text as a sequence of code points, and numbers written out. Entry points: the functions here.
#pragma once

#include <string>
#include <vector>

#include "evaluate.hpp"
#include "value.hpp"

namespace oracle {

std::u32string code_points(const std::string& text);   // U+FFFD for a byte that is not UTF-8
std::string utf8(const std::u32string& points);
bool is_utf8(const std::string& text);
std::string string_of(double number);                  // string(): as Go's %g at its shortest
std::string plain(double number);                      // shortest digits, never an exponent
value string_call(std::string_view name, const std::vector<value>& arguments, dialect spoken);  // the strings pack
value format(const std::string& pattern, const std::vector<value>& given, dialect spoken);
value regex_call(std::string_view name, const std::vector<value>& given);                     // the regex pack
std::string string_of(const duration& given, dialect spoken);

}  // namespace oracle
