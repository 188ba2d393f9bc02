// cel: text to tokens. Entry point: read_tokens. Knows no grammar and decodes no literal.
#pragma once

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

// Always ends with one `end` token. Mistakes are reported and leave a `bad` token.
std::vector<token> read_tokens(std::string_view text, mistakes& found);

// Words that name nothing on their own but may stand after a dot or as a field's name.
bool is_reserved_word(std::string_view word);
bool is_identifier(std::string_view text);
// Letters that backquotes may hold.
bool is_escaped_identifier_character(char c);

}  // namespace sekimori::cel
