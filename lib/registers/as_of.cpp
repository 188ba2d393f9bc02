// registers: the day of a register, from an option, a mapping, a line above the headings, or a column.
#include "registers/as_of.hpp"

#include <array>

#include <fmt/format.h>

#include "registers/cell_text.hpp"
#include "registers/dates.hpp"

namespace sekimori::registers {
namespace {

constexpr std::array<std::string_view, 6> labels = {"基準日", "作成基準日", "現在日", "抽出日", "as_of", "asof"};
constexpr std::array<std::string_view, 3> endings = {"現在", "時点", "基準"};

// Whether the text begins with a label; what follows it, without a colon.
bool take_label(std::string_view& text) {
  for (const std::string_view label : labels) {
    if (!text.starts_with(label)) continue;
    text.remove_prefix(label.size());
    if (text.starts_with(":")) text.remove_prefix(1);
    return true;
  }
  return false;
}

}  // namespace

void as_of_sources::say(std::int64_t day, std::string_view who, std::uint64_t row) {
  if (day_ && *day_ != day && !wrong_) {
    problems_.add({file_, form_, row}, {diagnostic_code::register_as_of, fmt::format("{} says that the register is as of {}, {} says {}", who, format_day(day), who_, format_day(*day_)),
                                        "one day for the whole register"});
    wrong_ = true;
  }
  if (day_) return;
  day_ = day;
  who_ = who;
}

void as_of_sources::read_text(std::string_view text, std::string_view shown, std::uint64_t row) {
  const date_reading read = read_date(text);
  if (read.state == date_state::read) return say(read.value, fmt::format("row {}", row), row);
  wrong_ = true;
  problems_.add({file_, form_, row}, {diagnostic_code::register_as_of, fmt::format("`{}` does not say a day", shown), read.expected});
}

void as_of_sources::read_line(const raw_table& table, const raw_row& row) {
  bool labelled = false;
  for (const raw_cell& cell : row.cells) {
    std::string decoded;
    if (!decode(table, cell.text, decoded)) continue;   // a title in gibberish says no day
    const std::string key = heading_key(decoded);
    std::string_view text = key;
    while (text.starts_with("(")) text.remove_prefix(1);
    while (text.ends_with(")")) text.remove_suffix(1);
    if (text.empty()) continue;
    const bool label = take_label(text) || labelled;
    labelled = label && text.empty();
    if (text.empty()) continue;
    bool ending = false;
    for (const std::string_view one : endings) {
      if (text.size() > one.size() && text.ends_with(one)) text.remove_suffix(one.size()), ending = true;
    }
    // 「名簿(令和9年3月1日現在)」: the day stands at the end of a title.
    if (ending && !label) {
      const std::size_t bracket = text.find_last_of('(');
      if (bracket != std::string_view::npos) text.remove_prefix(bracket + 1);
    }
    if (label || ending) read_text(text, trim(decoded), row.number);
  }
}

std::optional<std::int64_t> as_of_sources::day() {
  if (!day_ && !wrong_) {
    problems_.add({file_, form_}, {diagnostic_code::register_as_of, "nothing says of which day the register is",
                                   "a line `基準日` with a day above the headings, a column `基準日`, `as_of` in a mapping, or --as-of DAY"});
    wrong_ = true;
  }
  return wrong_ ? std::nullopt : day_;
}

}  // namespace sekimori::registers
