// rules: scalars as they stand in a text. Entry points: single_quoted_text, double_quoted_text, block_indicator,
// behind_bracket, control_character. Knows no events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekimori::rules {

// What stands between quotes, decoded. The scanner has refused what is no such text.
std::string single_quoted_text(std::string_view raw);
std::string double_quoted_text(std::string_view raw);

// The `|` or `>`, at or behind `from`, that opens the block whose first content line begins at `content`.
std::uint32_t block_indicator(std::string_view text, std::uint32_t from, std::uint32_t content);
// Behind the next `closing` that stands in no comment; `from` where there is none.
std::uint32_t behind_bracket(std::string_view text, std::uint32_t from, char closing);

// Where the first control character stands that YAML does not allow.
std::optional<std::size_t> control_character(std::string_view text);

}  // namespace sekimori::rules
