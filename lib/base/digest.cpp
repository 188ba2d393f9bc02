// base: SHA-256 by the processor's own instructions where it has them, else by libmd; base32 by hand (five lines).
#include "base/digest.hpp"

#include <sys/types.h>

#include <charconv>
#include <cstring>

#include <sha2.h>

#include "base/sha256_blocks.hpp"

namespace sekimori {

namespace {

std::array<std::uint8_t, 32> by_library(std::string_view bytes) {
  std::array<std::uint8_t, 32> digest{};
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  SHA256Final(digest.data(), &context);
  return digest;
}

}  // namespace

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
  // FIPS 180-4, 5.3.3.
  std::uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const std::size_t whole = bytes.size() / 64, rest = bytes.size() % 64;
  if (!sha256_blocks(state, reinterpret_cast<const std::uint8_t*>(bytes.data()), whole)) return by_library(bytes);
  // What is left, a one bit, zeros, and the length in bits at the end of a block.
  std::uint8_t last[128] = {};
  if (rest > 0) std::memcpy(last, bytes.data() + whole * 64, rest);
  last[rest] = 0x80;
  const std::size_t blocks = rest < 56 ? 1 : 2;
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (std::size_t i = 0; i < 8; ++i) last[blocks * 64 - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  sha256_blocks(state, last, blocks);
  std::array<std::uint8_t, 32> digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string hex_of(const std::array<std::uint8_t, 32>& digest) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (auto b : digest) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) { return hex_of(sha256(bytes)); }

base32_letters sha256_letters(std::string_view bytes) {
  constexpr char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
  base32_letters text{};
  std::size_t at = 0;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (auto b : sha256(bytes)) {
    buffer = (buffer << 8) | b;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text[at++] = digits[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) text[at] = digits[(buffer << (5 - bits)) & 31];
  return text;
}

std::string sha256_base32(std::initializer_list<std::string_view> parts) {
  std::string joined;
  joined.reserve(256);
  for (auto part : parts) {
    char size[20];
    joined.append(size, std::to_chars(std::begin(size), std::end(size), part.size()).ptr);
    joined += ':';
    joined += part;
  }
  const base32_letters text = sha256_letters(joined);
  return {text.data(), text.size()};
}

}  // namespace sekimori
