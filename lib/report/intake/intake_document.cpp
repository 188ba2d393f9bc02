// report: see intake_writers.hpp. First what has to be decided, then what applies, then what does not and why.
#include <algorithm>
#include <map>

#include "report/book/book_words.hpp"
#include "report/intake/intake_words.hpp"
#include "report/intake/intake_writers.hpp"
#include "report/matrix/chapters.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

using check::intake_class;
using check::brought;

bool is_asked(const check::intake_control& of) { return of.found == intake_class::applies || of.found == intake_class::depends; }
localized_text severity_of(const check::intake_control& of) {
  const word_pair word = word_of(of.rule->source->level);
  return {std::string(word.ja), std::string(word.en)};
}

// By the numbers of the rules.
std::vector<const check::intake_control*> in_order(const check::intake_sheet& of) {
  std::vector<const check::intake_control*> made;
  for (auto& one : of.controls) made.push_back(&one);
  std::stable_sort(made.begin(), made.end(), [](auto* a, auto* b) { return number_before(a->rule->source->id.text, b->rule->source->id.text); });
  return made;
}

class sheet {
 public:
  explicit sheet(const check::intake_sheet& of) : of_(of), controls_(in_order(of)), made_(title(of)) {
    for (auto& one : of.kinds) kinds_[one.name] = one.title;
    for (auto* one : controls_) by_id_[one->rule->source->id.text] = one;
  }

  page_document write() {
    made_.note(rules_disclaimer());
    made_.paragraph({"このシステムに求める管理策(検査規則)を、仕様書を書く前に示す。候補クラウドごとに、初期設定のまま満たすもの、設定が必要なもの、提供のないものなどに分け、決めるべき事項を先に挙げる。",
                     "The controls (check rules) that this system will be asked for, before its specification is written: for each candidate cloud, what the default settings meet, what needs settings, what is not offered. Decisions come first."});
    if (of_.limited) {
      made_.paragraph({"本表は「利用する種別」に挙げたものだけを見る。挙げていないものまで見ると答えが変わる欄には、その答えを「全種別では」として添える(「クラウド別の対応区分」の答えと同じ)。種別に挙げていないため一覧から外れた管理策は「種別に挙げていないもの」に示す。",
                       "This sheet looks only at the components that are declared. Where the answer differs for all components, that answer is added as `for all components` (it is the one of `How each rule is met on each cloud`). Controls that are left out because no such component is declared are listed under `Components that are not declared`."});
    }
    contents();
    system();
    counts();
    decisions();
    not_declared();
    overview();
    made_.heading(2, {"管理策ごとの要件", "Requirements by control"}, "controls");
    for (auto* one : controls_) {
      if (is_asked(*one)) control(*one);
    }
    others();
    return std::move(made_);
  }

 private:
  static localized_text title(const check::intake_sheet& of) {
    const localized_text name = of.organisation->title(of.node, {});
    return {"セキュリティ要件整理表: " + name.in("ja"), "Security requirements sheet: " + name.in("en")};
  }

  void contents() {
    std::vector<page_cell> items;
    auto item = [&](localized_text words, std::string anchor) { items.push_back({std::move(words), {}, std::move(anchor)}); };
    item({"概要", "Summary"}, "summary");
    item({"決めるべき事項", "Decisions"}, "decisions");
    if (of_.limited) item({"種別に挙げていないもの", "Components that are not declared"}, "not-declared");
    item({"管理策の一覧", "Controls"}, "overview");
    item({"管理策ごとの要件", "Requirements by control"}, "controls");
    item({"対象としなかった管理策とその理由", "Controls that are left out, and why"}, "others");
    made_.list(std::move(items));
  }

  void system() {
    const rules::scope_node& node = of_.organisation->nodes()[of_.node];
    std::vector<std::vector<page_cell>> rows;
    auto term = [&](localized_text name, const localized_text& said) {
      rows.push_back({{std::move(name)}, {said.ja.empty() && said.en.empty() ? localized_text{"未記入", "not stated"} : said}});
    };
    // The title of what is said by id.
    auto titled = [](const localized_text& title, const std::string& id) {
      if (id.empty() || (title.ja.empty() && title.en.empty())) return localized_text{id, id};
      return localized_text{title.in("ja") + "（" + id + "）", title.in("en") + " (" + id + ")"};
    };
    const auto& all = *of_.organisation;
    term({"識別名", "identifier"}, {node.id.text, node.id.text});
    term({"所管", "owner"}, {all.owner(of_.node), all.owner(of_.node)});
    term({"ネットワークの区分", "network zone"}, zone_word(all.inherited(of_.node, &rules::scope_node::zone)));
    term({"情報の格付け", "classification"}, classification_word(all.inherited(of_.node, &rules::scope_node::classification)));
    term({"環境", "environment"}, environment_word(all.inherited(of_.node, &rules::scope_node::environment)));
    term({"プロファイル(規則の選び方)", "profile (which rules are chosen)"}, titled(of_.profile_title, node.profile.text));
    term({"上位の適用単位", "parent unit"}, titled(of_.under_title, node.parent));
    localized_text clouds, kinds;
    for (auto& name : of_.clouds) {
      const word_pair word = cloud_word(name);
      clouds = {clouds.ja + (clouds.ja.empty() ? "" : "、") + std::string(word.ja), clouds.en + (clouds.en.empty() ? "" : ", ") + std::string(word.en)};
    }
    rows.push_back({{{"候補クラウド", "candidate clouds"}}, {clouds}});
    for (auto& one : of_.kinds) {
      if (!one.named) continue;
      const localized_text told = titled(one.title, one.name);
      kinds = {kinds.ja + (kinds.ja.empty() ? "" : "、") + told.ja, kinds.en + (kinds.en.empty() ? "" : ", ") + told.en};
    }
    rows.push_back({{{"利用する種別", "components declared"}}, {of_.limited ? kinds : localized_text{"限定しない(すべて)", "not limited (all)"}}});
    made_.terms(std::move(rows));
  }

  std::vector<page_cell> with_clouds(std::vector<page_cell> head) const {
    for (auto& name : of_.clouds) {
      const word_pair word = cloud_word(name);
      head.push_back({{std::string(word.ja), std::string(word.en)}});
    }
    return head;
  }

  void counts() {
    made_.heading(2, {"概要", "Summary"}, "summary");
    std::vector<std::vector<page_cell>> classes, offers;
    for (const intake_class one : {intake_class::applies, intake_class::depends, intake_class::does_not_apply, intake_class::not_used, intake_class::not_adopted}) classes.push_back({{word_of(one)}, number_of(of_.count(one))});
    made_.table({"管理策の件数", "Controls"}, {{{"扱い", "treatment"}}, {{"件数", "number"}}}, std::move(classes));
    for (const brought one : check::brought_answers) {
      std::vector<page_cell> row = {{word_of(one), std::string(style_of(one))}, {meaning_of(one), "title"}};
      for (std::size_t cloud = 0; cloud < of_.clouds.size(); ++cloud) row.push_back(number_of(of_.count(cloud, one)));
      offers.push_back(std::move(row));
    }
    made_.table({"対象とする、又は未定の事項による管理策の、候補クラウドごとの件数", "Controls that are in scope or may be, by candidate cloud"}, with_clouds({{{"クラウドの備え", "how it is met"}}, {{"意味", "meaning"}}}), std::move(offers));
    if (of_.kubernetes > 0) {
      made_.paragraph({"ほかに Kubernetes の規則が " + grouped(of_.kubernetes) + " 件ある。クラウドによらないため、ここには載せない。",
                       grouped(of_.kubernetes) + " more rules are about Kubernetes, whatever the cloud, and are not in this sheet."});
    }
  }

  // A form: what is decided, by when and where to is for those who fill it in.
  void decisions() {
    made_.heading(2, {"決めるべき事項", "Decisions"}, "decisions");
    if (of_.decisions.empty()) return made_.paragraph({"ない。", "None."});
    made_.paragraph({"種類ごとに、重大な管理策に関わるものから並べる。重大度は、関係する管理策のうち最も高いものである。「決定」「期限」「回答の送り先」は記入欄である。", "By what they are about, those of the gravest controls first; the severity is that of the gravest. Decision, due date and where to send it are for you to fill in."});
    std::vector<std::vector<page_cell>> rows;
    std::size_t number = 0;
    for (auto& one : of_.decisions) {
      page_cell rules{{}, "title"};
      const bool listed_below = one.what == check::intake_decision::about::kinds;   // in a table of their own
      if (listed_below) {
        const std::string count = grouped(one.rules.size());
        rules = {{count + " 件。「種別に挙げていないもの」に示す", count + ", listed under: Components that are not declared"}, "title", "not-declared"};
      }
      for (auto& id : one.rules) {
        if (listed_below) break;
        const auto found = by_id_.find(id);
        if (found == by_id_.end()) continue;
        page_cell shown = code_cell(id);
        if (is_asked(*found->second)) shown.link = anchor_of(found->second->rule->full_id);
        const localized_text title = rules::text_of(found->second->rule->source->title);
        rules.items.push_back({std::move(shown), {{" " + title.in("ja"), " " + title.in("en")}}});
      }
      const bool named = one.what == check::intake_decision::about::entries || one.what == check::intake_decision::about::missing;
      page_cell what{asked_words(one), "title"};
      if (named) what.parts = {{{" ", " "}}, code_cell(one.subject)};
      const word_pair level = word_of(one.level);
      rows.push_back({number_of(++number), std::move(what), {{std::string(level.ja), std::string(level.en)}}, {approver_of(one, of_)}, std::move(rules), {{}, "fill"}, {{}, "fill"}, {{}, "fill"}});
    }
    made_.table({}, {{{"番号", "no."}}, {{"決めること", "what to decide"}}, {{"重大度", "severity"}}, {{"定める者・承認する者", "decided or approved by"}}, {{"関係する管理策", "controls"}},
                     {{"決定(記入欄)", "decision (to fill in)"}}, {{"期限(記入欄)", "due date (to fill in)"}}, {{"回答の送り先(記入欄)", "send to (to fill in)"}}}, std::move(rows));
  }

  localized_text kinds_of(const check::intake_control& of) const {
    localized_text all;
    for (auto& name : of.conditions) {
      const auto found = kinds_.find(name);
      const localized_text title = found == kinds_.end() ? localized_text{name, name} : localized_text{found->second.in("ja") + "（" + name + "）", found->second.in("en") + " (" + name + ")"};
      all = {all.ja + (all.ja.empty() ? "" : "、") + title.ja, all.en + (all.en.empty() ? "" : ", ") + title.en};
    }
    return all;
  }

  // What the sheet would grow by, in the open: nobody may take it for what does not concern the system.
  void not_declared() {
    if (!of_.limited) return;
    made_.heading(2, {"種別に挙げていないもの", "Components that are not declared"}, "not-declared");
    std::vector<const check::intake_control*> left;
    for (auto* one : controls_) {
      if (one->found == intake_class::not_used) left.push_back(one);
    }
    std::stable_sort(left.begin(), left.end(), [](auto* a, auto* b) { return a->rule->source->level > b->rule->source->level; });
    const auto critical = static_cast<std::uint64_t>(std::count_if(left.begin(), left.end(), [](auto* one) { return one->rule->source->level == severity::critical; }));
    made_.paragraph({"次の管理策 " + grouped(left.size()) + " 件(うち重大 " + grouped(critical) + " 件)は、利用する種別に対象が挙げられていないため、下の一覧から外れている。対象とならないという意味ではない。使うものがあれば、その種別を加えてこの表を作り直す。",
                     "Controls that are left out below, as no component that they are about is declared: " + grouped(left.size()) + " (critical: " + grouped(critical) + "). That does not mean that they do not matter: declare what is used, and make this sheet again."});
    std::vector<std::vector<page_cell>> rows, kinds;
    for (auto* one : left) rows.push_back({code_cell(one->rule->source->id.text), {severity_of(*one)}, {rules::text_of(one->rule->source->title), "title"}, {kinds_of(*one)}});
    if (!rows.empty()) made_.table({"一覧から外れた管理策(重大なものから)", "Controls that are left out, most severe first"}, {{{"管理策", "control"}}, {{"重大度", "severity"}}, {{"件名", "title"}}, {{"使うなら加える種別", "component to declare if used"}}}, std::move(rows));
    for (auto& one : of_.kinds) kinds.push_back({code_cell(one.name), {one.title}, {one.named ? localized_text{"記載あり", "declared"} : localized_text{"記載なし", "not declared"}}});
    made_.table({"種別の一覧", "Components that can be declared"}, {{{"種別", "component"}}, {{"名称", "title"}}, {{"このシステムの記載", "of this system"}}}, std::move(kinds)).folded = true;
  }

  void overview() {
    made_.heading(2, {"管理策の一覧", "Controls"}, "overview");
    std::vector<std::vector<page_cell>> rows;
    for (auto* control : controls_) {
      const check::intake_control& one = *control;
      if (!is_asked(one)) continue;
      page_cell id = code_cell(one.rule->source->id.text);
      id.link = anchor_of(one.rule->full_id);
      std::vector<page_cell> row = {std::move(id), {rules::text_of(one.rule->source->title), "title"}, {severity_of(one)}, {word_of(one.found)}};
      for (auto& cloud : one.clouds) row.push_back(answer_of(cloud));
      rows.push_back(std::move(row));
    }
    std::vector<page_cell> head = with_clouds({{{"管理策", "control"}}, {{"件名", "title"}}, {{"重大度", "severity"}}, {{"扱い", "treatment"}}});
    made_.table({}, std::move(head), std::move(rows));
  }

  // With the answer for all kinds where it is another one.
  static page_cell answer_of(const check::intake_cloud& of) {
    localized_text words = word_of(of.offer);
    if (of.offer != of.of_all_kinds) {
      const localized_text all = word_of(of.of_all_kinds);
      words = {words.ja + "\n全種別では: " + all.ja, words.en + "\nfor all components: " + all.en};
    }
    return {std::move(words), std::string(style_of(of.offer))};
  }

  void control(const check::intake_control& of) {
    const rules::rule& rule = *of.rule->source;
    const localized_text name = rules::text_of(rule.title);
    made_.heading(3, {rule.id.text + " " + name.in("ja"), rule.id.text + " " + name.in("en")}, anchor_of(of.rule->full_id));
    std::vector<std::vector<page_cell>> rows;
    auto term = [&](localized_text word, localized_text what) {
      if (!what.ja.empty() || !what.en.empty()) rows.push_back({{std::move(word)}, {std::move(what)}});
    };
    term({"重大度", "severity"}, severity_of(of));
    term({"目的", "purpose"}, rules::text_of(rule.why));
    term({"求めること", "requirement"}, required_words(rule));
    if (!of.missing.empty()) {
      localized_text fields;
      for (auto& one : of.missing) fields = {fields.ja + (fields.ja.empty() ? "" : "、") + field_word(one).ja, fields.en + (fields.en.empty() ? "" : ", ") + field_word(one).en};
      term(of.found == intake_class::depends ? localized_text{"未定(これを定めるまで、対象かどうかが決まらない)", "pending (whether it is in scope depends on)"} : localized_text{"未定(求める強さがこれによる)", "pending (how much it asks depends on)"}, fields);
    }
    term({"パラメータ", "parameters"}, parameter_words(of));
    term({"例外措置", "waiver"}, waiver_words(rule.waiver));
    term({"関連条項(番号と主題だけを出典と照合済み)", "related clauses (number and subject compared with the source)"}, clause_words(of));
    made_.terms(std::move(rows));
    std::vector<std::vector<page_cell>> clouds;
    for (auto& one : of.clouds) clouds.push_back({{cloud_title(one.cloud)}, answer_of(one), {offer_words(one)}, {answered_by(one)}});
    made_.table({}, {{{"クラウド", "cloud"}}, {{"備え", "how it is met"}}, {{"設定する型と属性、又は理由", "types and attributes to set, or the reason"}}, {{"検査に使う資料", "checked from"}}}, std::move(clouds));
  }

  void others() {
    made_.heading(2, {"対象としなかった管理策とその理由", "Controls that are left out, and why"}, "others");
    std::vector<std::vector<page_cell>> rows;
    for (auto* control : controls_) {
      const check::intake_control& one = *control;
      if (is_asked(one) || one.found == intake_class::not_used) continue;   // the latter stand in a table of their own
      std::string conditions;
      for (auto& text : one.conditions) conditions += (conditions.empty() ? "" : "\n") + text;
      rows.push_back({code_cell(one.rule->source->id.text), {rules::text_of(one.rule->source->title)}, {severity_of(one)}, {word_of(one.found)}, {{conditions, conditions}, {}, {}, true}});
    }
    if (rows.empty()) return made_.paragraph({"ない。", "None."});
    made_.table({}, {{{"管理策", "control"}}, {{"件名", "title"}}, {{"重大度", "severity"}}, {{"扱い", "treatment"}}, {{"条件", "condition"}}}, std::move(rows));
  }

  const check::intake_sheet& of_;
  std::vector<const check::intake_control*> controls_;
  std::map<std::string, localized_text> kinds_;
  std::map<std::string, const check::intake_control*> by_id_;
  page_document made_;
};

}  // namespace

page_document intake_document(const check::intake_sheet& shown) { return sheet(shown).write(); }

page_document intake_table(const check::intake_sheet& shown) {
  page_document made({"セキュリティ要件整理表", "Security requirements sheet"});
  std::vector<std::vector<page_cell>> rows;
  for (auto* control : in_order(shown)) {
    const check::intake_control& one = *control;
    const rules::rule& rule = *one.rule->source;
    localized_text missing;
    for (auto& field : one.missing) missing = {missing.ja + (missing.ja.empty() ? "" : "、") + field_word(field).ja, missing.en + (missing.en.empty() ? "" : ", ") + field_word(field).en};
    const std::vector<page_cell> begin = {plain_cell(one.rule->full_id), {rules::text_of(rule.title)}, {severity_of(one)}, {word_of(one.found)}, {missing}};
    const std::vector<page_cell> shared = {{required_words(rule)}, {parameter_words(one)}, {waiver_words(rule.waiver)}};
    auto add = [&](std::vector<page_cell> cloud) {
      std::vector<page_cell> row = begin;
      row.insert(row.end(), cloud.begin(), cloud.end());
      row.insert(row.end(), shared.begin(), shared.end());
      rows.push_back(std::move(row));
    };
    for (auto& cloud : one.clouds) add({{cloud_title(cloud.cloud)}, {word_of(cloud.offer)}, {offer_words(cloud)}, {answered_by(cloud)}, {clause_words(cloud)}});
    if (one.clouds.empty()) add({{}, {}, {}, {}, {}});
  }
  made.table({}, {{{"管理策", "control"}}, {{"件名", "title"}}, {{"重大度", "severity"}}, {{"扱い", "treatment"}}, {{"未定の事項", "pending"}}, {{"クラウド", "cloud"}}, {{"備え", "how it is met"}},
                  {{"設定する型と属性、又は理由", "types and attributes to set, or the reason"}}, {{"検査に使う資料", "checked from"}}, {{"関連条項", "related clauses"}}, {{"求めること", "requirement"}},
                  {{"パラメータ", "parameters"}}, {{"例外措置", "waiver"}}}, std::move(rows));
  return made;
}

}  // namespace sekimori
