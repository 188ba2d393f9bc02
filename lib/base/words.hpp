// base: the words that people read for verdicts, severities and the like, in Japanese and English. Entry points:
// word_of and the functions beside it. Knows no report; the stable machine names are name_of in finding.hpp.
#pragma once

#include <string_view>

#include "sekimori/finding.hpp"

namespace sekimori {

// A phrase in both languages, compiled in.
struct word_pair {
  std::string_view ja;
  std::string_view en;
  constexpr std::string_view in(std::string_view language) const { return language == "ja" ? ja : en; }
};

word_pair word_of(severity level);       // 重大, critical
word_pair word_of(verdict outcome);      // 違反, violation
word_pair word_of(disposition state);    // 要対応, action needed
word_pair word_of(baseline_state state); // 新規, new; empty where there was no baseline
word_pair word_of(decide_by who);        // what settles it: 適用後に判定, after apply
word_pair advice_of(decide_by who);      // what to do so that it can be decided, a sentence
// Words for stable names that travel as text. A name that is not known comes back as it is.
word_pair reason_word(std::string_view reason);        // unknown_item::reason
word_pair cloud_word(std::string_view cloud);          // "aws" -> AWS; empty: cloud not known
word_pair stage_word(std::string_view stage);          // input_record::stage
word_pair input_status_word(std::string_view status);  // input_record::status
word_pair waiver_status_word(std::string_view status); // waiver_record::status

}  // namespace sekimori
