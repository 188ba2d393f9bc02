// base: reads files. Entry point: read_file. Knows no format.
#pragma once

#include <cstdint>
#include <string>

namespace sekimori {

enum class read_outcome : std::uint8_t { read, unreadable, over_limit };

// The whole of a file, or of a pipe, up to `limit` bytes. `why` says what went wrong in the system's words.
read_outcome read_file(const std::string& path, std::uint64_t limit, std::string& bytes, std::string& why);

}  // namespace sekimori
