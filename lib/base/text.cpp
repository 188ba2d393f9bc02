// base: UTF-8, UTF-16, searching and terminal columns.
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <vector>

namespace sekimori {
namespace {

struct range { char32_t first, last; };

// East Asian Wide and Fullwidth of Unicode 15, in blocks; emoji presentation included.
constexpr range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},   {0x23F3, 0x23F3},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},
    {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18CFF},
    {0x1AFF0, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
    {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7}, {0x1F6DC, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
    {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

// Combining marks, joiners and other characters that take no column.
constexpr range zero[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x06D6, 0x06DC},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x2066, 0x206F}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0100, 0xE01EF}};

template <std::size_t N>
bool within(const range (&table)[N], char32_t c) {
  auto at = std::upper_bound(std::begin(table), std::end(table), c, [](char32_t x, const range& r) { return x < r.first; });
  return at != std::begin(table) && c <= std::prev(at)->last;
}

// The code point at `offset`, or nullopt; `length` is how many bytes it takes.
std::optional<char32_t> decode(std::string_view text, std::size_t offset, std::size_t& length) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  unsigned char first = byte(0);
  length = 1;
  if (first < 0x80) return first;
  std::size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || offset + need > text.size()) return std::nullopt;
  char32_t c = first & (0xFF >> (need + 1));
  for (std::size_t i = 1; i < need; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    c = (c << 6) | (byte(i) & 0x3F);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < smallest[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
  length = need;
  return c;
}

// Behind the words of eight bytes at `offset` that are ASCII alone.
std::size_t behind_ascii(std::string_view text, std::size_t offset) {
  std::uint64_t word = 0;
  for (; offset + sizeof word <= text.size(); offset += sizeof word) {
    std::memcpy(&word, text.data() + offset, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  return offset;
}

std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  auto unit = [&](std::size_t i) {
    auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? (a << 8) | b : (b << 8) | a);
  };
  std::string to;
  to.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xD800 && c <= 0xDBFF) {
      if (i + 3 >= bytes.size()) return std::nullopt;
      char32_t low = unit(i + 2);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    } else if (c >= 0xDC00 && c <= 0xDFFF) {
      return std::nullopt;
    }
    append_utf8(to, c);
  }
  return to;
}

}  // namespace

char32_t decode_utf8(std::string_view text, std::size_t& offset) {
  std::size_t length = 1;
  auto c = decode(text, offset, length);
  offset += length;
  return c.value_or(0xFFFD);
}

void append_utf8(std::string& to, char32_t c) {
  if (c < 0x80) {
    to += static_cast<char>(c);
  } else if (c < 0x800) {
    to += static_cast<char>(0xC0 | (c >> 6));
    to += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    to += static_cast<char>(0xE0 | (c >> 12));
    to += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    to += static_cast<char>(0xF0 | (c >> 18));
    to += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    to += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      i = behind_ascii(text, i + 1);
      continue;
    }
    std::size_t length = 1;
    if (!decode(text, i, length)) return i;
    i += length;
  }
  return std::nullopt;
}

std::optional<std::string> to_utf8(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE") return from_utf16(bytes.substr(2), false);
  if (bytes.substr(0, 2) == "\xFE\xFF") return from_utf16(bytes.substr(2), true);
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  if (invalid_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\n\r\v\f";
  const std::size_t begin = text.find_first_not_of(white);
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(white) + 1 - begin);
}

std::string cut_utf8(std::string_view text, std::size_t longest, std::string_view mark) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)).append(mark);
}

std::uint64_t count_code_points(std::string_view text) {
  // Every byte that does not continue a code point begins one.
  std::uint64_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

namespace {

// Knuth, Morris and Pratt: no byte of the text is looked at twice.
template <class Iterator>
Iterator search_linearly(Iterator first, Iterator last, Iterator sought, std::size_t size) {
  // How much of the sought text is still matched after a mismatch behind its first i bytes.
  std::vector<std::size_t> fallback(size, 0);
  std::size_t matched = 0;
  for (std::size_t i = 1; i < size; ++i) {
    while (matched > 0 && sought[i] != sought[matched]) matched = fallback[matched - 1];
    matched += sought[i] == sought[matched];
    fallback[i] = matched;
  }
  matched = 0;
  for (Iterator at = first; at != last; ++at) {
    while (matched > 0 && *at != sought[matched]) matched = fallback[matched - 1];
    matched += *at == sought[matched];
    if (matched == size) return at + 1 - static_cast<std::ptrdiff_t>(size);
  }
  return last;
}

// The plain search is faster on most texts; where it looks at bytes again and again, the rest is searched linearly.
template <class Iterator>
Iterator search(Iterator first, Iterator last, Iterator sought, std::size_t size) {
  if (size == 0) return first;
  const Iterator begin = first;
  const auto length = static_cast<std::ptrdiff_t>(size);
  std::ptrdiff_t looked_at = 0;
  while (last - first >= length) {
    first = std::find(first, last, *sought);
    if (last - first < length) return last;
    std::size_t same = 1;
    while (same < size && first[same] == sought[same]) ++same;
    if (same == size) return first;
    looked_at += static_cast<std::ptrdiff_t>(same);
    ++first;
    if (looked_at > 4 * (first - begin + length)) return search_linearly(first, last, sought, size);
  }
  return last;
}

}  // namespace

std::size_t find_text(std::string_view text, std::string_view sought, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  const char* end = text.data() + text.size();
  const char* found = search(text.data() + from, end, sought.data(), sought.size());
  return found == end && !sought.empty() ? std::string_view::npos : static_cast<std::size_t>(found - text.data());
}

std::size_t find_last_text(std::string_view text, std::string_view sought, std::size_t from) {
  if (sought.size() > text.size()) return std::string_view::npos;
  std::size_t end = std::min(from, text.size() - sought.size()) + sought.size();
  std::reverse_iterator<const char*> first(text.data() + end), last(text.data());
  auto found = search(first, last, std::reverse_iterator<const char*>(sought.data() + sought.size()), sought.size());
  if (found == last && !sought.empty()) return std::string_view::npos;
  return static_cast<std::size_t>(last - found) - sought.size();
}

std::uint32_t display_width(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || within(zero, c)) return 0;
  if (c < 0x1100) return 1;
  return within(wide, c) ? 2 : 1;
}

std::uint32_t display_width(std::string_view text) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < text.size();) sum += display_width(decode_utf8(text, i));
  return sum;
}

}  // namespace sekimori
