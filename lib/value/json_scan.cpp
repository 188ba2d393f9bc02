// value: see json_scan.hpp. One pass with an explicit stack; nothing recurses.
#include "value/json_scan.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>

#include "base/text.hpp"

namespace sekimori {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A string value (not a key) and where it stands.
using hidden_places = std::vector<json_place>;

class scanner {
 public:
  scanner(std::string_view text, std::vector<json_place>* duplicates, std::size_t most)
      : text_(text), duplicates_(duplicates), most_(most) {}

  // Collects the string values that begin in [from, to).
  void collect(std::size_t from, std::size_t to, hidden_places* into) { from_ = from; to_ = to; hidden_ = into; }

  json_problem run();

 private:
  struct frame { bool object; std::size_t first_key; };
  struct key { std::string_view text; json_place where; };

  bool fail(json_problem::sort what, std::size_t begin, std::size_t end, std::string message, std::string expected = {}) {
    problem_ = {what, begin, std::max(end, begin + 1), std::move(message), std::move(expected)};
    return false;
  }
  bool syntax(std::size_t begin, std::string message, std::string expected = {}) {
    if (begin >= text_.size()) message = "the text ends in the middle of a value";
    return fail(json_problem::sort::syntax, begin, begin + 1, std::move(message), std::move(expected));
  }
  void skip_space() { while (at_ < text_.size() && is_space(text_[at_])) ++at_; }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool scalar();
  bool string(bool is_key);
  bool escape(std::size_t start);
  int code_unit(std::size_t at) const;
  bool number();
  bool word(std::string_view expected);
  bool read_key();
  bool open(bool object);
  void close();
  std::string_view decoded(std::string_view raw);

  std::string_view text_;
  std::vector<json_place>* duplicates_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::vector<frame> frames_;
  std::vector<key> keys_;
  std::deque<std::string> unescaped_;
  std::size_t from_ = 0, to_ = 0;
  hidden_places* hidden_ = nullptr;
  json_problem problem_;
};

int scanner::code_unit(std::size_t at) const {
  if (at + 4 > text_.size()) return -1;
  int unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    int digit = hex_value(text_[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// at_ is on the backslash; moves past the escape.
bool scanner::escape(std::size_t start) {
  char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (c != 'u') {
    if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos || c == '\0') {
      return fail(json_problem::sort::syntax, at_, at_ + 2, "an escape that JSON does not have", "one of: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    }
    at_ += 2;
    return true;
  }
  int unit = code_unit(at_ + 2);
  if (unit < 0) return fail(json_problem::sort::syntax, at_, at_ + 2, "a \\u escape needs four hexadecimal digits");
  if (unit >= 0xDC00 && unit <= 0xDFFF) return fail(json_problem::sort::syntax, at_, at_ + 6, "half of a surrogate pair stands alone");
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    bool paired = at_ + 7 < text_.size() && text_[at_ + 6] == '\\' && text_[at_ + 7] == 'u';
    int low = paired ? code_unit(at_ + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return fail(json_problem::sort::syntax, at_, at_ + 6, "half of a surrogate pair stands alone");
    at_ += 6;
  }
  at_ += 6;
  (void)start;
  return true;
}

bool scanner::string(bool is_key) {
  std::size_t start = at_++;
  for (;;) {
    if (at_ >= text_.size()) return fail(json_problem::sort::syntax, start, start + 1, "a string has no closing quote");
    char c = text_[at_];
    if (c == '"') break;
    if (static_cast<unsigned char>(c) < 0x20) {
      if (c == '\n' || c == '\r') return fail(json_problem::sort::syntax, start, start + 1, "a string has no closing quote on its line");
      return fail(json_problem::sort::syntax, at_, at_ + 1, "a control character stands unescaped in a string");
    }
    if (c == '\\') {
      if (!escape(start)) return false;
      continue;
    }
    ++at_;
  }
  ++at_;
  if (is_key) {
    if (duplicates_ != nullptr) keys_.push_back({decoded(text_.substr(start + 1, at_ - start - 2)), {start, at_}});
  } else if (hidden_ != nullptr && start >= from_ && start < to_) {
    hidden_->push_back({start + 1, at_ - 1});
  }
  return true;
}

std::string_view scanner::decoded(std::string_view raw) {
  if (raw.find('\\') == std::string_view::npos) return raw;
  std::string& out = unescaped_.emplace_back();
  append_unescaped(out, raw);
  return out;
}

bool scanner::number() {
  std::size_t start = at_;
  bool whole = true;
  if (here() == '-') ++at_;
  if (!is_digit(here())) return syntax(at_, "a number needs a digit here");
  if (here() == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) return syntax(start, "a number may not begin with 0");
  while (is_digit(here())) ++at_;
  if (here() == '.') {
    whole = false;
    ++at_;
    if (!is_digit(here())) return syntax(at_, "a number needs a digit here");
    while (is_digit(here())) ++at_;
  }
  if (here() == 'e' || here() == 'E') {
    whole = false;
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    if (!is_digit(here())) return syntax(at_, "a number needs a digit here");
    while (is_digit(here())) ++at_;
  }
  const char* first = text_.data() + start;
  const char* last = text_.data() + at_;
  std::errc failed{};
  if (whole) {
    std::int64_t small = 0;
    failed = std::from_chars(first, last, small).ec;
    std::uint64_t large = 0;
    if (failed != std::errc{} && *first != '-') failed = std::from_chars(first, last, large).ec;
  } else {
    double number = 0;
    failed = std::from_chars(first, last, number).ec;
    // A number too near to zero is zero; only one that is too large has no double.
    if (failed != std::errc{}) {
      auto exponent = text_.substr(start, at_ - start).find_first_of("eE");
      bool tiny = exponent != std::string_view::npos && text_[start + exponent + 1] == '-';
      if (tiny) failed = {};
    }
  }
  if (failed != std::errc{}) {
    return fail(json_problem::sort::range, start, at_,
                whole ? "an integer is outside what 64 bits hold" : "a number is larger than a double holds");
  }
  return true;
}

bool scanner::word(std::string_view expected) {
  if (text_.substr(at_, expected.size()) != expected) return syntax(at_, "this is no JSON value", "a value");
  at_ += expected.size();
  return true;
}

bool scanner::scalar() {
  switch (here()) {
    case '"': return string(false);
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default:
      if (here() == '-' || is_digit(here())) return number();
      return syntax(at_, "this is no JSON value", "a value");
  }
}

bool scanner::read_key() {
  skip_space();
  if (here() != '"') return syntax(at_, "a key is missing", "a key in double quotes");
  if (!string(true)) return false;
  skip_space();
  if (here() != ':') return syntax(at_, "a colon is missing after the key", "`:`");
  ++at_;
  return true;
}

bool scanner::open(bool object) {
  if (frames_.size() >= json_depth_limit) {
    return fail(json_problem::sort::depth, at_, at_ + 1, "objects and arrays are nested more than 1000 deep");
  }
  frames_.push_back({object, keys_.size()});
  ++at_;
  return true;
}

void scanner::close() {
  frame ended = frames_.back();
  frames_.pop_back();
  ++at_;
  if (!ended.object || duplicates_ == nullptr) return;
  auto first = keys_.begin() + static_cast<std::ptrdiff_t>(ended.first_key);
  std::stable_sort(first, keys_.end(), [](const key& a, const key& b) { return a.text < b.text; });
  for (auto k = first; k != keys_.end() && k + 1 != keys_.end(); ++k) {
    if (k->text == (k + 1)->text && duplicates_->size() < most_) duplicates_->push_back((k + 1)->where);
  }
  keys_.erase(first, keys_.end());
}

json_problem scanner::run() {
  skip_space();
  if (at_ >= text_.size()) {
    fail(json_problem::sort::syntax, 0, 0, "the text is empty", "a JSON document");
    return problem_;
  }
  bool want_value = true;     // else: a comma or the end of the container
  for (;;) {
    skip_space();
    if (want_value) {
      char c = here();
      if (c == '{' || c == '[') {
        bool object = c == '{';
        if (!open(object)) return problem_;
        skip_space();
        if (here() == (object ? '}' : ']')) {
          close();
          want_value = false;
        } else if (object && !read_key()) {
          return problem_;
        }
        continue;
      }
      if (!scalar()) return problem_;
      want_value = false;
      continue;
    }
    if (frames_.empty()) break;
    bool object = frames_.back().object;
    if (here() == ',') {
      ++at_;
      if (object && !read_key()) return problem_;
      want_value = true;
    } else if (here() == (object ? '}' : ']')) {
      close();
    } else {
      syntax(at_, "a comma or the end of the container is missing", object ? "`,` or `}`" : "`,` or `]`");
      return problem_;
    }
  }
  if (at_ < text_.size()) fail(json_problem::sort::syntax, at_, at_ + 1, "something stands after the end of the document");
  return problem_;
}

}  // namespace

void append_unescaped(std::string& to, std::string_view raw) {
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\') { to += raw[i++]; continue; }
    char c = raw[i + 1];
    if (c != 'u') {
      static constexpr std::string_view letters = "bfnrt", meant = "\b\f\n\r\t";
      auto which = letters.find(c);
      to += which == std::string_view::npos ? c : meant[which];
      i += 2;
      continue;
    }
    auto unit = [&](std::size_t at) {
      char32_t u = 0;
      for (std::size_t k = at; k < at + 4; ++k) u = u * 16 + static_cast<char32_t>(hex_value(raw[k]));
      return u;
    };
    char32_t point = unit(i + 2);
    i += 6;
    if (point >= 0xD800 && point <= 0xDBFF) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 6;
    }
    append_utf8(to, point);
  }
}

json_problem scan_json(std::string_view text, std::vector<json_place>* duplicates, std::size_t most) {
  return scanner(text, duplicates, most).run();
}

diagnostic place_in_json(diagnostic_code code, const std::string& name, std::string_view text, std::size_t begin,
                         std::size_t end, std::string message, diagnostic_details details, bool broken) {
  begin = std::min(begin, text.size());
  end = std::clamp(end, begin, text.size());
  std::size_t line_begin = begin == 0 ? 0 : text.rfind('\n', begin - 1);
  line_begin = line_begin == std::string_view::npos ? 0 : (begin == 0 ? 0 : line_begin + 1);
  std::size_t line_end = std::min(text.find('\n', begin), text.size());
  hidden_places hidden;
  scanner values(text, nullptr, 0);
  values.collect(line_begin, line_end, &hidden);
  (void)values.run();
  if (broken) {
    while (!hidden.empty() && hidden.back().end > begin) hidden.pop_back();
    hidden.push_back({begin, line_end});
  }
  // One star for each code point keeps columns as they are in the file.
  std::string shown(text.substr(0, line_begin));
  std::size_t moved_begin = 0, moved_end = 0, next = 0;
  for (std::size_t at = line_begin; at < line_end;) {
    if (at == begin) moved_begin = shown.size();
    while (next < hidden.size() && hidden[next].end <= at) ++next;
    bool hide = next < hidden.size() && at >= hidden[next].begin;
    std::size_t after = at;
    char32_t point = decode_utf8(text, after);
    bool structural = broken && at >= begin && (point == '{' || point == '}' || point == '[' || point == ']' || point == ':' || point == ',' || point == '"' || point == ' ');
    if (hide && !structural) shown += '*';
    else shown.append(text.substr(at, after - at));
    at = after;
    if (at == end) moved_end = shown.size();
  }
  if (begin >= line_end) moved_begin = shown.size();
  if (moved_end <= moved_begin) moved_end = moved_begin + 1;
  shown += '\n';
  source_text source(name, std::move(shown));
  return make_diagnostic(code, source, {static_cast<std::uint32_t>(moved_begin), static_cast<std::uint32_t>(moved_end)},
                         std::move(message), std::move(details));
}

}  // namespace sekimori
