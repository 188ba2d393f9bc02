// cel: Japanese calendar dates and fiscal years of the cloud pack. Entry points: the bodies. Japan has kept
// UTC+9 without summer time since 1952 and the packs compute nothing older, so no time zone database is needed.
#include <chrono>
#include <string>

#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::cloud {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t jst_offset = 9 * 3'600;

bool read_digits(std::string_view text, int& number) {
  number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return true;
}

// Days since 1970-01-01 of "2027-03-31".
bool read_date(std::string_view text, std::int64_t& days) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!read_digits(text.substr(0, 4), year) || !read_digits(text.substr(5, 2), month) || !read_digits(text.substr(8, 2), day)) {
    return false;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  // The first day of CEL's years begins in UTC's year 0 where Japan is ahead.
  if (!date.ok() || year < 1 || (year == 1 && month == 1 && day == 1)) return false;
  days = std::chrono::sys_days(date).time_since_epoch().count();
  return true;
}

std::chrono::year_month_day jst_day(value instant) {
  const std::int64_t seconds = instant.seconds() + jst_offset;
  std::int64_t days = seconds / day_seconds;
  if (seconds % day_seconds < 0) --days;
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(days)));
}

value no_date(call_context& context) {
  return context.fail(evaluation_error_code::invalid_argument, "the string is no date like 2027-03-31");
}

value day_text(call_context& context, std::chrono::year_month_day day) {
  const auto padded = [](long number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
  };
  return make_string(context.memory, padded(static_cast<int>(day.year()), 4) + '-' + padded(static_cast<unsigned>(day.month()), 2) + '-' +
                                         padded(static_cast<unsigned>(day.day()), 2));
}

}  // namespace

value date(call_context& context, arguments given) {
  std::int64_t days = 0;
  if (!read_date(given[0].as_text(), days)) return no_date(context);
  return value::timestamp(days * day_seconds - jst_offset, 0);
}

value end_of_day(call_context& context, arguments given) {
  std::int64_t days = 0;
  if (!read_date(given[0].as_text(), days)) return no_date(context);
  return value::timestamp((days + 1) * day_seconds - jst_offset - 1, 0);
}

// Begins on 1 April.
value fiscal_year(call_context&, arguments given) {
  const std::chrono::year_month_day day = jst_day(given[0]);
  return value::integer(static_cast<int>(day.year()) - (day.month() < std::chrono::April ? 1 : 0));
}

value jst_date(call_context& context, arguments given) { return day_text(context, jst_day(given[0])); }

value days_between(call_context& context, arguments given) {
  std::int64_t first = 0;
  std::int64_t second = 0;
  if (!read_date(given[0].as_text(), first) || !read_date(given[1].as_text(), second)) return no_date(context);
  return value::integer(second - first);
}

value add_days(call_context& context, arguments given) {
  constexpr std::int64_t most = 4'000'000;   // more than all the days that CEL has
  std::int64_t days = 0;
  if (!read_date(given[0].as_text(), days)) return no_date(context);
  if (given[1].as_integer() > most || given[1].as_integer() < -most) return context.fail(evaluation_error_code::overflow, "the day is outside the years 1 to 9999");
  const std::chrono::year_month_day day(std::chrono::sys_days(std::chrono::days(days + given[1].as_integer())));
  if (static_cast<int>(day.year()) < 1 || static_cast<int>(day.year()) > 9999) return context.fail(evaluation_error_code::overflow, "the day is outside the years 1 to 9999");
  return day_text(context, day);
}

}  // namespace sekimori::cel::cloud
