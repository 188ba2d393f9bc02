// base: see running_digest.hpp.
#include "base/running_digest.hpp"

#include <sys/types.h>

#include <sha2.h>

#include <array>
#include <cstdint>

#include "base/digest.hpp"
#include "base/sha256_blocks.hpp"

namespace sekimori {

struct running_digest::state {
  SHA2_CTX context;
  state() { SHA256Init(&context); }
};

running_digest::running_digest() : state_(std::make_unique<state>()) {}
running_digest::~running_digest() = default;

void running_digest::take(std::string_view bytes) {
  SHA2_CTX& context = state_->context;
  auto data = [&] { return reinterpret_cast<const std::uint8_t*>(bytes.data()); };
  // libmd keeps what does not fill a block; between blocks the processor's own instructions can take over.
  const std::size_t whole = bytes.size() / 64;
  if (context.bitcount[0] % 512 == 0 && whole > 0 && sha256_blocks(context.state.st32, data(), whole)) {
    context.bitcount[0] += static_cast<std::uint64_t>(whole) * 512;
    bytes.remove_prefix(whole * 64);
  }
  SHA256Update(&context, data(), bytes.size());
}

std::string running_digest::hex() {
  std::array<std::uint8_t, 32> digest{};
  SHA256Final(digest.data(), &state_->context);
  return hex_of(digest);
}

}  // namespace sekimori
