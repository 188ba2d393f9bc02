// inventory: NDJSON, a JSON value on each line. Entry points: looks_like_lines, lines_json. Knows no format.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace sekimori::inventory {

// Whether the first line that is not blank holds an object from end to end, and another line begins with one. A
// first line of more than four megabytes is none.
bool looks_like_lines(std::string_view text);

// The lines that are not blank, without what is around them.
void each_line(std::string_view text, const std::function<void(std::string_view line)>& take);

// The lines as one list. Each value keeps its line, and stands one column to the right; what is before it becomes spaces. Blank
// lines are passed over.
std::string lines_json(std::string_view text);

}  // namespace sekimori::inventory
