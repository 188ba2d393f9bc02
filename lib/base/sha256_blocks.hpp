// base: the compression function of SHA-256 by the processor's own instructions. Entry point: sha256_blocks.
// Knows no padding; digest.cpp is its only user.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sekimori {

// Takes `count` blocks of 64 bytes into `state`. False, and nothing done, where the processor has no such instructions.
bool sha256_blocks(std::uint32_t state[8], const std::uint8_t* blocks, std::size_t count);

}  // namespace sekimori
