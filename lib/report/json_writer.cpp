// report: writes JSON text. Entry point: json_writer. Knows no report.
#include "report/json_writer.hpp"

#include "base/text.hpp"
#include "report/visible.hpp"

namespace sekimori {

void json_writer::new_line() {
  to_ += '\n';
  to_.append(has_member_.size() * 2, ' ');
}

void json_writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_member_.empty()) return;
  if (has_member_.back()) to_ += ',';
  has_member_.back() = true;
  new_line();
}

void json_writer::open(char bracket) {
  before_value();
  to_ += bracket;
  has_member_.push_back(false);
}

void json_writer::close(char bracket) {
  const bool had_members = has_member_.back();
  has_member_.pop_back();
  if (had_members) new_line();
  to_ += bracket;
  if (has_member_.empty()) to_ += '\n';
}

void json_writer::key(std::string_view name) {
  before_value();
  quoted(name);
  to_ += ": ";
  after_key_ = true;
}

void json_writer::text(std::string_view value) {
  before_value();
  quoted(value);
}

void json_writer::number(std::uint64_t value) {
  before_value();
  to_ += std::to_string(value);
}

void json_writer::signed_number(std::int64_t value) {
  before_value();
  to_ += std::to_string(value);
}

void json_writer::flag(bool value) {
  before_value();
  to_ += value ? "true" : "false";
}

void json_writer::null() {
  before_value();
  to_ += "null";
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
  to_ += '"';
  std::size_t offset = 0;
  while (offset < value.size()) {
    const auto byte = static_cast<unsigned char>(value[offset]);
    if (byte >= 0x20 && byte < 0x7f) {
      if (byte == '"' || byte == '\\') to_ += '\\';
      to_ += static_cast<char>(byte);
      ++offset;
      continue;
    }
    const char32_t code_point = decode_utf8(value, offset);
    if (code_point == '\n') {
      to_ += "\\n";
    } else if (code_point == '\t') {
      to_ += "\\t";
    } else if (is_deceptive(code_point) && code_point < 0x10000) {
      to_ += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) to_ += hex[(code_point >> shift) & 15];
    } else {
      append_utf8(to_, code_point);
    }
  }
  to_ += '"';
}

}  // namespace sekimori
