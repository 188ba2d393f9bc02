// base: 64 bytes of a text at once, as bits. Entry point: byte_block. Knows no format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sekimori {

// Bit i of what is returned speaks of byte i. Works on words, eight bytes at a time, on any machine.
class portable_byte_block {
 public:
  static constexpr std::size_t size = 64;

  explicit portable_byte_block(const char* bytes) {
    for (std::size_t i = 0; i < 8; ++i) {
      words_[i] = 0;
      for (std::size_t k = 0; k < 8; ++k) words_[i] |= std::uint64_t{static_cast<unsigned char>(bytes[8 * i + k])} << (8 * k);
    }
  }

  // Bytes that are `c` once the bits of `set` are set in them.
  std::uint64_t equal(char c, char set = 0) const {
    const std::uint64_t wanted = ones * static_cast<unsigned char>(c), more = ones * static_cast<unsigned char>(set);
    return each([&](std::uint64_t word) {
      const std::uint64_t other = (word | more) ^ wanted;      // zero in the bytes that are equal
      return ~(((other & low) + low) | other | low) >> 7;
    });
  }
  // Bytes that do not go on with a character of UTF-8.
  std::uint64_t beginnings() const {
    return each([](std::uint64_t word) { return ~((word >> 7) & (~word >> 6)) & ones; });
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101, low = 0x7F7F7F7F7F7F7F7F;

  // `test` says 1 or 0 in each byte.
  template <class Test>
  std::uint64_t each(Test&& test) const {
    std::uint64_t made = 0;
    for (std::size_t i = 0; i < 8; ++i) made |= ((test(words_[i]) * 0x0102040810204080) >> 56) << (8 * i);
    return made;
  }

  std::uint64_t words_[8];
};

#if defined(__SSE2__)

class sse2_byte_block {
 public:
  static constexpr std::size_t size = 64;

  explicit sse2_byte_block(const char* bytes) {
    for (std::size_t i = 0; i < 4; ++i) parts_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
  }

  std::uint64_t equal(char c, char set = 0) const {
    const __m128i wanted = _mm_set1_epi8(c), more = _mm_set1_epi8(set);
    return each([&](__m128i part) { return _mm_cmpeq_epi8(_mm_or_si128(part, more), wanted); });
  }
  std::uint64_t beginnings() const {
    const __m128i last = _mm_set1_epi8(-65);      // 0x80 to 0xBF, read with a sign
    return each([&](__m128i part) { return _mm_cmpgt_epi8(part, last); });
  }

 private:
  template <class Test>
  std::uint64_t each(Test&& test) const {
    std::uint64_t made = 0;
    for (std::size_t i = 0; i < 4; ++i) made |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(test(parts_[i])))} << (16 * i);
    return made;
  }

  __m128i parts_[4];
};

using byte_block = sse2_byte_block;

#else

using byte_block = portable_byte_block;

#endif

// How many bits are ones: std::popcount is a call where the processor's own instruction cannot be taken for granted.
constexpr std::uint64_t count_ones(std::uint64_t bits) {
  bits -= (bits >> 1) & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
  return (((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56;
}

// The 64 bytes from `at` on, with spaces where the text has ended.
inline byte_block block_at(std::string_view text, std::size_t at) {
  if (text.size() - at >= byte_block::size) return byte_block(text.data() + at);
  char last[byte_block::size];
  std::memset(last, ' ', sizeof last);
  std::memcpy(last, text.data() + at, text.size() - at);
  return byte_block(last);
}

}  // namespace sekimori
