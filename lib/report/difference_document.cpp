// report: what changed between two reports, as a document for people. Entry point: difference_document.
#include <algorithm>

#include "report/difference.hpp"
#include "report/outline.hpp"

namespace sekimori {
namespace {

localized_text both(word_pair words) { return {std::string(words.ja), std::string(words.en)}; }

localized_text together(const localized_text& a, std::string_view ja, std::string_view en, const localized_text& b) {
  return {a.in("ja") + std::string(ja) + b.in("ja"), a.in("en") + std::string(en) + b.in("en")};
}

localized_text arrow(word_pair was, word_pair is) { return together(both(was), " → ", " -> ", both(is)); }

// "判定 判定保留 → 違反、重大度 中 → 高"
localized_text change_of(const difference_entry& one) {
  localized_text told;
  auto add = [&](std::string_view ja, std::string_view en, const localized_text& what) {
    told.ja += (told.ja.empty() ? "" : "、") + std::string(ja) + " " + what.ja;
    told.en += (told.en.empty() ? "" : ", ") + std::string(en) + " " + what.en;
  };
  const finding& was = *one.before;
  const finding& is = *one.after;
  if (was.outcome != is.outcome) add("判定", "verdict", arrow(word_of(was.outcome), word_of(is.outcome)));
  if (was.state != is.state) add("取扱い", "disposition", arrow(word_of(was.state), word_of(is.state)));
  if (was.level != is.level) add("重大度", "severity", arrow(word_of(was.level), word_of(is.level)));
  return told;
}

// Violation, undetermined ... and that it is waived.
localized_text verdict_of(const finding& one) {
  return one.outcome == verdict::fail && one.state != disposition::active ? together(both(word_of(one.outcome)), "、", ", ", both(word_of(one.state))) : both(word_of(one.outcome));
}

// What is worth saying beside the rule's title.
localized_text note_of(const difference_entry& one) {
  if (one.what == difference_class::changed) return change_of(one);
  if (one.what == difference_class::appeared && one.why != check::absence::looked) {
    return together({"比較元の報告: ", "earlier report: "}, "", "", both(word_of(one.why)));
  }
  if (one.what == difference_class::not_seen || one.what == difference_class::not_asked) return together({"新しい報告: ", "later report: "}, "", "", both(word_of(one.why)));
  return {};
}

// Under the later rule's name and address, with the earlier ones where they were others.
localized_text moved_of(const difference_entry& one) {
  if (one.before == nullptr || one.after == nullptr) return {};
  localized_text told;
  const std::string was = one.before->ruleset + "/" + one.before->rule, is = one.after->ruleset + "/" + one.after->rule;
  if (was != is) told = {"旧規則 " + was, "formerly rule " + was};
  if (one.before->resource.address != one.after->resource.address) {
    told.ja += (told.ja.empty() ? "旧アドレス " : "、旧アドレス ") + one.before->resource.address;
    told.en += (told.en.empty() ? "formerly at " : ", formerly at ") + one.before->resource.address;
  }
  return told;
}

std::vector<page_cell> row_of(const difference_entry& one) {
  const finding& shown = one.shown();
  localized_text what = together(verdict_of(shown), ": ", ": ", shown.about().title);
  for (const localized_text& more : {note_of(one), moved_of(one)}) {
    if (!more.ja.empty()) what = together(what, "。", "; ", more);
  }
  return {{both(word_of(shown.level))}, code_cell(shown.rule), code_cell(shown.resource.address), {what}};
}

void whole_table(const report_difference& shown, page_document& to) {
  std::vector<std::vector<page_cell>> rows;
  for (const difference_entry& one : shown.entries) {
    const finding& of = one.shown();
    const localized_text before = one.before != nullptr ? verdict_of(*one.before) : localized_text{}, after = one.after != nullptr ? verdict_of(*one.after) : localized_text{};
    rows.push_back({{both(word_of(one.what))}, {both(word_of(of.level))}, plain_cell(of.ruleset + "/" + of.rule), {of.about().title}, plain_cell(of.resource.address), plain_cell(of.input),
                    {of.scope_title.ja.empty() && of.scope_title.en.empty() ? localized_text{of.scope, of.scope} : of.scope_title}, plain_cell(of.owner), {before}, {after}, {note_of(one)},
                    {moved_of(one)}, {of.message}, plain_cell(of.id)});
  }
  to.table({}, {{{"区分", "class"}}, {{"重大度", "severity"}}, {{"検査規則", "rule"}}, {{"件名", "title"}}, {{"資源", "resource"}}, {{"資料", "input"}}, {{"適用単位", "scope"}}, {{"所管", "owner"}},
                {{"前回の判定", "earlier verdict"}}, {{"今回の判定", "later verdict"}}, {{"変化又は理由", "change or reason"}}, {{"旧規則・旧アドレス", "former rule or address"}}, {{"内容", "message"}},
                {{"識別子", "id"}}}, std::move(rows));
}

localized_text headline(const report_difference& shown) {
  std::uint64_t by_severity[5] = {}, violations = 0;
  for (const difference_entry& one : shown.entries) {
    if (one.what != difference_class::appeared || one.after->outcome != verdict::fail || one.after->state == disposition::waived) continue;
    ++by_severity[static_cast<std::size_t>(one.after->level)];
    ++violations;
  }
  localized_text told = {"新しい違反が " + grouped(violations) + " 件あります", "New violations: " + grouped(violations)};
  if (const localized_text levels = severity_list(by_severity); !levels.ja.empty()) told = {told.ja + "(" + levels.ja + ")", told.en + " (" + levels.en + ")"};
  if (violations == 0) told = {"新しい違反はありません", "No new violation"};
  const auto worse = std::count_if(shown.entries.begin(), shown.entries.end(), [](const difference_entry& one) {
    return one.what == difference_class::changed && !one.known && one.after->outcome == verdict::fail && one.after->state != disposition::waived;
  });
  if (worse > 0) told = together(told, "。前より悪くなった違反が ", "; violations that are worse than before: ", {grouped(std::uint64_t(worse)) + " 件あります", grouped(std::uint64_t(worse))});
  if (shown.not_compared.empty()) return {told.ja + "。", told.en + "."};
  return {told.ja + "。ただし、比較できなかったものがあります。", told.en + ". Not everything could be compared."};
}

}  // namespace

page_document difference_document(const report_difference& shown, difference_form form) {
  page_document made({"関守 検査結果の比較", "Sekimori: what changed between two reports"});
  if (form == difference_form::table) {
    whole_table(shown, made);
    return made;
  }
  made.note(disclaimer());
  std::vector<std::vector<page_cell>> reports;
  for (const report* one : {shown.before, shown.after}) {
    const localized_text when = one->now.empty() ? localized_text{"指定なし", "not given"} : date_for_people(one->now);
    const localized_text name = one == shown.before ? localized_text{"比較元の報告", "earlier report"} : localized_text{"新しい報告", "later report"};
    reports.push_back({{name}, {together({one->file, one->file}, "、判定日時 ", ", evaluated at ", together(when, "、", ", ", {one->digest, one->digest}))}});
  }
  made.terms(std::move(reports));
  made.heading(2, {"結論", "Outcome"});
  made.paragraph(headline(shown));
  auto list = [&](localized_text title, const std::vector<localized_text>& of) {
    if (of.empty()) return;
    made.heading(3, std::move(title));
    std::vector<page_cell> items;
    for (const localized_text& one : of) items.push_back({one});
    made.list(std::move(items));
  };
  list({"比較できなかったもの", "What could not be compared"}, shown.not_compared);
  list({"注意", "Cautions"}, shown.cautions);
  std::vector<std::vector<page_cell>> counts;
  const localized_text meaning[] = {
      {"比較元の報告にない検出事項", "findings that the earlier report does not have"},
      {"判定、重大度又は取扱いが変わった検出事項", "findings of another verdict, severity or disposition than before"},
      {"どちらの報告にもある検出事項", "findings of both reports"},
      {"新しい報告で検査し、検出されなかったもの(資源がなくなった場合を含む)", "looked at again and not found; the resource may be gone"},
      {"検査規則がなくなり、検査していないもの。解消したとはいえません", "the rule is gone and nobody asked: not known to be fixed"},
      {"新しい報告が見ていないもの。解消したとはいえません", "the later report did not look there: not known to be fixed"}};
  for (std::size_t i = 0; i < difference_classes; ++i) counts.push_back({{both(word_of(static_cast<difference_class>(i)))}, number_of(shown.counts[i]), {meaning[i]}});
  made.heading(2, {"集計", "Counts"});
  made.table({}, {{{"区分", "class"}}, {{"件数", "findings"}}, {{"意味", "meaning"}}}, std::move(counts));
  for (auto at = shown.entries.begin(); at != shown.entries.end();) {
    const difference_class what = at->what;
    std::vector<std::vector<page_cell>> rows;
    const bool only_counted = form == difference_form::brief && what == difference_class::unchanged;
    for (; at != shown.entries.end() && at->what == what; ++at) {
      if (!only_counted) rows.push_back(row_of(*at));
    }
    const std::string count = grouped(shown.of(what));
    made.heading(2, {std::string(word_of(what).ja) + "(" + count + " 件)", std::string(word_of(what).en) + " (" + count + ")"});
    if (only_counted) made.paragraph({"一覧は、markdown、html、csv、json の形式に載せる。", "They are listed in the formats markdown, html, csv and json."});
    else made.table({}, {{{"重大度", "severity"}}, {{"検査規則", "rule"}}, {{"資源", "resource"}}, {{"内容", "what"}}}, std::move(rows));
  }
  return made;
}

}  // namespace sekimori
