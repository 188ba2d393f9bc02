// report: the findings of the HTML page, by rule, with filters that need the script. Entry point: html_report::findings.
#include <algorithm>
#include <map>
#include <set>

#include "report/clause_words.hpp"
#include "report/fix_text.hpp"
#include "report/html.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

// More rows than this stand in a closed <details>, so that a large page opens at once.
constexpr std::size_t rows_open = 20;
constexpr std::size_t clauses_shown = 20;

}  // namespace

void html_report::filters() {
  std::set<std::string> clouds, scopes;
  std::map<std::string, std::vector<std::string>> within;   // scopes that findings name, by what they are in
  std::set<severity> levels;
  for (const finding& found : report_.findings) {
    clouds.insert(found.resource.cloud);
    scopes.insert(found.scope);
    levels.insert(found.level);
  }
  auto option = [&](const std::string& value, const std::string& label) {
    page_.raw("<option value=\"");
    page_.text(value);
    page_.raw("\">");
    page_.text(label);
    page_.raw("</option>");
  };
  auto begin = [&](std::string_view name, std::string_view ja, std::string_view en) {
    page_.raw("<label>");
    page_.both(ja, en);
    page_.raw("<select name=\"" + std::string(name) + "\">");
    option("", "すべて / all");
  };
  page_.raw("<form id=\"filters\" class=\"filters\" hidden>\n");
  begin("s", "重大度", "Severity");
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    const word_pair word = word_of(*level);
    option(std::string(name_of(*level)), std::string(word.ja) + " / " + std::string(word.en));
  }
  page_.raw("</select></label>\n");
  begin("o", "適用単位", "Scope");
  // A scope stands for all below it: its value has each of them in a line.
  std::map<std::string, std::string> parents;
  for (const report_scope& scope : report_.scopes) parents[scope.id] = scope.parent;
  for (const std::string& scope : scopes) {
    std::set<std::string> seen;
    for (auto at = parents.find(scope); at != parents.end() && seen.size() < deepest_scope && seen.insert(at->first).second; at = parents.find(at->second)) within[at->first].push_back(scope);
    if (seen.empty()) within[scope].push_back(scope);
  }
  auto scope_option = [&](const std::string& id) {
    const auto found = within.find(id);
    if (found == within.end()) return;
    page_.raw("<option value=\"");
    for (const std::string& one : found->second) {
      if (&one != &found->second.front()) page_.raw("&#10;");
      page_.text("=" + one);
    }
    page_.raw("\">");
    page_.text(id.empty() ? "不明 / not known" : paths_.of(id).in(language_));
    page_.raw("</option>");
    within.erase(found);
  };
  for (const report_scope& scope : report_.scopes) scope_option(scope.id);
  while (!within.empty()) scope_option(std::string(within.begin()->first));
  page_.raw("</select></label>\n");
  begin("c", "クラウド", "Cloud");
  for (const std::string& cloud : clouds) {
    const word_pair word = cloud_word(cloud);
    option("=" + cloud, word.ja == word.en ? std::string(word.ja) : std::string(word.ja) + " / " + std::string(word.en));
  }
  page_.raw("</select></label>\n<label>");
  page_.both("文字で絞り込む", "Text");
  page_.raw("<input name=\"t\" type=\"search\" autocomplete=\"off\"></label>\n<button type=\"reset\">");
  page_.both("解除", "Clear");
  page_.raw("</button>\n<p>");
  page_.both("該当 ", "Shown ");
  page_.raw("<output id=\"count\" aria-live=\"polite\"></output></p>\n</form>\n");
}

void html_report::findings() {
  page_.raw("<section id=\"findings\" aria-labelledby=\"h-findings\">\n");
  page_.element("h2 id=\"h-findings\"", "検出事項の一覧", "Findings");
  if (report_.summary.not_listed > 0) {
    const std::string count = grouped(report_.summary.not_listed);
    page_.element("p class=\"warn-text\"", "ほかに、件数の上限を超えたため載せていない検出事項が " + count + " 件あります。",
                  count + " more findings are counted but not listed.");
  }
  if (report_.findings.empty()) {
    if (report_.summary.examined.mapped == 0) {
      page_.element("p", "検査した資源がありません。", "No resource was examined.");
    } else {
      page_.element("p", "検査した範囲では、ありません。", "None in what was examined.");
    }
    page_.raw("<div id=\"errors\"></div>\n");
    page_.raw("</section>\n");
    return;
  }
  filters();
  section(outline_.violations);
  for (const settle_group& group : outline_.undetermined) section(group.rules);
  page_.raw("<div id=\"errors\"></div>\n");
  section(outline_.errors);
  section(outline_.waived);
  section(outline_.others);
  page_.raw("</section>\n");
}

void html_report::section(const std::vector<rule_group>& groups) {
  for (const rule_group& group : groups) rule(group);
}

void html_report::rule(const rule_group& group) {
  const finding& first = group.first();
  page_.raw("<article class=\"rule\" id=\"" + anchor(group) + "\" data-s=\"" + std::string(name_of(group.level)) + "\"><header>");
  badge(group.level);
  page_.raw("<span class=\"b st\">");
  const bool waived = first.outcome == verdict::fail && first.state == disposition::waived;
  if (first.outcome == verdict::fail && !waived) {
    page_.both("違反(要対応)", "violation: action needed");
  } else if (waived) {
    page_.both(word_of(disposition::waived));
  } else if (first.outcome == verdict::pass || first.outcome == verdict::not_applicable) {
    page_.both("充足・対象外", "satisfied or not applicable");
  } else {
    page_.both(word_of(first.outcome));
  }
  page_.raw("</span><h3>");
  rule_name(group);
  page_.raw("</h3>");
  page_.code(group.name);
  page_.raw("<span>");
  page_.both("資源 " + grouped(group.findings.size()) + " 件", "resources: " + grouped(group.findings.size()));
  page_.raw("</span></header>\n");
  advice(group);
  resources(group);
  cel(group);
  page_.raw("</article>\n");
}

void html_report::advice(const rule_group& group) {
  const finding& found = group.first();
  const auto has = [](const localized_text& text) { return !text.ja.empty() || !text.en.empty(); };
  const bool any_clause = std::any_of(found.about().clauses.begin(), found.about().clauses.end(), [](const clause_reference& c) { return c.verified; });
  const bool asks = found.outcome == verdict::undetermined;
  if (!has(found.about().fix) && !has(found.about().why_it_matters) && !any_clause && !asks) return;
  page_.raw("<dl class=\"advice\">");
  if (asks) {
    page_.element("dt", "判定に必要なもの", "What settles it");
    page_.raw("<dd>");
    page_.both(advice_of(found.settle));
    page_.raw("</dd>");
  } else if (has(found.about().fix)) {
    page_.element("dt", "何をするか", "What to do");
    page_.element("dd", fix_for(found.about().fix, clouds_of(group)));
  }
  if (has(found.required)) {
    page_.element("dt", "求められる状態", "What is asked for");
    page_.element("dd", found.required);
  }
  if (has(found.about().why_it_matters)) {
    page_.element("dt", "理由", "Why");
    page_.element("dd", found.about().why_it_matters);
  }
  if (any_clause) {
    page_.element("dt", "関連条項(番号と主題だけを出典と照合済み)", "Related clauses (number and subject compared with the source)");
    page_.raw("<dd>");
    bool first = true;
    for (const clause_reference& clause : found.about().clauses) {
      if (!clause.verified) continue;
      if (!first) page_.raw("<br>");
      first = false;
      page_.both(standard_word(clause.standard));
      page_.text(" " + clause.clause + " ");
      page_.both(clause.title);
    }
    page_.raw("</dd>");
  }
  page_.raw("</dl>\n");
}

void html_report::resources(const rule_group& group) {
  const bool many = group.findings.size() > rows_open;
  const std::string count = grouped(group.findings.size());
  if (many) {
    page_.raw("<details>");
    page_.element("summary", "資源 " + count + " 件を表示", "Show the " + count + " resources");
  }
  page_.raw("<div class=\"wrap\"><table class=\"r\"><thead><tr>");
  page_.head_cell("資源", "Resource");
  page_.head_cell("内容", "What is the matter");
  page_.head_cell("適用単位・所管・運用者", "Scope, owner, operator");
  page_.raw("</tr></thead><tbody>\n");
  for (const finding* found : group.findings) resource_row(*found);
  page_.raw("</tbody></table></div>");
  if (many) page_.raw("</details>");
  page_.raw("\n");
}

void html_report::resource_row(const finding& found) {
  page_.raw("<tr data-c=\"=");
  page_.text(found.resource.cloud);
  page_.raw("\" data-o=\"=");
  page_.text(found.scope);
  page_.raw("\"><th scope=\"row\">");
  page_.code(found.resource.address);
  page_.raw("<span class=\"sub\">");
  page_.both(cloud_word(found.resource.cloud));
  page_.raw(" ");
  const std::string& file = found.location.file.empty() ? found.input : found.location.file;
  page_.text(found.location.line > 0 ? file + ":" + std::to_string(found.location.line) : file);
  page_.raw("</span></th><td>");
  details_of(found);
  page_.raw("</td><td>");
  responsible(found);
  page_.raw("</td></tr>\n");
}

void html_report::details_of(const finding& found) {
  if (found.state == disposition::disputed) {
    page_.raw("<span class=\"b st\">");
    page_.both(word_of(found.state));
    page_.raw("</span> ");
  }
  if (found.baseline != baseline_state::none) {
    page_.raw("<span class=\"b st\">");
    page_.both(standing_of(found));
    page_.raw("</span> ");
  }
  if (found.outcome == verdict::pass || found.outcome == verdict::not_applicable) page_.both(word_of(found.outcome));
  page_.both(found.message);
  if (!found.error.empty()) {
    page_.raw("<span lang=\"en\" class=\"o\">");
    page_.text_of_lines(found.error);
    page_.raw("</span>");
  }
  for (const unknown_item& item : found.unknown) {
    page_.raw("<span class=\"sub\">");
    page_.code(item.resource.empty() ? item.path : item.resource + " # " + item.path);
    page_.raw(" ");
    page_.both(reason_word(item.reason));
    page_.raw("</span>");
  }
  evidence(found);
  if (!found.residual.empty()) {
    page_.raw("<span class=\"sub\">");
    page_.both("次の式が真になれば充足: ", "satisfied once this is true: ");
    page_.code(brief(found.residual));
    page_.raw("</span>");
  }
  if (!found.waiver.empty()) {
    page_.raw("<span class=\"sub\">");
    page_.both("例外措置 " + found.waiver + "、許可期限 " + (found.waiver_expires.empty() ? "-" : found.waiver_expires),
               "waiver " + found.waiver + ", until " + (found.waiver_expires.empty() ? "-" : found.waiver_expires));
    page_.raw("</span>");
  }
}

void html_report::evidence(const finding& found) {
  for (const localized_text& one : forecast_of(found)) {
    page_.raw("<span class=\"sub\">");
    page_.both(one);
    page_.raw("</span>");
  }
  for (const explained_clause& clause : found.why) {
    if (clause.path.empty() || (clause.actual.empty() && !clause.masked)) continue;
    page_.raw("<span class=\"sub\">");
    page_.code(clause.path);
    page_.raw(" = ");
    if (clause.masked) {
      page_.both("秘密の値のため表示しません", "not shown: a secret");
    } else {
      page_.code(shortened(clause.actual));
    }
    page_.raw("</span>");
  }
  for (const std::string& assumption : found.assumes) {
    page_.raw("<span class=\"sub\">");
    page_.both("次の宣言を前提とする判定: ", "Rests on a declaration: ");
    page_.text(assumption);
    page_.raw("</span>");
  }
}

void html_report::responsible(const finding& found) {
  page_.both(paths_.of(found));
  // The labels are in the style sheet: ten thousand rows would repeat them in two languages.
  auto name = [&](std::string_view role, const std::string& who) {
    page_.raw("<span class=\"sub " + std::string(role) + "\">");
    if (who.empty()) {
      page_.both("不明", "not known");
    } else {
      page_.text(who);
    }
    page_.raw("</span>");
  };
  name("own", found.owner);
  name("ope", found.operated_by);
}

void html_report::cel(const rule_group& group) {
  std::vector<std::string> seen;
  for (const finding* found : group.findings) {
    for (const explained_clause& clause : found->why) {
      if (clause.clause.empty() || seen.size() == clauses_shown) continue;
      if (std::find(seen.begin(), seen.end(), clause.clause) == seen.end()) seen.push_back(clause.clause);
    }
  }
  if (seen.empty()) return;
  page_.raw("<details>");
  page_.element("summary", "判定した条件式(CEL、専門の方向け)", "The conditions that decided (CEL, for experts)");
  page_.raw("<ul class=\"plain\">");
  for (const std::string& clause : seen) {
    page_.raw("<li>");
    page_.code(clause);
    page_.raw("</li>");
  }
  page_.raw("</ul></details>\n");
}

}  // namespace sekimori
