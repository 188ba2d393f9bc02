// Generated parts of the documentation, a function each. Entry point: sections.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sekimori::docs {

struct section {
  std::string_view name;      // stands in the page between <!-- begin generated: NAME --> and <!-- end generated: NAME -->
  std::string (*make)();      // Markdown
};
std::span<const section> sections();

std::string function_reference();   // functions.cpp
std::string truth_tables();         // truth_tables.cpp

}  // namespace sekimori::docs
