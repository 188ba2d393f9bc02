// Blocks of bytes as bits: the portable form and the machine's own say the same, and what a byte by byte loop says.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "base/byte_block.hpp"

using namespace sekimori;

namespace {

template <class Test>
std::uint64_t bit_by_bit(const std::string& bytes, Test&& test) {
  std::uint64_t made = 0;
  for (std::size_t i = 0; i < 64; ++i) made |= std::uint64_t{test(static_cast<unsigned char>(bytes[i]))} << i;
  return made;
}

}  // namespace

TEST_CASE("every byte at every place") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(64, '\0');
    // Few different ones, so that much is equal, and all of them in turn.
    for (char& c : bytes) c = static_cast<char>(round % 2 == 0 ? random() % 256 : "{[}]\"\\\n\x80\xBF\xC0\xFF\x7F"[random() % 12]);
    const portable_byte_block portable(bytes.data());
    const byte_block own(bytes.data());
    for (int sought = 0; sought < 256; ++sought) {
      const std::uint64_t expected = bit_by_bit(bytes, [&](unsigned char c) { return c == sought; });
      REQUIRE(portable.equal(static_cast<char>(sought)) == expected);
      REQUIRE(own.equal(static_cast<char>(sought)) == expected);
    }
    const std::uint64_t brackets = bit_by_bit(bytes, [](unsigned char c) { return c == '{' || c == '['; });
    REQUIRE(portable.equal('{', 0x20) == brackets);
    REQUIRE(own.equal('{', 0x20) == brackets);
    const std::uint64_t beginnings = bit_by_bit(bytes, [](unsigned char c) { return (c & 0xC0) != 0x80; });
    REQUIRE(portable.beginnings() == beginnings);
    REQUIRE(own.beginnings() == beginnings);
  }
}
