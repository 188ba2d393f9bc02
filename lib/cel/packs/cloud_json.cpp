// cel: json.parse: JSON text inside a string, as values. Entry point: cloud::parse_json. Strict RFC 8259,
// bounded depth, no duplicate keys; an error says where, never what. Written by hand because the values
// must live in the evaluation's arena and because the text is small (policies, container definitions).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>

#include "base/arena_vector.hpp"
#include "base/secret_text.hpp"
#include "base/text.hpp"
#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::cloud {
namespace {

constexpr int deepest_json = 100;

class json_reader {
 public:
  json_reader(call_context& context, std::string_view text, bool sensitive)
      : context_(context), text_(text), sensitive_(sensitive) {}

  value document() {
    value read;
    pack_support::count_work(context_, 2 * text_.size());
    if (!element(read, 0)) return problem_;
    skip_space();
    if (at_ != text_.size()) {
      malformed();
      return problem_;
    }
    return read;
  }

 private:
  bool fail(evaluation_error_code code, std::string_view message) {
    problem_ = context_.fail(code, message);
    return false;
  }

  bool malformed() {
    return fail(evaluation_error_code::invalid_argument, "the string is not JSON (at byte " + std::to_string(at_) + ")");
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }

  bool take(char expected) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != expected) return false;
    ++at_;
    return true;
  }

  bool word(std::string_view expected, value meant, value& read) {
    if (text_.substr(at_, expected.size()) != expected) return malformed();
    at_ += expected.size();
    read = meant.marked_sensitive(sensitive_);
    return true;
  }

  bool element(value& read, int depth) {
    if (depth > deepest_json) return fail(evaluation_error_code::limit, "the JSON is nested more than 100 deep");
    skip_space();
    if (at_ >= text_.size()) return malformed();
    switch (text_[at_]) {
      case '{': return object(read, depth);
      case '[': return array(read, depth);
      case '"': {
        std::string_view text;
        if (!string(text)) return false;
        read = value::string(text).marked_sensitive(sensitive_ || looks_secret(text));
        return true;
      }
      case 't': return word("true", value::boolean(true), read);
      case 'f': return word("false", value::boolean(false), read);
      case 'n': return word("null", value::null(), read);
      default: return number(read);
    }
  }

  bool array(value& read, int depth) {
    ++at_;
    arena_vector<value> elements(context_.memory);
    if (!take(']')) {
      do {
        elements.emplace_back();
        if (!element(elements.back(), depth + 1)) return false;
      } while (take(','));
      if (!take(']')) return malformed();
    }
    read = make_list(context_.memory, elements).marked_sensitive(sensitive_);
    return true;
  }

  bool object(value& read, int depth) {
    ++at_;
    arena_vector<map_entry> entries(context_.memory);
    if (!take('}')) {
      do {
        skip_space();
        std::string_view key;
        if (at_ >= text_.size() || text_[at_] != '"') return malformed();
        if (!string(key)) return false;
        if (!take(':')) return malformed();
        value mapped;
        skip_space();
        const bool outside = sensitive_, holds_text = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '{' || text_[at_] == '[');
        sensitive_ = outside || (holds_text && is_secret_key(key));
        const bool fine = element(mapped, depth + 1);
        sensitive_ = outside;
        if (!fine) return false;
        entries.push_back({value::string(key), mapped});
      } while (take(','));
      if (!take('}')) return malformed();
    }
    std::sort(entries.begin(), entries.end(),
              [](const map_entry& a, const map_entry& b) { return a.key.as_text() < b.key.as_text(); });
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (entries[i].key.as_text() == entries[i - 1].key.as_text()) {
        return fail(evaluation_error_code::duplicate_key, "an object of the JSON has a key twice");
      }
    }
    const auto names_secret = [](const map_entry& one) {
      return std::find(std::begin(name_keys), std::end(name_keys), one.key.as_text()) != std::end(name_keys) && one.mapped.is(value_kind::string) && is_secret_key(one.mapped.as_text());
    };
    if (std::any_of(entries.begin(), entries.end(), names_secret)) {
      for (map_entry& one : entries) {
        if (is_value_key(one.key.as_text())) one.mapped = one.mapped.marked_sensitive(true);
      }
    }
    read = make_map(context_.memory, entries).marked_sensitive(sensitive_);
    return true;
  }

  bool hex4(std::uint32_t& unit) {
    unit = 0;
    if (at_ + 4 > text_.size()) return false;
    for (int i = 0; i < 4; ++i) {
      const int digit = hex_value(text_[at_++]);
      if (digit < 0) return false;
      unit = unit << 4 | static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  bool escape(std::string& to) {
    if (at_ >= text_.size()) return false;
    switch (text_[at_++]) {
      case '"': to += '"'; return true;
      case '\\': to += '\\'; return true;
      case '/': to += '/'; return true;
      case 'b': to += '\b'; return true;
      case 'f': to += '\f'; return true;
      case 'n': to += '\n'; return true;
      case 'r': to += '\r'; return true;
      case 't': to += '\t'; return true;
      case 'u': break;
      default: return false;
    }
    std::uint32_t unit = 0;
    if (!hex4(unit)) return false;
    if (unit >= 0xdc00 && unit <= 0xdfff) return false;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      std::uint32_t low = 0;
      if (text_.substr(at_, 2) != "\\u") return false;
      at_ += 2;
      if (!hex4(low) || low < 0xdc00 || low > 0xdfff) return false;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(to, static_cast<char32_t>(unit));
    return true;
  }

  // A string without escapes is read in place.
  bool string(std::string_view& read) {
    const std::size_t first = ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return malformed();
      ++at_;
    }
    if (at_ >= text_.size()) return malformed();
    if (text_[at_] == '"') {
      read = text_.substr(first, at_++ - first);
      return true;
    }
    std::string decoded(text_.substr(first, at_ - first));
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20) return malformed();
      if (c != '\\') {
        decoded += c;
      } else if (!escape(decoded)) {
        return malformed();
      }
    }
    if (at_ >= text_.size()) return malformed();
    ++at_;
    read = context_.memory.copy(std::string_view(decoded));
    return true;
  }

  std::size_t digits() {
    const std::size_t first = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - first;
  }

  bool number(value& read) {
    const std::size_t first = at_;
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    const std::size_t leading = at_;
    const std::size_t count = digits();
    if (count == 0 || (count > 1 && text_[leading] == '0')) return malformed();
    bool whole = true;
    if (at_ < text_.size() && text_[at_] == '.') {
      whole = false;
      ++at_;
      if (digits() == 0) return malformed();
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      whole = false;
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) return malformed();
    }
    const char* from = text_.data() + first;
    const char* to = text_.data() + at_;
    if (whole) {
      std::int64_t integer = 0;
      std::uint64_t natural = 0;
      if (std::from_chars(from, to, integer).ec == std::errc()) {
        read = value::integer(integer);
      } else if (*from != '-' && std::from_chars(from, to, natural).ec == std::errc()) {
        read = value::unsigned_integer(natural);
      } else {
        return fail(evaluation_error_code::conversion, "an integer of the JSON does not fit 64 bits");
      }
    } else {
      double fraction = 0;
      if (std::from_chars(from, to, fraction).ec != std::errc()) {
        return fail(evaluation_error_code::conversion, "a number of the JSON does not fit a double");
      }
      read = value::floating(fraction);
    }
    read = read.marked_sensitive(sensitive_);
    return true;
  }

  call_context& context_;
  std::string_view text_;
  bool sensitive_;        // of what is being read: the whole text, or what stands under a key of a secret
  std::size_t at_ = 0;
  value problem_;
};

}  // namespace

value parse_json(call_context& context, std::string_view text, bool sensitive) {
  return json_reader(context, text, sensitive).document();
}

value json_parse(call_context& context, arguments given) {
  return parse_json(context, given[0].as_text(), given[0].sensitive());
}

}  // namespace sekimori::cel::cloud
