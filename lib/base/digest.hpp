// base: SHA-256 and base32 (RFC 4648, lower case, no padding). Entry points: the functions here.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace sekimori {

std::array<std::uint8_t, 32> sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
std::string hex_of(const std::array<std::uint8_t, 32>& digest);
// The same in base32, without making a string.
using base32_letters = std::array<char, 52>;
base32_letters sha256_letters(std::string_view bytes);
// Length-prefixed parts, so that ("ab","c") and ("a","bc") differ.
std::string sha256_base32(std::initializer_list<std::string_view> parts);

}  // namespace sekimori
