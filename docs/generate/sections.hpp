// Generated parts of the documentation, a function each. Entry point: sections.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sekimori::cel { struct cost_rule; }

namespace sekimori::docs {

struct section {
  std::string_view page;      // "language.md"
  std::string_view name;      // stands in the page between <!-- begin generated: NAME --> and <!-- end generated: NAME -->
  std::string (*make)();      // Markdown
};
std::span<const section> sections();

std::string function_reference();   // functions.cpp
std::string truth_tables();         // truth_tables.cpp
std::string kinds_table();          // kinds.cpp
std::string formats_table();        // formats.cpp

// "0.1 * size(a)": a, b, c are the operands, the receiver first. nullptr: 1.
std::string cost_text(const cel::cost_rule* rule);   // cost_text.cpp

}  // namespace sekimori::docs
