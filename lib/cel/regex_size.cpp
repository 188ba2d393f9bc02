// cel: how large a regular expression is before an engine sees it. Entry points: regex_size, refused_regex.
// Knows the syntax of RE2 as far as sizes go: what is no regular expression still has a size.
#include "cel/regex_size.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "base/text.hpp"

namespace sekimori::cel {
namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a > most - b ? most : a + b; }
std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a != 0 && b > most / a ? most : a * b; }

// What RE2 makes of these, measured: an instruction per range of bytes.
constexpr std::uint64_t any_character = 9;
constexpr std::uint64_t perl_class = 4;
constexpr std::uint64_t negation = 12;
constexpr std::uint64_t wide_range = 12;      // a range in which a character takes more than one byte
constexpr std::uint64_t letters_class = 1'200; // \pL, \p{Lu}, \p{Mn} ...
constexpr std::uint64_t other_category = 500;  // \pN, \p{So} ...
constexpr std::uint64_t script_class = 150;    // \p{Han} ...
constexpr std::uint64_t case_variants = 3;     // (?i)k is k, K and the Kelvin sign

class measure {
 public:
  explicit measure(std::string_view pattern) : pattern_(pattern) {}

  std::uint64_t run() {
    open_.push_back({});
    while (at_ < pattern_.size()) next();
    while (open_.size() > 1) close();
    return plus(open_.back().finished, plus(open_.back().sequence, last_));
  }

 private:
  // A group that is being read: the branches before the last `|`, the last one, and the letter case outside.
  struct group {
    std::uint64_t finished = 0;
    std::uint64_t sequence = 0;
    bool outer_folds = false;
  };

  char peek(std::size_t ahead = 0) const { return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0'; }

  // The last item is kept apart: a repetition multiplies it.
  void item(std::uint64_t size) {
    open_.back().sequence = plus(open_.back().sequence, last_);
    last_ = size;
  }

  void next() {
    char c = peek();
    switch (c) {
      case '(': ++at_; return begin();
      case ')':
        ++at_;
        if (open_.size() > 1) close();
        return;
      case '|':
        ++at_;
        item(0);
        open_.back().finished = plus(open_.back().finished, plus(open_.back().sequence, 1));
        open_.back().sequence = 0;
        return;
      case '*':
      case '+':
      case '?': ++at_; last_ = plus(last_, 1); return;
      case '{': return repetition();
      case '[': return item(bracket());
      case '.': ++at_; return item(any_character);
      case '^':
      case '$': ++at_; return item(1);
      case '\\': return escape();
      default: return item(character());
    }
  }

  std::uint64_t character() {
    std::size_t begin = at_;
    char32_t c = decode_utf8(pattern_, at_);
    return letter(c, at_ - begin);
  }

  std::uint64_t letter(char32_t c, std::uint64_t bytes) const {
    bool varies = folds_ && (c >= 0x80 || (c | 0x20) == 'k' || (c | 0x20) == 's');
    return varies ? bytes * case_variants : bytes;
  }

  // `(` is behind us: flags, a name, or what is inside.
  void begin() {
    bool outer = folds_;
    if (peek() == '?') {
      ++at_;
      bool on = true, flags_only = false;
      if (peek() == 'P' || peek() == '<') {
        while (at_ < pattern_.size() && peek() != '>') ++at_;
        if (at_ < pattern_.size()) ++at_;
      } else {
        for (; at_ < pattern_.size(); ++at_) {
          char c = peek();
          if (c == '-') on = false;
          if (c == 'i') folds_ = on;
          flags_only = c == ')';
          if (c == ':' || c == ')' || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-')) break;
        }
        if (peek() == ':' || flags_only) ++at_;
      }
      if (flags_only) return item(0);
    }
    item(0);
    open_.push_back({0, 0, outer});
  }

  void close() {
    std::uint64_t inside = plus(open_.back().finished, plus(open_.back().sequence, last_));
    folds_ = open_.back().outer_folds;
    open_.pop_back();
    last_ = plus(inside, 2);
  }

  bool number(std::size_t& at, std::uint64_t& read) const {
    std::size_t begin = at;
    read = 0;
    for (; at < pattern_.size() && pattern_[at] >= '0' && pattern_[at] <= '9'; ++at) {
      read = plus(times(read, 10), static_cast<std::uint64_t>(pattern_[at] - '0'));
    }
    return at > begin;
  }

  // {n}, {n,} or {n,m}; any other brace is a character.
  void repetition() {
    std::size_t at = at_ + 1;
    std::uint64_t low = 0, high = 0;
    bool counted = number(at, low), open_end = false;
    high = low;
    if (counted && at < pattern_.size() && pattern_[at] == ',') {
      ++at;
      open_end = !number(at, high);
      if (open_end) high = low;
    }
    if (!counted || at >= pattern_.size() || pattern_[at] != '}') {
      ++at_;
      return item(1);
    }
    at_ = at + 1;
    std::uint64_t copies = std::max<std::uint64_t>(std::max(low, high), 1);
    std::uint64_t branches = high > low ? high - low : open_end ? 1 : 0;
    last_ = plus(times(std::max<std::uint64_t>(last_, 1), copies), branches);
  }

  void escape() {
    char c = peek(1);
    if (c == 'Q') {
      std::size_t end = pattern_.find("\\E", at_ + 2);
      for (at_ += 2; at_ < std::min(end, pattern_.size());) item(character());
      if (end != std::string_view::npos) at_ = end + 2;
      return;
    }
    item(escaped());
  }

  // What a backslash begins, in a class or outside.
  std::uint64_t escaped() {
    char c = peek(1);
    at_ = std::min(at_ + 2, pattern_.size());
    switch (c) {
      case 'd':
      case 's':
      case 'w': return perl_class;
      case 'D':
      case 'S':
      case 'W': return perl_class + negation;
      case 'p':
      case 'P': return unicode_class();
      case 'x':
        if (peek() == '{') {
          while (at_ < pattern_.size() && peek() != '}') ++at_;
          if (at_ < pattern_.size()) ++at_;
          return letter(0x80, 4);
        }
        at_ = std::min(at_ + 2, pattern_.size());
        return letter(0x80, 2);
      default:
        // The backslash may stand before a character of several bytes.
        if (static_cast<unsigned char>(c) >= 0x80) {
          --at_;
          return character();
        }
        return 1;
    }
  }

  std::uint64_t unicode_class() {
    std::string_view name = pattern_.substr(at_, 1);
    if (peek() == '{') {
      std::size_t end = std::min(pattern_.find('}', at_), pattern_.size());
      name = pattern_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, pattern_.size());
    } else {
      at_ = std::min(at_ + 1, pattern_.size());
    }
    if (!name.empty() && name.front() == '^') name.remove_prefix(1);
    bool category = name.size() <= 2;
    bool letters = !name.empty() && (name.front() == 'L' || name.front() == 'M');
    if (name == "Common") return other_category;
    return !category ? script_class : letters ? letters_class : other_category;
  }

  std::uint64_t bracket() {
    ++at_;
    std::uint64_t size = 1;
    if (peek() == '^') {
      ++at_;
      size = negation;
    }
    bool first = true;
    for (; at_ < pattern_.size() && (peek() != ']' || first); first = false) {
      if (peek() == '[' && peek(1) == ':' && classes_end_) {
        std::size_t end = pattern_.find(":]", at_ + 2);
        classes_end_ = end != std::string_view::npos;
        if (classes_end_) {
          size = plus(size, perl_class + (peek(2) == '^' ? negation : 0));
          at_ = end + 2;
          continue;
        }
      }
      std::uint64_t low = peek() == '\\' ? escaped() : character();
      if (peek() == '-' && peek(1) != ']' && at_ + 1 < pattern_.size()) {
        ++at_;
        std::uint64_t high = peek() == '\\' ? escaped() : character();
        bool wide = low > 1 || high > 1;
        low = !wide ? 1 : folds_ ? wide_range * case_variants : wide_range;
      }
      size = plus(size, low);
    }
    if (at_ < pattern_.size()) ++at_;
    return size;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool folds_ = false;
  bool classes_end_ = true;  // there may be another ":]": looking for it again and again would be quadratic
  std::uint64_t last_ = 0;
  std::vector<group> open_;
};

}  // namespace

std::uint64_t regex_size(std::string_view pattern) { return measure(pattern).run(); }

std::string refused_regex(std::string_view pattern, const limits& bounds) {
  if (pattern.size() > bounds.regex_bytes) {
    return "the regular expression has more than " + std::to_string(bounds.regex_bytes) + " bytes";
  }
  if (regex_size(pattern) > bounds.regex_size) {
    return "the regular expression is larger than " + std::to_string(bounds.regex_size) +
           " instructions once its repetitions are written out";
  }
  return {};
}

}  // namespace sekimori::cel
