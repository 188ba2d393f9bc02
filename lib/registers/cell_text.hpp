// registers: how offices write one thing in several ways: full-width letters, spaces of all kinds. Entry points: narrow, without_spaces,
// trim, heading_key. Knows no fields.
#pragma once

#include <string>
#include <string_view>

namespace sekimori::registers {

// Full-width ASCII and the space and hyphens of Japanese texts as ASCII; all else, half-width katakana too, as it stands.
std::string narrow(std::string_view text);
// Without white space at both ends, the full-width and the no-break space included.
std::string_view trim(std::string_view text);
// Narrow, without any white space, small letters: how headings and words of choices are compared.
std::string heading_key(std::string_view text);
// Whether it has one of the user-defined characters (外字), which mean something on one office's machines only.
bool has_private_character(std::string_view text);

}  // namespace sekimori::registers
