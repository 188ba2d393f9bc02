// report: see book.hpp. A chapter for each category, in the order in which the rule sets have them.
#include "report/book/book.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/book/book_words.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "report/visible.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

struct chapter {
  std::string category;
  localized_text title;                       // of its rule sets
  std::vector<const check::matrix_row*> rows;
};

std::string anchor_of(std::string_view id) {
  std::string made;
  for (char c : id) made += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-';
  return made;
}

void add(localized_text& to, const localized_text& more, std::string_view ja = "、", std::string_view en = ", ") {
  to.ja += (to.ja.empty() ? "" : std::string(ja)) + more.in("ja");
  to.en += (to.en.empty() ? "" : std::string(en)) + more.in("en");
}

bool empty(const localized_text& text) { return text.ja.empty() && text.en.empty(); }

class book {
 public:
  book(const rules::model& model, const check::control_matrix& matrix, const book_options& options) : model_(model), matrix_(matrix), options_(options) {
    for (auto& document : model.documents->rulesets) {
      for (auto& one : document.parameters) parameters_[document.id.text + "/" + one.name.text] = &one;
    }
    for (auto& document : model.documents->standards) {
      for (auto& one : document.standards) {
        if (!one.superseded_by.empty()) superseded_.insert(one.id.text);
      }
    }
    gather();
  }

  page_document write() {
    made_.note(disclaimer());
    made_.paragraph({"検査規則 " + grouped(matrix_.rows.size()) + " 件の内容を、分類ごとに説明する。各規則の「検査できるクラウド」は、検査規則と共通種別の定義から求めている。",
                     "What " + grouped(matrix_.rows.size()) + " rules ask for, by category. The clouds of a rule are worked out from the rules and kinds themselves."});
    rulesets();
    contents();
    if (options_.changes) changes(*options_.changes);
    for (auto& one : chapters_) write(one);
    parameter_table();
    made_.heading(2, {"検査できる範囲", "What can be checked"}, "clouds");
    add_counts(made_, matrix_);
    return std::move(made_);
  }

 private:
  void gather() {
    for (auto& row : matrix_.rows) {
      const std::string& category = row.rule->source->category.text;
      auto found = std::find_if(chapters_.begin(), chapters_.end(), [&](auto& one) { return one.category == category; });
      if (found == chapters_.end()) found = chapters_.insert(found, chapter{category, {}, {}});
      const localized_text& title = model_.rulesets[row.rule->ruleset].title;
      if (found->rows.empty() || found->rows.back()->ruleset != row.ruleset) add(found->title, title);
      found->rows.push_back(&row);
    }
  }

  void rulesets() {
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : model_.rulesets) {
      const auto number = std::count_if(matrix_.rows.begin(), matrix_.rows.end(), [&](auto& row) { return row.ruleset == one.id; });
      rows.push_back({code_cell(one.id), {one.title}, plain_cell(one.version), number_of(static_cast<std::uint64_t>(number))});
    }
    made_.table({"検査規則集", "Rule sets"}, {{{"識別名", "id"}}, {{"名称", "title"}}, {{"版", "version"}}, {{"検査規則", "rules"}}}, std::move(rows));
  }

  void contents() {
    made_.heading(2, {"目次", "Contents"}, "contents");
    std::vector<page_cell> items;
    if (options_.changes) items.push_back({{"前の版からの変更", "What changed"}, "", "changes"});
    for (auto& one : chapters_) {
      items.push_back({one.title, "", "chapter-" + anchor_of(one.category)});
      for (auto* row : one.rows) {
        const rules::rule& rule = *row->rule->source;
        items.push_back({{rule.id.text + " " + rules::text_of(rule.title).in("ja"), rule.id.text + " " + rules::text_of(rule.title).in("en")}, "", anchor_of(row->rule->full_id)});
      }
    }
    items.push_back({{"パラメータ一覧", "Parameters"}, "", "parameters"});
    items.push_back({{"検査できる範囲", "What can be checked"}, "", "clouds"});
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
    made_.heading(2, of.title, "chapter-" + anchor_of(of.category));
    for (auto* row : of.rows) rule(*row);
  }

  void rule(const check::matrix_row& row) {
    const rules::rule& of = *row.rule->source;
    const localized_text title = rules::text_of(of.title);
    made_.heading(3, {of.id.text + " " + title.in("ja"), of.id.text + " " + title.in("en")}, anchor_of(row.rule->full_id));
    std::vector<std::vector<page_cell>> terms;
    auto term = [&](localized_text name, page_cell what) { terms.push_back({{std::move(name)}, std::move(what)}); };
    const word_pair level = word_of(of.level);
    term({"識別名", "id"}, code_cell(row.rule->full_id));
    term({"重大度", "severity"}, {{std::string(level.ja), std::string(level.en)}});
    term({"対象", "asked of"}, {subjects(*row.rule)});
    term({"目的", "why"}, {rules::text_of(of.why)});
    const localized_text asked = required(of);
    if (!empty(asked)) term({"求めること", "what is asked"}, {asked});
    term({"是正", "fix"}, {rules::text_of(of.fix)});
    const localized_text values = parameters(*row.rule, row.ruleset);
    if (!empty(values)) term({"パラメータ", "parameters"}, {values});
    term({"例外措置", "waiver"}, {waiver_words(of.waiver)});
    term({"関連条項", "related clauses"}, {clauses(*row.rule)});
    term({"検査できるクラウド", "clouds"}, {clouds(row)});
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
    for (auto& subject : of.subjects) {
      for (auto& one : subject.asserts) {
        const localized_text words = rules::text_of(one.required);
        if (!empty(words)) add(all, words, "\n", "\n");
      }
    }
    return all;
  }

  localized_text parameters(const rules::checked_rule& of, const std::string& ruleset) {
    localized_text all;
    for (auto& name : check::parameters_read(of)) {
      const auto found = parameters_.find(ruleset + "/" + name);
      if (found == parameters_.end()) continue;
      readers_[found->first].push_back(of.source->id.text);
      const localized_text way = direction_words(found->second->direction);
      const std::string value = name + " = " + shortened(found->second->initial.json);
      add(all, {value + "(" + way.ja + ")", value + " (" + way.en + ")"}, "\n", "\n");
    }
    return all;
  }

  localized_text clauses(const rules::checked_rule& of) const {
    localized_text all;
    std::uint64_t left_out = 0;
    for (auto& one : of.clauses) {
      if (!one.verified && !options_.unverified_clauses) {
        ++left_out;
        continue;
      }
      const std::string id = one.standard + ":" + one.clause;
      localized_text text = {id + " " + one.title.in("ja"), id + " " + one.title.in("en")};
      if (!one.verified) text = {text.ja + "(未確認)", text.en + " (unverified)"};
      if (superseded_.count(one.standard) != 0) text = {text.ja + "(旧版)", text.en + " (superseded edition)"};
      add(all, text, "\n", "\n");
    }
    if (left_out > 0) add(all, {"ほかに未確認の条項 " + grouped(left_out) + " 件", "and " + grouped(left_out) + " unverified"}, "\n", "\n");
    return empty(all) ? localized_text{"なし", "none"} : all;
  }

  static localized_text clouds(const check::matrix_row& row) {
    localized_text all;
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const word_pair answer = word_of(row.cells[cloud].answer);
      const localized_text title = cloud_title(cloud);
      add(all, {title.ja + ": " + std::string(answer.ja), title.en + ": " + std::string(answer.en)});
    }
    return all;
  }

  void parameter_table() {
    made_.heading(2, {"パラメータ一覧", "Parameters"}, "parameters");
    made_.paragraph({"適用単位は、ここに示す方向にだけ値を変えられる。", "A scope may change a value in the direction told here, and in no other."});
    std::vector<std::vector<page_cell>> rows;
    for (auto& document : model_.documents->rulesets) {
      for (auto& one : document.parameters) {
        std::string used;
        for (auto& rule : readers_[document.id.text + "/" + one.name.text]) used += (used.empty() ? "" : ", ") + rule;
        rows.push_back({code_cell(document.id.text + "/" + one.name.text), code_cell(one.type.text), code_cell(shortened(one.initial.json)), {direction_words(one.direction)}, {basis_words(one)},
                        plain_cell(used)});
      }
    }
    made_.table({}, {{{"名称", "name"}}, {{"型", "type"}}, {{"既定値", "default"}}, {{"変更できる方向", "direction"}}, {{"根拠と時点", "basis and day"}}, {{"検査規則", "rules"}}}, std::move(rows));
  }

  const rules::model& model_;
  const check::control_matrix& matrix_;
  const book_options& options_;
  page_document made_{{"検査規則解説書", "Rule book"}};
  std::vector<chapter> chapters_;
  std::set<std::string> superseded_;                                   // standards of which there is a newer edition
  std::map<std::string, const rules::parameter*> parameters_;          // "baseline.network/admin_ports"
  std::map<std::string, std::vector<std::string>> readers_;            // ids of the rules that read it
};

}  // namespace

page_document book_document(const rules::model& model, const check::control_matrix& matrix, const book_options& options) { return book(model, matrix, options).write(); }

}  // namespace sekimori
