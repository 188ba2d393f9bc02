// report: what each cloud brings along, as a document for people. Entry point: comparison_document.
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

using check::brought;

word_pair word_of(brought answer) {
  switch (answer) {
    case brought::native: return {"標準で備わる", "native"};
    case brought::with_settings: return {"設定が必要", "with settings"};
    case brought::not_at_all: break;
  }
  return {"なし", "not at all"};
}

std::string_view style_of(brought answer) {
  return answer == brought::native ? "yes" : answer == brought::with_settings ? "part" : "no";
}

localized_text title_of(brought answer) { return {std::string(word_of(answer).ja), std::string(word_of(answer).en)}; }

std::string joined(const std::set<std::string>& names) {
  std::string list;
  for (auto& one : names) list += (list.empty() ? "" : ", ") + one;
  return list;
}

}  // namespace

page_document comparison_document(const std::vector<check::compared_row>& shown, bool narrow) {
  page_document made({"クラウドごとの得失", "What each cloud brings along"});
  made.note(rules_disclaimer());
  made.paragraph({"検査規則ごとに、各クラウドで標準で備わるか、設定が必要か、備わらないかを示す。「標準で備わる」は、型の対応付けが定数であるか、何も設定しない資源が文書化された既定値で規則を満たすことをいう。",
                  "For each rule: what a cloud has natively, with settings, or not at all. Native means that the mapping of the type says a constant, or that a resource of which nothing is set satisfies the rule by documented defaults."});
  std::vector<page_cell> head = {{{"検査規則", "rule"}}};
  for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) head.push_back({cloud_title(cloud)});
  head.push_back({{"件名", "title"}});
  std::vector<std::vector<page_cell>> rows, counts, details;
  for (auto& row : shown) {
    const rules::rule& rule = *row.row->rule->source;
    std::vector<page_cell> cells = {code_cell(rule.id.text)};
    for (auto& one : row.cells) cells.push_back({title_of(one.answer), std::string(style_of(one.answer))});
    cells.push_back({rules::text_of(rule.title)});
    rows.push_back(std::move(cells));
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      for (auto& type : row.cells[cloud].types) {
        details.push_back({code_cell(rule.id.text), {cloud_title(cloud)}, code_cell(type.type), {title_of(type.answer), std::string(style_of(type.answer))}, plain_cell(joined(type.attributes))});
      }
      if (row.cells[cloud].types.empty()) {
        const localized_text& gap = row.row->cells[cloud].gap;
        details.push_back({code_cell(rule.id.text), {cloud_title(cloud)}, {}, {title_of(brought::not_at_all), "no"}, {gap}});
      }
    }
  }
  for (const brought answer : {brought::native, brought::with_settings, brought::not_at_all}) {
    std::vector<page_cell> row = {{title_of(answer)}};
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      std::uint64_t number = 0;
      for (auto& one : shown) number += one.cells[cloud].answer == answer;
      row.push_back(number_of(number));
    }
    row.push_back({});
    counts.push_back(std::move(row));
  }
  std::vector<page_cell> count_head = head;
  count_head.front() = {{"回答", "answer"}};
  count_head.back() = {};
  made.table({}, std::move(head), std::move(rows));
  made.table({"クラウドごとの件数", "Counts by cloud"}, std::move(count_head), std::move(counts));
  if (narrow) {
    made.paragraph({"根拠となる型と属性は、markdown、html、json の形式に載せる。", "The types and attributes behind the answers stand in the formats markdown, html and json."});
  } else {
    made.heading(2, {"根拠となる型と属性", "Types and attributes behind the answers"}, "attributes");
    made.table({}, {{{"検査規則", "rule"}}, {{"クラウド", "cloud"}}, {{"型", "type"}}, {{"回答", "answer"}}, {{"設定する属性、または理由", "attributes to set, or the reason"}}}, std::move(details));
  }
  return made;
}

}  // namespace sekimori
