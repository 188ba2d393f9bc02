// report: see book_words.hpp.
#include "report/book/book_words.hpp"

namespace sekimori {

localized_text word_of(check::change_kind kind) {
  switch (kind) {
    case check::change_kind::added: return {"追加", "added"};
    case check::change_kind::removed: return {"廃止", "removed"};
    case check::change_kind::renamed: return {"識別名の変更", "renamed"};
    case check::change_kind::changed: break;
  }
  return {"変更", "changed"};
}

localized_text direction_words(rules::tighten direction) {
  switch (direction) {
    case rules::tighten::superset: return {"加えられる", "may be added to"};
    case rules::tighten::subset: return {"減らせる", "may be taken from"};
    case rules::tighten::increase: return {"大きくできる", "may be raised"};
    case rules::tighten::decrease: return {"小さくできる", "may be lowered"};
    case rules::tighten::enable: return {"有効にできる", "may be switched on"};
    case rules::tighten::entry: return {"適用単位が承認を得て記入する", "a scope fills it, with approval"};
    case rules::tighten::fixed: break;
  }
  return {"変えられない", "may not be changed"};
}

localized_text direction_words(rules::tighten direction, std::string_view held) {
  if (direction == rules::tighten::subset && (held == "[]" || held == "{}")) return {"適用単位では加えられない", "a scope may add nothing"};
  const bool at_end = (direction == rules::tighten::enable && held == "true") || (direction == rules::tighten::decrease && held == "0");
  return direction_words(at_end ? rules::tighten::fixed : direction);
}

localized_text field_word(std::string_view field) {
  if (field == "zone") return {"区分", "zone"};
  if (field == "classification") return {"情報の格付け", "classification"};
  if (field == "environment") return {"環境", "environment"};
  if (field == "owner") return {"所管", "owner"};
  return {std::string(field), std::string(field)};
}

localized_text waiver_words(const rules::waiver_terms& terms) {
  if (!terms.allowed) return {"認めない", "none"};
  const bool floor = terms.approver == "floor_owner";
  const std::string days = std::to_string(terms.max_days);
  return {std::string(floor ? "共通基盤の責任者" : "適用単位の責任者") + "の許可により " + days + " 日まで",
          "up to " + days + " days, approved by the owner of the " + (floor ? "platform" : "scope")};
}

localized_text basis_words(const rules::parameter& of) {
  localized_text made = of.basis == "clause" ? localized_text{"関連条項の定め", "a related clause"} : localized_text{"この規則集の作成者の判断", "the authors of this rule set"};
  if (!of.as_of.empty()) made = {made.ja + "、" + of.as_of + " 現在", made.en + ", as of " + of.as_of};
  if (!of.review_by.empty()) made = {made.ja + "、見直し期限 " + of.review_by, made.en + ", review by " + of.review_by};
  return made;
}

}  // namespace sekimori
