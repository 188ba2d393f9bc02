// base: percent-encoding (RFC 3986) undone. Entry point: decode_percent. Knows nothing of URLs and their parts, and takes no
// `+` for a blank: that is what forms do.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sekimori {

// What the text stands for, written to `to`, which holds text.size() bytes: how many it is. Nothing: a `%` without two
// hexadecimal digits behind it, or bytes that are no UTF-8.
std::optional<std::size_t> decode_percent(std::string_view text, char* to);

}  // namespace sekimori
