// base: CP932 to UTF-8, by the rows of cp932_rows.def.
#include "base/cp932.hpp"

#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace sekimori {
namespace {

constexpr char32_t none = 0xFFFD;

std::array<std::u16string_view, 256> make_rows() {
  std::array<std::u16string_view, 256> rows{};
#define CP932_ROW(lead, text) rows[lead] = text;
#include "base/cp932_rows.def"
#undef CP932_ROW
  return rows;
}

char32_t two_bytes(unsigned char lead, unsigned char trail) {
  static const std::array<std::u16string_view, 256> rows = make_rows();
  if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return none;
  const std::size_t at = trail - 0x40u - (trail > 0x7F ? 1u : 0u);
  if (lead >= 0xF0 && lead <= 0xF9) return 0xE000 + static_cast<char32_t>((lead - 0xF0u) * 188 + at);
  return at < rows[lead].size() ? static_cast<char32_t>(rows[lead][at]) : none;
}

}  // namespace

std::optional<std::size_t> append_cp932(std::string_view bytes, std::string& to) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    if (first < 0x80) {
      to += bytes[at++];
    } else if (first >= 0xA1 && first <= 0xDF) {   // half-width katakana
      append_utf8(to, 0xFF61 + (first - 0xA1u));
      ++at;
    } else {
      const char32_t c = at + 1 < bytes.size() ? two_bytes(first, static_cast<unsigned char>(bytes[at + 1])) : none;
      if (c == none) return at;
      append_utf8(to, c);
      at += 2;
    }
  }
  return std::nullopt;
}

}  // namespace sekimori
