// rules: what libfyaml says of a text that is no YAML, in words of ours. Entry points: first_words, parse_words, offset_at, help_for.
// Knows no nodes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/source.hpp"

namespace sekimori::rules {

// What libfyaml says first; a fixed buffer, since nothing may be thrown through C. libfyaml can also keep
// its diagnostics as objects, but 0.7 never frees those.
struct first_words {
  std::array<char, 512> text{};
  std::size_t size = 0;
  void keep(std::string_view more);
  std::string_view view() const { return {text.data(), size}; }
};

struct said {
  std::string message;
  int line = 0, column = 0;   // 1-based; 0: not told
};

said parse_words(std::string_view words);
std::uint32_t offset_at(const source_text& source, const said& told);

// For the commonest slips: what to do about them.
std::string help_for(std::string_view message);

}  // namespace sekimori::rules
