// report: the report as a terminal shows it. Entry point: render_text. A pure function of the report.
// Order: the disclaimer, what was and was not examined, the outcome, then the findings and the record of the run.
#include "report/text.hpp"

#include "base/words.hpp"
#include "report/formats.hpp"
#include "report/text_inputs.hpp"
#include "report/visible.hpp"

namespace sekimori {

void text_report::heading(std::string_view ja, std::string_view en) {
  page_.blank();
  page_.paragraph(0, say("■ ", "== ") + say(ja, en), text_style::bold);
}

void text_report::opening() {
  page_.paragraph(0, say("関守 検査結果", "Sekimori check report"), text_style::bold);
  page_.paragraph(0, stop_sentence(report_).in(language_), report_.outcome.exit_code == 0 ? text_style::bold : text_style::red);
  page_.paragraph(0, disclaimer().in(language_));
  for (const localized_text& one : cautions_of(report_)) page_.paragraph(0, one.in(language_), text_style::yellow);
  page_.blank();
  std::string stages;
  for (const std::string& stage : stages_of(report_)) {
    stages += (stages.empty() ? "" : say("、", ", "));
    stages += stage_word(stage).in(language_);
  }
  if (stages.empty()) stages = stage_word("").in(language_);
  const std::uint32_t label = language_ == "ja" ? 16 : 14;
  page_.labelled(0, label, say("資料の段階", "Stage"), stages);
  page_.labelled(0, label, say("判定日時", "Evaluated at"),
                 report_.now.empty() ? say("指定なし", "not given") : date_for_people(report_.now).in(language_));
  if (!report_.report_for.empty()) {
    page_.labelled(0, label, say("対象の適用単位", "Report for"), scope_name(report_.report_for));
  }
}

std::string text_report::scope_name(const std::string& id) const {
  if (id.empty()) return say("適用単位不明", "scope not known");
  for (const report_scope& scope : report_.scopes) {
    if (scope.id != id) continue;
    return paths_.of(id).in(language_) + " (" + id + ")";
  }
  return id;
}

void text_report::examined() {
  const examined_summary& examined = report_.summary.examined;
  heading("検査した範囲", "What was examined");
  for (const input_record& input : report_.inputs) {
    show_input(page_, input, language_,
               language_ == "ja" ? "、資源 " + grouped(input.resources) + " 件中 " + grouped(input.mapped) + " 件が検査対象"
                                 : ", " + grouped(input.mapped) + " of " + grouped(input.resources) + " resources checked");
  }
  for (const auto& [cloud, counts] : examined.by_cloud) {
    page_.labelled(2, 18, cloud_word(cloud).in(language_),
                   language_ == "ja" ? "資源 " + grouped(counts.resources) + " 件中 " + grouped(counts.mapped) + " 件が検査対象"
                                     : grouped(counts.mapped) + " of " + grouped(counts.resources) + " resources checked");
  }
  page_.labelled(2, 18, say("合計", "All"),
                 language_ == "ja" ? "資源 " + grouped(examined.resources) + " 件中 " + grouped(examined.mapped) + " 件が検査対象"
                                   : grouped(examined.mapped) + " of " + grouped(examined.resources) + " resources checked");
}

void text_report::not_looked_at() {
  heading("検査していないもの", "What was not examined");
  const std::vector<localized_text> gaps = gaps_of(report_);
  for (const localized_text& gap : gaps) page_.paragraph(2, 4, {{"- " + gap.in(language_), text_style::yellow}});
  if (gaps.empty()) page_.paragraph(2, say("提出された資料の範囲では、ありません。", "Nothing within the given material."));
  const examined_summary& examined = report_.summary.examined;
  if (!examined.unmapped_types.empty()) {
    page_.paragraph(4, say("検査規則が扱わない型:", "Types that no rule is about:"), text_style::dim);
    for (const auto& [type, count] : examined.unmapped_types) page_.paragraph(6, 8, {{type + " " + grouped(count), text_style::plain}});
  }
  if (!examined.not_adopted.empty()) {
    page_.paragraph(4, say("採用されていない検査規則と延べ件数:", "Rules that are not adopted, and how often they were not asked:"), text_style::dim);
    for (const auto& [rule, count] : examined.not_adopted) page_.paragraph(6, 8, {{rule + " " + grouped(count), text_style::plain}});
  }
  if (!examined.rules_without_resources.empty()) {
    page_.paragraph(4, say("確かめていない検査規則(該当する資源がない):", "Rules that met no resource:"), text_style::dim);
    for (const auto& [level, rule] : rules_not_put(report_)) {
      std::string line = "[" + std::string(word_of(level).in(language_)) + "] " + rule->rule + " " + rule->title.in(language_);
      if (!rule->needed.in(language_).empty()) line += say(" (必要な資源: ", " (needs: ") + rule->needed.in(language_) + ")";
      page_.paragraph(6, 8, {{line, text_style::plain}});
    }
  }
}

void text_report::outcome() {
  heading("結論", "Outcome");
  page_.paragraph(2, 2, {{headline_of(report_, outline_).in(language_), text_style::bold}});
  for (const localized_text& text : report_.outcome.texts) page_.paragraph(2, 4, {{"- " + text.in(language_), text_style::plain}});
  if (!report_.diagnostics.empty()) {
    page_.paragraph(2, say("実行時の通知:", "Messages of the run:"), text_style::dim);
    show_diagnostics(page_, 4, report_.diagnostics);
  }
}

void text_report::waivers() {
  if (report_.waivers.empty()) return;
  heading("例外措置", "Waivers");
  for (const waiver_record& waiver : report_.waivers) {
    const std::string status(waiver_status_word(waiver.status).in(language_));
    page_.paragraph(2, 4, {{"[" + status + "] ", waiver.status == "holds" ? text_style::green : text_style::yellow},
                           {waiver.id + "  " + waiver.rule, text_style::bold},
                           {(waiver.scope.empty() ? "" : "  " + scope_name(waiver.scope)) +
                                (waiver.resource.empty() ? "" : "  " + visible(waiver.resource)),
                            text_style::plain}});
    page_.paragraph(4, say("許可 ", "approved by ") + (waiver.approver.empty() ? "-" : waiver.approver) +
                           say("、許可期限 ", ", until ") + (waiver.expires.empty() ? "-" : waiver.expires) +
                           say("、対象の違反 ", ", violations ") + grouped(waiver.findings) +
                           say(" 件", ""));
    const std::string& reason = waiver.reason.in(language_);
    if (!reason.empty()) page_.paragraph(4, 6, {{say("理由 ", "reason: ") + reason, text_style::plain}});
  }
}

void text_report::counts() {
  heading("集計", "Counts");
  const verdict_counts& total = report_.summary.total;
  const std::string waived = total.waived == 0 ? std::string()
                                               : say("(うち例外措置中 ", " (") + grouped(total.waived) +
                                                     say(" 件)", " waived)");
  auto count = [&](verdict outcome, std::uint64_t number, const std::string& note) {
    page_.labelled(2, 22, word_of(outcome).in(language_), grouped(number) + say(" 件", "") + note);
  };
  count(verdict::fail, total.fail, waived);
  count(verdict::undetermined, total.undetermined, "");
  count(verdict::error, total.error, "");
  count(verdict::pass, total.pass, "");
  count(verdict::not_applicable, total.not_applicable, "");
}

void text_report::record() {
  heading("記録", "Record");
  const policy_record& policy = report_.policy;
  page_.paragraph(2, say("検査エンジン 関守 ", "Engine: Sekimori ") + policy.engine_version);
  page_.paragraph(2, say("判定日時 ", "Evaluated at: ") +
                         (report_.now.empty() ? say("指定なし", "not given") : report_.now));
  for (const policy_record::rule_set& set : policy.rule_sets) {
    page_.paragraph(2, 4, {{say("検査規則集 ", "Rule set: ") + set.id + " " + set.version + " " + set.digest, text_style::plain}});
  }
  page_.paragraph(2, 4, {{say("組織の定義 ", "Organisation: ") +
                              (policy.organisation_digest.empty() ? say("なし", "none") : policy.organisation_digest),
                          text_style::plain}});
  for (const input_record& input : report_.inputs) {
    page_.paragraph(2, 4, {{say("資料 ", "Input: ") + visible(input.file) + " " +
                                (input.digest.empty() ? say("(要約値なし)", "(no digest)") : input.digest),
                            text_style::plain}});
  }
}

void text_report::closing() {
  page_.blank();
  const int code = report_.outcome.exit_code;
  page_.paragraph(0, 0, {{say("終了コード ", "Exit code ") + std::to_string(code) + ": " + exit_code_meaning(code).in(language_),
                          code == 0 ? text_style::bold : text_style::red}});
}

std::string render_text(const report& shown, const render_options& options) {
  std::string text;
  text_report writer(text, shown, options);
  writer.write();
  return text;
}

}  // namespace sekimori
