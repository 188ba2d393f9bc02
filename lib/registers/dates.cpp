// registers: the forms of days: 2027-03-31, 2027/3/31, 2027年3月31日, R9.3.31, 令和9年3月31日, 20270331 and serial numbers.
#include "registers/dates.hpp"

#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace sekimori::registers {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::string_view day_forms = "a day such as 2027-03-31, 2027/3/31, R9.3.31 or 令和9年3月31日";

struct era {
  std::string_view name, short_name, sign;   // 令和, 令, ㋿
  char letter;
  int before;                                // the year before its first
  std::string_view first, last;
};
// Meiji from 1873, when the calendar became today's.
constexpr era eras[] = {
    {"令和", "令", "㋿", 'R', 2018, "2019-05-01", "9999-12-31"}, {"平成", "平", "㍻", 'H', 1988, "1989-01-08", "2019-04-30"},
    {"昭和", "昭", "㍼", 'S', 1925, "1926-12-25", "1989-01-07"}, {"大正", "大", "㍽", 'T', 1911, "1912-07-30", "1926-12-25"},
    {"明治", "明", "㍾", 'M', 1867, "1873-01-01", "1912-07-30"},
};

date_reading refused(date_state state, std::string expected = std::string(day_forms)) { return {.state = state, .expected = std::move(expected)}; }

bool digit(char c) { return c >= '0' && c <= '9'; }

// Takes digits off the front, `most` of them; nothing where there are none or more.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t size = 0;
  while (size < text.size() && digit(text[size])) ++size;
  if (size == 0 || size > most) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + size, number);
  text.remove_prefix(size);
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<std::int64_t> day_of(int year, int month, int day) {
  const year_month_day made{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1 || year > 9999 || !made.ok()) return std::nullopt;
  return sys_days(made).time_since_epoch().count();
}

date_reading dated(int year, int month, int day, std::string_view conversion) {
  const auto days = day_of(year, month, day);
  return days ? date_reading{.state = date_state::read, .value = *days, .conversion = conversion} : refused(date_state::no_such_day, "a day of the calendar");
}

const era* take_era(std::string_view& text) {
  for (const era& one : eras) {
    const bool letter = !text.empty() && (text[0] == one.letter || text[0] == one.letter + ('a' - 'A'));
    if (take(text, one.name) || take(text, one.sign) || take(text, one.short_name)) return &one;
    if (letter) return text.remove_prefix(1), &one;
  }
  return nullptr;
}

date_reading of_era(const era& within, int year, int month, int day) {
  date_reading made = dated(within.before + year, month, day, "date_era");
  if (made.state != date_state::read) return made;
  const std::string written = format_day(made.value);
  if (year >= 1 && written >= within.first && written <= within.last) return made;
  std::string expected = written < within.first ? fmt::format("{} begins on {}", within.name, within.first) : fmt::format("{} ends on {}", within.name, within.last);
  for (const era& other : eras) {
    if (written >= other.first && written <= other.last) expected += fmt::format(": {}{}年 is meant?", other.name, within.before + year - other.before);
    if (written >= other.first) break;
  }
  return refused(date_state::outside_era, std::move(expected));
}

// Days since 1899-12-31, as spreadsheets count that take 1900 for a leap year: from 61 on one too many.
date_reading of_serial(std::int64_t serial) {
  constexpr std::int64_t day_zero = -25568;   // 1899-12-31
  if (serial == 60) return refused(date_state::no_such_day, "a day of the calendar: 60 is the 29 February 1900, which there was only in spreadsheets");
  return {.state = date_state::read, .value = day_zero + serial - (serial > 60 ? 1 : 0), .conversion = "date_serial"};
}

date_reading of_digits(std::string_view text) {
  if (text.size() > 8) return refused(date_state::not_a_date);
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.size() == 8) return dated(number / 10000, number / 100 % 100, number % 100, "date_compact");
  constexpr int last_serial = 109574;         // 2199-12-31; 270331 is rather a day without its century
  if ((number >= 1900 && number < 2200) || number > last_serial || text[0] == '0') {
    return refused(date_state::ambiguous, "a day with its year, month and day: a number alone may be a year, a day or a spreadsheet's serial number");
  }
  return of_serial(number);
}

// 「(水)」 behind a day. What it says must be so.
std::optional<unsigned> take_weekday(std::string_view& text) {
  constexpr std::string_view names[] = {"日", "月", "火", "水", "木", "金", "土"};
  for (unsigned i = 0; i < 7; ++i) {
    for (const std::string& form : {fmt::format("({})", names[i]), fmt::format("({}曜日)", names[i]), fmt::format("({}曜)", names[i])}) {
      if (text.size() > form.size() && text.ends_with(form)) return text.remove_suffix(form.size()), i;
    }
  }
  return std::nullopt;
}

date_reading of_parts(std::string_view text) {
  const era* within = take_era(text);
  std::string_view digits = text;
  const bool first_year = within != nullptr && take(text, "元");
  const auto first = first_year ? std::optional<int>(1) : take_number(text, 4);
  if (!first) return refused(date_state::not_a_date);
  const std::size_t width = digits.size() - text.size();
  const bool characters = take(text, "年");
  std::string_view separator;
  if (!characters) {
    if (within == nullptr && take(text, "月")) {
      const auto day = take_number(text, 2);
      return refused(day && take(text, "日") && text.empty() ? date_state::ambiguous : date_state::not_a_date, "a day with its year, as in 2027年3月31日");
    }
    if (text.empty() || std::string_view("-/.").find(text[0]) == std::string_view::npos) return refused(date_state::not_a_date);
    separator = text.substr(0, 1);
    text.remove_prefix(1);
  }
  const auto month = take_number(text, 2);
  if (!month) return refused(date_state::not_a_date);
  if (!characters && text.empty()) return refused(date_state::ambiguous, "a day with its year, its month and its day");
  if (!(characters ? take(text, "月") : take(text, separator))) return refused(date_state::not_a_date);
  if (within == nullptr && !characters && width <= 2) {
    // 27/3/31, 9.3.31, 3/4/2027 and 31/3/2027 alike: the year does not stand first, or its century is missing.
    const auto last = take_number(text, 4);
    return refused(last && text.empty() ? date_state::ambiguous : date_state::not_a_date, "the year first and in full, as in 2027/3/31, or its era, as in R9.3.31");
  }
  const auto day = take_number(text, 2);
  if (!day || (characters && !take(text, "日")) || !text.empty()) return refused(date_state::not_a_date);
  if (within != nullptr) return of_era(*within, *first, *month, *day);
  if (width <= 2) return refused(date_state::ambiguous, "the era of the year, as in 令和9年3月31日, or the year in full");
  if (width != 4) return refused(date_state::not_a_date);
  const bool iso = separator == "-" && digits.size() == 10;
  return dated(*first, *month, *day, characters ? "date_japanese" : iso ? "" : "date_slashes");
}

std::string without_blanks(std::string_view text) {
  std::string made;
  for (char c : text) {
    if (c != ' ') made += c;
  }
  return made;
}

}  // namespace

std::string format_day(std::int64_t days) {
  const year_month_day made{sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(made.year()), static_cast<unsigned>(made.month()), static_cast<unsigned>(made.day()));
}

date_reading read_date(std::string_view given) {
  // Spreadsheets pad: 令和 9年 3月31日.
  const std::string padded = given.find("年") == std::string_view::npos ? std::string(given) : without_blanks(given);
  std::string_view text = padded;
  if (text.empty()) return refused(date_state::not_a_date);
  if (text.find_first_not_of("0123456789") == std::string_view::npos) return of_digits(text);
  const auto weekday = take_weekday(text);
  date_reading made = of_parts(text);
  if (weekday && made.state == date_state::read && std::chrono::weekday(sys_days(std::chrono::days(made.value))).c_encoding() != *weekday) {
    return refused(date_state::no_such_day, "the day of the week that the day has");
  }
  return made;
}

date_reading read_timestamp(std::string_view given) {
  constexpr std::int64_t seconds_of_day = 86400, japan = 9 * 3600;
  const auto wrong = [](date_state state) { return refused(state, "a moment such as 2027-03-31T09:00:00+09:00 or 2027/3/31 9:00, or a day"); };
  const std::size_t stop = given.find_first_of("T ", given.find_first_of("0123456789") == 0 ? 0 : 4);
  const bool timed = stop != std::string_view::npos && given.find(':') != std::string_view::npos;
  date_reading made = read_date(timed ? given.substr(0, stop) : given);
  if (made.state != date_state::read) return made;
  made.value = made.value * seconds_of_day;
  made.japan_time = true;
  if (timed) {
    std::string_view text = given.substr(stop + 1);
    const auto hour = take_number(text, 2);
    const bool minutes = hour && take(text, ":");
    const auto minute = minutes ? take_number(text, 2) : std::nullopt;
    const auto second = minute && take(text, ":") ? take_number(text, 2) : std::optional<int>(0);
    if (!minute || !second || *hour > 23 || *minute > 59 || *second > 59) return wrong(date_state::not_a_date);
    if (take(text, ".")) {
      if (!take_number(text, 9)) return wrong(date_state::not_a_date);
    }
    made.value += *hour * 3600 + *minute * 60 + *second;
    take(text, " ");
    if (text == "Z" || text == "UTC") {
      made.japan_time = false;
      return made;
    }
    if (!text.empty()) {
      const bool west = text[0] == '-';
      if (!west && text[0] != '+') return wrong(date_state::not_a_date);
      text.remove_prefix(1);
      const auto hours = take_number(text, 2);
      take(text, ":");
      const auto more = hours ? take_number(text, 2) : std::nullopt;
      if (!more || !text.empty() || *hours > 14 || *more > 59) return wrong(date_state::not_a_date);
      made.value -= (*hours * 3600 + *more * 60) * (west ? -1 : 1);
      made.japan_time = false;
      return made;
    }
  }
  made.value -= japan;
  return made;
}

}  // namespace sekimori::registers
