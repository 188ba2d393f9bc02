// report: see book.hpp. A chapter for each category, in the order in which the rule sets have them.
#include "report/book/book.hpp"

#include <algorithm>
#include <map>

#include "check/book/rule_reads.hpp"
#include "report/book/book_glossary.hpp"
#include "report/book/book_preparation.hpp"
#include "report/book/book_reading.hpp"
#include "report/book/book_values.hpp"
#include "report/book/book_words.hpp"
#include "report/matrix/chapters.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "report/visible.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

void add(localized_text& to, const localized_text& more, std::string_view ja = "、", std::string_view en = ", ") {
  to.ja += (to.ja.empty() ? "" : std::string(ja)) + more.in("ja");
  to.en += (to.en.empty() ? "" : std::string(en)) + more.in("en");
}

bool empty(const localized_text& text) { return text.ja.empty() && text.en.empty(); }

class book {
 public:
  book(const rules::model& model, const check::control_matrix& matrix, const book_options& options) : model_(model), matrix_(matrix), options_(options), chapters_(chapters_of(model, matrix)) {
    for (auto& document : model.documents->rulesets) {
      for (auto& one : document.parameters) parameters_[document.id.text + "/" + one.name.text] = &one;
    }
    for (auto& document : model.documents->standards) {
      for (auto& one : document.standards) standards_[one.id.text] = &one;
    }
  }

  page_document write() {
    made_.note(rules_disclaimer());
    made_.paragraph({"検査規則 " + grouped(matrix_.rows.size()) + " 件の内容を、分類ごとに説明する。各規則の「検査できるクラウド」は、検査規則と共通種別の定義から求めている。",
                     "What " + grouped(matrix_.rows.size()) + " rules ask for, by category. The clouds of a rule are worked out from the rules and kinds themselves."});
    versions();
    add_reading(made_);
    contents();
    if (options_.changes) changes(*options_.changes);
    add_preparation(made_, model_, chapters_);
    overview();
    made_.filter({"検査規則を絞り込む(番号、件名、本文の語)", "Find rules (number, title, words of the text)"});
    for (auto& one : chapters_) write(one);
    parameter_table();
    rulesets();
    made_.heading(2, {"検査できる範囲", "What can be checked"}, "clouds");
    add_counts(made_, matrix_);
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) by_hand(cloud);
    add_glossary(made_);
    return std::move(made_);
  }

 private:
  // One sentence where all have the same; the table at the end tells each.
  void versions() {
    std::vector<std::string> all;
    for (auto& one : model_.rulesets) {
      if (std::find(all.begin(), all.end(), one.version) == all.end()) all.push_back(one.version);
    }
    const std::string number = grouped(model_.rulesets.size());
    if (all.size() == 1) made_.paragraph({"検査規則集 " + number + " 個、いずれも版 " + all[0] + "。", "Rule sets: " + number + ", each of version " + all[0] + "."});
    else made_.paragraph({"検査規則集 " + number + " 個。版は末尾の表に示す。", "Rule sets: " + number + ", with the versions in the table at the end."});
  }

  // What people of one cloud see to themselves.
  void by_hand(std::size_t cloud) {
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : chapters_) {
      for (auto* row : one.rows) {
        const check::matrix_cell& cell = row->cells[cloud];
        if (cell.answer != check::matrix_answer::not_offered && cell.answer != check::matrix_answer::not_read) continue;
        const word_pair answer = word_of(cell.answer);
        page_cell id = code_cell(row->rule->source->id.text);
        id.link = anchor_of(row->rule->full_id);
        rows.push_back({std::move(id), {rules::text_of(row->rule->source->title), "title"}, {{std::string(answer.ja), std::string(answer.en)}, std::string(style_of(cell.answer))}, {cell.gap}});
      }
    }
    if (rows.empty()) return;
    const localized_text title = cloud_title(cloud);
    made_.heading(3, {title.ja + "で、検査によらず人が確かめ、補うこと", "What people look at or make up for themselves on " + title.en}, "by-hand-" + std::string(known_clouds[cloud]));
    made_.table({}, {{{"検査規則", "rule"}}, {{"件名", "title"}}, {{"回答", "answer"}}, {{"理由とすること", "why, and what to do"}}}, std::move(rows));
  }

  // By severity, then as in the book.
  void overview() {
    made_.heading(2, {"検査規則の一覧(重大度の順)", "Rules by severity"}, "overview");
    std::vector<std::vector<page_cell>> rows;
    for (const severity level : {severity::critical, severity::high, severity::medium, severity::low, severity::info}) {
      for (auto& one : chapters_) {
        for (auto* row : one.rows) {
          const rules::rule& rule = *row->rule->source;
          if (rule.level != level) continue;
          const word_pair word = word_of(level);
          page_cell id = code_cell(rule.id.text);
          id.link = anchor_of(row->rule->full_id);
          rows.push_back({std::move(id), {{std::string(word.ja), std::string(word.en)}}, {rules::text_of(rule.title), "title"}, {waiver_words(rule.waiver)}});
        }
      }
    }
    made_.table({}, {{{"検査規則", "rule"}}, {{"重大度", "severity"}}, {{"件名", "title"}}, {{"例外措置", "waiver"}}}, std::move(rows));
  }

  void rulesets() {
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : model_.rulesets) {
      const auto number = std::count_if(matrix_.rows.begin(), matrix_.rows.end(), [&](auto& row) { return row.ruleset == one.id; });
      rows.push_back({code_cell(one.id), {one.title}, plain_cell(one.version), number_of(static_cast<std::uint64_t>(number))});
    }
    made_.heading(2, {"検査規則集", "Rule sets"}, "rulesets");
    made_.table({}, {{{"識別名", "id"}}, {{"名称", "title"}}, {{"版", "version"}}, {{"検査規則", "rules"}}}, std::move(rows));
  }

  void contents() {
    made_.heading(2, {"目次", "Contents"}, "contents");
    std::vector<page_cell> items = {{{"この解説書の読み方", "How to read this book"}, "", "reading"}};
    if (options_.changes) items.push_back({{"前の版からの変更", "What changed"}, "", "changes"});
    items.push_back({{"稼働までに用意し、決めること", "What to have ready and to decide before a system goes live"}, "", "prepare"});
    items.push_back({{"検査規則の一覧(重大度の順)", "Rules by severity"}, "", "overview"});
    for (auto& one : chapters_) {
      page_cell& item = items.emplace_back(page_cell{one.title, "", one.anchor()});
      for (auto* row : one.rows) {
        const rules::rule& rule = *row->rule->source;
        item.items.push_back({{{rule.id.text + " " + rules::text_of(rule.title).in("ja"), rule.id.text + " " + rules::text_of(rule.title).in("en")}, "", anchor_of(row->rule->full_id)}});
      }
    }
    items.push_back({{"パラメータ一覧", "Parameters"}, "", "parameters"});
    items.push_back({{"検査規則集", "Rule sets"}, "", "rulesets"});
    items.push_back({{"検査できる範囲", "What can be checked"}, "", "clouds"});
    items.push_back({{"用語", "Words"}, "", "words"});
    made_.list(std::move(items));
  }

  void changes(const std::vector<check::book_change>& all) {
    made_.heading(2, {"前の版からの変更", "What changed"}, "changes");
    if (all.empty()) made_.paragraph({"変更はない。", "Nothing changed."});
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : all) {
      localized_text what = one.kind == check::change_kind::changed ? one.what : word_of(one.kind);
      rows.push_back({code_cell(one.subject), {one.title}, {what}, {one.before}, {one.after}});
    }
    if (!rows.empty()) made_.table({}, {{{"対象", "subject"}}, {{"件名", "title"}}, {{"変更", "change"}}, {{"前", "before"}}, {{"後", "after"}}}, std::move(rows));
  }

  void write(const chapter& of) {
    made_.heading(2, of.title, of.anchor());
    for (auto* row : of.rows) rule(*row);
  }

  void rule(const check::matrix_row& row) {
    const rules::rule& of = *row.rule->source;
    const localized_text title = rules::text_of(of.title);
    made_.heading(3, {of.id.text + " " + title.in("ja"), of.id.text + " " + title.in("en")}, anchor_of(row.rule->full_id)).sought = true;
    std::vector<std::vector<page_cell>> terms;
    auto term = [&](localized_text name, page_cell what) { terms.push_back({{std::move(name)}, std::move(what)}); };
    const word_pair level = word_of(of.level);
    term({"識別名", "id"}, code_cell(row.rule->full_id));
    term({"重大度", "severity"}, {{std::string(level.ja), std::string(level.en)}});
    term({"対象", "applies to"}, {subjects(*row.rule)});
    term({"目的", "why"}, {rules::text_of(of.why)});
    const localized_text asked = required(of);
    if (!empty(asked)) term({"求めること", "requirement"}, {asked});
    const check::rule_reads reads = check::reads_of(*row.rule);
    localized_text fields;
    for (const std::string_view field : {"zone", "classification", "environment"}) {
      if (reads.scope.count(std::string(field)) != 0) add(fields, field_word(field));
    }
    if (!empty(fields)) term({"適用単位の記載", "depends on the scope"}, {{fields.ja + "による", "its " + fields.en}, {}, "prepare-scope"});
    page_cell values = parameters(*row.rule, reads, row.ruleset);
    if (!values.items.empty()) term({"パラメータ", "parameters"}, std::move(values));
    term({"是正", "fix"}, fix_cell(rules::text_of(of.fix)));
    term({"例外措置", "waiver"}, {waiver_words(of.waiver)});
    term({"関連条項", "related clauses"}, clauses(*row.rule));
    term({"検査できるクラウド", "can be checked on"}, clouds(row));
    made_.terms(std::move(terms));
  }

  localized_text subjects(const rules::checked_rule& of) const {
    localized_text all;
    for (auto& variant : of.variants) {
      if (variant.kind != nullptr) add(all, variant.kind->title);
      for (auto& type : variant.types) add(all, {type, type});
    }
    return all;
  }

  static localized_text required(const rules::rule& of) {
    localized_text all;
    std::vector<std::string> said;
    for (auto& subject : of.subjects) {
      for (auto& one : subject.asserts) {
        const localized_text words = rules::text_of(one.required);
        if (empty(words) || std::find(said.begin(), said.end(), words.in("ja")) != said.end()) continue;   // once, however many kinds are asked it
        said.push_back(words.in("ja"));
        add(all, words, "\n", "\n");
      }
    }
    return all;
  }

  page_cell parameters(const rules::checked_rule& of, const check::rule_reads& reads, const std::string& ruleset) {
    page_cell all;
    for (auto& name : reads.parameters) {
      const auto found = parameters_.find(ruleset + "/" + name);
      if (found == parameters_.end()) continue;
      readers_[found->first].push_back(of.source->id.text);
      const localized_text way = direction_words(found->second->direction, found->second->initial.json), held = value_words(found->second->initial.json);
      std::vector<page_cell>& item = all.items.emplace_back();
      const localized_text title = rules::text_of(found->second->title);
      if (!empty(title)) item = {{title, {}, parameter_anchor(found->first)}, {{" ", " "}}};
      item.push_back(code_cell(found->first));   // as people write it
      if (empty(title)) item.back().link = parameter_anchor(found->first);
      item.push_back({{": " + held.ja + "(" + way.ja + ")", ": " + held.en + " (" + way.en + ")"}});
    }
    return all;
  }

  localized_text title_of_standard(const std::string& id) const {
    const auto found = standards_.find(id);
    if (found == standards_.end()) return {id, id};
    const localized_text title = rules::text_of(found->second->title);
    if (found->second->superseded_by.empty()) return {title.in("ja"), title.in("en")};
    const auto newer = standards_.find(found->second->superseded_by);
    const localized_text by = newer == standards_.end() ? localized_text{found->second->superseded_by, found->second->superseded_by} : rules::text_of(newer->second->title);
    return {title.in("ja") + "(旧版。新しい版: " + by.in("ja") + ")", title.in("en") + " (superseded by: " + by.in("en") + ")"};
  }

  // An item for each standard, as long as its clauses stand together.
  page_cell clauses(const rules::checked_rule& of) const {
    page_cell all;
    std::string last;
    std::uint64_t left_out = 0;
    for (auto& one : of.clauses) {
      if (!one.verified && !options_.unverified_clauses) {
        ++left_out;
        continue;
      }
      localized_text text = {one.clause + " " + one.title.in("ja"), one.clause + " " + one.title.in("en")};
      if (!one.verified) text = {text.ja + "(番号は未照合)", text.en + " (number not checked)"};
      if (all.items.empty() || last != one.standard) {
        const localized_text title = title_of_standard(one.standard);
        all.items.push_back({{{title.ja + ": " + text.ja, title.en + ": " + text.en}}});
        last = one.standard;
      } else {
        add(all.items.back().front().words, text);
      }
    }
    if (left_out > 0) all.items.push_back({{{"ほかに、番号を出典と照合していない条項 " + grouped(left_out) + " 件", "plus clauses whose numbers were not checked: " + grouped(left_out)}}});
    return all.items.empty() ? page_cell{{"なし", "none"}} : all;
  }

  static page_cell clouds(const check::matrix_row& row) {
    page_cell all;
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const check::matrix_cell& cell = row.cells[cloud];
      const word_pair answer = word_of(cell.answer);
      const localized_text title = cloud_title(cloud);
      localized_text words = {title.ja + ": " + std::string(answer.ja), title.en + ": " + std::string(answer.en)};
      if (has_reason(cell.answer)) words = {words.ja + "。" + cell.gap.in("ja"), words.en + ". " + cell.gap.in("en")};
      if (cell.answer == check::matrix_answer::needs_register) {
        const localized_text registers = titles_of_registers(cell.registers);
        words = {words.ja + "(" + registers.ja + ")", words.en + " (" + registers.en + ")"};
      }
      all.items.push_back({{words}});
    }
    return all;
  }

  void parameter_table() {
    made_.heading(2, {"パラメータ一覧", "Parameters"}, "parameters");
    made_.paragraph({"適用単位は、ここに示す方向にだけ値を変えられる。", "A scope may change a value in the direction told here, and in no other."});
    std::vector<std::vector<page_cell>> rows;
    for (auto& document : model_.documents->rulesets) {
      for (auto& one : document.parameters) {
        const std::string full = document.id.text + "/" + one.name.text;
        page_cell used;
        for (auto& rule : readers_[full]) add(used.words, {rule, rule});
        const localized_text title = rules::text_of(one.title);
        page_cell id = code_cell(full);
        if (!empty(title)) id = {title, {}, {}, false, {}, {}, {{{" ", " "}}, code_cell(full)}};
        id.anchor = parameter_anchor(full);
        rows.push_back({std::move(id), {type_words(one.type.text), "short"}, {value_words(one.initial.json)}, {direction_words(one.direction, one.initial.json)}, {basis_words(one), "short"}, std::move(used)});
      }
    }
    made_.table({}, {{{"名称", "name"}}, {{"型", "type"}}, {{"既定値", "default"}}, {{"変更できる方向", "direction"}}, {{"根拠と時点", "basis and day"}}, {{"検査規則", "rules"}}}, std::move(rows));
  }

  const rules::model& model_;
  const check::control_matrix& matrix_;
  const book_options& options_;
  page_document made_{{"検査規則解説書", "Rule book"}};
  std::vector<chapter> chapters_;
  std::map<std::string, const rules::standard*> standards_;
  std::map<std::string, const rules::parameter*> parameters_;          // "baseline.network/admin_ports"
  std::map<std::string, std::vector<std::string>> readers_;            // ids of the rules that read it
};

}  // namespace

page_document book_document(const rules::model& model, const check::control_matrix& matrix, const book_options& options) { return book(model, matrix, options).write(); }

}  // namespace sekimori
