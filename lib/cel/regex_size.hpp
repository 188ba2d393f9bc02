// cel: how large a regular expression is before an engine sees it. Entry points: regex_size, refused_regex. The
// measure is our own, so that a limit means the same on every machine and with every version of RE2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cel/environment.hpp"

namespace sekimori::cel {

// About how many instructions matching takes once all repetitions are written out: a character counts the bytes
// of its UTF-8 form, a class its ranges, \p{...} what such classes take, x{n,m} m times x. Any text has a size,
// also one that is no regular expression. Linear in the pattern; saturates instead of overflowing.
std::uint64_t regex_size(std::string_view pattern);

// Why a pattern is beyond the limits, in the words of a message, or empty. For every function that takes one.
std::string refused_regex(std::string_view pattern, const limits& bounds);

}  // namespace sekimori::cel
