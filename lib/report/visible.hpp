// report: makes text from inputs safe to look at. Entry points: visible, visible_lines, shortened, brief. Knows no format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekimori {

// Characters that show nothing, move the cursor or turn the direction of writing: a name that holds one could pass
// itself off as another on a terminal or a page. Line feed and tab are among them.
bool is_deceptive(char32_t code_point);

// One line: such characters are written out as \u{202e}, bytes that are not UTF-8 become U+FFFD.
std::string visible(std::string_view text);
// The beginning of a long text, with an ellipsis: people need no million entries of a map, and json has them all.
std::string shortened(std::string_view text);
// A condition, cut to a few lines of a terminal.
std::string brief(std::string_view text);
// The same as visible() for text that may have several lines; a tab becomes a space.
std::vector<std::string> visible_lines(std::string_view text);

}  // namespace sekimori
