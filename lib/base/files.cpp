// base: reads files, by stdio: a folder or a vanished pipe is an error number there, never an exception.
#include "base/files.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace sekimori {

read_outcome read_file(const std::string& path, std::uint64_t limit, std::string& bytes, std::string& why) {
  bytes.clear();
  errno = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  auto reason = [&] { return std::generic_category().message(errno); };
  if (!file) {
    why = reason();
    return read_outcome::unreadable;
  }
  std::size_t block = 64 * 1024;
  while (true) {
    std::size_t had = bytes.size();
    bytes.resize(had + block);
    std::size_t got = std::fread(bytes.data() + had, 1, block, file.get());
    bytes.resize(had + got);
    if (bytes.size() > limit) {
      why = "it has more than " + std::to_string(limit) + " bytes";
      return read_outcome::over_limit;
    }
    if (got < block) break;
    if (block < (1u << 24)) block *= 2;
  }
  if (std::ferror(file.get()) != 0) {
    why = reason();
    return read_outcome::unreadable;
  }
  return read_outcome::read;
}

}  // namespace sekimori
