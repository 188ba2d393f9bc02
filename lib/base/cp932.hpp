// base: CP932, the Shift_JIS that Windows writes, to UTF-8. Entry point: append_cp932. Strict, by a table of its own: what
// iconv reads differs from system to system.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sekimori {

// Appends the text. The offset of the first byte that stands for no character, where there is one; what follows it is not read.
// User-defined characters (外字) become those of Unicode's private area, as Windows has it.
std::optional<std::size_t> append_cp932(std::string_view bytes, std::string& to);

}  // namespace sekimori
