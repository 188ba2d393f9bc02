// report: makes text from inputs safe to look at. Entry points: visible, visible_lines. Knows no format.
#include "report/visible.hpp"

#include "base/text.hpp"

namespace sekimori {

namespace {

void append_visible(std::string& to, char32_t code_point) {
  static constexpr char hex[] = "0123456789abcdef";
  if (!is_deceptive(code_point)) {
    append_utf8(to, code_point);
    return;
  }
  to += "\\u{";
  bool begun = false;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const unsigned digit = (code_point >> shift) & 15;
    begun = begun || digit != 0 || shift == 0;
    if (begun) to += hex[digit];
  }
  to += '}';
}

}  // namespace

bool is_deceptive(char32_t code_point) {
  if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0)) return true;
  if (code_point < 0xad) return false;
  return code_point == 0xad || code_point == 0x61c || code_point == 0x180e || code_point == 0x3164 ||
         code_point == 0xfeff || code_point == 0xffa0 || (code_point >= 0x115f && code_point <= 0x1160) ||
         (code_point >= 0x200b && code_point <= 0x200f && code_point != 0x200d) ||
         (code_point >= 0x2028 && code_point <= 0x202e) || (code_point >= 0x2060 && code_point <= 0x206f) ||
         (code_point >= 0xfff9 && code_point <= 0xfffb) || (code_point >= 0xe0000 && code_point <= 0xe007f);
}

std::string shortened(std::string_view text) {
  return cut_utf8(text, 1000);
}

std::string brief(std::string_view text) {
  return cut_utf8(text, 240);
}

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) append_visible(shown, decode_utf8(text, offset));
  return shown;
}

std::vector<std::string> visible_lines(std::string_view text) {
  std::vector<std::string> lines(1);
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t code_point = decode_utf8(text, offset);
    if (code_point == '\n') {
      lines.emplace_back();
    } else if (code_point == '\t') {
      lines.back() += ' ';
    } else if (code_point == '\r' && offset < text.size() && text[offset] == '\n') {
      continue;
    } else {
      append_visible(lines.back(), code_point);
    }
  }
  while (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace sekimori
