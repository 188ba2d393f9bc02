// base: reads files. Entry points: read_file. Knows no format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace sekimori {

enum class read_outcome : std::uint8_t { read, unreadable, over_limit };

// What was read, in memory that nothing was written to before.
class file_bytes {
 public:
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  friend read_outcome read_file(const std::string& path, std::uint64_t limit, file_bytes& bytes, std::string& why);
  bool grow(std::size_t capacity);

  struct release {
    void operator()(char* data) const { std::free(data); }
  };
  std::unique_ptr<char, release> data_;
  std::size_t size_ = 0;
};

// The whole of a file, or of a pipe, up to `limit` bytes. `why` says what went wrong in the system's words.
read_outcome read_file(const std::string& path, std::uint64_t limit, file_bytes& bytes, std::string& why);
read_outcome read_file(const std::string& path, std::uint64_t limit, std::string& bytes, std::string& why);

}  // namespace sekimori
