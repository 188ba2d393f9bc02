// report: writes JSON text. Entry point: json_writer. Knows no report.
#include "report/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/text.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

constexpr std::size_t piece = 2048;      // of a text, between two questions for room
constexpr std::size_t step = 16;

// Bytes of ASCII that stand for themselves.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> made{};
  for (std::size_t byte = 0x20; byte < 0x7f; ++byte) made[byte] = byte != '"' && byte != '\\';
  return made;
}();

// Copies sixteen bytes: whether all of them are plain.
bool sixteen_plain(const char* from, char* to) {
  using bytes = signed char __attribute__((vector_size(step)));   // not ASCII: negative
  bytes all;
  std::memcpy(&all, from, step);
  std::memcpy(to, &all, step);
  const auto odd = (all < 0x20) | (all == 0x7f) | (all == '"') | (all == '\\');
  std::uint64_t halves[2];
  std::memcpy(halves, &odd, step);
  return (halves[0] | halves[1]) == 0;
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

// A character of U+3000 to U+CFFF, what Japanese is written in, but U+3164, which shows nothing.
bool wide(const char* from, const char* end) {
  const auto byte = static_cast<unsigned char>(*from);
  return byte >= 0xe3 && byte <= 0xec && end - from >= 3 && continues(from[1]) && continues(from[2]) && std::memcmp(from, "\u3164", 3) != 0;
}

// Copies what stands for itself, to `stop` or a little beyond, and moves `from` behind it. Up to `step` bytes more are written to.
char* copy_plain(const char*& from, const char* stop, const char* end, char* to) {
  while (from < stop) {
    while (static_cast<std::size_t>(stop - from) >= step && sixteen_plain(from, to)) {
      from += step;
      to += step;
    }
    // Up to a character that is not ASCII, or that does not stand for itself; the last of the text one by one.
    while (from < stop && plain_bytes[static_cast<unsigned char>(*from)]) *to++ = *from++;
    if (from >= stop) break;
    if (!wide(from, end)) break;
    while (from < stop && wide(from, end)) {
      std::memcpy(to, from, 3);
      from += 3;
      to += 3;
    }
  }
  return to;
}

}  // namespace

void json_writer::open(char bracket) {
  if (depth_ + 1 == deepest) throw std::length_error("json_writer: too deep");
  char* at = before_value(to_.room(most_head));
  *at = bracket;
  to_.wrote(at + 1);
  members_ &= ~(1ull << ++depth_);
}

void json_writer::close(char bracket) {
  const bool had_members = (members_ >> depth_ & 1) != 0;
  --depth_;
  char* at = to_.room(most_head);
  if (had_members) at = new_line(at);
  *at++ = bracket;
  if (depth_ == 0) *at++ = '\n';
  to_.wrote(at);
}

void json_writer::bare(std::string_view word) {
  char* at = before_value(to_.room(most_head + word.size()));
  std::memcpy(at, word.data(), word.size());
  to_.wrote(at + word.size());
}

void json_writer::key_of(std::string_view name) {
  text(name);
  to_.append(layout_ == layout::one_line ? ":" : ": ");
  after_key_ = true;
}

void json_writer::text(std::string_view value) {
  to_.wrote(before_value(to_.room(most_head)));
  quoted(value);
}

void json_writer::number(std::uint64_t value) {
  char digits[20];
  bare({digits, static_cast<std::size_t>(std::to_chars(std::begin(digits), std::end(digits), value).ptr - digits)});
}

void json_writer::signed_number(std::int64_t value) {
  char digits[20];
  bare({digits, static_cast<std::size_t>(std::to_chars(std::begin(digits), std::end(digits), value).ptr - digits)});
}

void json_writer::flag(bool value) { bare(value ? "true" : "false"); }

void json_writer::null() { bare("null"); }

void json_writer::localized(const localized_text& value) {
  begin_object();
  text_if("ja", value.ja);
  text_if("en", value.en);
  end_object();
}

void json_writer::texts(member_name name, const std::vector<std::string>& values) {
  begin_array(name);
  for (const std::string& value : values) text(value);
  end_array();
}

void json_writer::quoted(std::string_view value) {
  static constexpr char hex[] = "0123456789abcdef";
  const char* from = value.data();
  const char* const end = from + value.size();
  auto room = [&] { return to_.room(std::min(static_cast<std::size_t>(end - from), piece) + 2 * step); };
  char* at = room();
  *at++ = '"';
  for (;;) {
    at = copy_plain(from, from + std::min(static_cast<std::size_t>(end - from), piece), end, at);
    if (from == end) break;
    to_.wrote(at);
    at = room();
    if (plain_bytes[static_cast<unsigned char>(*from)] || wide(from, end)) continue;
    auto offset = static_cast<std::size_t>(from - value.data());
    const char32_t code_point = decode_utf8(value, offset);
    from = value.data() + offset;
    if (code_point == '"' || code_point == '\\') {
      *at++ = '\\';
      *at++ = static_cast<char>(code_point);
    } else if (code_point == '\n' || code_point == '\t') {
      *at++ = '\\';
      *at++ = code_point == '\n' ? 'n' : 't';
    } else if (is_deceptive(code_point) && code_point < 0x10000) {
      *at++ = '\\';
      *at++ = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) *at++ = hex[(code_point >> shift) & 15];
    } else {
      std::string bytes;
      append_utf8(bytes, code_point);
      at = std::copy(bytes.begin(), bytes.end(), at);
    }
    to_.wrote(at);
    at = room();
  }
  *at++ = '"';
  to_.wrote(at);
}

}  // namespace sekimori
