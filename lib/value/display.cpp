// value: values as text for people and as JSON. Entry points: display, to_json of values.hpp.
// Sensitive values never get through either. Knows no documents.
#include <string>

#include "value/containers.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace sekimori {

namespace {

constexpr std::string_view mask = "(sensitive)";
constexpr int deepest = 1'000;

// Both forms walk alike; they differ in the leaves. Stops taking parts once `limit` bytes stand.
class writer {
 public:
  writer(std::size_t limit, bool json) : limit_(limit), json_(json) {}

  void write(value v, int depth) {
    if (v.sensitive()) return write_mask();
    if (depth > deepest || full()) {
      text_ += json_ ? "null" : "\u2026";
      return;
    }
    switch (v.kind()) {
      case value_kind::error: text_ += json_ ? "null" : "(error)"; break;
      case value_kind::unknown: text_ += json_ ? "null" : "(unknown)"; break;
      case value_kind::null: text_ += "null"; break;
      case value_kind::boolean: text_ += v.as_boolean() ? "true" : "false"; break;
      case value_kind::integer: text_ += std::to_string(v.as_integer()); break;
      case value_kind::unsigned_integer: text_ += std::to_string(v.as_unsigned()); break;
      case value_kind::floating: write_double(v.as_floating()); break;
      case value_kind::string: leaf(v.as_text(), depth); break;
      case value_kind::bytes: leaf(base64_encode(v.as_text()), depth); break;
      case value_kind::type: json_ ? append_json_string(text_, v.as_text()) : void(text_ += v.as_text()); break;
      case value_kind::timestamp: leaf(format_timestamp(v.seconds(), v.nanos()), depth); break;
      case value_kind::duration: leaf(format_duration(v.seconds(), v.nanos()), depth); break;
      case value_kind::opaque: leaf(v.as_opaque().to_string(), depth); break;
      case value_kind::optional: write_optional(v, depth); break;
      case value_kind::list: write_list(v.as_list(), depth); break;
      case value_kind::map: write_map(v.as_map(), depth); break;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  bool full() const { return text_.size() > limit_; }

  void write_mask() {
    if (json_) append_json_string(text_, mask);
    else text_ += mask;
  }

  // Bare where the whole value is this text and a person reads it.
  void leaf(std::string_view text, int depth) {
    if (text.size() > limit_) text = text.substr(0, limit_ + 1);
    if (json_ || depth > 0) append_json_string(text_, text);
    else text_ += text;
  }

  void write_double(double number) {
    std::string text = format_double(number);
    bool finite = text.find_first_of("NI") == std::string::npos;
    if (json_ && !finite) return append_json_string(text_, text);
    if (json_ && text.find_first_of(".e") == std::string::npos) text += ".0";
    text_ += text;
  }

  void write_optional(value v, int depth) {
    if (v.some() == nullptr) {
      text_ += json_ ? "null" : "none";
    } else {
      write(*v.some(), depth);
    }
  }

  void write_list(const list_view& list, int depth) {
    text_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (full()) break;
      if (i > 0) text_ += ", ";
      write(list.at(i), depth + 1);
    }
    text_ += ']';
  }

  void write_map(const map_view& map, int depth) {
    const map_entry* entries = map.entries();
    text_ += '{';
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (full()) break;
      if (i > 0) text_ += ", ";
      if (entries[i].key.is(value_kind::string)) append_json_string(text_, entries[i].key.as_text());
      else append_json_string(text_, writer_of_key(entries[i].key));
      text_ += ": ";
      write(entries[i].mapped, depth + 1);
    }
    text_ += '}';
  }

  static std::string writer_of_key(value key) {
    writer bare(64, false);
    bare.write(key, 0);
    return bare.take();
  }

  std::size_t limit_;
  bool json_;
  std::string text_;
};

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  to += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '"' && c != '\\') continue;
    to.append(text, copied, i - copied);
    copied = i + 1;
    switch (c) {
      case '"': to += "\\\""; break;
      case '\\': to += "\\\\"; break;
      case '\n': to += "\\n"; break;
      case '\r': to += "\\r"; break;
      case '\t': to += "\\t"; break;
      default:
        to += "\\u00";
        to += hex[static_cast<unsigned char>(c) >> 4];
        to += hex[c & 15];
    }
  }
  to.append(text, copied);
  to += '"';
}

std::string display(value shown, std::size_t limit) {
  writer to(limit, false);
  to.write(shown, 0);
  std::string text = to.take();
  if (text.size() <= limit) return text;
  std::size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  text.resize(cut);
  text += "\u2026";
  return text;
}

std::string to_json(value shown) {
  // A value made by an expression can share parts with itself; what a report shows ends here.
  constexpr std::size_t json_limit = std::size_t{1} << 24;
  writer to(json_limit, true);
  to.write(shown, 0);
  return to.take();
}

}  // namespace sekimori
