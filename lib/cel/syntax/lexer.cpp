// cel: text to tokens. Entry point: token_reader. Knows no grammar and decodes no literal.
#include "cel/syntax/lexer.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace sekimori::cel {
namespace {

constexpr std::size_t most_reserved = 1 << 16;   // bytes of a text that memory is taken for beforehand

constexpr std::array<std::string_view, 17> reserved_words = {
    "as", "break", "const", "continue", "else", "for", "function", "if", "import",
    "let", "loop", "package", "namespace", "return", "var", "void", "while"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// What to type instead of a character that keyboards and word processors put in its place.
std::string_view ascii_twin(char32_t c) {
  if (c == 0x3000 || c == 0xA0) return "a space";
  if (c == 0x2018 || c == 0x2019 || c == 0xFF07) return "'";
  if (c == 0x201C || c == 0x201D || c == 0xFF02) return "\"";
  if (c == 0xFF08) return "(";
  if (c == 0xFF09) return ")";
  if (c == 0xFF0C || c == 0x3001) return ",";
  if (c == 0xFF0E || c == 0x3002) return ".";
  if (c == 0xFF1D) return "==";
  if (c == 0xFF1C) return "<";
  if (c == 0xFF1E || c == 0x2265) return c == 0x2265 ? ">=" : ">";
  if (c == 0x2264) return "<=";
  if (c == 0x2260) return "!=";
  if (c == 0xFF01) return "!";
  if (c == 0xFF06) return "&&";
  if (c == 0xFF5C) return "||";
  if (c == 0xFF1A) return ":";
  if (c == 0xFF1F) return "?";
  return {};
}

// Reads the one token at an offset.
class lexer {
 public:
  lexer(std::string_view text, std::size_t at, mistakes& found) : text_(text), found_(found), at_(at), begin_(at) {}

  token run() {
    next();
    return {kind_, here()};
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  span here() const { return {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(at_)}; }
  void push(token_kind kind) { kind_ = kind; }

  void next() {
    char c = peek();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (is_letter(c)) return word();
    if (c == '"' || c == '\'') return quoted(token_kind::string, false);
    if (c == '`') return escaped_identifier();
    punctuation();
  }

  void word() {
    char first = peek();
    std::size_t prefix = 0;
    bool is_bytes = first == 'b' || first == 'B';
    if (is_bytes) prefix = 1;
    bool raw = peek(prefix) == 'r' || peek(prefix) == 'R';
    if (raw) ++prefix;
    if (prefix > 0 && (peek(prefix) == '"' || peek(prefix) == '\'')) {
      at_ += prefix;
      return quoted(is_bytes ? token_kind::bytes : token_kind::string, raw);
    }
    while (is_letter(peek()) || is_digit(peek())) ++at_;
    std::string_view text = text_.substr(begin_, at_ - begin_);
    if (text == "true") return push(token_kind::true_word);
    if (text == "false") return push(token_kind::false_word);
    if (text == "null") return push(token_kind::null_word);
    if (text == "in") return push(token_kind::in_word);
    push(token_kind::identifier);
  }

  void number() {
    token_kind kind = token_kind::integer;
    if (peek() == '0' && peek(1) == 'x' && is_hexadecimal(peek(2))) {
      at_ += 2;
      while (is_hexadecimal(peek())) ++at_;
    } else {
      while (is_digit(peek())) ++at_;
      if (peek() == '.' && is_digit(peek(1))) {
        kind = token_kind::floating;
        ++at_;
        while (is_digit(peek())) ++at_;
      }
      if (peek() == 'e' || peek() == 'E') {
        std::size_t digits = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        if (is_digit(peek(digits))) {
          kind = token_kind::floating;
          at_ += digits;
          while (is_digit(peek())) ++at_;
        }
      }
    }
    if (kind == token_kind::integer && (peek() == 'u' || peek() == 'U')) {
      kind = token_kind::unsigned_integer;
      ++at_;
    }
    if (is_letter(peek())) {
      while (is_letter(peek()) || is_digit(peek())) ++at_;
      std::string_view text = text_.substr(begin_, at_ - begin_);
      std::string help = "a name cannot begin with a digit";
      bool is_date = text.find('T') != std::string_view::npos && begin_ > 0 && text_[begin_ - 1] == '-';
      bool is_clock = begin_ > 0 && text_[begin_ - 1] == ':' && text.back() == 'Z';
      if (is_date || is_clock) help = "a time is written timestamp(\"2026-11-27T00:00:00Z\")";
      else if (text.find('_') != std::string_view::npos) help = "digits are written without _ between them";
      else if (!is_hexadecimal(text.back())) help = "a number has no unit: write it out, or as duration(\"90s\")";
      found_.add(diagnostic_code::cel_syntax, here(), "this is neither a number nor a name",
                 {"a number such as 1, 1u, 0x1f, 1.5 or 1e3", std::move(help)});
      return push(token_kind::bad);
    }
    push(kind);
  }

  void quoted(token_kind kind, bool raw) {
    char quote = peek();
    bool triple = peek(1) == quote && peek(2) == quote;
    at_ += triple ? 3 : 1;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (!triple && (c == '\n' || c == '\r')) break;
      if (c == '\\' && !raw) {
        // A line end after a backslash still ends a string in single quotes.
        bool line_end = peek(1) == '\n' || peek(1) == '\r';
        at_ += at_ + 1 < text_.size() && (triple || !line_end) ? 2 : 1;
      } else if (c == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
        at_ += triple ? 3 : 1;
        return push(kind);
      } else {
        ++at_;
      }
    }
    std::string mark(triple ? 3 : 1, quote);
    found_.add(diagnostic_code::cel_syntax, here(), "the string is not closed",
               {mark + " at its end", triple ? "" : "a string over several lines stands between ''' or \"\"\""});
    push(token_kind::bad);
  }

  void escaped_identifier() {
    ++at_;
    while (is_escaped_identifier_character(peek())) ++at_;
    if (peek() == '`' && at_ > begin_ + 1) {
      ++at_;
      return push(token_kind::escaped_identifier);
    }
    if (peek() == '`') ++at_;
    found_.add(diagnostic_code::cel_syntax, here(), "the name in backquotes is not closed or holds a letter it cannot",
               {"letters, digits, _ . - / and spaces between backquotes", ""});
    push(token_kind::bad);
  }

  void take(std::size_t length, token_kind kind) {
    at_ += length;
    push(kind);
  }

  void punctuation() {
    char c = peek(), d = peek(1);
    switch (c) {
      case '.': return take(1, token_kind::dot);
      case ',': return take(1, token_kind::comma);
      case ':': return take(1, token_kind::colon);
      case '?': return take(1, token_kind::question);
      case '(': return take(1, token_kind::left_paren);
      case ')': return take(1, token_kind::right_paren);
      case '[': return take(1, token_kind::left_bracket);
      case ']': return take(1, token_kind::right_bracket);
      case '{': return take(1, token_kind::left_brace);
      case '}': return take(1, token_kind::right_brace);
      case '+': return take(1, token_kind::plus);
      case '-': return take(1, token_kind::minus);
      case '*': return take(1, token_kind::star);
      case '/': return take(1, token_kind::slash);
      case '%': return take(1, token_kind::percent);
      case '!': return d == '=' ? take(2, token_kind::not_equal) : take(1, token_kind::bang);
      case '<': return d == '=' ? take(2, token_kind::less_equal) : take(1, token_kind::less);
      case '>': return d == '=' ? take(2, token_kind::greater_equal) : take(1, token_kind::greater);
      case '=': return d == '=' ? take(2, token_kind::equal) : take(1, token_kind::single_equal);
      case '&': return d == '&' ? take(2, token_kind::and_and) : take(1, token_kind::single_and);
      case '|': return d == '|' ? take(2, token_kind::or_or) : take(1, token_kind::single_or);
      default: break;
    }
    char32_t code_point = decode_utf8(text_, at_);
    std::string_view twin = ascii_twin(code_point);
    std::string help;
    if (!twin.empty()) help = twin == "a space" ? "write an ASCII space" : "write `" + std::string(twin) + "` in ASCII";
    if (c == '#') help = "a comment begins with //";
    if (c == '$') help = "names are written without `$`";
    if (c == '@') help = "names begin with a letter or _";
    if (c == ';') help = "an expression has no end mark";
    bool visible = code_point > 0x20 && code_point != 0x7f && code_point != 0x3000 && code_point != 0xA0;
    std::string shown = visible ? "`" + std::string(text_.substr(begin_, at_ - begin_)) + "`" : "character";
    found_.add(diagnostic_code::cel_syntax, here(), "unexpected " + shown, {"", std::move(help)});
    push(token_kind::bad);
  }

  std::string_view text_;
  mistakes& found_;
  std::size_t at_;
  std::size_t begin_;
  token_kind kind_ = token_kind::bad;
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    char c = text[at];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at;
    } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '/') {
      at = std::min(text.find('\n', at), text.size());
    } else {
      break;
    }
  }
  return at;
}

}  // namespace

token_reader::token_reader(std::string_view text, mistakes& found) : text_(text), found_(found) {
  if (auto broken = invalid_utf8(text_)) {
    auto at = static_cast<std::uint32_t>(*broken);
    found_.add(diagnostic_code::cel_syntax, {at, at + 1}, "the expression is not valid UTF-8");
    text_ = text_.substr(0, 0);
  }
  // A token takes four bytes or more in nearly every text, its blank included.
  tokens_.reserve(std::min<std::size_t>(text_.size(), most_reserved) / 4 + 4);
}

token token_reader::next() {
  std::size_t begin = skip_blanks(text_, offset_);
  if (begin >= text_.size()) {
    // What is missing at the end is missing behind the last word, not behind the blank lines that follow it.
    auto end = static_cast<std::uint32_t>(offset_ > 0 ? offset_ : begin);
    return {token_kind::end, {end, end}};
  }
  token read = lexer(text_, begin, found_).run();
  offset_ = read.where.end;
  return read;
}

void token_reader::read_one() {
  tokens_.push_back(next());
  ended_ = tokens_.back().kind == token_kind::end;
}

void token_reader::finish() {
  while (!ended_ && !found_.full()) ended_ = next().kind == token_kind::end;
}

bool is_reserved_word(std::string_view word) {
  for (std::string_view reserved : reserved_words) {
    if (word == reserved) return true;
  }
  return false;
}

bool is_identifier(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return false;
  for (char c : text) {
    if (!is_letter(c) && !is_digit(c)) return false;
  }
  return text != "true" && text != "false" && text != "null" && text != "in";
}

bool is_escaped_identifier_character(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}

}  // namespace sekimori::cel
