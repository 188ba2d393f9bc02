// base: SHA-256 by libmd, with the processor's own instructions for the whole blocks where it has them; base32 by hand
// (five lines).
#include "base/digest.hpp"

#include <sys/types.h>

#include <sha2.h>

#include "base/sha256_blocks.hpp"

namespace sekimori {

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
  std::array<std::uint8_t, 32> digest{};
  SHA2_CTX context;
  SHA256Init(&context);
  // libmd goes on from the state after the whole blocks, and pads.
  const std::size_t whole = bytes.size() / 64;
  if (whole > 0 && sha256_blocks(context.state.st32, reinterpret_cast<const std::uint8_t*>(bytes.data()), whole)) {
    context.bitcount[0] = static_cast<std::uint64_t>(whole) * 512;
    bytes.remove_prefix(whole * 64);
  }
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  SHA256Final(digest.data(), &context);
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (auto b : sha256(bytes)) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

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
  for (auto part : parts) {
    joined += std::to_string(part.size());
    joined += ':';
    joined += part;
  }
  const base32_letters text = sha256_letters(joined);
  return {text.data(), text.size()};
}

}  // namespace sekimori
