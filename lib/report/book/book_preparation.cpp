// report: see book_preparation.hpp.
#include "report/book/book_preparation.hpp"

#include <map>
#include <tuple>

#include "check/book/rule_reads.hpp"
#include "report/book/book_values.hpp"
#include "report/book/book_words.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "rules/register_fields.hpp"

namespace sekimori {
namespace {

class preparation {
 public:
  preparation(page_document& to, const rules::model& model, const std::vector<chapter>& chapters) : to_(to), model_(model) {
    for (auto& one : chapters) {
      for (auto* row : one.rows) rows_.push_back({row, check::reads_of(*row->rule)});
    }
  }

  void write() {
    to_.heading(2, {"稼働までに用意し、決めること", "What to have ready and to decide before a system goes live"}, "prepare");
    to_.paragraph({"どの規則が当てはまるかは、システムが使う資源(各規則の「対象」)と、組織の文書に書く区分・格付け・環境で決まる。システムの概要を書いて sekimori intake を実行すると、"
                   "当てはまる規則だけを候補クラウドごとに示すセキュリティ要件整理表ができる。この章は、どのシステムでも用意し、決めておくことを示す。",
                   "Which rules are about a system is told by the resources that it uses (what each rule applies to) and by the zone, classification and environment that the organisation document says. "
                   "sekimori intake makes a requirements sheet of what a system says about itself: only the rules that are about it, for each candidate cloud. This chapter tells what any system has ready and has decided."});
    times();
    scope_fields();
    entries();
    registers();
    permissions();
    days();
  }

 private:
  struct read_row {
    const check::matrix_row* row;
    check::rule_reads reads;
  };

  static page_cell linked(const check::matrix_row& of) {
    page_cell made = plain_cell(of.rule->source->id.text);
    made.link = anchor_of(of.rule->full_id);
    return made;
  }

  template <typename Condition>
  page_cell rules_that(Condition&& condition) const {
    std::vector<page_cell> made;
    for (auto& one : rows_) {
      if (condition(one)) made.push_back(linked(*one.row));
    }
    return in_one_line(std::move(made));
  }

  void times() {
    to_.heading(3, {"いつ、何を使って検査するか", "When what is checked"}, "prepare-times");
    auto row = [](localized_text when, localized_text with, localized_text what) { return std::vector<page_cell>{{std::move(when)}, {std::move(with)}, {std::move(what)}}; };
    to_.table({}, {{{"時期", "when"}}, {{"使うもの", "with"}}, {{"すること", "what"}}},
              {row({"仕様書を書く前", "before the specification"}, {"システムの概要", "what the system says about itself"},
                   {"セキュリティ要件整理表を作り、決めるべき事項を決め、承認を得る。", "Make the requirements sheet; take its decisions, with approval."}),
               row({"構築の前、変更のたび", "before building, and before each change"}, {"構築前の資料", "plans or templates"},
                   {"違反を直してから構築する。直せないものは例外措置の許可を得る。", "Mend violations before anything is built; get a waiver for what cannot be mended."}),
               row({"稼働の前、稼働中は定期に", "before going live, and regularly afterwards"}, {"稼働中の構成の書き出し、台帳", "exports of what runs, registers"},
                   {"構築前には分からないこと、構築後に手で変えたことを見つける。", "Find what no plan tells, and what was changed by hand."}),
               row({"人事異動、契約の終わり、年度の替わり目の前", "before transfers, ends of contracts and the turn of the fiscal year"}, {"台帳、判定日時(例 4月1日)", "registers, and the day to judge for (such as 1 April)"},
                   {"止めるべきアカウント、見直すべき承認を先に知る。検査はアカウントを止めない。止めるのは運用者である。", "Know beforehand which accounts have to be stopped and what has to be approved again. The check stops no account; operators do."})});
  }

  void scope_fields() {
    to_.heading(3, {"組織の文書に書くこと(適用単位の記載)", "What the organisation document says of a scope"}, "prepare-scope");
    to_.paragraph({"組織の文書は、局、システム、環境などの適用単位を木の形に並べた一つのファイルである。所管(owner)、運用者(operator)、クラウドのアカウント(accounts)のほか、次の記載によって規則の適用の有無や求める強さが変わる(値の例: zone: lgwan、classification: confidentiality-3_availability-2、environment: prod)。"
                   "書かれていないと、それを読む規則は判定保留になることがある。",
                   "The organisation document is one file with the tree of scopes: bureaus, systems, environments. Beside owner, operator and the accounts in clouds it says what follows, on which depends whether a rule applies or how much it asks for (such as zone: lgwan, classification: confidentiality-3_availability-2, environment: prod). "
                   "Where it is not said, the rules that read it may be undetermined."});
    std::vector<std::vector<page_cell>> rows;
    for (const std::string_view field : {"zone", "classification", "environment"}) {
      page_cell name{field_word(field)};
      name.parts = {{{" ", " "}}, code_cell(std::string(field))};
      page_cell rules = rules_that([&](const read_row& one) { return one.reads.scope.count(std::string(field)) != 0; });
      if (!rules.parts.empty()) rows.push_back({std::move(name), std::move(rules)});
    }
    if (rows.empty()) return to_.paragraph({"これを読む規則はない。", "No rule reads any of it."});
    to_.table({}, {{{"記載", "what is said"}}, {{"これを読む検査規則", "rules that read it"}}}, std::move(rows));
  }

  void entries() {
    to_.heading(3, {"承認を得て登録する一覧", "Lists that are filled with approval"}, "prepare-entries");
    to_.paragraph({"適用単位ごとに、組織の文書の parameters に登録する。一件ごとに、値(value)、用途(purpose)、申請者(requester)、承認者(approver)、見直し日(review)を書く。承認者は上位の適用単位の責任者とし、申請者は自分の申請を承認できない。",
                   "Each scope fills them under parameters of the organisation document, every entry with its value, purpose, requester, approver and review date. The owner of the scope above approves; nobody approves a request of their own."});
    std::vector<std::vector<page_cell>> rows;
    for (auto& document : model_.documents->rulesets) {
      for (auto& one : document.parameters) {
        if (one.direction != rules::tighten::entry) continue;
        const localized_text title = rules::text_of(one.title);
        const std::string full = document.id.text + "/" + one.name.text;
        page_cell name = code_cell(full);
        if (!title.ja.empty() || !title.en.empty()) name = {title, {}, {}, false, {}, {}, {{{" ", " "}}, std::move(name)}};
        name.link = parameter_anchor(full);
        rows.push_back({std::move(name), rules_that([&](const read_row& of) { return of.row->ruleset == document.id.text && of.reads.parameters.count(one.name.text) != 0; })});
      }
    }
    if (rows.empty()) return to_.paragraph({"ない。", "None."});
    to_.table({}, {{{"一覧", "list"}}, {{"これを読む検査規則", "rules that read it"}}}, std::move(rows));
  }

  // Headings in the order of the register; what must not be blank says so.
  static localized_text columns(const rules::register_declaration& of) {
    localized_text made;
    for (auto& one : of.fields) {
      const bool needed = one.use != rules::presence::optional;
      made.ja += (made.ja.empty() ? "" : "、") + std::string(one.ja) + (needed ? "(必須)" : "");
      made.en += (made.en.empty() ? "" : ", ") + std::string(one.en) + (needed ? " (required)" : "");
    }
    return made;
  }

  void registers() {
    to_.heading(3, {"台帳に書くこと", "Registers"}, "prepare-registers");
    std::map<std::string, std::vector<page_cell>> by_register;
    for (auto& one : rows_) {
      std::set<std::string> names;
      for (auto& cell : one.row->cells) names.insert(cell.registers.begin(), cell.registers.end());
      for (auto& name : names) by_register[name].push_back(linked(*one.row));
    }
    std::vector<std::vector<page_cell>> rows;
    for (const rules::register_declaration* one : rules::register_declarations) {
      const std::string name(one->name);
      if (by_register.count(name) != 0) rows.push_back({{titles_of_registers({name}), {}, {}, false, {}, {}, {{{" ", " "}}, code_cell(name)}}, {columns(*one)}, in_one_line(std::move(by_register[name]))});
    }
    if (by_register.count("organisation") != 0) rows.push_back({{titles_of_registers({"organisation"})}, {}, in_one_line(std::move(by_register["organisation"]))});
    if (rows.empty()) return to_.paragraph({"台帳を読む規則はない。", "No rule reads a register."});
    to_.paragraph({"台帳(CSV など)に、稼働前の職員、契約、アカウント、システムを載せる。載っていない行や列を読む規則は、判定保留か違反になることがある。人名などの項目は、検査の結果に示さない。",
                   "Registers (CSV and the like) list people, contracts, accounts and systems before a system goes live. Rules that read a row or column which is not there may be undetermined or fail. Names of people and the like are never shown in results."});
    to_.table({}, {{{"台帳", "register"}}, {{"見出し", "headings"}}, {{"これを読む検査規則", "rules that read it"}}}, std::move(rows));
  }

  void permissions() {
    to_.heading(3, {"例外措置をだれが許可するか", "Who permits a waiver"}, "prepare-waivers");
    to_.paragraph({"例外措置は、申請者と別の者が許可し、決裁番号、理由、代替措置、開始日、終了日、見直し日とともに組織の文書に書く。期間の上限は開始日から数える。適用単位の責任者とはその適用単位の所管(owner)の職にある者、共通基盤の責任者とは共通基盤の所管の職にある者である。",
                   "A waiver is permitted by somebody other than its requester, and stands in the organisation document with the number of the decision, reason, compensating measure, first and last day and review date. The longest time counts from the first day. The owner of a scope holds the post that is its owner, the owner of the platform the post that owns the platform."});
    std::map<std::tuple<bool, std::string, std::int64_t>, std::vector<page_cell>> by_terms;   // none first
    for (auto& one : rows_) {
      const rules::waiver_terms& terms = one.row->rule->source->waiver;
      by_terms[{terms.allowed, terms.approver, terms.max_days}].push_back(linked(*one.row));
    }
    std::vector<std::vector<page_cell>> rows;
    for (auto& [key, rules] : by_terms) rows.push_back({{waiver_words({std::get<0>(key), std::get<1>(key), std::get<2>(key)}), "short"}, in_one_line(std::move(rules))});
    to_.table({}, {{{"許可する者と期間", "who, and how long"}}, {{"検査規則", "rules"}}}, std::move(rows));
  }

  void days() {
    to_.heading(3, {"期日のある求め", "What has a date to keep"}, "prepare-days");
    std::map<std::string, std::pair<const rules::parameter*, std::string>> parameters;
    for (auto& document : model_.documents->rulesets) {
      for (auto& one : document.parameters) parameters[document.id.text + "/" + one.name.text] = {&one, document.id.text};
    }
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : rows_) {
      if (!one.reads.day) continue;
      page_cell values;
      for (auto& name : one.reads.parameters) {
        const auto found = parameters.find(one.row->ruleset + "/" + name);
        if (found == parameters.end() || found->second.first->type.text != "int") continue;
        const rules::parameter& of = *found->second.first;
        localized_text title = rules::text_of(of.title);
        if (title.ja.empty() && title.en.empty()) title = {of.name.text, of.name.text};
        const localized_text held = value_words(of.initial.json);
        values.items.push_back({{title, {}, parameter_anchor(found->first)}, {{": " + held.ja, ": " + held.en}}});
      }
      page_cell id = linked(*one.row);
      id.code = true;
      rows.push_back({std::move(id), {rules::text_of(one.row->rule->source->title), "title"}, std::move(values)});
    }
    if (rows.empty()) return to_.paragraph({"判定日時を読む規則はない。", "No rule reads the day."});
    to_.paragraph({"次の規則は、検査の日(判定日時)によって結果が変わる。日数などは既定値であり、適用単位が定めたときはその値による。",
                   "What these rules come to depends on the day of the check. Days are defaults; what a scope has set goes before them."});
    to_.table({}, {{{"検査規則", "rule"}}, {{"件名", "title"}}, {{"日数など", "days and the like"}}}, std::move(rows));
  }

  page_document& to_;
  const rules::model& model_;
  std::vector<read_row> rows_;   // in the order of the book
};

}  // namespace

void add_preparation(page_document& to, const rules::model& model, const std::vector<chapter>& chapters) { preparation(to, model, chapters).write(); }

}  // namespace sekimori
