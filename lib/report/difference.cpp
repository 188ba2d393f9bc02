// report: see difference.hpp.
#include "report/difference.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/diagnostics.hpp"
#include "report/outline.hpp"
#include "report/visible.hpp"

namespace sekimori {
namespace {

bool same_verdict(const finding& a, const finding& b) { return a.outcome == b.outcome && a.state == b.state && a.level == b.level; }

class differ {
 public:
  differ(const report& before, const report& after, const input_names& same) : before_(before), after_(after), same_(same), names_(before, after), index_(before.findings, names_, same) {
    made_.before = &before;
    made_.after = &after;
    for (const auto& [earlier, later] : same) back_.emplace(later, earlier);
  }

  report_difference take() {
    const check::looked_at was(before_, names_, counts_of(before_), back_), is(after_, names_, counts_of(after_), same_);
    for (const finding& one : after_.findings) {
      if (!check::is_open(one.outcome)) continue;
      const finding* earlier = index_.partner(one);
      if (earlier == nullptr) add({difference_class::appeared, nullptr, &one, was.of(one, after_), false});
      else add({same_verdict(*earlier, one) ? difference_class::unchanged : difference_class::changed, earlier, &one, check::absence::looked, check::is_known(*earlier, one)});
    }
    for (std::size_t i = 0; i < before_.findings.size(); ++i) {
      const finding& one = before_.findings[i];
      if (index_.has_partner(i) || !check::is_open(one.outcome)) continue;
      const check::absence why = is.of(one, before_);
      const difference_class what = why == check::absence::looked ? difference_class::fixed : why == check::absence::rule_not_asked ? difference_class::not_asked : difference_class::not_seen;
      if (what != difference_class::fixed) ++missed_[why];
      add({what, &one, nullptr, why, false});
    }
    std::stable_sort(made_.entries.begin(), made_.entries.end(), [](const difference_entry& a, const difference_entry& b) {
      return a.what != b.what ? a.what < b.what : a.shown().level > b.shown().level;
    });
    made_.cautions = check::made_otherwise(before_, after_);
    tell_inputs();
    tell_gaps();
    return std::move(made_);
  }

 private:
  check::listed_counts& counts_of(const report& of) {
    check::listed_counts& made = &of == &before_ ? listed_before_ : listed_after_;
    made.clear();
    for (const finding& one : of.findings) {
      if (check::is_open(one.outcome)) ++made[names_.of(one)];
    }
    return made;
  }

  void add(difference_entry one) {
    ++made_.counts[static_cast<std::size_t>(one.what)];
    made_.entries.push_back(one);
  }

  // An input with findings that only one of the reports names may be the same under another name.
  void tell_inputs() {
    std::set<std::string> earlier, later;
    for (const input_record& one : before_.inputs) {
      const auto found = same_.find(one.file);
      earlier.insert(found == same_.end() ? one.file : found->second);
    }
    for (const input_record& one : after_.inputs) later.insert(one.file);
    auto only_in = [](const std::set<std::string>& these, const std::set<std::string>& not_those) {
      std::string list;
      std::size_t number = 0;
      for (const std::string& one : these) {
        if (not_those.contains(one)) continue;
        if (++number <= 3) list += (list.empty() ? "" : ", ") + one;
      }
      return number > 3 ? list + " ... (" + grouped(number) + ")" : list;
    };
    const std::string gone = only_in(earlier, later), fresh = only_in(later, earlier);
    if (!gone.empty()) made_.cautions.push_back({"比較元の報告の資料のうち、新しい報告にないもの: " + gone, "Inputs of the earlier report that the later one does not have: " + gone});
    if (!fresh.empty()) made_.cautions.push_back({"新しい報告の資料のうち、比較元の報告にないもの: " + fresh, "Inputs of the later report that the earlier one does not have: " + fresh});
    if (!gone.empty() && !fresh.empty()) {
      made_.cautions.push_back({"名前を変えた同じ資料であれば、--same-input 旧名=新名 を指定して比較してください。",
                                "If one of them is the other under a new name, compare with --same-input OLD=NEW."});
    }
  }

  void tell_gaps() {
    auto say = [&](std::string ja, std::string en) { made_.not_compared.push_back({std::move(ja), std::move(en)}); };
    for (const auto& [why, number] : missed_) {
      const word_pair words = word_of(why);
      say("比較元の報告の検出事項 " + grouped(number) + " 件は、解消したかどうか分かりません: " + std::string(words.ja),
          "Not known to be fixed, of the earlier report: " + grouped(number) + (number == 1 ? " finding: " : " findings: ") + std::string(words.en));
    }
    if (before_.summary.not_listed > 0) {
      say("比較元の報告が一覧に載せていない検出事項 " + grouped(before_.summary.not_listed) + " 件は比較していません。",
          grouped(before_.summary.not_listed) + " findings that the earlier report does not list were not compared.");
    }
    if (after_.summary.not_listed > 0) {
      say("新しい報告が一覧に載せていない検出事項 " + grouped(after_.summary.not_listed) + " 件は比較していません。",
          grouped(after_.summary.not_listed) + " findings that the later report does not list were not compared.");
    }
    const auto& causes = after_.outcome.causes;
    if (after_.outcome.exit_code == 2 || std::any_of(causes.begin(), causes.end(), [](const std::string& one) { return is_gap(one) || one == "run_error"; })) {
      say("新しい報告には、読み取り、評価又は検査ができなかったものがあります。その中の新規の検出事項は分かりません。",
          "The later report has something that could not be read, evaluated or examined: what is new there is not known.");
    }
  }

  const report& before_;
  const report& after_;
  const input_names& same_;
  input_names back_;
  check::rule_names names_;
  check::finding_index index_;
  check::listed_counts listed_before_, listed_after_;
  std::map<check::absence, std::uint64_t> missed_;
  report_difference made_;
};

}  // namespace

std::string_view name_of(difference_class what) {
  switch (what) {
    case difference_class::appeared: return "new";
    case difference_class::changed: return "changed";
    case difference_class::unchanged: return "unchanged";
    case difference_class::fixed: return "fixed";
    case difference_class::not_asked: return "not_asked";
    case difference_class::not_seen: return "not_seen";
  }
  return "not_seen";
}

word_pair word_of(difference_class what) {
  switch (what) {
    case difference_class::appeared: return {"新規", "new"};
    case difference_class::changed: return {"変化あり", "changed"};
    case difference_class::unchanged: return {"継続", "unchanged"};
    case difference_class::fixed: return {"解消", "fixed"};
    case difference_class::not_asked: return {"検査規則なし", "not asked"};
    case difference_class::not_seen: return {"確認できず", "not seen"};
  }
  return {"確認できず", "not seen"};
}

word_pair word_of(check::absence why) {
  using check::absence;
  switch (why) {
    case absence::looked: return {"検査したが検出されていない(資源がなくなった場合を含む)", "looked at, and not found (the resource may be gone)"};
    case absence::rule_not_asked: return {"検査規則がない", "the rule is not among those of the report"};
    case absence::only_changed: return {"計画が変更する資源だけを検査した", "only resources that the plan changes were examined"};
    case absence::other_scope: return {"対象の適用単位又は組織の定義が異なる", "the scope of the report or the organisation document is another"};
    case absence::input_missing: return {"その資料がない", "the input is not among those of the report"};
    case absence::input_unreadable: return {"その資料を読み取れなかった", "the input could not be read"};
    case absence::input_incomplete: return {"その資料はすべてではない", "the input is not the whole of its plan"};
    case absence::type_not_read: return {"その資料に、同じ型の資源が一つもない", "the input holds no resource of that type"};
    case absence::rule_met_nothing: return {"検査規則に該当する資源が一つもない", "the rule met no resource"};
    case absence::not_listed: return {"件数の上限のため、同じ検査規則の検出事項のすべては一覧にない", "not all findings of the rule are listed (the limit of listed findings)"};
  }
  return {"不明", "not known"};
}

std::uint64_t report_difference::new_violations(severity level) const {
  return static_cast<std::uint64_t>(std::count_if(entries.begin(), entries.end(), [&](const difference_entry& one) {
    return one.after != nullptr && !one.known && one.after->outcome == verdict::fail && one.after->state != disposition::waived && one.after->level >= level;
  }));
}

report_difference difference_of(const report& before, const report& after, const input_names& same) { return differ(before, after, same).take(); }

std::string render(const report_difference& shown, std::string_view form, const std::string& language) {
  if (form == "json") return difference_json(shown);
  if (form == "text") return page_text(difference_document(shown, difference_form::brief), language);
  if (form == "markdown") return page_markdown(difference_document(shown, difference_form::whole), language);
  if (form == "html") return page_html(difference_document(shown, difference_form::whole), language);
  if (form == "csv") return page_csv(difference_document(shown, difference_form::table), language);
  return {};
}

result<std::string> render_difference(const report& before, const report& after, std::string_view form, const std::string& language, const input_names& same) {
  static const std::vector<std::string_view> forms = {"text", "json", "markdown", "csv", "html"};
  if (language != "ja" && language != "en") {
    return make_diagnostic(diagnostic_code::usage, std::string(), "differences are not written in the language `" + visible(language) + "`", {"one of: ja, en", {}});
  }
  if (std::find(forms.begin(), forms.end(), form) != forms.end()) return render(difference_of(before, after, same), form, language);
  return make_diagnostic(diagnostic_code::usage, std::string(), "there is no form `" + visible(form) + "` of a difference", {"one of: text, json, markdown, csv, html", did_you_mean(form, forms)});
}

}  // namespace sekimori
