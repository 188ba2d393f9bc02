// cel: parts of timestamps and durations in the standard pack. Entry point: read_part. Named time
// zones are the system's.
#include <optional>

#include "cel/packs/standard.hpp"
#include "cel/packs/time_zone.hpp"
#include "value/forms.hpp"

namespace sekimori::cel::standard {

namespace {

std::optional<int> two_digits(std::string_view text, std::size_t at) {
  if (text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9') return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// "+09:00", "-02:30", "02:00".
std::optional<std::int64_t> fixed_offset(std::string_view zone) {
  bool negative = zone.starts_with('-');
  if (negative || zone.starts_with('+')) zone.remove_prefix(1);
  if (zone.size() != 5 || zone[2] != ':') return std::nullopt;
  auto hours = two_digits(zone, 0);
  auto minutes = two_digits(zone, 3);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  std::int64_t offset = *hours * 3600 + *minutes * 60;
  return negative ? -offset : offset;
}

std::optional<std::int64_t> offset_of(std::string_view zone, std::int64_t seconds) {
  if (zone.empty() || zone == "UTC") return 0;
  auto fixed = fixed_offset(zone);
  return fixed ? fixed : zone_offset(zone, seconds);
}

std::int64_t part_of_duration(value duration, part asked) {
  switch (asked) {
    case part::hours: return duration.seconds() / 3600;
    case part::minutes: return duration.seconds() / 60;
    case part::milliseconds: return duration.nanos() / 1'000'000;
    default: return duration.seconds();
  }
}

std::int64_t part_of_day(std::int64_t days, part asked) {
  civil_day day = civil_from_days(days);
  switch (asked) {
    case part::full_year: return day.year;
    case part::month: return day.month - 1;
    case part::day_of_year: return days - days_from_civil(day.year, 1, 1);
    case part::day_of_month: return day.day - 1;
    case part::date: return day.day;
    default: return ((days + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  }
}

}  // namespace

value read_part(call_context& context, arguments given, part asked) {
  const value of = given[0];
  if (of.is(value_kind::duration)) return value::integer(part_of_duration(of, asked));
  std::int64_t seconds = of.seconds();
  if (given.size() == 2) {
    auto offset = offset_of(given[1].as_text(), seconds);
    if (!offset) return context.fail(evaluation_error_code::invalid_argument, "the string names no time zone");
    seconds += *offset;
  }
  std::int64_t days = seconds / 86400;
  std::int64_t rest = seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  switch (asked) {
    case part::hours: return value::integer(rest / 3600);
    case part::minutes: return value::integer(rest / 60 % 60);
    case part::seconds: return value::integer(rest % 60);
    case part::milliseconds: return value::integer(of.nanos() / 1'000'000);
    default: return value::integer(part_of_day(days, asked));
  }
}

}  // namespace sekimori::cel::standard
