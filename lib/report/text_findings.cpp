// report: the findings as a terminal shows them, most severe first, by rule, then by resource. Entry point:
// text_report::write. Knows no other format.
#include "base/words.hpp"
#include "report/clause_words.hpp"
#include "report/fix_text.hpp"
#include "report/text.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

text_style style_of(severity level) {
  switch (level) {
    case severity::critical:
    case severity::high: return text_style::red;
    case severity::medium: return text_style::yellow;
    case severity::low:
    case severity::info: return text_style::blue;
  }
  return text_style::plain;
}

}  // namespace

void text_report::write() {
  opening();
  examined();
  not_looked_at();
  outcome();
  violations();
  undetermined();
  errors();
  waived();
  others();
  waivers();
  counts();
  record();
  closing();
}

std::string text_report::who(const finding& found) const {
  if (found.scope.empty() && found.owner.empty() && found.operated_by.empty()) {
    // Without an organisation document nothing can be known; the record at the end says that there was none.
    return report_.scopes.empty() ? "" : say("適用単位・所管・運用者は不明", "scope, owner and operator not known");
  }
  std::string text;
  auto add = [&](std::string_view label, const std::string& name) {
    if (!text.empty()) text += say("、", ", ");
    text += std::string(label) + " " + (name.empty() ? say("不明", "not known") : name);
  };
  add(say("適用単位", "scope"), found.scope.empty() && found.scope_title.ja.empty() && found.scope_title.en.empty() ? "" : paths_.of(found).in(language_));
  add(say("所管", "owner"), found.owner);
  add(say("運用者", "operator"), found.operated_by);
  return text;
}

void text_report::rule_line(const rule_group& group) {
  page_.blank();
  const std::string count = language_ == "ja" ? "  " + grouped(group.findings.size()) + " 件"
                                              : "  (" + grouped(group.findings.size()) + ")";
  page_.paragraph(2, 4, {{"[" + std::string(word_of(group.level).in(language_)) + "] ", style_of(group.level)},
                         {group.name + " ", text_style::plain},
                         {group.first().about().title.in(language_), text_style::bold},
                         {count, text_style::plain}});
}

void text_report::rule_advice(const rule_group& group) {
  const finding& found = group.first();
  const std::uint32_t label = language_ == "ja" ? 8 : 7;
  const std::string& why = found.about().why_it_matters.in(language_);
  const std::string fix = fix_for(found.about().fix, clouds_of(group)).in(language_);
  if (!why.empty()) page_.labelled(4, label, say("理由", "why"), why);
  const std::string& required = found.required.in(language_);
  if (!required.empty()) page_.labelled(4, label, say("求め", "asked"), required);
  if (!fix.empty()) page_.labelled(4, label, say("対処", "fix"), fix);
  std::string clauses;
  for (const clause_reference& clause : found.about().clauses) {
    if (!clause.verified) continue;
    if (!clauses.empty()) clauses += say("、", ", ");
    clauses += std::string(standard_word(clause.standard).in(language_)) + " " + clause.clause;
    const std::string& title = clause.title.in(language_);
    if (!title.empty()) clauses += " " + title;
  }
  if (!clauses.empty()) page_.labelled(4, label, say("関連", "clause"), clauses);
}

void text_report::resource_line(const finding& found) {
  std::vector<text_run> runs = {{"- ", text_style::plain}, {visible(found.resource.address), text_style::bold}};
  if (found.state == disposition::disputed) {
    runs.push_back({" [" + std::string(word_of(found.state).in(language_)) + "]", text_style::yellow});
  }
  if (found.baseline != baseline_state::none) runs.push_back({" [" + standing_of(found).in(language_) + "]", found.known ? text_style::dim : text_style::yellow});
  page_.paragraph(4, 8, runs);
  std::string place = found.location.file.empty() ? found.input : found.location.file;
  if (found.location.line > 0) {
    place += ":" + std::to_string(found.location.line);
    if (found.location.column > 0) place += ":" + std::to_string(found.location.column);
  }
  const std::string responsible = who(found);
  if (!responsible.empty()) page_.paragraph(6, 8, {{responsible, text_style::plain}});
  const bool worth_saying = found.location.line > 0 || report_.inputs.size() != 1;
  if (!place.empty() && worth_saying) page_.paragraph(6, 8, {{visible(place), text_style::dim}});
  const std::string& message = found.message.in(language_);
  if (!message.empty()) page_.paragraph(6, 6, {{message, text_style::plain}});
}

void text_report::evidence(const finding& found) {
  for (const localized_text& one : forecast_of(found)) page_.paragraph(6, 8, {{one.in(language_), text_style::yellow}});
  for (const explained_clause& clause : found.why) {
    if (clause.actual.empty() && clause.expected.empty() && !clause.masked) continue;
    std::string line = visible(clause.path.empty() ? clause.clause : clause.path);
    if (clause.masked) {
      line += say(" = (秘密の値のため表示しません)", " = (not shown: a secret)");
    } else {
      if (!clause.actual.empty()) line += " = " + visible(shortened(clause.actual));
      if (!clause.expected.empty()) line += say("  (比較先: ", "  (compared with: ") + visible(shortened(clause.expected)) + ")";
    }
    page_.paragraph(6, 8, {{line, text_style::plain}});
  }
  for (const std::string& assumption : found.assumes) {
    page_.paragraph(6, 8, {{say("次の宣言を前提とする: ", "rests on a declaration: ") + assumption, text_style::yellow}});
  }
}

void text_report::violations() {
  heading("違反(要対応)", "Violations that need action");
  if (outline_.violations.empty()) {
    page_.paragraph(2, report_.summary.examined.mapped > 0 ? say("検査した範囲では、ありません。", "None in what was examined.")
                                                            : say("検査した資源がないため、分かりません。", "Not known: no resource was examined."));
  }
  for (const rule_group& group : outline_.violations) {
    rule_line(group);
    rule_advice(group);
    for (const finding* found : group.findings) {
      resource_line(*found);
      evidence(*found);
    }
  }
  if (report_.summary.not_listed > 0) {
    page_.blank();
    page_.paragraph(2, language_ == "ja" ? "ほかに一覧に載せていない検出事項が " + grouped(report_.summary.not_listed) + " 件あります。"
                                         : grouped(report_.summary.not_listed) + " more findings are counted but not listed.",
                    text_style::yellow);
  }
}

void text_report::undetermined() {
  if (outline_.undetermined.empty()) return;
  heading("判定保留(情報不足): 何があれば判定できるか", "Undetermined: what would settle it");
  for (const settle_group& settle : outline_.undetermined) {
    page_.blank();
    page_.paragraph(2, 4, {{std::string(word_of(settle.settle).in(language_)), text_style::bold},
                           {language_ == "ja" ? "  " + grouped(settle.total) + " 件" : "  (" + grouped(settle.total) + ")",
                            text_style::plain}});
    page_.paragraph(4, advice_of(settle.settle).in(language_));
    for (const rule_group& group : settle.rules) {
      rule_line(group);
      for (const finding* found : group.findings) {
        resource_line(*found);
        for (const unknown_item& item : found->unknown) {
          page_.paragraph(6, 8, {{visible((item.resource.empty() ? "" : item.resource + " # ") + item.path) + ": ", text_style::plain},
                                 {std::string(reason_word(item.reason).in(language_)), text_style::yellow}});
        }
        evidence(*found);
        if (found->residual.empty()) continue;
        page_.paragraph(6, 8, {{say("次の式が真になれば充足: ", "satisfied once this is true: "), text_style::dim},
                               {visible(brief(found->residual)), text_style::plain}});
      }
    }
  }
}

void text_report::errors() {
  if (outline_.errors.empty()) return;
  heading("評価エラー", "Evaluation errors");
  for (const rule_group& group : outline_.errors) {
    rule_line(group);
    for (const finding* found : group.findings) {
      resource_line(*found);
      if (!found->error.empty()) page_.paragraph(6, 8, {{found->error, text_style::red}});
      evidence(*found);
    }
  }
}

void text_report::waived() {
  if (outline_.waived.empty()) return;
  heading("例外措置中の違反", "Waived violations");
  for (const rule_group& group : outline_.waived) {
    rule_line(group);
    for (const finding* found : group.findings) {
      resource_line(*found);
      std::string waiver = say("例外措置 ", "waiver ") + found->waiver;
      if (!found->waiver_expires.empty()) waiver += say("、許可期限 ", ", until ") + found->waiver_expires;
      page_.paragraph(6, 8, {{waiver, text_style::plain}});
    }
  }
}

void text_report::others() {
  if (outline_.others.empty()) return;
  heading("充足・対象外(一覧の指定による)", "Satisfied and not applicable, as asked for");
  for (const rule_group& group : outline_.others) {
    rule_line(group);
    for (const finding* found : group.findings) {
      page_.paragraph(4, 8, {{"- " + visible(found->resource.address) + ": ", text_style::plain},
                             {std::string(word_of(found->outcome).in(language_)), text_style::green}});
    }
  }
}

}  // namespace sekimori
