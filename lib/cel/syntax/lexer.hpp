// cel: text to tokens, as far as a parser asks for them. Entry point: token_reader. Knows no grammar and decodes no
// literal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "cel/syntax/mistakes.hpp"

namespace sekimori::cel {

enum class token_kind : std::uint8_t {
  end, identifier, escaped_identifier, integer, unsigned_integer, floating, string, bytes,
  true_word, false_word, null_word, in_word,
  dot, comma, colon, question, left_paren, right_paren, left_bracket, right_bracket, left_brace, right_brace,
  plus, minus, star, slash, percent, bang, less, less_equal, greater, greater_equal, equal, not_equal, and_and, or_or,
  single_equal, single_and, single_or,  // slips of the pen, for the parser to explain
  bad,                                  // already reported
};

struct token {
  token_kind kind;
  span where;
};

// The tokens of one text, read when they are asked for: a text that hits a limit at its beginning costs nothing
// behind it. Mistakes are reported and leave a `bad` token. The text outlives the reader.
class token_reader {
 public:
  token_reader(std::string_view text, mistakes& found);
  // By value: reading on moves what has been read. Behind the last token: the last, which is `end`.
  token at(std::size_t i) {
    while (i >= tokens_.size() && !ended_) read_one();
    return tokens_[std::min(i, tokens_.size() - 1)];
  }
  // Reports the mistakes of what nobody asked for.
  void finish();

 private:
  void read_one();
  token next();

  std::string_view text_;
  mistakes& found_;
  std::size_t offset_ = 0;
  std::vector<token> tokens_;
  bool ended_ = false;
};

// Words that name nothing on their own but may stand after a dot or as a field's name.
bool is_reserved_word(std::string_view word);
bool is_identifier(std::string_view text);
// Letters that backquotes may hold.
bool is_escaped_identifier_character(char c);

}  // namespace sekimori::cel
