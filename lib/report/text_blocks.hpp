// report: text that grows without being moved. Entry point: text_blocks. Knows no format.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori {

// The text stands in blocks: one that is full is kept, or handed on and used again. A large text so costs neither copies
// nor, in large pages, the faults of small ones.
class text_blocks {
 public:
  using write = void (*)(void* to, std::string_view text);

  text_blocks() = default;                                 // keeps the text
  text_blocks(write on, void* to) : on_(on), to_(to) {}    // hands it on
  ~text_blocks();
  text_blocks(const text_blocks&) = delete;
  text_blocks& operator=(const text_blocks&) = delete;

  static constexpr std::size_t most_room = 4096;
  // Where the next bytes are written, at most most_room of them; wrote() says where they end.
  char* room(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) next();
    return at_;
  }
  void wrote(char* up_to) { at_ = up_to; }
  void append(std::string_view text);
  bool empty() const { return blocks_.empty(); }

  // Hands on what is left.
  void finish();
  // What is kept: block by block, or as one.
  void each(write on, void* to) const;
  std::string whole() const;

 private:
  struct block { char* data; std::size_t size, used; };
  void next();

  write on_ = nullptr;
  void* to_ = nullptr;
  std::vector<block> blocks_;      // the last is written to, from its begin to at_
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace sekimori
