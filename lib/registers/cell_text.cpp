// registers: widths and spaces.
#include "registers/cell_text.hpp"

#include "base/text.hpp"

namespace sekimori::registers {
namespace {

bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || c == 0xFEFF || c == 0x200B; }

char32_t narrowed(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
  if (c == 0x3000 || c == 0xA0) return ' ';
  if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 || c == 0x2212) return '-';
  return c;
}

}  // namespace

std::string narrow(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) append_utf8(made, narrowed(decode_utf8(text, at)));
  return made;
}

std::string_view trim(std::string_view text) {
  std::size_t begin = text.size(), end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_space(decode_utf8(text, at))) continue;
    if (begin == text.size()) begin = start;
    end = at;
  }
  return end == 0 ? std::string_view() : text.substr(begin, end - begin);
}

std::string heading_key(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = narrowed(decode_utf8(text, at));
    if (!is_space(c)) append_utf8(made, c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return made;
}

bool has_private_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    if (c >= 0xE000 && c <= 0xF8FF) return true;
  }
  return false;
}

}  // namespace sekimori::registers
