// report: the waivers, counts and the record of the HTML page. Entry points: html_report::waivers, counts, record.
#include <string>
#include <unordered_map>

#include "report/html.hpp"

namespace sekimori {
namespace {

// Whether its violations are among those that need action, and what is to be done.
word_pair consequence_of(std::string_view status) {
  if (status == "holds") return {"対象の違反は、要対応の件数に含みません。期限までに是正します。", "Its violations are not among those that need action; they are put right by the day."};
  if (status == "expired") return {"対象の違反は、要対応の件数に含みます。是正するか、改めて許可を得ます。", "Its violations are among those that need action: put them right, or have it approved anew."};
  if (status == "not_started") return {"まだ効力がなく、対象の違反は要対応の件数に含みます。", "It does not hold yet: its violations are among those that need action."};
  if (status == "unmatched") return {"今回の資料に対象の違反がありません。不要なら取り下げます。", "The material has no such violation: withdraw it where it is not needed."};
  if (status == "void") return {"条件を満たさないため効力がなく、対象の違反は要対応の件数に含みます。", "It does not hold as its terms are not met: its violations are among those that need action."};
  return {"", ""};
}

}  // namespace

void html_report::waivers() {
  if (report_.waivers.empty()) return;
  page_.raw("<section id=\"waivers\" aria-labelledby=\"h-waivers\">\n");
  page_.element("h2 id=\"h-waivers\"", "例外措置", "Waivers");
  page_.raw("<div class=\"wrap\"><table><thead><tr>");
  page_.head_cell("状態", "Status");
  page_.head_cell("例外措置", "Waiver");
  page_.head_cell("対象", "Of");
  page_.head_cell("許可", "Approved by");
  page_.head_cell("許可期限", "Until");
  page_.head_cell("理由", "Reason");
  page_.head_cell("違反の件数", "Violations");
  page_.raw("</tr></thead><tbody>\n");
  for (const waiver_record& waiver : report_.waivers) {
    page_.raw(waiver.status == "holds" ? "<tr><td>" : "<tr><td class=\"bad-text\">");
    page_.both(waiver_status_word(waiver.status));
    page_.raw("<span class=\"sub\">");
    page_.both(consequence_of(waiver.status));
    page_.raw("</span></td><th scope=\"row\">");
    page_.code(waiver.id);
    page_.raw("</th><td>");
    page_.code(waiver.rule);
    page_.raw("<span class=\"sub\">");
    if (!waiver.scope.empty()) page_.both(paths_.of(waiver.scope));
    page_.raw(" ");
    page_.text(waiver.resource);
    page_.raw("</span></td><td>");
    page_.text(waiver.approver);
    page_.raw("</td><td>");
    page_.text(waiver.expires);
    page_.raw("</td>");
    page_.element("td", waiver.reason);
    page_.number_cell(waiver.findings);
    page_.raw("</tr>\n");
  }
  page_.raw("</tbody></table></div>\n</section>\n");
}

void html_report::counts_head(std::string_view ja, std::string_view en) {
  page_.raw("<div class=\"wrap\"><table><thead><tr>");
  page_.head_cell(ja, en);
  for (verdict outcome : {verdict::fail, verdict::undetermined, verdict::error, verdict::pass, verdict::not_applicable}) {
    page_.head_cell(word_of(outcome).ja, word_of(outcome).en);
    if (outcome == verdict::fail) page_.head_cell("うち例外措置中", "of these waived");
  }
  page_.raw("</tr></thead><tbody>\n");
}

void html_report::counts_cells(const verdict_counts& counts) {
  page_.number_cell(counts.fail);
  page_.number_cell(counts.waived);
  page_.number_cell(counts.undetermined);
  page_.number_cell(counts.error);
  page_.number_cell(counts.pass);
  page_.number_cell(counts.not_applicable);
  page_.raw("</tr>\n");
}

// Each with all below it, so that a bureau's row is what it has to look after.
void html_report::counts_by_scope() {
  const auto& own = report_.summary.by_scope;
  if (own.empty()) return;
  page_.raw("<details class=\"p\">");
  page_.element("summary", "適用単位別(下の適用単位を含む)", "By scope, with all below it");
  counts_head("適用単位", "Scope");
  auto row = [&](const localized_text& path, const verdict_counts& counts) {
    page_.raw("<tr><th scope=\"row\">");
    page_.both(path);
    page_.raw("</th>");
    counts_cells(counts);
  };
  for (const report_scope& scope : report_.scopes) {
    if (const auto found = paths_.counts().find(scope.id); found != paths_.counts().end()) row(paths_.of(scope.id), found->second);
  }
  for (const auto& [scope, counts] : own) {
    if (paths_.counts().count(scope) == 0) row(paths_.of(scope), counts);
  }
  page_.raw("</tbody></table></div></details>\n");
}

void html_report::counts() {
  const report_summary& summary = report_.summary;
  page_.raw("<section id=\"counts\" aria-labelledby=\"h-counts\">\n");
  page_.element("h2 id=\"h-counts\"", "集計", "Counts");
  counts_head("クラウド", "Cloud");
  for (const auto& [cloud, counts] : summary.by_cloud) {
    page_.raw("<tr><th scope=\"row\">");
    page_.both(cloud_word(cloud));
    page_.raw("</th>");
    counts_cells(counts);
  }
  page_.raw("<tr><th scope=\"row\"><b>");
  page_.both("合計", "All");
  page_.raw("</b></th>");
  counts_cells(summary.total);
  page_.raw("</tbody></table></div>\n");
  counts_by_scope();
  if (!summary.by_rule.empty()) {
    page_.raw("<details>");
    page_.element("summary", "検査規則別", "By rule");
    counts_head("検査規則", "Rule");
    std::unordered_map<std::string, const report_rule*> rules;
    for (const report_rule& rule : *report_.rules) rules.emplace(rule.ruleset + "/" + rule.id, &rule);
    for (const auto& [name, counts] : summary.by_rule) {
      page_.raw("<tr><th scope=\"row\">");
      if (auto known = rules.find(name); known != rules.end()) page_.both(known->second->title);
      page_.raw(" ");
      page_.code(name);
      page_.raw("</th>");
      counts_cells(counts);
    }
    page_.raw("</tbody></table></div></details>\n");
  }
  if (!summary.by_category.empty()) {
    page_.raw("<details>");
    page_.element("summary", "分類別", "By category");
    counts_head("分類", "Category");
    for (const auto& [category, counts] : summary.by_category) {
      page_.raw("<tr><th scope=\"row\">");
      page_.text(category);
      page_.raw("</th>");
      counts_cells(counts);
    }
    page_.raw("</tbody></table></div></details>\n");
  }
  page_.raw("</section>\n");
}

void html_report::record() {
  const policy_record& policy = report_.policy;
  page_.raw("<footer id=\"record\">\n");
  page_.element("h2", "記録", "Record of this run");
  page_.raw("<p>");
  const std::string code = std::to_string(report_.outcome.exit_code);
  const localized_text meaning = exit_code_meaning(report_.outcome.exit_code);
  page_.both("終了コード " + code + ": " + meaning.ja, "Exit code " + code + ": " + meaning.en);
  page_.raw("</p>");
  if (!report_.outcome.texts.empty()) page_.raw("<ul class=\"plain\">");
  for (const localized_text& text : report_.outcome.texts) page_.element("li", text);
  if (!report_.outcome.texts.empty()) page_.raw("</ul>");
  page_.raw("\n<div class=\"wrap\"><table><thead><tr>");
  page_.head_cell("種別", "What");
  page_.head_cell("名称", "Name");
  page_.head_cell("内容", "Details");
  page_.head_cell("要約値", "Digest");
  page_.raw("</tr></thead><tbody>\n");
  auto row = [&](std::string_view ja, std::string_view en, const std::string& name, const localized_text& details,
                 const std::string& digest) {
    page_.raw("<tr>");
    page_.element("td", ja, en);
    page_.raw("<th scope=\"row\">");
    page_.text(name);
    page_.raw("</th>");
    page_.element("td", details);
    page_.raw("<td>");
    page_.code(digest.empty() ? "-" : digest);
    page_.raw("</td></tr>\n");
  };
  for (const input_record& input : report_.inputs) {
    const std::string form = input.format.empty() ? "" : input.format + " " + input.format_version;
    const word_pair status = input_status_word(input.status);
    const word_pair stage = stage_word(input.stage);
    if (input.listed != nullptr && input.status != "unreadable") {
      const localized_text listed = listed_of(input);
      row("台帳", "Register", input.file, {std::string(status.ja) + "、" + listed.ja, std::string(status.en) + ", " + listed.en}, input.digest);
      continue;
    }
    if (input.format == "inputs") {
      row("入力一覧", "Inputs document", input.file, {std::string(status.ja), std::string(status.en)}, input.digest);
      continue;
    }
    const localized_text stated = stated_of(input);
    row("資料", "Input", input.file,
        {std::string(status.ja) + (form.empty() ? "" : "、" + form + "、" + std::string(stage.ja)) + "、資源 " +
             grouped(input.resources) + " 件中 " + grouped(input.mapped) + " 件が検査対象" + (stated.ja.empty() ? "" : "、" + stated.ja),
         std::string(status.en) + (form.empty() ? "" : ", " + form + ", " + std::string(stage.en)) + ", " +
             grouped(input.mapped) + " of " + grouped(input.resources) + " resources examined" + (stated.en.empty() ? "" : ", " + stated.en)},
        input.digest);
  }
  for (const policy_record::rule_set& set : policy.rule_sets) {
    row("検査規則集", "Rule set", set.id, {set.version, set.version}, set.digest);
  }
  row("組織の定義", "Organisation", policy.organisation_digest.empty() ? "-" : "organisation",
      policy.organisation_digest.empty() ? localized_text{"指定なし", "not given"} : localized_text{}, policy.organisation_digest);
  row("検査エンジン", "Engine", "Sekimori", {policy.engine_version, policy.engine_version}, "");
  row("判定日時", "Evaluated at", report_.now.empty() ? "-" : report_.now,
      report_.now.empty() ? localized_text{"指定なし", "not given"} : date_for_people(report_.now), "");
  page_.raw("</tbody></table></div>\n</footer>\n");
}

}  // namespace sekimori
