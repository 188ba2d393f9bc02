// report: the HTML page, one file that loads nothing and works without its script. Entry point: render_html. This file:
// what stands first, written so that whoever owns a system sees what to do without knowing any rule.
#include "report/html.hpp"

#include <algorithm>

#include "report/fix_text.hpp"
#include "report/formats.hpp"

namespace sekimori {

namespace {

constexpr std::size_t actors_shown = 10;
constexpr std::size_t rules_shown_per_actor = 4;

}  // namespace

std::string ja_count(std::uint64_t number) { return grouped(number) + " 件"; }

void html_report::badge(severity level) {
  page_.raw("<span class=\"b s-");
  page_.raw(name_of(level));
  page_.raw("\">");
  page_.both(word_of(level));
  page_.raw("</span>");
}

// "NET-01 Title": the number that the rule book has, too.
void html_report::rule_name(const rule_group& group) {
  page_.raw("<b class=\"id\">");
  page_.text(group.first().rule);
  page_.raw("</b> ");
  page_.both(group.first().about().title);
}

std::string html_report::anchor(const rule_group& group) const {
  const auto place = anchors_.find(&group.first());
  return place == anchors_.end() ? "findings" : place->second;
}

void html_report::head() {
  page_.raw("<!DOCTYPE html>\n<html lang=\"");
  page_.raw(language_ == "ja" ? "ja" : "en");
  page_.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; script-src ");
  page_.raw(html_script_hash(html_script()));
  page_.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
  page_.raw(language_ == "ja" ? "関守 検査結果報告書" : "Sekimori check report");
  page_.raw("</title>\n<style>");
  page_.raw(html_style());
  page_.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
  page_.raw(language_ == "ja" ? "本文へ移動" : "Skip to the content");
  page_.raw("</a>\n");
  for (std::string_view language : {"en", "ja"}) {
    const std::string name(language);
    page_.raw("<input type=\"radio\" name=\"lang\" class=\"lang\" id=\"lang-" + name + "\"" +
              (language_ == name ? " checked" : "") + "><label for=\"lang-" + name + "\" lang=\"" + name + "\">" +
              (name == "ja" ? "日本語" : "English") + "</label>\n");
  }
  page_.raw("<div id=\"page\">\n");
}

void html_report::opening() {
  page_.raw("<header>\n");
  page_.element("h1", "関守 検査結果報告書", "Sekimori check report");
  page_.raw("\n");
  page_.element(report_.outcome.exit_code == 0 ? "p class=\"stop\"" : "p class=\"stop bad\"", stop_sentence(report_));
  page_.element("p class=\"note\"", disclaimer());
  for (const localized_text& one : cautions_of(report_)) page_.element("p class=\"note\"", one);
  page_.raw("\n<dl class=\"meta\">");
  auto item = [&](std::string_view ja, std::string_view en, const localized_text& value) {
    page_.raw("<div>");
    page_.element("dt", ja, en);
    page_.element("dd", value);
    page_.raw("</div>");
  };
  localized_text stages;
  for (const std::string& stage : stages_of(report_)) {
    const word_pair word = stage_word(stage);
    stages.ja += (stages.ja.empty() ? "" : "、") + std::string(word.ja);
    stages.en += (stages.en.empty() ? "" : ", ") + std::string(word.en);
  }
  if (stages.ja.empty()) stages = {"不明", "not known"};
  item("資料の段階", "Stage", stages);
  item("判定日時", "Evaluated at", report_.now.empty() ? localized_text{"指定なし", "not given"} : date_for_people(report_.now));
  item("資料", "Inputs", {ja_count(report_.inputs.size()), grouped(report_.inputs.size())});
  if (!report_.report_for.empty()) {
    page_.raw("<div>");
    page_.element("dt", "対象の適用単位", "Report for");
    page_.element("dd", paths_.of(report_.report_for));
    page_.raw("</div>");
  }
  page_.raw("<div>");
  page_.element("dt", "検査エンジン", "Engine");
  page_.raw("<dd>");
  page_.text(report_.policy.engine_version);
  page_.raw("</dd></div></dl>\n");
  contents();
  page_.raw("</header>\n");
}

void html_report::contents() {
  page_.raw("<nav class=\"toc\"><ul>");
  auto item = [&](std::string_view link, std::string_view ja, std::string_view en) {
    page_.raw("<li><a href=\"#" + std::string(link) + "\">");
    page_.both(ja, en);
    page_.raw("</a></li>");
  };
  item("h-summary", "まとめ", "In short");
  item("actions", "誰が何をするか", "Who has to do what");
  item("undecided", "判定できなかったもの", "What could not be decided");
  item("gaps", "検査した範囲と検査していないもの", "What was examined and what was not");
  item("findings", "検出事項の一覧", "Findings");
  if (!report_.waivers.empty()) item("waivers", "例外措置", "Waivers");
  item("counts", "集計", "Counts");
  item("record", "記録", "Record of this run");
  page_.raw("</ul></nav>\n");
}

// The five results, before the first number of them.
void html_report::glossary() {
  page_.raw("<dl class=\"advice words\">");
  auto term = [&](word_pair word, std::string_view ja, std::string_view en) {
    page_.element("dt", word.ja, word.en);
    page_.element("dd", ja, en);
  };
  term(word_of(verdict::fail), "検査規則が求める状態になっていません。是正するか、例外措置の許可を得ます。", "What the rule asks for does not hold: put it right, or have a waiver approved.");
  term(word_of(verdict::undetermined), "資料が足りず、問題の有無が分かりません。充足として扱わないでください。", "The material does not tell whether all is well: do not take it as satisfied.");
  term(word_of(verdict::error), "検査規則を評価できませんでした。問題の有無は分かりません。", "The rule could not be evaluated: nothing is known.");
  term(word_of(verdict::pass), "提出された資料では、検査規則が求める状態になっています。", "In the given material, what the rule asks for holds.");
  term(word_of(verdict::not_applicable), "この設定には、検査規則が当てはまりません。", "The rule is not about this setting.");
  page_.element("dt", "件数の数え方", "How things are counted");
  page_.element("dd", "1 件は、一つの検査規則と一つの設定対象(資源)の組です。同じ誤り(例: タグの不足)も、設定対象ごとに 1 件と数えます。",
                "One is one rule and one resource: the same mistake, such as a missing tag, counts once for each resource.");
  page_.raw("</dl>\n");
}

void html_report::tile(std::string_view style, std::string_view link, std::uint64_t number, const localized_text& label,
                       const localized_text& note) {
  page_.raw("<li class=\"" + std::string(style) + "\"><a href=\"#" + std::string(link) + "\">");
  page_.both(label);
  page_.raw("</a><b>");
  page_.raw(grouped(number));
  page_.raw("<span lang=\"ja\"> 件</span></b><small>");
  page_.both(note);
  page_.raw("</small></li>\n");
}

void html_report::summary() {
  const report_summary& summary = report_.summary;
  page_.raw("<section aria-labelledby=\"h-summary\">\n");
  page_.element("h2 id=\"h-summary\"", "まとめ", "In short");
  page_.element("p class=\"lead\"", headline_of(report_, outline_));
  page_.raw("\n");
  glossary();
  page_.raw("<ul class=\"tiles\">\n");
  std::uint64_t unread = 0;
  for (const input_record& input : report_.inputs) unread += input.status == "read" ? 0 : 1;
  const bool examined = summary.examined.mapped > 0;
  // A zero is good news only where everything was looked at.
  const std::string_view zero = examined && unread == 0 ? "good" : "";
  localized_text severities = severity_list(outline_.by_severity);
  if (severities.ja.empty()) {
    severities = examined ? localized_text{"検査した範囲では、ありません。", "None in what was examined."}
                          : localized_text{"検査していないため、分かりません。", "Not known: nothing was examined."};
  }
  if (summary.total.waived > 0) {
    const std::string all = grouped(summary.total.fail), waived = grouped(summary.total.waived);
    severities.ja += "。ほかに例外措置中 " + waived + " 件(違反は合計 " + all + " 件)";
    severities.en += "; " + waived + " more are waived (" + all + " violations in all)";
  }
  tile(outline_.action_needed > 0 ? "bad" : zero, "actions", outline_.action_needed,
       {"違反(要対応)", "Violations that need action"}, severities);
  tile(summary.total.undetermined > 0 ? "warn" : zero, "undecided", summary.total.undetermined,
       {"判定保留(情報不足)", "Undetermined"},
       {"情報が足りず、問題の有無が分からないもの", "Not enough is known to say whether all is well"});
  tile(summary.total.error > 0 ? "warn" : zero, "errors", summary.total.error, {"評価エラー", "Evaluation errors"},
       {"検査規則を評価できなかったもの", "The rule could not be evaluated"});
  const localized_text note = {"検査規則が扱わない資源。ほかに検査できなかった資料 " + ja_count(unread),
                               "Resources no rule is about; inputs not examined: " + grouped(unread)};
  tile(summary.examined.unmapped + unread > 0 || !examined ? "warn" : "good", "gaps", summary.examined.unmapped,
       {"検査していない資源", "Resources not examined"}, note);
  const auto not_put = rules_not_put(report_);
  const auto critical = static_cast<std::uint64_t>(std::count_if(not_put.begin(), not_put.end(), [](auto& one) { return one.first == severity::critical; }));
  tile(!not_put.empty() || !examined ? "warn" : "good", "not-put", not_put.size(), {"確かめていない検査規則", "Rules not put to anything"},
       {"うち重大 " + ja_count(critical) + "。提出された資料に、当てはまる設定対象がありません。", "Critical ones: " + grouped(critical) + ". The given material holds nothing that they are about."});
  page_.raw("</ul>\n</section>\n");
}

void html_report::who(const actor_group& actor) {
  if (actor.owner.empty()) {
    page_.both("所管不明", "owner not known");
  } else {
    page_.text(actor.owner);
  }
  page_.raw("<span class=\"sub\">");
  if (actor.owner.empty()) {
    page_.both("組織の定義に所管がありません。共通基盤の担当が所管を確認します。", "The organisation document names no owner: the platform team finds out.");
  } else {
    page_.both("運用者: ", "Operator: ");
    if (actor.operated_by.empty()) {
      page_.both("不明", "not known");
    } else {
      page_.text(actor.operated_by);
    }
  }
  page_.raw("</span>");
  if (actor.violations == 0) return;
  const localized_text severities = severity_list(actor.by_severity);
  page_.raw("<span class=\"sub\">");
  page_.both("違反 計 " + ja_count(actor.violations) + "(" + severities.ja + ")", "violations: " + grouped(actor.violations) + " (" + severities.en + ")");
  page_.raw("</span>");
}

void html_report::actor_rows(const actor_group& actor, std::size_t rules_shown) {
  // Critical ones are never cut.
  const auto critical = static_cast<std::size_t>(std::count_if(actor.rules.begin(), actor.rules.end(), [](auto& one) { return one.level == severity::critical; }));
  const std::size_t shown = std::min(std::max(rules_shown, critical), actor.rules.size());
  const bool more = shown < actor.rules.size();
  const bool pending = actor.undetermined + actor.errors > 0;
  const std::size_t rows = shown + (more ? 1 : 0) + (pending ? 1 : 0);
  bool first = true;
  auto begin_row = [&] {
    page_.raw("<tr>");
    if (!first) return;
    first = false;
    page_.raw("<th class=\"who\" scope=\"rowgroup\" rowspan=\"" + std::to_string(rows) + "\">");
    who(actor);
    page_.raw("</th>");
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const rule_group& group = actor.rules[i];
    begin_row();
    page_.raw("<td>");
    badge(group.level);
    page_.raw("</td><td><a href=\"#" + anchor(group) + "\">");
    rule_name(group);
    page_.raw("</a></td>");
    page_.number_cell(group.findings.size());
    page_.element("td", fix_for(group.first().about().fix, clouds_of(group)));
    page_.raw("</tr>\n");
  }
  if (more) {
    begin_row();
    const std::string count = grouped(actor.rules.size() - shown);
    std::uint64_t levels[5] = {};
    for (std::size_t i = shown; i < actor.rules.size(); ++i) ++levels[static_cast<std::size_t>(actor.rules[i].level)];
    const localized_text severities = severity_list(levels);
    page_.raw("<td></td><td colspan=\"3\"><a href=\"#findings\">");
    page_.both("ほか " + count + " 件の検査規則(" + severities.ja + ")。検出事項の一覧を参照", count + " more rules (" + severities.en + "): see the findings");
    page_.raw("</a></td></tr>\n");
  }
  if (pending) {
    begin_row();
    page_.raw("<td><span class=\"b st\">");
    page_.both("確認", "to clarify");
    page_.raw("</span></td><td><a href=\"#undecided\">");
    page_.both("判定保留 " + ja_count(actor.undetermined) + "、評価エラー " + ja_count(actor.errors),
               "undetermined " + grouped(actor.undetermined) + ", evaluation errors " + grouped(actor.errors));
    page_.raw("</a></td>");
    page_.number_cell(actor.undetermined + actor.errors);
    page_.element("td", "「判定できなかったもの」に示す資料を用意してください。",
                  "Provide what is asked for under `What could not be decided`.");
    page_.raw("</tr>\n");
  }
}

void html_report::actions() {
  page_.raw("<section id=\"actions\" aria-labelledby=\"h-actions\">\n");
  page_.element("h2 id=\"h-actions\"", "誰が何をするか", "Who has to do what");
  if (outline_.actors.empty() && report_.summary.examined.mapped == 0) {
    page_.element("p", "検査した資源がないため、対応の要否は分かりません。まず検査できる資料を提出してください。",
                  "No resource was examined, so nobody knows. Provide material that can be examined first.");
  } else if (outline_.actors.empty()) {
    page_.element("p", "検査した範囲に、対応が必要なものはありません。", "Nothing in what was examined needs action.");
  } else if (report_.policy.organisation_digest.empty()) {
    page_.element("p", "組織の定義が指定されていないため、所管と運用者を示せません。",
                  "No organisation document was given, so owners and operators are not known.");
  }
  auto table = [&](std::size_t from, std::size_t to) {
    page_.raw("<div class=\"wrap\"><table class=\"cards\">");
    page_.element("caption", "所管ごとの要対応事項(重大なものから)", "What each owner has to act on, most severe first");
    page_.raw("<thead><tr>");
    page_.head_cell("所管・運用者", "Owner and operator");
    page_.head_cell("重大度", "Severity");
    page_.head_cell("守られていない事項", "Requirement that is not met");
    page_.head_cell("件数", "Count");
    page_.head_cell("何をするか", "What to do");
    page_.raw("</tr></thead>\n");
    for (std::size_t i = from; i < to; ++i) {
      page_.raw("<tbody>");
      actor_rows(outline_.actors[i], rules_shown_per_actor);
      page_.raw("</tbody>\n");
    }
    page_.raw("</table></div>\n");
  };
  const std::size_t count = outline_.actors.size();
  if (count > 0) table(0, std::min(count, actors_shown));
  if (count > actors_shown) {
    const std::string rest = grouped(count - actors_shown);
    page_.raw("<details class=\"p\">");
    page_.element("summary", "ほか " + rest + " の所管・運用者", rest + " more owners and operators");
    table(actors_shown, count);
    page_.raw("</details>\n");
  }
  page_.raw("</section>\n");
}

void html_report::undecided() {
  page_.raw("<section id=\"undecided\" aria-labelledby=\"h-undecided\">\n");
  page_.element("h2 id=\"h-undecided\"", "判定できなかったもの", "What could not be decided");
  if (outline_.undetermined.empty() && outline_.errors.empty()) {
    if (report_.summary.examined.mapped == 0) {
      page_.element("p", "検査した資源がないため、すべて判定していません。", "No resource was examined: nothing was decided.");
    } else {
      page_.element("p", "検査した範囲では、ありません。", "Nothing in what was examined.");
    }
    page_.raw("</section>\n");
    return;
  }
  page_.raw("<div class=\"wrap\"><table class=\"cards\">");
  page_.element("caption", "問題の有無が分かっていないもの。充足として扱わないでください。",
                "Whether all is well is not known: do not take these as satisfied.");
  page_.raw("<thead><tr>");
  page_.head_cell("何があれば判定できるか", "What settles it");
  page_.head_cell("件数", "Count");
  page_.head_cell("誰が何をするか", "Who does what");
  page_.head_cell("主な検査規則", "Rules");
  page_.raw("</tr></thead><tbody>\n");
  auto rules = [&](const std::vector<rule_group>& groups) {
    page_.raw("<td>");
    for (std::size_t i = 0; i < groups.size() && i < 3; ++i) {
      if (i > 0) page_.raw("<br>");
      page_.raw("<a href=\"#" + anchor(groups[i]) + "\">");
      rule_name(groups[i]);
      page_.raw("</a>");
    }
    if (groups.size() > 3) {
      page_.raw("<br>");
      page_.both("ほか " + grouped(groups.size() - 3) + " 件", "and " + grouped(groups.size() - 3) + " more");
    }
    page_.raw("</td></tr>\n");
  };
  for (const settle_group& group : outline_.undetermined) {
    page_.raw("<tr>");
    page_.raw("<th scope=\"row\">");
    page_.both(word_of(group.settle));
    page_.raw("</th>");
    page_.number_cell(group.total);
    page_.raw("<td>");
    page_.both(advice_of(group.settle));
    page_.raw("</td>");
    rules(group.rules);
  }
  if (!outline_.errors.empty()) {
    page_.raw("<tr><th scope=\"row\">");
    page_.both(word_of(verdict::error));
    page_.raw("</th>");
    page_.number_cell(report_.summary.total.error);
    page_.element("td", "検査規則と資料の形が合っていません。基盤担当が検査規則を確認します。",
                  "The rule and the input do not fit: the platform team looks at the rule.");
    rules(outline_.errors);
  }
  page_.raw("</tbody></table></div>\n</section>\n");
}

void html_report::write() {
  auto place = [this](std::string_view name, const std::vector<rule_group>& groups, std::size_t& next) {
    for (const rule_group& group : groups) anchors_[&group.first()] = std::string(name) + "-" + std::to_string(++next);
  };
  std::size_t violations = 0, undetermined = 0, errors = 0, waived = 0, others = 0;
  place("violation", outline_.violations, violations);
  for (const settle_group& group : outline_.undetermined) place("undetermined", group.rules, undetermined);
  place("error", outline_.errors, errors);
  place("waived", outline_.waived, waived);
  place("other", outline_.others, others);
  // An owner's group of a rule starts with another finding than the rule's own group.
  std::unordered_map<std::string, std::string> by_rule;
  for (const rule_group& group : outline_.violations) {
    by_rule[std::string(name_of(group.level)) + group.name] = anchors_[&group.first()];
  }
  for (const actor_group& actor : outline_.actors) {
    for (const rule_group& group : actor.rules) {
      anchors_[&group.first()] = by_rule[std::string(name_of(group.level)) + group.name];
    }
  }
  head();
  opening();
  page_.raw("<main id=\"main\" tabindex=\"-1\">\n");
  summary();
  actions();
  undecided();
  gaps();
  findings();
  waivers();
  counts();
  page_.raw("</main>\n");
  record();
  page_.raw("</div>\n<script>");
  page_.raw(html_script());
  page_.raw("</script>\n</body>\n</html>\n");
}

std::string render_html(const report& shown, const render_options& options) {
  std::string text;
  html_report writer(text, shown, options);
  writer.write();
  return text;
}

}  // namespace sekimori
