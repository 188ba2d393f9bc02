// report: what was examined and what was not, on the HTML page. Entry point: html_report::gaps.
#include <algorithm>

#include "report/html.hpp"

namespace sekimori {

void html_report::diagnostics(const std::vector<diagnostic>& shown) {
  if (shown.empty()) return;
  page_.raw("<ul class=\"plain\">");
  for (const diagnostic& item : shown) {
    page_.raw(item.level == diagnostic_level::error ? "<li><span class=\"bad-text\">" : "<li><span class=\"warn-text\">");
    page_.text(item.code);
    page_.raw("</span> <span lang=\"en\" class=\"o\">");
    page_.text_of_lines(item.message);
    if (!item.expected.empty()) page_.text("; expected: " + item.expected);
    if (!item.help.empty()) page_.text("; " + item.help);
    page_.raw("</span> ");
    std::string place = item.file;
    if (item.line > 0) place += ":" + std::to_string(item.line) + ":" + std::to_string(item.column);
    if (!place.empty()) page_.code(place);
    page_.raw("</li>");
  }
  page_.raw("</ul>");
}

void html_report::gaps() {
  const examined_summary& examined = report_.summary.examined;
  page_.raw("<section id=\"gaps\" aria-labelledby=\"h-gaps\">\n");
  page_.element("h2 id=\"h-gaps\"", "検査した範囲と検査していないもの", "What was examined and what was not");
  page_.element("p", "資源 " + ja_count(examined.resources) + "のうち " + ja_count(examined.mapped) + "に検査規則を当てはめました(すべてを判定できたという意味ではありません)。",
                "Rules were put to " + grouped(examined.mapped) + " of " + grouped(examined.resources) + " resources. That does not mean that all could be decided.");
  const std::vector<localized_text> sentences = gaps_of(report_);
  if (!sentences.empty()) page_.raw("<ul class=\"plain\">");
  for (const localized_text& sentence : sentences) page_.element("li", sentence);
  if (!sentences.empty()) page_.raw("</ul>\n");
  for (const input_record& input : report_.inputs) {
    if (input.status == "read" && input.diagnostics.empty() && input.notes.empty()) continue;
    page_.raw("<p><span class=\"" + std::string(input.status == "unreadable" ? "bad-text" : "warn-text") + "\">");
    page_.both(input_status_word(input.status));
    page_.raw("</span> ");
    page_.code(input.file);
    page_.raw("</p>");
    diagnostics(input.diagnostics);
    if (input.notes.empty()) continue;
    page_.raw("<ul class=\"plain\">");
    for (const localized_text& note : input.notes) page_.element("li", note);
    page_.raw("</ul>");
  }
  diagnostics(report_.diagnostics);
  auto counted = [&](const auto& names, std::string_view ja, std::string_view en) {
    if (names.empty()) return;
    page_.raw("<details>");
    page_.element("summary", ja, en);
    page_.raw("<ul class=\"plain\">");
    for (const auto& [name, count] : names) {
      page_.raw("<li>");
      page_.code(name);
      page_.raw(" " + grouped(count) + "</li>");
    }
    page_.raw("</ul></details>\n");
  };
  counted(examined.unmapped_types, "検査規則が扱わない型の一覧", "Types that no rule is about");
  counted(examined.not_adopted, "採用されていない検査規則と延べ件数の一覧", "Rules that are not adopted, and how often they were not asked");
  not_put();
  page_.raw("</section>\n");
}

// Critical ones in the open, the others folded.
void html_report::not_put() {
  const auto all = rules_not_put(report_);
  page_.raw("<div id=\"not-put\">");
  const auto others = std::find_if(all.begin(), all.end(), [](auto& one) { return one.first != severity::critical; });
  auto table = [&](auto from, auto to, const localized_text& caption) {
    page_.raw("<div class=\"wrap\"><table>");
    page_.element("caption", caption);
    page_.raw("<thead><tr>");
    page_.head_cell("重大度", "Severity");
    page_.head_cell("検査規則", "Rule");
    page_.head_cell("資料に足りないもの", "What the material lacks");
    page_.raw("</tr></thead><tbody>");
    for (auto at = from; at != to; ++at) {
      const not_examined& rule = *at->second;
      page_.raw("<tr><td>");
      badge(at->first);
      page_.raw("</td><th scope=\"row\">");
      page_.code(rule.rule);
      page_.raw(" ");
      page_.both(rule.title);
      page_.raw("</th><td>");
      page_.both(rule.needed);
      page_.raw("</td></tr>\n");
    }
    page_.raw("</tbody></table></div>\n");
  };
  if (all.begin() != others) table(all.begin(), others, {"確かめていない重大な検査規則", "Critical rules that were not put to anything"});
  if (others != all.end()) {
    page_.raw("<details>");
    page_.element("summary", "確かめていないほかの検査規則 " + ja_count(static_cast<std::uint64_t>(all.end() - others)),
                  "Other rules that were not put to anything: " + grouped(static_cast<std::uint64_t>(all.end() - others)));
    table(others, all.end(), {"確かめていない検査規則(重大なもの以外)", "Rules that were not put to anything, other than critical ones"});
    page_.raw("</details>");
  }
  page_.raw("</div>\n");
}

}  // namespace sekimori
