// value: a set of texts that does not change. Entry points: text_set::has, indexed_list. Knows no expressions.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "sekimori/value.hpp"
#include "value/same_text.hpp"

namespace sekimori {

// The texts are borrowed. Few are compared one by one, the rest found by a hash.
class text_set {
 public:
  static constexpr std::size_t few = 8;

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

// A list of texts with an index of them, for lists that many conditions look into. The elements are borrowed.
class indexed_list final : public list_view {
 public:
  explicit indexed_list(std::span<const value> texts) : set_(of(texts)) { at_hand_ = texts; }
  std::size_t size() const override { return at_hand_.size(); }
  value at(std::size_t index) const override { return at_hand_[index]; }
  const value* elements() const override { return at_hand_.data(); }
  const text_set* texts() const override { return &set_; }

 private:
  static std::vector<std::string_view> of(std::span<const value> texts) {
    std::vector<std::string_view> made;
    for (const value& one : texts) made.push_back(one.as_text());
    return made;
  }

  text_set set_;
};

}  // namespace sekimori
