// report: see intake_writers.hpp. First what has to be decided, then what applies, then what does not and why.
#include "report/book/book_words.hpp"
#include "report/intake/intake_words.hpp"
#include "report/intake/intake_writers.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/outline.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

using check::intake_class;
using check::intake_offer;

std::string anchor_of(std::string_view id) {
  std::string made;
  for (char c : id) made += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-';
  return made;
}

bool is_asked(const check::intake_control& of) { return of.found == intake_class::applies || of.found == intake_class::depends; }
localized_text severity_of(const check::intake_control& of) {
  const word_pair word = word_of(of.rule->source->level);
  return {std::string(word.ja), std::string(word.en)};
}

class sheet {
 public:
  explicit sheet(const check::intake_sheet& of) : of_(of), made_(title(of)) {}

  page_document write() {
    made_.note(rules_disclaimer());
    made_.paragraph({"このシステムの構築後に検査される管理策を、仕様書を書く前に示す。候補クラウドごとに、標準で備わるもの、設定が必要なもの、提供のないものを分け、決めるべき事項を先に挙げる。",
                     "What will be checked once this system stands, told before its specification is written: for each candidate cloud what is native, what has to be set and what is not offered. Decisions come first."});
    system();
    counts();
    decisions();
    overview();
    made_.heading(2, {"管理策ごとの要件", "Requirements by control"}, "controls");
    for (auto& one : of_.controls) {
      if (is_asked(one)) control(one);
    }
    others();
    return std::move(made_);
  }

 private:
  static localized_text title(const check::intake_sheet& of) {
    const localized_text name = of.organisation->title(of.node, {});
    return {"セキュリティ要件整理表: " + name.in("ja"), "Security requirements sheet: " + name.in("en")};
  }

  void system() {
    const rules::scope_node& node = of_.organisation->nodes()[of_.node];
    std::vector<std::vector<page_cell>> rows;
    const localized_text open{"未記入", "not said"};
    auto term = [&](localized_text name, const std::string& said) { rows.push_back({{std::move(name)}, {said.empty() ? open : localized_text{said, said}}}); };
    const auto& all = *of_.organisation;
    term({"識別名", "id"}, node.id.text);
    term({"所管", "owner"}, all.owner(of_.node));
    term({"区分", "zone"}, all.inherited(of_.node, &rules::scope_node::zone));
    term({"情報の格付け", "classification"}, all.inherited(of_.node, &rules::scope_node::classification));
    term({"環境", "environment"}, all.inherited(of_.node, &rules::scope_node::environment));
    term({"プロファイル", "profile"}, node.profile.text);
    term({"上位の適用単位", "under"}, node.parent);
    localized_text clouds;
    for (auto& name : of_.clouds) {
      const word_pair word = cloud_word(name);
      clouds = {clouds.ja + (clouds.ja.empty() ? "" : "、") + std::string(word.ja), clouds.en + (clouds.en.empty() ? "" : ", ") + std::string(word.en)};
    }
    rows.push_back({{{"候補クラウド", "candidate clouds"}}, {clouds}});
    rows.push_back({{{"利用する種別", "kinds used"}}, {of_.kinds.empty() ? localized_text{"限定しない(すべて)", "not limited (all)"} : localized_text{listed(of_.kinds), listed(of_.kinds)}}});
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
    made_.table({"管理策の件数", "Controls"}, {{{"扱い", "what"}}, {{"件数", "number"}}}, std::move(classes));
    for (const intake_offer one : {intake_offer::native, intake_offer::with_settings, intake_offer::never, intake_offer::not_offered, intake_offer::not_read, intake_offer::unanswered}) {
      std::vector<page_cell> row = {{word_of(one)}};
      for (std::size_t cloud = 0; cloud < of_.clouds.size(); ++cloud) row.push_back(number_of(of_.count(cloud, one)));
      offers.push_back(std::move(row));
    }
    made_.table({"適用する、又は未定の事項による管理策の、候補クラウドごとの件数", "Controls that apply or may, by candidate cloud"}, with_clouds({{{"クラウドの備え", "what the cloud has"}}}), std::move(offers));
    if (of_.kubernetes > 0) {
      made_.paragraph({"ほかに Kubernetes の規則が " + grouped(of_.kubernetes) + " 件ある。クラウドによらないため、ここには載せない。",
                       grouped(of_.kubernetes) + " more rules are about Kubernetes, whatever the cloud, and are not in this sheet."});
    }
  }

  void decisions() {
    made_.heading(2, {"決めるべき事項", "Decisions"}, "decisions");
    if (of_.decisions.empty()) made_.paragraph({"ない。", "None."});
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : of_.decisions) rows.push_back({{asked_words(one)}, {approver_of(one, of_)}, plain_cell(listed(one.rules))});
    if (!rows.empty()) made_.table({}, {{{"決めること", "what to decide"}}, {{"定める者・承認する者", "who decides or approves"}}, {{"関係する管理策", "controls"}}}, std::move(rows));
  }

  void overview() {
    made_.heading(2, {"管理策の一覧", "Controls"}, "overview");
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : of_.controls) {
      if (!is_asked(one)) continue;
      page_cell id = code_cell(one.rule->source->id.text);
      id.link = anchor_of(one.rule->full_id);
      std::vector<page_cell> row = {std::move(id), {severity_of(one)}, {word_of(one.found)}};
      for (auto& cloud : one.clouds) row.push_back({word_of(cloud.offer), style_of(cloud.offer)});
      row.push_back({rules::text_of(one.rule->source->title)});
      rows.push_back(std::move(row));
    }
    std::vector<page_cell> head = with_clouds({{{"管理策", "control"}}, {{"重大度", "severity"}}, {{"扱い", "what"}}});
    head.push_back({{"件名", "title"}});
    made_.table({}, std::move(head), std::move(rows));
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
    term({"目的", "why"}, rules::text_of(rule.why));
    term({"求めること", "what is asked"}, required_words(rule));
    if (!of.missing.empty()) {
      localized_text fields;
      for (auto& one : of.missing) fields = {fields.ja + (fields.ja.empty() ? "" : "、") + field_word(one).ja, fields.en + (fields.en.empty() ? "" : ", ") + field_word(one).en};
      term(of.found == intake_class::depends ? localized_text{"未定(これを定めるまで、適用の有無が決まらない)", "open (whether it applies depends on)"} : localized_text{"未定(求める強さがこれによる)", "open (how much it asks depends on)"}, fields);
    }
    term({"パラメータ", "parameters"}, parameter_words(of));
    term({"例外措置", "waiver"}, waiver_words(rule.waiver));
    made_.terms(std::move(rows));
    std::vector<std::vector<page_cell>> clouds;
    for (auto& one : of.clouds) clouds.push_back({{cloud_title(one.cloud)}, {word_of(one.offer), style_of(one.offer)}, {offer_words(one)}, {answered_by(one)}, {clause_words(one)}});
    made_.table({}, {{{"クラウド", "cloud"}}, {{"備え", "has"}}, {{"設定する型と属性、又は理由", "types and attributes to set, or the reason"}}, {{"検査に使う資料", "checked with"}}, {{"関連条項(確認済み)", "related clauses (verified)"}}}, std::move(clouds));
  }

  void others() {
    made_.heading(2, {"適用としなかった管理策とその理由", "Controls that are left out, and why"}, "others");
    std::vector<std::vector<page_cell>> rows;
    for (auto& one : of_.controls) {
      if (is_asked(one)) continue;
      std::string conditions;
      for (auto& text : one.conditions) conditions += (conditions.empty() ? "" : "\n") + text;
      rows.push_back({code_cell(one.rule->source->id.text), {word_of(one.found)}, {rules::text_of(one.rule->source->title)}, {{conditions, conditions}, {}, {}, true}});
    }
    if (rows.empty()) return made_.paragraph({"ない。", "None."});
    made_.table({}, {{{"管理策", "control"}}, {{"理由", "why"}}, {{"件名", "title"}}, {{"条件、又は種別", "condition, or kinds"}}}, std::move(rows));
  }

  const check::intake_sheet& of_;
  page_document made_;
};

}  // namespace

page_document intake_document(const check::intake_sheet& shown) { return sheet(shown).write(); }

page_document intake_table(const check::intake_sheet& shown) {
  page_document made({"セキュリティ要件整理表", "Security requirements sheet"});
  std::vector<std::vector<page_cell>> rows;
  for (auto& one : shown.controls) {
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
  made.table({}, {{{"管理策", "control"}}, {{"件名", "title"}}, {{"重大度", "severity"}}, {{"扱い", "what"}}, {{"未定の事項", "open"}}, {{"クラウド", "cloud"}}, {{"備え", "has"}},
                  {{"設定する型と属性、又は理由", "types and attributes to set, or the reason"}}, {{"検査に使う資料", "checked with"}}, {{"関連条項", "related clauses"}}, {{"求めること", "what is asked"}},
                  {{"パラメータ", "parameters"}}, {{"例外措置", "waiver"}}}, std::move(rows));
  return made;
}

}  // namespace sekimori
