// cel: literals between their text and their value. Entry points: the functions here. Knows no grammar.
#pragma once

#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "cel/syntax/lexer.hpp"
#include "cel/syntax/mistakes.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// The value of a literal token (integer, unsigned_integer, floating, string, bytes). `negative`: a minus
// stood before it; `where` covers that too. False: reported.
bool decode_literal(arena& memory, std::string_view source, token literal, bool negative, span where, mistakes& found,
                    value& decoded);

// The text of a constant (null, bool, numbers, string, bytes, type) as CEL writes it.
std::string literal_text(value constant);
std::string quoted_text(std::string_view text);

}  // namespace sekimori::cel
