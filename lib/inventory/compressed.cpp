// inventory: see compressed.hpp.
#include "inventory/compressed.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

#include "base/diagnostics.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t piece = 1 << 18;
constexpr std::string_view gzip_magic = "\x1f\x8b", zstd_magic = "\x28\xb5\x2f\xfd";

diagnostic damaged(const std::string& name, std::string_view with) {
  return make_diagnostic(diagnostic_code::input_encoding, name, "the input is compressed with " + std::string(with) + " and cannot be unpacked: it is damaged or cut off",
                         {"a whole file", "make or fetch it again"});
}

diagnostic over(const std::string& name, std::uint64_t most) {
  return make_diagnostic(diagnostic_code::limit_exceeded, name, "unpacked, the input has more than the " + std::to_string(most) + " bytes that are allowed",
                         {"", "raise the limit of input bytes"});
}

result<std::string> gunzip(const std::string& name, std::string_view bytes, std::uint64_t most) {
  constexpr int gzip_only = 16 + MAX_WBITS;
  z_stream state{};
  if (inflateInit2(&state, gzip_only) != Z_OK) return damaged(name, "gzip");
  std::unique_ptr<z_stream, int (*)(z_stream*)> held(&state, inflateEnd);
  std::string text;
  std::string_view left = bytes;
  bool ended = false;
  while (!ended || !left.empty()) {
    if (ended && inflateReset(&state) != Z_OK) return damaged(name, "gzip");   // a further member
    const std::size_t before = text.size(), given = std::min<std::size_t>(left.size(), 1u << 30);
    text.resize(before + piece);
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(left.data()));
    state.avail_in = static_cast<uInt>(given);
    state.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    state.avail_out = piece;
    const int outcome = inflate(&state, Z_NO_FLUSH);
    left.remove_prefix(given - state.avail_in);
    text.resize(before + piece - state.avail_out);
    if (text.size() > most) return over(name, most);
    ended = outcome == Z_STREAM_END;
    if (outcome != Z_OK && !ended) return damaged(name, "gzip");
    if (!ended && left.empty() && state.avail_out > 0) return damaged(name, "gzip");
  }
  return text;
}

result<std::string> unzstd(const std::string& name, std::string_view bytes, std::uint64_t most) {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> state(ZSTD_createDCtx(), ZSTD_freeDCtx);
  if (state == nullptr) return damaged(name, "zstd");
  std::string text;
  ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
  std::size_t wanted = 1;
  while (from.pos < from.size || wanted != 0) {
    const std::size_t before = text.size();
    text.resize(before + piece);
    ZSTD_outBuffer to{text.data() + before, piece, 0};
    wanted = ZSTD_decompressStream(state.get(), &to, &from);
    text.resize(before + to.pos);
    if (ZSTD_isError(wanted)) return damaged(name, "zstd");
    if (text.size() > most) return over(name, most);
    if (wanted != 0 && from.pos == from.size && to.pos < piece) return damaged(name, "zstd");
  }
  return text;
}

}  // namespace

bool is_compressed(std::string_view bytes) { return bytes.starts_with(gzip_magic) || bytes.starts_with(zstd_magic); }

result<std::string> decompress(const std::string& name, std::string_view bytes, std::uint64_t most) {
  return bytes.starts_with(gzip_magic) ? gunzip(name, bytes, most) : unzstd(name, bytes, most);
}

}  // namespace sekimori::inventory
