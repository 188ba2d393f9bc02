// report: writes JSON text. Entry point: json_writer. Knows no report.
#include "report/json_writer.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "base/text.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

constexpr std::string_view line_start = "\n                                                                ";   // 64 spaces

// Bytes of ASCII that stand for themselves.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> made{};
  for (std::size_t byte = 0x20; byte < 0x7f; ++byte) made[byte] = byte != '"' && byte != '\\';
  return made;
}();

// Whether all of eight bytes are plain.
bool eight_plain(const char* at) {
  constexpr std::uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  std::uint64_t bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  const auto holds_zero = [](std::uint64_t of) { return (of - ones) & ~of; };
  // Over 0x7e, below 0x20, a quote or a backslash: where the first is so for any byte, carries into others do no harm.
  const std::uint64_t odd = (bytes + ones) | bytes | ((bytes - 0x20 * ones) & ~bytes) | holds_zero(bytes ^ ('"' * ones)) | holds_zero(bytes ^ ('\\' * ones));
  return (odd & tops) == 0;
}

bool continues(std::string_view text, std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; }

// Where the text from `at` on stops to stand for itself. Of what is not ASCII only U+3000 to U+CFFF but U+3164, which
// shows nothing, is passed here: what Japanese is written in.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    while (text.size() - at >= 8 && eight_plain(text.data() + at)) at += 8;
    if (at == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (plain_bytes[byte]) {
      ++at;
      continue;
    }
    const bool wide = byte >= 0xe3 && byte <= 0xec && at + 2 < text.size() && continues(text, at + 1) && continues(text, at + 2);
    if (!wide || text.compare(at, 3, "\u3164") == 0) break;
    at += 3;
  }
  return at;
}

}  // namespace

void json_writer::new_line(bool comma) {
  if (comma) put(',');
  if (layout_ == layout::one_line) return;
  const std::size_t indent = has_member_.size() * 2;
  to_.append(line_start.substr(0, indent + 1));
  for (std::size_t more = line_start.size(); more < indent + 1; ++more) put(' ');
}

void json_writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_member_.empty()) return;
  new_line(has_member_.back() != 0);
  has_member_.back() = true;
}

void json_writer::open(char bracket) {
  before_value();
  put(bracket);
  has_member_.push_back(false);
}

void json_writer::close(char bracket) {
  const bool had_members = has_member_.back() != 0;
  has_member_.pop_back();
  if (had_members) new_line(false);
  put(bracket);
  if (has_member_.empty()) put('\n');
}

void json_writer::key(std::string_view name) {
  before_value();
  quoted(name);
  to_.append(layout_ == layout::one_line ? ":" : ": ");
  after_key_ = true;
}

void json_writer::text(std::string_view value) {
  before_value();
  quoted(value);
}

void json_writer::number(std::uint64_t value) {
  before_value();
  char digits[20];
  const char* end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  to_.append({digits, static_cast<std::size_t>(end - digits)});
}

void json_writer::signed_number(std::int64_t value) {
  before_value();
  to_.append(std::to_string(value));
}

void json_writer::flag(bool value) {
  before_value();
  to_.append(value ? "true" : "false");
}

void json_writer::null() {
  before_value();
  to_.append("null");
}

void json_writer::localized(const localized_text& value) {
  begin_object();
  text_if("ja", value.ja);
  text_if("en", value.en);
  end_object();
}

void json_writer::texts(std::string_view name, const std::vector<std::string>& values) {
  begin_array(name);
  for (const std::string& value : values) text(value);
  end_array();
}

void json_writer::quoted(std::string_view value) {
  static constexpr char hex[] = "0123456789abcdef";
  put('"');
  std::size_t offset = 0;
  for (;;) {
    const std::size_t end = end_of_plain(value, offset);
    to_.append(value.substr(offset, end - offset));
    offset = end;
    if (offset == value.size()) break;
    const char32_t code_point = decode_utf8(value, offset);
    if (code_point == '"' || code_point == '\\') {
      put('\\');
      put(static_cast<char>(code_point));
    } else if (code_point == '\n') {
      to_.append("\\n");
    } else if (code_point == '\t') {
      to_.append("\\t");
    } else if (is_deceptive(code_point) && code_point < 0x10000) {
      to_.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) put(hex[(code_point >> shift) & 15]);
    } else {
      std::string bytes;
      append_utf8(bytes, code_point);
      to_.append(bytes);
    }
  }
  put('"');
}

}  // namespace sekimori
