// inventory: see compressed.hpp.
#include "inventory/compressed.hpp"

#include "inventory/byte_stream.hpp"

namespace sekimori::inventory {

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }
bool is_zstd(std::string_view bytes) { return bytes.starts_with("\x28\xb5\x2f\xfd"); }

result<std::string> decompress(const std::string& name, std::string_view bytes, std::uint64_t most) {
  auto stream = unpacked_stream(name, text_stream(bytes), most);
  std::string text;
  while (true) {
    auto more = stream->read(text);
    if (!more) return std::move(more.diagnostics());
    if (!more.value()) return text;
  }
}

}  // namespace sekimori::inventory
