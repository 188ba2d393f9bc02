// base: UTF-8, searching and terminal columns. Entry points: the functions here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekimori {

// Decodes the code point at `offset` and moves it on; U+FFFD and one byte on where the text is invalid.
char32_t decode_utf8(std::string_view text, std::size_t& offset);
void append_utf8(std::string& to, char32_t code_point);
// Offset of the first byte that is not valid UTF-8 (surrogates and overlong forms included); nullopt: valid.
std::optional<std::size_t> invalid_utf8(std::string_view text);
// UTF-8 with or without BOM and UTF-16 with BOM (either order) to UTF-8 without BOM; nullopt: not valid.
std::optional<std::string> to_utf8(std::string_view bytes);
// At most `longest` bytes of the text, cut between characters, with `mark` behind them where something is cut.
std::string cut_utf8(std::string_view text, std::size_t longest, std::string_view mark = "…");
// Of valid UTF-8.
std::uint64_t count_code_points(std::string_view text);
// As find() and rfind() of std::string_view, in time linear in both texts, whatever they are.
std::size_t find_text(std::string_view text, std::string_view sought, std::size_t from = 0);
std::size_t find_last_text(std::string_view text, std::string_view sought, std::size_t from = std::string_view::npos);
// What a hexadecimal digit stands for, in either case; -1: it is none.
int hex_value(char digit);
// Without the white space of ASCII at both ends.
std::string_view trimmed(std::string_view text);
// Terminal columns by East Asian Width: wide and fullwidth count 2, combining marks 0, ambiguous 1.
std::uint32_t display_width(char32_t code_point);
std::uint32_t display_width(std::string_view text);

}  // namespace sekimori
