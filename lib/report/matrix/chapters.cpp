// report: see chapters.hpp.
#include "report/matrix/chapters.hpp"

#include <algorithm>
#include <tuple>

namespace sekimori {
bool number_before(std::string_view a, std::string_view b) {
  auto parts = [](std::string_view id) {
    const std::size_t digits = id.find_last_not_of("0123456789") + 1;
    std::string_view number = id.substr(digits);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return std::tuple(id.substr(0, digits), number.size(), number);
  };
  return parts(a) < parts(b);
}

std::string anchor_of(std::string_view id) {
  std::string made;
  for (char c : id) made += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-';
  return made;
}

std::string parameter_anchor(std::string_view full_name) { return "parameter-" + anchor_of(full_name); }

std::string chapter::anchor() const { return "chapter-" + anchor_of(category); }

std::vector<chapter> chapters_of(const rules::model& model, const check::control_matrix& matrix) {
  std::vector<chapter> made;
  for (auto& row : matrix.rows) {
    const std::string& category = row.rule->source->category.text;
    auto found = std::find_if(made.begin(), made.end(), [&](auto& one) { return one.category == category; });
    if (found == made.end()) found = made.insert(found, chapter{category, {}, {}});
    const localized_text& title = model.rulesets[row.rule->ruleset].title;
    if (found->rows.empty() || found->rows.back()->ruleset != row.ruleset) {
      found->title.ja += (found->title.ja.empty() ? "" : "、") + title.in("ja");
      found->title.en += (found->title.en.empty() ? "" : ", ") + title.in("en");
    }
    found->rows.push_back(&row);
  }
  // Rule sets are written by subject; people look for numbers.
  for (auto& one : made) {
    std::stable_sort(one.rows.begin(), one.rows.end(), [](auto* a, auto* b) { return number_before(a->rule->source->id.text, b->rule->source->id.text); });
  }
  return made;
}

}  // namespace sekimori
