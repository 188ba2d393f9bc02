// report: standards by the short names that people know them by. Entry point: standard_word. Knows no format.
#pragma once

#include <string_view>

#include "base/words.hpp"

namespace sekimori {

// "jichitai-gl" -> 自治体ガイドライン. One that is not known comes back as it is.
word_pair standard_word(std::string_view standard);

}  // namespace sekimori
