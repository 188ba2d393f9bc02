// cel: named time zones. Entry point: zone_offset. The date library knows the changes that the
// database lists, which end in 2037; the rule after them is read here.
#include "cel/packs/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>
#include <string>

#include "base/files.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {

namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t largest_zone_file = 1 << 20;

// Reads a rule from left to right.
class rule_reader {
 public:
  explicit rule_reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool next_is(char c) const { return !rest_.empty() && rest_[0] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // EST, or <+0330>.
  bool name() {
    bool quoted = take('<');
    std::size_t length = 0;
    while (length < rest_.size() && (quoted ? rest_[length] != '>' : is_letter(rest_[length]))) ++length;
    rest_.remove_prefix(length);
    return (!quoted || take('>')) && length > 0;
  }
  bool number(std::int64_t& to) {
    std::size_t length = 0;
    for (to = 0; length < rest_.size() && length < 5 && rest_[length] >= '0' && rest_[length] <= '9'; ++length) to = to * 10 + (rest_[length] - '0');
    rest_.remove_prefix(length);
    return length > 0;
  }
  // hh[:mm[:ss]] with a sign.
  bool time(std::int64_t& to) {
    bool negative = take('-');
    if (!negative) take('+');
    std::int64_t part = 0;
    to = 0;
    for (std::int64_t unit = 3'600; unit > 0; unit /= 60) {
      if (!number(part)) return false;
      to += part * unit;
      if (!take(':')) break;
    }
    if (negative) to = -to;
    return true;
  }

 private:
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  std::string_view rest_;
};

// The days of a year on which the clocks change: M3.2.0 is the second Sunday of March; week 5 is the last one.
struct change {
  std::int64_t month = 0;
  std::int64_t week = 0;
  std::int64_t weekday = 0;
  std::int64_t time = 7'200;  // of the local clock before the change

  bool read(rule_reader& from) {
    bool day = from.take(',') && from.take('M') && from.number(month) && from.take('.') && from.number(week) && from.take('.') && from.number(weekday);
    if (!day || month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6) return false;
    return !from.take('/') || from.time(time);
  }
  // Seconds since 1970 of the local clock.
  std::int64_t in(std::int64_t year) const {
    std::int64_t first = days_from_civil(year, static_cast<unsigned>(month), 1);
    std::int64_t next_month = month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, static_cast<unsigned>(month) + 1, 1);
    std::int64_t first_weekday = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    std::int64_t day = first + (weekday - first_weekday + 7) % 7 + 7 * (week - 1);
    while (day >= next_month) day -= 7;
    return day * day_seconds + time;
  }
};

// The last line of the zone's file.
std::string last_rule(std::string_view zone) {
  std::string bytes;
  std::string why;
  for (const char* folder : {"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/usr/share/lib/zoneinfo/"}) {
    if (read_file(folder + std::string(zone), largest_zone_file, bytes, why) != read_outcome::read) continue;
    if (bytes.empty() || bytes.back() != '\n') return {};
    bytes.pop_back();
    std::size_t line = bytes.rfind('\n');
    return line == std::string::npos ? std::string() : bytes.substr(line + 1);
  }
  return {};
}

}  // namespace

std::optional<std::int64_t> rule_offset(std::string_view rule, std::int64_t seconds) {
  rule_reader reader(rule);
  std::int64_t west = 0;
  if (!reader.name() || !reader.time(west)) return std::nullopt;
  const std::int64_t standard = -west;
  if (reader.at_end()) return standard;
  std::int64_t summer_west = west - 3'600;
  if (!reader.name() || (!reader.next_is(',') && !reader.time(summer_west))) return std::nullopt;
  const std::int64_t summer = -summer_west;
  change begins;
  change ends;
  if (!begins.read(reader) || !ends.read(reader) || !reader.at_end()) return std::nullopt;
  std::int64_t local = seconds + standard;
  std::int64_t year = civil_from_days(local / day_seconds - (local % day_seconds < 0)).year;
  std::int64_t first = begins.in(year) - standard;
  std::int64_t last = ends.in(year) - summer;
  bool in_summer = first < last ? seconds >= first && seconds < last : seconds >= first || seconds < last;
  return in_summer ? summer : standard;
}

// The library throws where it finds no such zone or no database.
std::optional<std::int64_t> zone_offset(std::string_view zone, std::int64_t seconds) {
  try {
    const date::time_zone* found = date::locate_zone(std::string(zone));
    const date::sys_info known = found->get_info(date::sys_seconds(std::chrono::seconds(seconds)));
    // The last period that the library knows has no end; what the zone does in it stands in its rule.
    constexpr std::int64_t last_listed_year = 2037;
    if (seconds >= days_from_civil(last_listed_year, 1, 1) * day_seconds && known.end.time_since_epoch().count() > max_timestamp_seconds) {
      if (auto ruled = rule_offset(last_rule(found->name()), seconds)) return ruled;
    }
    return known.offset.count();
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace sekimori::cel
