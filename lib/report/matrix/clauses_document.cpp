// report: clause by rule as a document for people. Entry point: clauses_document.
#include <algorithm>
#include <map>
#include <tuple>

#include "report/matrix/chapters.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"

namespace sekimori {
namespace {

using titles_by_id = std::map<std::string, localized_text>;

// By its title; an edition of which nothing was given has but its id.
localized_text title_of(const titles_by_id& titles, const std::string& id) {
  const auto found = titles.find(id);
  if (found == titles.end()) return {id + "(この一覧にはない)", id + " (not listed here)"};
  return found->second;
}

page_cell linked(const rules::checked_rule& to) {
  page_cell made = plain_cell(to.source->id.text);
  made.link = anchor_of(to.full_id);
  return made;
}

// What the numbers beside clauses stand for.
void add_rules(page_document& to, const std::vector<chapter>& chapters, const std::string& book) {
  std::vector<std::vector<page_cell>> rows;
  for (auto& one : chapters) {
    for (auto* row : one.rows) {
      const rules::rule& rule = *row->rule->source;
      page_cell id = code_cell(rule.id.text);
      id.anchor = anchor_of(row->rule->full_id);
      if (!book.empty()) {
        id.link = id.anchor;
        id.page = book;
      }
      const word_pair level = word_of(rule.level);
      rows.push_back({std::move(id), {rules::text_of(rule.title), "title"}, {{std::string(level.ja), std::string(level.en)}}, {one.title}});
    }
  }
  to.heading(2, {"検査規則", "Rules"}, "rules");
  to.table({}, {{{"検査規則", "rule"}}, {{"件名", "title"}}, {{"重大度", "severity"}}, {{"分類", "chapter"}}}, std::move(rows));
}

void add_standard(page_document& to, const check::clause_table& table, const titles_by_id& titles) {
  const rules::standard& standard = *table.standard;
  std::uint64_t related = 0, verified = 0;
  std::vector<std::vector<page_cell>> rows;
  for (auto& row : table.rows) {
    std::vector<page_cell> numbers;
    std::vector<const rules::checked_rule*> sorted = row.rules;
    std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return number_before(a->source->id.text, b->source->id.text); });
    for (auto* rule : sorted) numbers.push_back(linked(*rule));
    page_cell rules = numbers.empty() ? page_cell{{"なし", "none"}, "n z"} : in_one_line(std::move(numbers));
    related += !row.rules.empty();
    verified += row.clause->verified;
    localized_text status = row.clause->verified ? localized_text{"照合済み", "number checked"} : localized_text{"未照合", "not checked"};
    if (!row.clause->superseded_by.empty()) status = {status.ja + "、" + row.clause->superseded_by + " に改められた", status.en + ", superseded by " + row.clause->superseded_by};
    rows.push_back({code_cell(row.clause->id.text), {status}, {rules::text_of(row.clause->title)}, std::move(rules)});
  }
  to.heading(2, rules::text_of(standard.title), anchor_of(standard.id.text));
  const std::string numbers = grouped(table.rows.size()), with = grouped(related), read = grouped(verified);
  to.paragraph({"版 " + standard.edition + "。条項 " + numbers + " 件、うち出典と照合したもの " + read + " 件、検査規則と関連するもの " + with + " 件。識別名 " + standard.id.text + "。",
                "Edition " + standard.edition + ". " + numbers + " clauses, of which the numbers of " + read + " were checked against a source; " + with + " with rules. Its id is " + standard.id.text + "."});
  if (!standard.superseded_by.empty()) {
    const localized_text newer = title_of(titles, standard.superseded_by);
    to.note({"旧版である。新しい版: " + newer.in("ja"), "This edition is superseded by: " + newer.in("en")});
  }
  to.table({}, {{{"条項", "clause"}}, {{"出典との照合", "against a source"}}, {{"件名", "title"}}, {{"関連する検査規則", "related rules"}}}, std::move(rows)).within = {"基準", "standard"};
}

}  // namespace

page_document clauses_document(const rules::model& model, const check::control_matrix& matrix, const std::vector<check::clause_table>& shown, const std::string& book) {
  page_document made({"関連条項一覧", "Clauses and the rules related to them"});
  made.note(rules_disclaimer());
  made.paragraph({"基準の条項ごとに、関連する検査規則を示す。件名はこの規則集の作成者が付けた短い題であり、基準の文言ではない。「照合済み」の条項も、出典と照合したのは番号と主題だけであり、「未照合」の条項は番号も確かめていない。規則を満たしても条項を満たすとは限らない。引用するときは基準の最新版を確かめること。",
                  "For each clause of a standard: the rules that are related to it. Titles are short ones by the authors of this rule set, not the wording of the standard. Of a clause that is checked, its number and subject alone were looked up in a source; of one that is not, not even those. Meeting a rule does not mean meeting the clause. Check the current edition before you cite one."});
  if (shown.empty()) {
    made.paragraph({"基準の一覧が読み込まれていない。", "No standards document was given."});
    return made;
  }
  // What is for every cloud stands first, and of that the current editions; then what nobody checked.
  std::vector<check::clause_table> sorted = shown;
  std::stable_sort(sorted.begin(), sorted.end(), [](auto& a, auto& b) {
    auto place = [](const rules::standard& of) {
      const bool checked = std::any_of(of.clauses.begin(), of.clauses.end(), [](auto& one) { return one.verified; });
      return std::tuple(!of.clouds.empty(), !of.superseded_by.empty(), !checked);
    };
    return place(*a.standard) < place(*b.standard);
  });
  titles_by_id titles;
  std::vector<page_cell> contents;
  for (auto& table : sorted) {
    const rules::standard& standard = *table.standard;
    localized_text title = titles[standard.id.text] = rules::text_of(standard.title);
    if (!standard.superseded_by.empty()) title = {title.in("ja") + "(旧版)", title.in("en") + " (superseded edition)"};
    contents.push_back({title, "", anchor_of(standard.id.text)});
  }
  contents.push_back({{"検査規則", "Rules"}, "", "rules"});
  made.heading(2, {"目次", "Contents"}, "contents");
  made.list(std::move(contents));
  for (auto& table : sorted) add_standard(made, table, titles);
  add_rules(made, chapters_of(model, matrix), book);
  return made;
}

}  // namespace sekimori
