// base: percent-encoding.
#include "base/percent.hpp"

#include "base/text.hpp"

namespace sekimori {

std::optional<std::size_t> decode_percent(std::string_view text, char* to) {
  std::size_t made = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      to[made++] = text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    to[made++] = static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (invalid_utf8({to, made})) return std::nullopt;
  return made;
}

}  // namespace sekimori
