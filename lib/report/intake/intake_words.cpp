// report: see intake_words.hpp.
#include "report/intake/intake_words.hpp"

#include "report/book/book_values.hpp"
#include "report/book/book_words.hpp"
#include "report/matrix/matrix_writers.hpp"
#include "report/visible.hpp"

namespace sekimori {
namespace {

void add(localized_text& to, const localized_text& more, std::string_view ja = "\n", std::string_view en = "\n") {
  to.ja += (to.ja.empty() ? "" : std::string(ja)) + more.in("ja");
  to.en += (to.en.empty() ? "" : std::string(en)) + more.in("en");
}

}  // namespace

std::string listed(const std::vector<std::string>& names) {
  std::string made;
  for (auto& one : names) made += (made.empty() ? "" : ", ") + one;
  return made;
}

localized_text word_of(check::intake_class of) {
  switch (of) {
    case check::intake_class::applies: return {"適用する", "applies"};
    case check::intake_class::depends: return {"未定の事項による", "depends on what is open"};
    case check::intake_class::does_not_apply: return {"適用しない", "does not apply"};
    case check::intake_class::not_used: return {"種別に挙げていない", "of a kind that is not named"};
    case check::intake_class::not_adopted: break;
  }
  return {"採用していない", "not adopted"};
}

localized_text word_of(check::intake_offer of) {
  switch (of) {
    case check::intake_offer::native: return {"標準で備わる", "native"};
    case check::intake_offer::with_settings: return {"設定が必要", "with settings"};
    case check::intake_offer::never: return {"使わない(常に違反)", "not to be used (always a violation)"};
    case check::intake_offer::not_offered: return {"提供なし", "not offered"};
    case check::intake_offer::not_read: return {"目視で確認", "check by hand"};
    case check::intake_offer::unanswered: break;
  }
  return {"回答なし", "unanswered"};
}

std::string style_of(check::intake_offer of) {
  switch (of) {
    case check::intake_offer::native: return "yes";
    case check::intake_offer::with_settings: return "part";
    case check::intake_offer::never:
    case check::intake_offer::not_offered: return "no";
    case check::intake_offer::not_read: return "ask";
    case check::intake_offer::unanswered: break;
  }
  return "open";
}

localized_text approver_of(const check::intake_decision& of, const check::intake_sheet& sheet) {
  // What a system is, its owner says; what it is allowed, somebody above.
  const std::string owner = sheet.organisation->owner(sheet.node);
  if (of.what == check::intake_decision::about::missing || of.what == check::intake_decision::about::kinds) return owner.empty() ? localized_text{"情報システム管理者", "the owner of the system"} : localized_text{owner, owner};
  if (!sheet.approver.empty()) return {sheet.approver, sheet.approver};
  return {"上位の適用単位の責任者(申請者以外)", "the owner of the scope above (other than the requester)"};
}

localized_text asked_words(const check::intake_decision& of) {
  const localized_text field = field_word(of.subject);
  switch (of.what) {
    case check::intake_decision::about::missing: return {field.ja + "を定める(未記入)", "decide the " + field.en + " (not said yet)"};
    case check::intake_decision::about::entries:
      if (!of.title.ja.empty() || !of.title.en.empty()) {
        return {"「" + of.title.in("ja") + "」の一覧(" + of.subject + ")に載せるものを定める(用途、申請者、承認者、見直し日を添える)",
                "decide the entries of the list of " + of.title.in("en") + " (" + of.subject + "), each with purpose, requester, approver and review date"};
      }
      return {"一覧 " + of.subject + " に載せるものを定める(用途、申請者、承認者、見直し日を添える)", "decide the entries of " + of.subject + " (each with purpose, requester, approver and review date)"};
    case check::intake_decision::about::kinds:
      return {"利用する種別に挙げていないものを、本当に使わないか確かめる(使うなら種別を加える)", "make sure that nothing is used of the kinds that are not named (else name them)"};
    case check::intake_decision::about::not_read:
    case check::intake_decision::about::not_offered: break;
  }
  localized_text cloud{of.subject, of.subject};
  for (std::size_t i = 0; i < known_clouds.size(); ++i) {
    if (known_clouds[i] == of.subject) cloud = cloud_title(i);
  }
  if (of.what == check::intake_decision::about::not_read) {
    return {cloud.ja + " にはあるが検査規則が読み取れない管理策を、だれがいつ確かめるかを定める(確かめる場所は各管理策の理由に示す)",
            "decide who looks, and when, at controls that " + cloud.en + " has and the rules do not read (the reason beside each tells where)"};
  }
  return {cloud.ja + " では検査できない管理策(提供なし、回答なし)を、どう補うか、又は別のクラウドにするかを定める",
          "decide what makes up for controls that cannot be checked on " + cloud.en + " (not offered, or unanswered), or choose another cloud"};
}

localized_text parameter_words(const check::intake_control& of) {
  localized_text all;
  for (auto& one : of.parameters) {
    const rules::effective_parameter& value = *one.value;
    localized_text whose{"規則集の既定", "the rule set's default"};
    if (!value.profile.empty()) whose = {"プロファイル " + value.profile, "profile " + value.profile};
    else if (!value.set_by.empty()) whose = {value.set_by + " の定め", "set by " + value.set_by};
    if (one.to_fill()) whose = {"要記入", "to be filled"};
    const std::string name = "[" + one.full_name + "]: ";   // as people write it
    const localized_text way = direction_words(one.direction), held = value_words(value.json), title = one.title;
    const bool titled = !title.ja.empty() || !title.en.empty();
    add(all, {(titled ? title.in("ja") + " " : "") + name + held.ja + "(" + whose.ja + "、" + way.ja + ")", (titled ? title.in("en") + " " : "") + name + held.en + " (" + whose.en + "; " + way.en + ")"});
  }
  return all;
}

localized_text required_words(const rules::rule& of) {
  localized_text all;
  for (auto& subject : of.subjects) {
    for (auto& one : subject.asserts) {
      const localized_text words = rules::text_of(one.required);
      if (!words.ja.empty() || !words.en.empty()) add(all, words);
    }
  }
  return all;
}

localized_text offer_words(const check::intake_cloud& of) {
  if (!of.gap.ja.empty() || !of.gap.en.empty()) return of.gap;
  std::string made;
  for (auto& type : of.types) {
    made += (made.empty() ? "" : "\n") + type.type;
    if (!type.attributes.empty()) made += ": " + listed({type.attributes.begin(), type.attributes.end()});
  }
  return {made, made};
}

localized_text answered_by(const check::intake_cloud& of) {
  localized_text all;
  if (of.plan) add(all, {"構築前の資料", "plan"}, "、", ", ");
  if (of.inventory) add(all, {"稼働中の構成の書き出し", "inventory"}, "、", ", ");
  if (!of.registers.empty()) {
    const std::string names = listed({of.registers.begin(), of.registers.end()});
    add(all, {"台帳(" + names + ")", "registers (" + names + ")"}, "、", ", ");
  }
  return all;
}

localized_text clause_words(const check::intake_cloud& of) {
  localized_text all;
  for (auto& one : of.clauses) add(all, {one.standard + ":" + one.clause, one.standard + ":" + one.clause}, "、", ", ");
  return all;
}

}  // namespace sekimori
