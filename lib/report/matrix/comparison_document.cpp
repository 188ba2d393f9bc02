// report: what each cloud brings along, as a document for people. Entry point: comparison_document.
#include <map>

#include "report/matrix/chapters.hpp"
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
    case brought::not_read: return {"目視で確認", "check by hand"};
    case brought::not_at_all: break;
  }
  return {"なし", "not at all"};
}

std::string_view style_of(brought answer) {
  return answer == brought::native ? "yes" : answer == brought::with_settings ? "part" : answer == brought::not_read ? "ask" : "no";
}

localized_text title_of(brought answer) { return {std::string(word_of(answer).ja), std::string(word_of(answer).en)}; }

std::string joined(const std::set<std::string>& names) {
  std::string list;
  for (auto& one : names) list += (list.empty() ? "" : ", ") + one;
  return list;
}

localized_text meaning_of(brought answer) {
  switch (answer) {
    case brought::native: return {"何も設定しなくても満たす。クラウドの仕組み、又は文書化された既定値による。", "It is met with nothing set: the cloud is so of itself, or its documented defaults meet it."};
    case brought::with_settings: return {"示した属性を設定すれば満たせる。", "It can be met by setting the attributes told."};
    case brought::not_read: return {"クラウドにはあるが、この規則では読み取れない。理由に示す場所を人が確かめる。", "The cloud has it, and the rule does not read it: people look where the reason tells."};
    case brought::not_at_all: break;
  }
  return {"かなえる機能がない(文書に見当たらないものを含む)。別の手段を用意する。", "Nothing in the cloud could meet it, or nothing was found in its documents: other means are needed."};
}

void add_counts(page_document& to, const std::vector<check::compared_row>& shown) {
  std::vector<std::vector<page_cell>> counts;
  for (const brought answer : {brought::native, brought::with_settings, brought::not_read, brought::not_at_all}) {
    std::vector<page_cell> row = {{title_of(answer), std::string(style_of(answer))}, {meaning_of(answer), "title"}};
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      std::uint64_t number = 0;
      for (auto& one : shown) number += one.cells[cloud].answer == answer;
      row.push_back(number_of(number));
    }
    counts.push_back(std::move(row));
  }
  to.table({"回答の意味とクラウドごとの件数", "What the answers mean, and counts by cloud"}, with_clouds({{{"回答", "answer"}}, {{"意味", "meaning"}}}), std::move(counts));
}

std::string types_anchor(const check::matrix_row& of) { return "types-" + anchor_of(of.rule->full_id); }

void add_rules(page_document& to, const chapter& of, const std::map<const check::matrix_row*, const check::compared_row*>& by_row, bool narrow, const std::string& book) {
  std::vector<std::vector<page_cell>> rows;
  for (auto* row : of.rows) {
    const rules::rule& rule = *row->rule->source;
    page_cell id = code_cell(rule.id.text);
    id.anchor = anchor_of(row->rule->full_id);
    if (!narrow) id.link = types_anchor(*row);
    page_cell title{rules::text_of(rule.title), "title"};
    if (!book.empty()) {
      title.link = anchor_of(row->rule->full_id);
      title.page = book;
    }
    std::vector<page_cell> cells = {std::move(id), std::move(title)};
    for (auto& one : by_row.at(row)->cells) cells.push_back({title_of(one.answer), std::string(style_of(one.answer))});
    rows.push_back(std::move(cells));
  }
  to.table({}, with_clouds({{{"検査規則", "rule"}}, {{"件名", "title"}}}), std::move(rows)).within = {"分類", "chapter"};
}

// What is behind the answers for one rule, folded.
void add_types(page_document& to, const check::compared_row& of) {
  const rules::rule& rule = *of.row->rule->source;
  std::vector<std::vector<page_cell>> rows;
  for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
    for (auto& type : of.cells[cloud].types) {
      rows.push_back({{cloud_title(cloud)}, code_cell(type.type), {title_of(type.answer), std::string(style_of(type.answer))}, plain_cell(joined(type.attributes))});
    }
    const brought answer = of.cells[cloud].answer;
    if (of.cells[cloud].types.empty()) rows.push_back({{cloud_title(cloud)}, {}, {title_of(answer), std::string(style_of(answer))}, {of.row->cells[cloud].gap}});
  }
  const localized_text title = rules::text_of(rule.title);
  page_block& table = to.table({rule.id.text + " " + title.in("ja"), rule.id.text + " " + title.in("en")},
                               {{{"クラウド", "cloud"}}, {{"型", "type"}}, {{"回答", "answer"}}, {{"設定する属性、または理由", "attributes to set, or the reason"}}}, std::move(rows));
  table.folded = true;
  table.anchor = types_anchor(*of.row);
}

}  // namespace

page_document comparison_document(const rules::model& model, const check::control_matrix& matrix, const std::vector<check::compared_row>& shown, bool narrow, const std::string& book) {
  page_document made({"クラウドごとの得失", "What each cloud brings along"});
  made.note(rules_disclaimer());
  made.paragraph({"規則を満たすために、どのクラウドで何を自分で設定し、何を別の手段で補うかを見積もるための一覧である。クラウドの優劣を示すものではない。",
                  "Use this list to see what a system has to set itself in each cloud, and what it has to make up for by other means, before the rules are met. It ranks no cloud."});
  add_counts(made, shown);
  std::map<const check::matrix_row*, const check::compared_row*> by_row;
  for (auto& one : shown) by_row[one.row] = &one;
  const std::vector<chapter> chapters = chapters_of(model, matrix);
  for (auto& one : chapters) {
    made.heading(2, one.title, one.anchor());
    add_rules(made, one, by_row, narrow, book);
  }
  if (narrow) {
    made.paragraph({"根拠となる型と属性は、markdown、html、json の形式に載せる。", "The types and attributes behind the answers stand in the formats markdown, html and json."});
    return made;
  }
  made.heading(2, {"根拠となる型と属性", "Types and attributes behind the answers"}, "attributes");
  for (auto& one : chapters) {
    made.heading(3, one.title);
    for (auto* row : one.rows) add_types(made, *by_row.at(row));
  }
  return made;
}

}  // namespace sekimori
