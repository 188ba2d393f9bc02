// report: what is said of the earlier report that a report was held against. Entry points: baseline_sentences, standing_of
// (outline.hpp). Knows no format.
#include "base/words.hpp"
#include "report/outline.hpp"

namespace sekimori {

std::vector<localized_text> baseline_sentences(const report& shown) {
  if (shown.baseline == nullptr) return {};
  const baseline_record& of = *shown.baseline;
  const localized_text when = of.now.empty() ? localized_text{"判定日時の指定なし", "time of evaluation not given"} : date_for_people(of.now);
  std::vector<localized_text> told = {
      {"比較元の報告: " + of.file + "(" + when.ja + ")。新規 " + grouped(of.appeared) + " 件、変化あり " + grouped(of.changed) + " 件、継続 " + grouped(of.unchanged) + " 件、解消 " + grouped(of.fixed) + " 件。",
       "Held against the earlier report " + of.file + " (" + when.en + "): " + grouped(of.appeared) + " new, " + grouped(of.changed) + " changed, " + grouped(of.unchanged) + " unchanged, " + grouped(of.fixed) + " fixed."}};
  if (of.known_violations > 0) {
    told.push_back({"比較元の報告にもある違反 " + grouped(of.known_violations) + " 件は、重大度が基準以上でも終了コードの判定に数えていません。対応が不要という意味ではありません。",
                    "Violations at or over the severity threshold that the earlier report has too are not counted for the exit code: " + grouped(of.known_violations) + ". They still need action."});
  }
  if (of.known_undetermined > 0) {
    told.push_back({"比較元の報告にもある判定保留 " + grouped(of.known_undetermined) + " 件は、重大度が基準以上でも終了コードの判定に数えていません。",
                    "Undetermined verdicts at or over the severity threshold that the earlier report has too are not counted for the exit code: " + grouped(of.known_undetermined) + "."});
  }
  if (of.not_seen + of.not_asked > 0) {
    told.push_back({"比較元の報告にあって今回の検査で見ていない検出事項が " + grouped(of.not_seen + of.not_asked) + " 件あります。解消したとはいえません。",
                    "Findings of the earlier report that this check did not look at: " + grouped(of.not_seen + of.not_asked) + ". They are not known to be fixed."});
  }
  told.insert(told.end(), of.cautions.begin(), of.cautions.end());
  return told;
}

localized_text standing_of(const finding& found) {
  const word_pair word = word_of(found.baseline);
  localized_text told = {std::string(word.ja), std::string(word.en)};
  if (found.baseline != baseline_state::changed) return told;
  std::string ja, en;
  auto add = [&](word_pair was, word_pair is) {
    if (was.en == is.en) return;
    ja += (ja.empty() ? "" : "、") + std::string(was.ja) + " → " + std::string(is.ja);
    en += (en.empty() ? "" : ", ") + std::string(was.en) + " -> " + std::string(is.en);
  };
  add(word_of(found.before.outcome), word_of(found.outcome));
  add(word_of(found.before.state), word_of(found.state));
  add(word_of(found.before.level), word_of(found.level));
  return {told.ja + ": " + ja, told.en + ": " + en};
}

}  // namespace sekimori
