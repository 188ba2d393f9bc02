// bench: what a benchmark asks of its process. Nothing here knows the library.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

std::size_t heap_in_use();                       // bytes that malloc has given out
std::string read_file(const std::string& path);  // or stop()
[[noreturn]] void stop(const std::string& why);

}  // namespace bench
