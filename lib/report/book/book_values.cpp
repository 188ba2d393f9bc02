// report: see book_values.hpp.
#include "report/book/book_values.hpp"

#include <algorithm>

#include "base/arena.hpp"
#include "report/outline.hpp"
#include "value/values.hpp"

namespace sekimori {
namespace {

constexpr std::size_t most_shown = 12;   // of a list or a map; the rule set has them all

localized_text same(std::string text) { return {text, text}; }

void add(localized_text& to, const localized_text& more) {
  to.ja += (to.ja.empty() ? "" : "、") + more.ja;
  to.en += (to.en.empty() ? "" : ", ") + more.en;
}

localized_text words_of(value shown) {
  localized_text made;
  std::size_t size = 0;
  if (shown.is(value_kind::boolean)) return shown.is_true() ? localized_text{"はい", "yes"} : localized_text{"いいえ", "no"};
  if (shown.is(value_kind::string)) return same(std::string(shown.as_text()));
  if (shown.is(value_kind::list)) {
    size = shown.as_list().size();
    for (std::size_t i = 0; i < std::min(size, most_shown); ++i) add(made, words_of(shown.as_list().at(i)));
  } else if (shown.is(value_kind::map)) {
    size = shown.as_map().size();
    for (std::size_t i = 0; i < std::min(size, most_shown); ++i) {
      const map_entry& one = shown.as_map().entries()[i];
      const localized_text key = words_of(one.key), held = words_of(one.mapped);
      add(made, {key.ja + ": " + held.ja, key.en + ": " + held.en});
    }
  } else {
    return same(to_json(shown));
  }
  if (size == 0) return {"なし", "none"};
  if (size > most_shown) made = {made.ja + " ほか " + grouped(size - most_shown) + " 件", made.en + " and " + grouped(size - most_shown) + " more"};
  return made;
}

}  // namespace

localized_text value_words(const std::string& json) {
  arena memory;
  const value shown = from_json(memory, json);
  return shown.is(value_kind::string) && shown.as_text().empty() ? localized_text{"なし", "none"} : words_of(shown);
}

localized_text type_words(std::string_view type) {
  auto inside = [&](std::string_view outer) { return type.substr(outer.size(), type.size() - outer.size() - 1); };
  if (type == "bool") return {"はい・いいえ", "yes or no"};
  if (type == "int" || type == "uint") return {"整数", "whole number"};
  if (type == "double") return {"数", "number"};
  if (type == "string") return {"文字列", "text"};
  if (type.starts_with("list(")) {
    const localized_text of = type_words(inside("list("));
    return {of.ja + "の一覧", "list of: " + of.en};
  }
  if (type.starts_with("map(string, ")) {
    const localized_text of = type_words(inside("map(string, "));
    return {"名称ごとの" + of.ja, "by name: " + of.en};
  }
  return same(std::string(type));
}

}  // namespace sekimori
