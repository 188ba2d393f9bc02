// base: a bump allocator for what one compilation or one evaluation makes. No destructor runs:
// only trivially destructible objects and views whose members need none may live here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace sekimori {

// Not thread-safe: one per evaluator or compiler. reset() keeps the blocks, so a warm arena
// allocates nothing from the heap.
class arena {
 public:
  explicit arena(std::size_t first_block = 4096) : next_size_(first_block) {}
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  arena(arena&& other) noexcept
      : blocks_(std::move(other.blocks_)), current_(other.current_), next_(other.next_), end_(other.end_), next_size_(other.next_size_) {
    other.blocks_.clear();
    other.current_ = 0;
    other.next_ = other.end_ = nullptr;
  }
  arena& operator=(arena&& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(current_, other.current_);
    std::swap(next_, other.next_);
    std::swap(end_, other.end_);
    std::swap(next_size_, other.next_size_);
    return *this;
  }
  ~arena() { for (auto& b : blocks_) std::free(b.data); }

  void* allocate(std::size_t size, std::size_t align = alignof(std::max_align_t)) {
    auto at = (reinterpret_cast<std::uintptr_t>(next_) + align - 1) & ~(align - 1);
    if (next_ == nullptr || at + size > reinterpret_cast<std::uintptr_t>(end_)) {
      grow(size + align);
      at = (reinterpret_cast<std::uintptr_t>(next_) + align - 1) & ~(align - 1);
    }
    next_ = reinterpret_cast<char*>(at + size);
    return reinterpret_cast<void*>(at);
  }

  template <class T, class... Args>
  T* make(Args&&... args) {
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  // `count` value-initialised objects.
  template <class T>
  std::span<T> make_array(std::size_t count) {
    if (count == 0) return {};
    T* first = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    for (std::size_t i = 0; i < count; ++i) new (first + i) T{};
    return {first, count};
  }

  template <class T>
  std::span<T> copy(std::span<const T> from) {
    auto to = make_array<T>(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = from[i];
    return to;
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  // Forgets everything made so far, keeps the memory.
  void reset() {
    current_ = 0;
    if (blocks_.empty()) return;
    next_ = blocks_[0].data;
    end_ = next_ + blocks_[0].size;
  }

  std::size_t capacity() const {
    std::size_t sum = 0;
    for (auto& b : blocks_) sum += b.size;
    return sum;
  }

 private:
  struct block { char* data; std::size_t size; };

  void grow(std::size_t need) {
    while (!blocks_.empty() && current_ + 1 < blocks_.size()) {
      ++current_;
      next_ = blocks_[current_].data;
      end_ = next_ + blocks_[current_].size;
      if (blocks_[current_].size >= need) return;
    }
    std::size_t size = next_size_ > need ? next_size_ : need;
    char* data = static_cast<char*>(std::malloc(size));
    if (data == nullptr) throw std::bad_alloc();
    blocks_.push_back({data, size});
    current_ = blocks_.size() - 1;
    next_ = data;
    end_ = data + size;
    if (next_size_ < (1u << 20)) next_size_ *= 2;
  }

  std::vector<block> blocks_;
  std::size_t current_ = 0;
  char* next_ = nullptr;
  char* end_ = nullptr;
  std::size_t next_size_;
};

}  // namespace sekimori
