// report: words of the rule book, of which the requirements sheet takes some. Entry points: the functions here. Knows no book.
#pragma once

#include <string_view>

#include "check/book/changes.hpp"
#include "rules/documents.hpp"

namespace sekimori {

localized_text word_of(check::change_kind kind);
localized_text direction_words(rules::tighten direction);
// From a value on, as JSON: what cannot move in its direction may not be changed.
localized_text direction_words(rules::tighten direction, std::string_view held);
localized_text field_word(std::string_view field);   // of a scope: "zone"
localized_text waiver_words(const rules::waiver_terms& terms);
localized_text basis_words(const rules::parameter& of);

}  // namespace sekimori
