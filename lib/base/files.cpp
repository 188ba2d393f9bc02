// base: reads files, by stdio: a folder or a vanished pipe is an error number there, never an exception.
#include "base/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <new>
#include <system_error>

#include "base/pages.hpp"

namespace sekimori {

bool file_bytes::grow(std::size_t capacity) {
  char* larger = static_cast<char*>(std::realloc(data_.get(), capacity));
  if (larger == nullptr) return false;
  (void)data_.release();
  data_.reset(larger);
  prefer_large_pages(larger, capacity);
  return true;
}

read_outcome read_file(const std::string& path, std::uint64_t limit, file_bytes& bytes, std::string& why) {
  bytes = file_bytes();
  errno = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  auto reason = [&] { return std::generic_category().message(errno); };
  if (!file) {
    why = reason();
    return read_outcome::unreadable;
  }
  // A file says how long it is, so that it is read at once into one piece; one byte more tells that it has ended.
  std::error_code no_file;
  const std::uint64_t said = std::filesystem::file_size(path, no_file);
  constexpr std::size_t smallest = 64 * 1024;
  std::size_t capacity = no_file ? smallest : static_cast<std::size_t>(std::min(said, limit)) + 1;
  while (true) {
    if (!bytes.grow(capacity)) throw std::bad_alloc();
    const std::size_t room = capacity - bytes.size_;
    const std::size_t got = std::fread(bytes.data_.get() + bytes.size_, 1, room, file.get());
    bytes.size_ += got;
    if (bytes.size_ > limit) {
      why = "it has more than " + std::to_string(limit) + " bytes";
      return read_outcome::over_limit;
    }
    if (got < room) break;
    capacity = std::max(2 * capacity, smallest);
  }
  if (std::ferror(file.get()) != 0) {
    why = reason();
    return read_outcome::unreadable;
  }
  return read_outcome::read;
}

read_outcome read_file(const std::string& path, std::uint64_t limit, std::string& bytes, std::string& why) {
  file_bytes read;
  const read_outcome outcome = read_file(path, limit, read, why);
  bytes.assign(read.view());
  return outcome;
}

}  // namespace sekimori
