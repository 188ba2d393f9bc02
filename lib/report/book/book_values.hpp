// report: what parameters are and hold, in words for people. Entry points: value_words, type_words. Knows no book.
#pragma once

#include <string>
#include <string_view>

#include "sekimori/finding.hpp"

namespace sekimori {

// Of a value in JSON: "22、3389"; long ones are cut, and say how many there are.
localized_text value_words(const std::string& json);
// Of a CEL type: "list(string)" -> 文字列の一覧.
localized_text type_words(std::string_view type);

}  // namespace sekimori
