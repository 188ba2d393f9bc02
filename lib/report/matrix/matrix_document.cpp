// report: control by cloud as a document for people. Entry point: matrix_document.
#include "report/matrix/chapters.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "rules/register_fields.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

using check::matrix_answer;

page_cell cell_of(const check::matrix_cell& of, bool narrow) {
  page_cell made{{std::string(word_of(of.answer).ja), std::string(word_of(of.answer).en)}, std::string(style_of(of.answer))};
  if (narrow) return made;
  if (has_reason(of.answer)) made.words = {made.words.ja + "\n" + of.gap.in("ja"), made.words.en + "\n" + of.gap.in("en")};
  if (of.answer == matrix_answer::needs_register) {
    const localized_text titles = titles_of_registers(of.registers);
    made.words = {made.words.ja + "\n" + titles.ja, made.words.en + "\n" + titles.en};
  }
  return made;
}

void add_reasons(page_document& to, const check::control_matrix& shown) {
  std::vector<std::vector<page_cell>> rows;
  for (auto& row : shown.rows) {
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const check::matrix_cell& cell = row.cells[cloud];
      const word_pair answer = word_of(cell.answer);
      if (has_reason(cell.answer)) rows.push_back({code_cell(row.rule->source->id.text), {cloud_title(cloud)}, {{std::string(answer.ja), std::string(answer.en)}}, {cell.gap}});
    }
  }
  if (!rows.empty()) to.table({"検査できない理由", "Why a cloud cannot be asked"}, {{{"検査規則", "rule"}}, {{"クラウド", "cloud"}}, {{"回答", "answer"}}, {{"理由", "reason"}}}, std::move(rows));
}

void add_tests(page_document& to, const check::control_matrix& shown) {
  const std::vector<check::untested_cell> untested = check::untested_cells(shown);
  const std::string number = grouped(untested.size());
  to.heading(2, {"検査規則の試験", "Tests of rules"}, "tests");
  to.paragraph({"検査できる欄のうち、充足する例か違反する例の試験がないもの: " + number + " 件。",
                "Cells that can be asked without a test that passes or without one that fails: " + number + "."});
  std::vector<std::vector<page_cell>> rows;
  for (auto& one : untested) {
    localized_text missing;
    if (one.passing) missing = {"充足する例", "a test that passes"};
    if (one.failing) missing = {missing.ja + (missing.ja.empty() ? "" : "、") + "違反する例", missing.en + (missing.en.empty() ? "" : ", ") + "a test that fails"};
    rows.push_back({code_cell(one.row->rule->full_id), {cloud_title(one.cloud)}, {missing}});
  }
  if (!rows.empty()) to.table({}, {{{"検査規則", "rule"}}, {{"クラウド", "cloud"}}, {{"ない試験", "missing"}}}, std::move(rows));
}

}  // namespace

word_pair word_of(matrix_answer answer) {
  switch (answer) {
    case matrix_answer::covered: return {"検査可能", "covered"};
    case matrix_answer::plan_only: return {"構築前のみ", "plan only"};
    case matrix_answer::inventory_only: return {"稼働中のみ", "inventory only"};
    case matrix_answer::needs_register: return {"台帳が必要", "needs register"};
    case matrix_answer::not_needed: return {"設定不要", "nothing to set"};
    case matrix_answer::not_offered: return {"提供なし", "not offered"};
    case matrix_answer::not_read: return {"目視で確認", "check by hand"};
    case matrix_answer::unanswered: break;
  }
  return {"回答なし", "unanswered"};
}

localized_text meaning_of(matrix_answer answer) {
  switch (answer) {
    case matrix_answer::covered: return {"構築前の資料(計画、テンプレート)と稼働中の構成の書き出しの両方で検査できる。", "Can be checked from plans or templates, and from exports of what runs."};
    case matrix_answer::plan_only: return {"構築前の資料でだけ検査できる。構築後に手で変えたことは見つけられない。", "Can be checked from plans or templates alone; changes by hand afterwards go unseen."};
    case matrix_answer::inventory_only: return {"稼働中の構成の書き出しでだけ検査できる。構築の前には分からない。", "Can be checked from exports of what runs alone; before it is built nobody can tell."};
    case matrix_answer::needs_register: return {"台帳(職員、契約、アカウントなど)がないと検査できない。", "Cannot be checked without a register (people, contracts, accounts ...)."};
    case matrix_answer::not_needed: return {"そのクラウドでは初めから満たされているか、危険のもとになるものがない。理由を添える。", "The cloud is so of itself, or has nothing that could go wrong; the reason is given."};
    case matrix_answer::not_offered: return {"そのクラウドに、求めることをかなえる機能や設定がない(文書に見当たらないものを含む)。理由と、代わりに行うことを添える。", "The cloud has no function or setting for it, or none was found in its documents; the reason is given, and what to do instead."};
    case matrix_answer::not_read: return {"そのクラウドにはあるが、この規則では読み取れない。理由と、人が確かめる場所を添える。", "The cloud has it, and this rule does not read it; the reason is given, and where people have to look."};
    case matrix_answer::unanswered: break;
  }
  return {"検査の対象がなく、理由もまだ書かれていない。", "There is nothing to ask, and nobody has said why yet."};
}

std::string_view style_of(matrix_answer answer) {
  switch (answer) {
    case matrix_answer::covered: return "yes";
    case matrix_answer::plan_only:
    case matrix_answer::inventory_only: return "part";
    case matrix_answer::needs_register: return "ask";
    case matrix_answer::not_needed: return "yes";
    case matrix_answer::not_read: return "ask";
    case matrix_answer::not_offered: return "no";
    case matrix_answer::unanswered: break;
  }
  return "open";
}

localized_text titles_of_registers(const std::set<std::string>& names) {
  localized_text made;
  for (const rules::register_declaration* one : rules::register_declarations) {
    if (names.count(std::string(one->name)) == 0) continue;
    made.ja += (made.ja.empty() ? "" : "、") + std::string(one->ja);
    made.en += (made.en.empty() ? "" : ", ") + std::string(one->en);
  }
  if (names.count("organisation") != 0) {      // the document, which no declaration of a register is
    made.ja += (made.ja.empty() ? "" : "、") + std::string("組織の定義");
    made.en += (made.en.empty() ? "" : ", ") + std::string("Organisation document");
  }
  return made;
}

localized_text cloud_title(std::size_t cloud) {
  const word_pair word = cloud_word(known_clouds[cloud]);
  return {std::string(word.ja), std::string(word.en)};
}

std::vector<page_cell> with_clouds(std::vector<page_cell> head) {
  for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) head.push_back({cloud_title(cloud)});
  return head;
}

void add_counts(page_document& to, const check::control_matrix& shown) {
  std::vector<std::vector<page_cell>> rows;
  for (const matrix_answer answer : check::matrix_answers) {
    const word_pair word = word_of(answer);
    std::vector<page_cell> row = {{{std::string(word.ja), std::string(word.en)}, std::string(style_of(answer))}, {meaning_of(answer), "title"}};
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) row.push_back(number_of(shown.count(cloud, answer)));
    row.push_back(number_of(shown.count(answer)));
    rows.push_back(std::move(row));
  }
  std::vector<page_cell> head = with_clouds({{{"回答", "answer"}}, {{"意味", "meaning"}}});
  head.push_back({{"計", "all"}});
  to.table({"回答の意味とクラウドごとの件数", "What the answers mean, and counts by cloud"}, std::move(head), std::move(rows));
}

page_document matrix_document(const rules::model& model, const check::control_matrix& shown, bool narrow, const std::string& book) {
  page_document made({"検査可能範囲一覧", "What can be checked in which cloud"});
  made.note(rules_disclaimer());
  made.paragraph({"検査規則 " + grouped(shown.rows.size()) + " 件とクラウド " + grouped(known_clouds.size()) + " 種の組み合わせごとに、その規則で何を検査できるかを示す。",
                  "For each of " + grouped(shown.rows.size()) + " rules and " + grouped(known_clouds.size()) + " clouds: from which material the rule can be checked there."});
  std::string asked_of_manifests;
  for (auto& row : shown.rows) {
    if (!row.manifest_types.empty()) asked_of_manifests += (asked_of_manifests.empty() ? "" : ", ") + row.rule->source->id.text;
  }
  if (!asked_of_manifests.empty()) {
    made.paragraph({"Kubernetes のマニフェストにも、クラウドによらず次の検査規則を適用する: " + asked_of_manifests + "。",
                    "Manifests of Kubernetes, whatever the cloud, are asked these rules as well: " + asked_of_manifests + "."});
  }
  if (shown.kubernetes > 0) {
    made.paragraph({"ほかに Kubernetes の規則が " + grouped(shown.kubernetes) + " 件ある。クラウドによらないため、ここには載せない。",
                    grouped(shown.kubernetes) + " more rules are about Kubernetes, whatever the cloud, and have no row."});
  }
  add_counts(made, shown);
  const std::vector<chapter> chapters = chapters_of(model, shown);
  std::vector<page_cell> contents;
  for (auto& one : chapters) contents.push_back({one.title, "", one.anchor()});
  made.heading(2, {"目次", "Contents"}, "contents");
  made.list(std::move(contents));
  made.filter({"検査規則を絞り込む(番号、件名、回答など)", "Find rules (number, title, answer ...)"});
  std::vector<page_cell> head = with_clouds({{{"検査規則", "rule"}}, {{"件名", "title"}}});
  for (auto& chapter : chapters) {
    made.heading(2, chapter.title, chapter.anchor());
    std::vector<std::vector<page_cell>> rows;
    for (auto* row : chapter.rows) {
      page_cell id = code_cell(row->rule->source->id.text);
      id.anchor = id.link = anchor_of(row->rule->full_id);
      id.page = book;
      std::vector<page_cell> cells = {std::move(id), {rules::text_of(row->rule->source->title), "title"}};
      for (auto& one : row->cells) cells.push_back(cell_of(one, narrow));
      rows.push_back(std::move(cells));
    }
    page_block& table = made.table({}, head, std::move(rows));
    table.sought = true;
    table.within = {"分類", "chapter"};
  }
  if (narrow) add_reasons(made, shown);
  if (shown.with_tests) add_tests(made, shown);
  return made;
}

}  // namespace sekimori
