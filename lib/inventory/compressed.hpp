// inventory: inputs that were packed with gzip or zstd. Entry points: is_compressed, decompress.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sekimori/result.hpp"

namespace sekimori::inventory {

// By the first bytes, never by name.
bool is_gzip(std::string_view bytes);
bool is_zstd(std::string_view bytes);
inline bool is_compressed(std::string_view bytes) { return is_gzip(bytes) || is_zstd(bytes); }

// The text, of all members or frames one after another: unpacked_stream at once.
result<std::string> decompress(const std::string& name, std::string_view bytes, std::uint64_t most);

}  // namespace sekimori::inventory
