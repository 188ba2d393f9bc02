// report: see intake_words.hpp.
#include "report/intake/intake_words.hpp"

#include <algorithm>
#include <utility>

#include "report/book/book_values.hpp"
#include "report/book/book_words.hpp"
#include "report/clause_words.hpp"
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
    case check::intake_class::applies: return {"対象とする", "in scope"};
    case check::intake_class::depends: return {"未定の事項による", "pending a decision"};
    case check::intake_class::does_not_apply: return {"対象としない", "not in scope"};
    case check::intake_class::not_used: return {"種別の記載なし（使う場合は対象）", "component not declared (in scope if used)"};
    case check::intake_class::not_adopted: break;
  }
  return {"この適用単位では採用していない", "not adopted here"};
}

localized_text zone_word(const std::string& zone) {
  if (zone == "internet") return {"インターネット接続系（internet）", "internet zone (internet)"};
  if (zone == "lgwan") return {"LGWAN 接続系（lgwan）", "LGWAN zone (lgwan)"};
  if (zone == "mynumber") return {"マイナンバー利用事務系（mynumber）", "My Number zone (mynumber)"};
  return {zone, zone};
}

localized_text classification_word(const std::string& classification) {
  constexpr std::string_view prefix = "confidentiality-";
  if (!classification.starts_with(prefix)) return {classification, classification};
  const std::string level = classification.substr(prefix.size());
  return {"機密性" + level + "（" + classification + "）", "confidentiality " + level + " (" + classification + ")"};
}

localized_text environment_word(const std::string& environment) {
  if (environment == "prod") return {"本番（prod）", "production (prod)"};
  return {environment, environment};
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
    case check::intake_decision::about::missing: return {"このシステムの「" + field.ja + "」を定める(未記入)", "Decide the " + field.en + " of this system (not stated yet)"};
    case check::intake_decision::about::entries:
      if (!of.title.ja.empty() || !of.title.en.empty()) {
        return {"「" + of.title.in("ja") + "」の一覧に載せるものを定める(用途、申請者、承認者、見直し日を添える)",
                "Decide what goes on the list: " + of.title.in("en") + " (each entry with purpose, requester, approver and review date)"};
      }
      return {"一覧に載せるものを定める(用途、申請者、承認者、見直し日を添える)", "Decide what goes on the list (each entry with purpose, requester, approver and review date)"};
    case check::intake_decision::about::kinds:
      return {"利用する種別に挙げていないものを、本当に使わないか確かめる。使うなら種別に加え、この表を作り直す", "Make sure that nothing is used of the components that are not declared; declare what is used, and make this sheet again"};
    case check::intake_decision::about::not_read:
    case check::intake_decision::about::not_offered: break;
  }
  localized_text cloud{of.subject, of.subject};
  for (std::size_t i = 0; i < known_clouds.size(); ++i) {
    if (known_clouds[i] == of.subject) cloud = cloud_title(i);
  }
  if (of.what == check::intake_decision::about::not_read) {
    return {cloud.ja + "にはあるが検査規則が読み取れない管理策を、だれがいつ確かめるかを定める(確かめる場所は各管理策の理由に示す)",
            "Decide who looks, and when, at controls that " + cloud.en + " has and the rules do not read (the reason beside each tells where)"};
  }
  return {cloud.ja + "では検査できない管理策(提供なし、回答なし)を、どう補うか、又は別のクラウドにするかを定める",
          "Decide what makes up for controls that cannot be checked on " + cloud.en + " (not offered, or unanswered), or choose another cloud"};
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
    const localized_text way = direction_words(one.direction, value.json), held = value_words(value.json), title = one.title;
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
  if (of.plan) add(all, {"構築前の資料", "design files"}, "、", ", ");
  if (of.inventory) add(all, {"稼働中の構成の書き出し", "export of the running configuration"}, "、", ", ");
  if (!of.registers.empty()) {
    const localized_text titles = titles_of_registers(of.registers);
    add(all, {"台帳(" + titles.ja + ")", "registers (" + titles.en + ")"}, "、", ", ");
  }
  return all;
}

namespace {

using clause_list = std::vector<std::pair<std::string, std::string>>;   // of a standard, by its id

// "自治体ガイドライン 6.1、6.2": the standard once, then its clauses.
localized_text told(const clause_list& clauses) {
  localized_text all;
  std::string last;
  for (auto& [standard, clause] : clauses) {
    const word_pair word = standard_word(standard);
    const bool same = standard == last;
    add(all, {(same ? "" : std::string(word.ja) + " ") + clause, (same ? "" : std::string(word.en) + " ") + clause}, "、", ", ");
    last = standard;
  }
  return all;
}

clause_list clauses_of(const check::intake_cloud& of) {
  clause_list all;
  for (auto& one : of.clauses) all.push_back({one.standard, one.clause});
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.first < b.first; });
  return all;
}

}  // namespace

localized_text clause_words(const check::intake_cloud& of) { return told(clauses_of(of)); }

localized_text clause_words(const check::intake_control& of) {
  clause_list shared;
  for (auto& one : of.clouds) {
    for (auto& clause : clauses_of(one)) {
      const bool everywhere = std::all_of(of.clouds.begin(), of.clouds.end(), [&](auto& other) {
        const clause_list all = clauses_of(other);
        return std::find(all.begin(), all.end(), clause) != all.end();
      });
      if (everywhere && std::find(shared.begin(), shared.end(), clause) == shared.end()) shared.push_back(clause);
    }
  }
  localized_text all = told(shared);
  for (auto& one : of.clouds) {
    clause_list own = clauses_of(one);
    own.erase(std::remove_if(own.begin(), own.end(), [&](auto& clause) { return std::find(shared.begin(), shared.end(), clause) != shared.end(); }), own.end());
    if (own.empty()) continue;
    const localized_text cloud = cloud_title(one.cloud), words = told(own);
    add(all, {cloud.ja + ": " + words.ja, cloud.en + ": " + words.en});
  }
  return all;
}

}  // namespace sekimori
