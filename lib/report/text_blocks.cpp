// report: see text_blocks.hpp.
#include "report/text_blocks.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#include "base/pages.hpp"

namespace sekimori {

namespace {

constexpr std::size_t smallest = 16u << 10, large_page = 2u << 20;
constexpr std::size_t handed_on = 256u << 10;      // that the cache still holds

}  // namespace

text_blocks::~text_blocks() {
  for (const block& one : blocks_) std::free(one.data);
}

void text_blocks::next() {
  if (on_ != nullptr && !blocks_.empty()) {
    finish();
    return;
  }
  std::size_t size = handed_on;
  if (on_ == nullptr) size = blocks_.empty() ? smallest : std::min(blocks_.back().size * 4, large_page);
  blocks_.reserve(blocks_.size() + 1);
  void* data = size == large_page ? std::aligned_alloc(large_page, size) : std::malloc(size);
  if (data == nullptr) throw std::bad_alloc();
  if (!blocks_.empty()) blocks_.back().used = static_cast<std::size_t>(at_ - blocks_.back().data);
  at_ = static_cast<char*>(data);
  end_ = at_ + size;
  blocks_.push_back({at_, size, 0});
  if (size == large_page) prefer_large_pages(data, size);
}

void text_blocks::append(std::string_view text) {
  while (!text.empty()) {
    if (at_ == end_) next();
    const std::size_t bytes = std::min(text.size(), static_cast<std::size_t>(end_ - at_));
    std::memcpy(at_, text.data(), bytes);
    at_ += bytes;
    text.remove_prefix(bytes);
  }
}

void text_blocks::finish() {
  if (blocks_.empty()) return;
  on_(to_, {blocks_.back().data, static_cast<std::size_t>(at_ - blocks_.back().data)});
  at_ = blocks_.back().data;
}

void text_blocks::each(write on, void* to) const {
  for (const block& one : blocks_) on(to, {one.data, &one == &blocks_.back() ? static_cast<std::size_t>(at_ - one.data) : one.used});
}

std::string text_blocks::whole() const {
  std::size_t size = 0;
  each([](void* sum, std::string_view text) { *static_cast<std::size_t*>(sum) += text.size(); }, &size);
  std::string joined;
  joined.reserve(size);
  each([](void* to, std::string_view text) { *static_cast<std::string*>(to) += text; }, &joined);
  return joined;
}

}  // namespace sekimori
