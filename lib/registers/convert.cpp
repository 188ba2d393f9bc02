// registers: cells to values, by type of field.
#include "registers/convert.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "registers/cell_text.hpp"
#include "registers/dates.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::registers {
namespace {

using code = diagnostic_code;

constexpr std::string_view true_words[] = {"true", "1", "○", "〇", "◯", "丸", "有", "有り", "あり", "はい", "yes", "y", "該当", "✓", "✔"};
constexpr std::string_view false_words[] = {"false", "0", "×", "✕", "✗", "無", "無し", "なし", "いいえ", "no", "n", "非該当"};

template <class Words>
bool one_of(const Words& words, std::string_view text) { return std::find(std::begin(words), std::end(words), text) != std::end(words); }

bool all_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

// 1.23457E+11: what a spreadsheet makes of an account number in a column of numbers.
bool is_shortened(std::string_view text) {
  const std::size_t e = text.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0 || e + 2 > text.size() || text[e + 1] != '+' || !all_digits(text.substr(e + 2))) return false;
  return text.substr(0, e).find_first_not_of("0123456789.") == std::string_view::npos;
}

class cell_reader {
 public:
  cell_reader(const field& to, const column& at, const raw_cell& cell, conversion_counts& counts) : to_(to), at_(at), cell_(cell), counts_(counts) {}

  std::optional<mistake> read(cell_value& made) {
    const field_type type = to_.declared->type;
    if (cell_.form == raw_cell::form_of::list) return type == field_type::list ? list(cell_.items, made) : wrong("one value, not a list");
    const std::string_view whole = trim(cell_.text);
    if (whole.size() != cell_.text.size()) count("spaces");
    if (whole.empty()) return std::nullopt;
    if (type == field_type::text) {
      if (has_private_character(whole)) count("private_character");
      made = std::string(whole);
      return std::nullopt;
    }
    text_ = narrow(whole);
    if (text_ != whole) count("full_width");
    switch (type) {
      case field_type::identifier: return identifier(made);
      case field_type::number: return number(made);
      case field_type::date: return date(read_date(without_midnight()), made);
      case field_type::timestamp: return date(read_timestamp(text_), made);
      case field_type::boolean: return boolean(made);
      case field_type::choice: return choice_word(made);
      default: return list(split(text_), made);
    }
  }

 private:
  void count(std::string_view conversion) { ++counts_[std::string(conversion)]; }

  std::string shown() const { return to_.declared->personal ? "what stands here" : rules::in_ticks(trim(cell_.text)); }

  std::optional<mistake> wrong(std::string expected, std::string help = {}, code what = code::register_cell, std::string_view why = {}) const {
    const std::string said = why.empty() ? fmt::format("is not {} {}", std::string_view("aeiou").find(name_of(to_.declared->type)[0]) == std::string_view::npos ? "a" : "an", name_of(to_.declared->type))
                                         : std::string(why);
    return mistake{what, shown() + " " + said, std::move(expected), std::move(help)};
  }

  // Reasons why `text` is no identifier.
  std::optional<mistake> identifier_mistake(std::string_view text) const {
    if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return wrong("an identifier on one line");
    if (has_private_character(text)) return wrong("characters that every machine knows", "", code::register_cell, "has a user-defined character (外字)");
    if (is_shortened(text)) {
      return wrong("the whole identifier", "a spreadsheet has shortened it: make the column one of text, and enter it again", code::register_ambiguous, "stands for more than one identifier");
    }
    return std::nullopt;
  }

  std::optional<mistake> identifier(cell_value& made) {
    if (cell_.form == raw_cell::form_of::number) return wrong("the identifier as a string", "a number has no leading zeros", code::register_ambiguous, "may have lost leading zeros");
    if (cell_.form == raw_cell::form_of::boolean) return wrong("an identifier");
    auto found = identifier_mistake(text_);
    if (!found) made = text_;
    return found;
  }

  std::optional<mistake> number(cell_value& made) {
    std::int64_t read = 0;
    const auto [stop, problem] = std::from_chars(text_.data(), text_.data() + text_.size(), read);
    if (problem != std::errc() || stop != text_.data() + text_.size() || read < 0) return wrong("a whole number without separators");
    made = read;
    return std::nullopt;
  }

  // What data bases and spreadsheets make of a day: 2027-03-31 00:00:00.
  std::string_view without_midnight() {
    std::string_view text = text_;
    for (const std::string_view midnight : {" 00:00:00", "T00:00:00", " 0:00:00", " 00:00", " 0:00"}) {
      if (!text.ends_with(midnight)) continue;
      count("midnight");
      return text.substr(0, text.size() - midnight.size());
    }
    return text;
  }

  std::optional<mistake> date(const date_reading& read, cell_value& made) {
    switch (read.state) {
      case date_state::read: break;
      case date_state::not_a_date: return wrong(read.expected);
      case date_state::ambiguous: return wrong(read.expected, "", code::register_ambiguous, "can be read as more than one day");
      case date_state::no_such_day: return wrong(read.expected, "", code::register_cell, "is no day");
      case date_state::outside_era: return wrong(read.expected, "", code::register_ambiguous, "is a year that its era does not have");
    }
    if (!read.conversion.empty()) count(read.conversion);
    if (read.japan_time) count("time_of_japan");
    made = read.value;
    return std::nullopt;
  }

  std::optional<mistake> boolean(cell_value& made) {
    const std::string word = heading_key(text_);
    const bool yes = one_of(true_words, word);
    if (!yes && !one_of(false_words, word)) return wrong("one of: true, 1, ○, 有, はい; false, 0, ×, 無, いいえ; or nothing where it is not known");
    if (word != "true" && word != "false") count("boolean_word");
    made = yes;
    return std::nullopt;
  }

  std::optional<mistake> choice_word(cell_value& made) {
    const std::string word = heading_key(text_);
    for (const auto& [said, name] : at_.words) {
      if (said != word) continue;
      count("choice_word");
      made = name;
      return std::nullopt;
    }
    std::vector<std::string_view> known;
    for (const choice& one : to_.choices) {
      for (const std::string& each : one.words) {
        if (each == word) {
          if (text_ != one.name) count("choice_word");
          made = std::string(one.name);
          return std::nullopt;
        }
        known.push_back(each);
      }
    }
    std::string expected;
    for (const choice& one : to_.choices) expected += fmt::format("{}{} ({})", expected.empty() ? "one of: " : ", ", one.shown, one.name);
    return wrong(std::move(expected), did_you_mean(word, known), code::register_cell, "is no word for " + std::string(to_.declared->name));
  }

  static std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> items;
    while (true) {
      const std::size_t stop = std::min({text.find(';'), text.find(','), text.find('\n'), text.find("、")});
      items.emplace_back(trim(text.substr(0, stop)));
      if (stop == std::string_view::npos) return items;
      text.remove_prefix(stop + (text[stop] == ';' || text[stop] == ',' || text[stop] == '\n' ? 1 : std::string_view("、").size()));
    }
  }

  std::optional<mistake> list(const std::vector<std::string>& items, cell_value& made) {
    std::vector<std::string> read;
    for (const std::string& item : items) {
      std::string one(trim(narrow(item)));
      if (one.empty()) return wrong("values between separators (; , 、 or a line each)", "", code::register_cell, "has an empty place in its list");
      if (auto found = identifier_mistake(one)) return found;
      read.push_back(std::move(one));
    }
    if (cell_.form != raw_cell::form_of::list) {
      if (cell_.form == raw_cell::form_of::number) return wrong("a list of strings", "a number has no leading zeros", code::register_ambiguous, "may have lost leading zeros");
      if (items.size() > 1) count("list_items");
    }
    if (!read.empty()) made = std::move(read);
    return std::nullopt;
  }

  const field& to_;
  const column& at_;
  const raw_cell& cell_;
  conversion_counts& counts_;
  std::string text_;
};

}  // namespace

std::optional<mistake> convert(const field& to, const column& at, const raw_cell& cell, conversion_counts& counts, cell_value& made) {
  return cell_reader(to, at, cell, counts).read(made);
}

}  // namespace sekimori::registers
