// inventory: inputs that were compressed with gzip or zstd. Entry points: is_compressed, decompress.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sekimori/result.hpp"

namespace sekimori::inventory {

// By the first bytes, never by name.
bool is_compressed(std::string_view bytes);

// The text, of all members or frames one after another. More than `most` bytes are over the limit (SKM400), whatever the header
// says; what is damaged or cut off is an error (SKM305).
result<std::string> decompress(const std::string& name, std::string_view bytes, std::uint64_t most);

}  // namespace sekimori::inventory
