// cel: a constant set of texts. Entry point: text_set::has. Knows no expressions.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "cel/flat/same_text.hpp"

namespace sekimori::cel::flat {

// The texts are borrowed. Few are compared one by one, the rest found by a hash.
class text_set {
 public:
  explicit text_set(std::vector<std::string_view> texts) : texts_(std::move(texts)) {
    if (texts_.size() <= few) return;
    std::size_t size = 16;
    while (size < texts_.size() * 2) size *= 2;
    table_.assign(size, 0);
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      std::size_t at = hash(texts_[i]) & (size - 1);
      while (table_[at] != 0 && texts_[table_[at] - 1] != texts_[i]) at = (at + 1) & (size - 1);
      table_[at] = static_cast<std::uint32_t>(i + 1);
    }
  }

  bool has(std::string_view sought) const {
    if (table_.empty()) {
      for (std::string_view text : texts_) {
        if (same_text(text, sought)) return true;
      }
      return false;
    }
    for (std::size_t at = hash(sought) & (table_.size() - 1); table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
      if (texts_[table_[at] - 1] == sought) return true;
    }
    return false;
  }

  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  static constexpr std::size_t few = 8;

  static std::uint64_t eight(const char* from, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size < 8 ? size : 8);
    return word;
  }
  // Every byte counts, and the last ones in the low bits as well: names of one set often differ in nothing else.
  static std::size_t hash(std::string_view text) {
    __extension__ using wide = unsigned __int128;
    std::uint64_t mixed = text.size();
    for (std::size_t at = 0; at < text.size(); at += 8) {
      const wide product = static_cast<wide>(mixed ^ eight(text.data() + at, text.size() - at)) * 0x9E3779B97F4A7C15u;
      mixed = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
    return static_cast<std::size_t>(mixed);
  }

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> table_;   // index + 1; 0: empty
};

}  // namespace sekimori::cel::flat
