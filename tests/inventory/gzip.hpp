// Packs texts for tests.
#pragma once

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>
#include <string_view>

namespace sekimori::testing {

inline std::string gzip(std::string_view text) {
  z_stream state{};
  REQUIRE(deflateInit2(&state, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string made(text.size() + 1024, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(made.data());
  state.avail_out = static_cast<uInt>(made.size());
  REQUIRE(deflate(&state, Z_FINISH) == Z_STREAM_END);
  made.resize(made.size() - state.avail_out);
  deflateEnd(&state);
  return made;
}

}  // namespace sekimori::testing
