// value: equality of short texts. Entry point: same_text. Knows no views.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sekimori {

template <class Word>
Word word_at(const char* from) {
  Word made;
  std::memcpy(&made, from, sizeof made);
  return made;
}

// Most texts that conditions compare are short: two words that may overlap say as much as a call of memcmp.
inline bool same_text(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const char *x = a.data(), *y = b.data();
  if (size > 16) return std::memcmp(x, y, size) == 0;
  if (size >= 8) {
    return word_at<std::uint64_t>(x) == word_at<std::uint64_t>(y) && word_at<std::uint64_t>(x + size - 8) == word_at<std::uint64_t>(y + size - 8);
  }
  if (size >= 4) {
    return word_at<std::uint32_t>(x) == word_at<std::uint32_t>(y) && word_at<std::uint32_t>(x + size - 4) == word_at<std::uint32_t>(y + size - 4);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (x[i] != y[i]) return false;
  }
  return true;
}

}  // namespace sekimori
