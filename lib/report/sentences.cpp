// report: the sentences that sum a report up, in Japanese and English. Entry points: headline_of, gaps_of,
// cautions_of, forecast_of, listed_of, stated_of, exit_code_meaning, severity_list, stages_of, grouped, date_for_people (outline.hpp). Knows no format.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/words.hpp"
#include "report/outline.hpp"
#include "sekimori/register.hpp"

namespace sekimori {

namespace {

// English only counts things apart; Japanese does not.
std::string things(std::uint64_t count, std::string_view one, std::string_view many) {
  return grouped(count) + " " + std::string(count == 1 ? one : many);
}

void add(localized_text& to, std::string ja, std::string en) {
  to.ja += ja;
  to.en += en;
}

bool digits(std::string_view text, std::size_t from, std::size_t count, int& number) {
  number = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    number = number * 10 + (text[i] - '0');
  }
  return true;
}

// 0: Sunday (Sakamoto's method).
int weekday(int year, int month, int day) {
  static constexpr int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) --year;
  return (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  const std::string plain = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && (plain.size() - i) % 3 == 0) text += ',';
    text += plain[i];
  }
  return text;
}

localized_text date_for_people(std::string_view rfc3339) {
  static constexpr std::string_view ja_days[] = {"日", "月", "火", "水", "木", "金", "土"};
  static constexpr std::string_view en_days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  int year = 0, month = 0, day = 0;
  const bool dated = rfc3339.size() >= 20 && digits(rfc3339, 0, 4, year) && digits(rfc3339, 5, 2, month) &&
                     digits(rfc3339, 8, 2, day) && rfc3339[4] == '-' && rfc3339[7] == '-' && rfc3339[10] == 'T' &&
                     month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 1;
  if (!dated) return {std::string(rfc3339), std::string(rfc3339)};
  const int of_week = weekday(year, month, day);
  const std::string time(rfc3339.substr(11, 8));
  const std::string zone(rfc3339.substr(19));
  return {std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日(" +
              std::string(ja_days[of_week]) + ") " + time + (zone == "+09:00" ? " 日本時間" : " (" + zone + ")"),
          std::string(rfc3339.substr(0, 10)) + " (" + std::string(en_days[of_week]) + ") " + time + " " +
              (zone == "+09:00" ? "JST" : zone)};
}

std::vector<std::string> stages_of(const report& shown) {
  std::vector<std::string> stages;
  for (const input_record& input : shown.inputs) {
    if (input.stage.empty() || std::find(stages.begin(), stages.end(), input.stage) != stages.end()) continue;
    stages.push_back(input.stage);
  }
  return stages;
}

std::vector<localized_text> cautions_of(const report& shown) {
  std::vector<localized_text> told;
  if (shown.includes_planned) {
    told.push_back({"取扱注意: 発令前の予定(内示)を含めて判定しています。", "Handle with care: appointments that are not announced yet count in this report."});
  }
  if (shown.only_changed) {
    told.push_back({"計画が変更する資源だけを検査しています。変更しない資源は検査していません。", "Only resources that the plan changes were examined: nothing is said of the others."});
  }
  const std::vector<localized_text> held_against = baseline_sentences(shown);
  told.insert(told.end(), held_against.begin(), held_against.end());
  std::map<std::string, std::string> older;   // day -> registers
  for (const input_record& input : shown.inputs) {
    const bool is_older = input.listed != nullptr && input.status != "unreadable" && !shown.now.empty() && input.listed->as_of < shown.now.substr(0, 10);
    if (!is_older) continue;
    std::string& names = older[input.listed->as_of];
    names += (names.empty() ? "" : ", ") + input.listed->name;
  }
  for (const auto& [day, names] : older) {
    told.push_back({"予定: 台帳(" + names + ")は " + day + " 現在で、判定日時より前のものです。これを読む判定は予定であり、以後の異動や契約は反映していません。",
                    "Forecast: registers (" + names + ") are as of " + day + ", before the time of evaluation. Verdicts that read them are a forecast: what changed since is not in them."});
  }
  if (const report_summary& of = shown.summary; of.assumed_pass + of.assumed_fail > 0) {
    told.push_back({"宣言を前提とする判定: 充足 " + grouped(of.assumed_pass) + " 件と違反 " + grouped(of.assumed_fail) + " 件は、資料が網羅的であるという宣言がなければ異なる判定になります。",
                    "Resting on declarations: " + grouped(of.assumed_pass) + " of the passes and " + grouped(of.assumed_fail) +
                        " of the violations would be other verdicts if nobody declared inputs to be complete."});
  }
  return told;
}

std::vector<localized_text> forecast_of(const finding& found) {
  std::vector<localized_text> told;
  for (const auto& [name, day] : found.forecast) {
    told.push_back({"予定: 台帳 " + name + " は " + day + " 現在です。", "Forecast: the register " + name + " is as of " + day + "."});
  }
  return told;
}

localized_text listed_of(const input_record& input) {
  const register_record& of = *input.listed;
  std::uint64_t converted = 0;
  for (const auto& [what, cells] : of.converted) converted += cells;
  return {"台帳 " + of.name + "、" + of.as_of + " 現在、" + grouped(of.rows) + " 行、変換したセル " + grouped(converted) + " 個",
          "register " + of.name + ", as of " + of.as_of + ", " + grouped(of.rows) + " rows, " + grouped(converted) + " cells converted"};
}

localized_text stated_of(const input_record& input) {
  localized_text told;
  auto say = [&](const std::string& ja, const std::string& en) { add(told, (told.ja.empty() ? "" : "、") + ja, (told.en.empty() ? "" : ", ") + en); };
  if (!input.scope.empty()) say("適用単位 " + input.scope, "of scope " + input.scope);
  if (!input.taken_at.empty()) say(input.taken_at + " 取得", "taken at " + input.taken_at);
  if (!input.complete.empty()) {
    std::string kinds;
    for (const std::string& kind : input.complete) kinds += (kinds.empty() ? "" : ", ") + kind;
    say("網羅している共通種別 " + kinds + "(宣言 " + input.declared_by + ")", "complete in " + kinds + " as " + input.declared_by + " declares");
  } else if (!input.declared_by.empty()) {
    say("申告 " + input.declared_by, "declared by " + input.declared_by);
  }
  return told;
}

localized_text exit_code_meaning(int exit_code) {
  switch (exit_code) {
    case 0:
      return {"検査した範囲に、停止の基準に達する検出事項はありません。",
              "Nothing that reaches the thresholds was found in what was examined."};
    case 1:
      return {"停止の基準以上の重大度の違反があります。",
              "There are violations at or over the severity at which a run fails."};
    case 2:
      return {"使い方又は検査規則に誤りがあり、検査していません。",
              "The call or the rules have a mistake; nothing was checked."};
    case 3:
      return {"読み取り、評価又は判定ができなかったものがあります。",
              "Something could not be read, evaluated, examined or decided."};
    default: return {"この終了コードに決まった意味はありません。", "This exit code has no fixed meaning."};
  }
}

localized_text stop_sentence(const report& shown) {
  constexpr std::size_t most = 4;   // of reasons; the record at the end has them all
  const report_outcome& of = shown.outcome;
  const std::string code = std::to_string(of.exit_code);
  if (of.exit_code != 1 && of.exit_code != 3) {
    const localized_text meaning = exit_code_meaning(of.exit_code);
    if (of.exit_code == 0) return {"結果: 停止しません(終了コード 0)。" + meaning.ja, "Result: not stopped (exit code 0). " + meaning.en};
    return {"結果: 検査していません(終了コード " + code + ")。" + meaning.ja, "Result: not checked (exit code " + code + "). " + meaning.en};
  }
  localized_text text{"結果: 停止(終了コード " + code + ")。", "Result: stopped (exit code " + code + ")."};
  if (of.texts.empty()) {
    const localized_text meaning = exit_code_meaning(of.exit_code);
    add(text, meaning.ja, " " + meaning.en);
  }
  for (std::size_t i = 0; i < std::min(of.texts.size(), most); ++i) add(text, of.texts[i].in("ja"), " " + of.texts[i].in("en"));
  if (of.texts.size() > most) {
    const std::string more = grouped(of.texts.size() - most);
    add(text, "ほかに理由が " + more + " 件あります。", " There are " + more + " more reasons.");
  }
  return text;
}

std::vector<std::pair<severity, const not_examined*>> rules_not_put(const report& shown) {
  std::unordered_map<std::string, severity> levels;
  for (const report_rule& rule : *shown.rules) levels.emplace(rule.ruleset + "/" + rule.id, rule.level);
  std::vector<std::pair<severity, const not_examined*>> made;
  for (const std::shared_ptr<const not_examined>& one : shown.summary.examined.rules_without_resources) {
    const auto known = levels.find(one->rule);
    made.push_back({known == levels.end() ? severity::critical : known->second, one.get()});
  }
  std::stable_sort(made.begin(), made.end(), [](auto& a, auto& b) { return a.first > b.first; });
  return made;
}

localized_text severity_list(const std::uint64_t (&by_severity)[5]) {
  localized_text list;
  for (int level = 4; level >= 0; --level) {
    const std::uint64_t count = by_severity[level];
    if (count == 0) continue;
    const word_pair word = word_of(static_cast<severity>(level));
    if (!list.ja.empty()) add(list, "、", ", ");
    add(list, std::string(word.ja) + " " + grouped(count), std::string(word.en) + " " + grouped(count));
  }
  return list;
}

localized_text headline_of(const report& shown, const report_outline& outline) {
  localized_text text;
  const verdict_counts& total = shown.summary.total;
  if (shown.summary.examined.mapped == 0) {
    add(text, "検査の対象となる資源がありませんでした。問題がないという意味ではありません。",
        "No resource was examined. That does not mean that all is well. ");
  }
  if (outline.action_needed > 0) {
    const localized_text severities = severity_list(outline.by_severity);
    add(text, "対応が必要な違反が " + grouped(outline.action_needed) + " 件あります",
        things(outline.action_needed, "violation needs action", "violations need action"));
    if (!severities.ja.empty()) add(text, "(" + severities.ja + ")", " (" + severities.en + ")");
    add(text, "。", ". ");
  } else if (shown.summary.examined.mapped > 0) {
    add(text, "検査した範囲に、対応が必要な違反はありません。", "No violation in what was examined needs action. ");
  }
  std::string ja, en;
  if (total.undetermined > 0) {
    ja += "判定保留(情報不足)が " + grouped(total.undetermined) + " 件";
    en += things(total.undetermined, "verdict is undetermined", "verdicts are undetermined");
  }
  if (total.error > 0) {
    ja += (ja.empty() ? "" : "、") + ("評価エラーが " + grouped(total.error) + " 件");
    en += (en.empty() ? "" : ", ") + things(total.error, "evaluation ended in an error", "evaluations ended in an error");
  }
  if (!ja.empty()) add(text, ja + "あり、問題の有無は分かっていません。", en + ": whether all is well there is not known. ");
  if (total.waived > 0) {
    add(text, "ほかに例外措置中の違反が " + grouped(total.waived) + " 件あります。",
        things(total.waived, "further violation is", "further violations are") + " waived. ");
  }
  while (!text.en.empty() && text.en.back() == ' ') text.en.pop_back();
  return text;
}

std::vector<localized_text> gaps_of(const report& shown) {
  std::vector<localized_text> gaps;
  const examined_summary& examined = shown.summary.examined;
  std::uint64_t unreadable = 0, empty = 0;
  for (const input_record& input : shown.inputs) {
    if (input.status == "unreadable") ++unreadable;
    if (input.status == "nothing_examined") ++empty;
  }
  if (shown.inputs.empty()) {
    gaps.push_back({"検査する資料が一つも指定されていません。", "No input was given."});
  }
  if (unreadable > 0) {
    gaps.push_back({"読み取れない資料が " + grouped(unreadable) + " 件あり、その内容は検査していません。",
                    things(unreadable, "input could", "inputs could") + " not be read and nothing in them was checked."});
  }
  if (empty > 0) {
    gaps.push_back({"検査対象の資源を含まない資料が " + grouped(empty) + " 件あります。",
                    things(empty, "input holds", "inputs hold") + " no resource that any rule is about."});
  }
  if (examined.unmapped > 0) {
    gaps.push_back({"検査規則が扱わない型の資源が " + grouped(examined.unmapped) + " 件(" +
                        grouped(examined.unmapped_types.size()) + " 種類)あり、検査していません。",
                    things(examined.unmapped, "resource", "resources") + " of " +
                        things(examined.unmapped_types.size(), "type", "types") +
                        " that no rule is about: not checked."});
  }
  if (!examined.rules_without_resources.empty()) {
    const std::uint64_t count = examined.rules_without_resources.size();
    std::uint64_t levels[5] = {};
    for (const auto& [level, rule] : rules_not_put(shown)) ++levels[static_cast<std::size_t>(level)];
    const localized_text severities = severity_list(levels);
    gaps.push_back({"提出された資料に該当する資源がなく、確かめていない検査規則が " + grouped(count) + " 件(" + severities.ja + ")あります。",
                    things(count, "rule met", "rules met") + " no resource in the given material (" + severities.en + "): nothing is known about them."});
  }
  if (!examined.not_adopted.empty()) {
    std::uint64_t times = 0;
    for (const auto& [rule, count] : examined.not_adopted) times += count;
    gaps.push_back({"資源の適用単位が採用していないため、検査規則 " + grouped(examined.not_adopted.size()) + " 件を、延べ " + grouped(times) + " 件の資源に対して検査していません。",
                    things(examined.not_adopted.size(), "rule was", "rules were") + " not asked of resources whose scopes do not adopt them (" + grouped(times) + " times)."});
  }
  if (shown.summary.not_listed > 0) {
    gaps.push_back({"検出事項のうち " + grouped(shown.summary.not_listed) +
                        " 件は、件数の上限を超えたため一覧に載せていません(集計には含みます)。",
                    things(shown.summary.not_listed, "finding is", "findings are") +
                        " counted but not listed: the limit of listed findings was reached."});
  }
  if (shown.now.empty()) {
    gaps.push_back({"判定日時の指定がないため、期限に関する検査規則は判定できません。",
                    "No time of evaluation was given: rules about dates cannot be decided."});
  }
  return gaps;
}

}  // namespace sekimori
