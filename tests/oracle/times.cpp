// oracle: timestamps and durations by counting years and months one by one, zones by the C library.
// Entry points: times.hpp.
#include "times.hpp"

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <vector>

namespace oracle {

namespace {

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
int days_of(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

struct date {
  int year = 1;
  int month = 1;
  int day = 1;
  int day_of_year = 0;
};

// Whole years since year 1, then months: nothing clever.
wide days_to(int year, int month, int day) {
  wide before = year - 1;
  wide days = before * 365 + before / 4 - before / 100 + before / 400;
  for (int m = 1; m < month; ++m) days += days_of(year, m);
  return days + day - 1;
}
const wide epoch_days = days_to(1970, 1, 1);

date date_of(wide days_since_year_one) {
  date found;
  found.year = static_cast<int>(days_since_year_one / 366) + 1;
  while (days_to(found.year + 1, 1, 1) <= days_since_year_one) ++found.year;
  wide left = days_since_year_one - days_to(found.year, 1, 1);
  found.day_of_year = static_cast<int>(left);
  while (left >= days_of(found.year, found.month)) left -= days_of(found.year, found.month++);
  found.day = static_cast<int>(left) + 1;
  return found;
}

wide floor_divide(wide a, wide b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

bool digits(const std::string& text, std::size_t at, std::size_t count, int& number) {
  if (at + count > text.size()) return false;
  number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    number = number * 10 + (text[i] - '0');
  }
  return true;
}

std::string fraction(wide nanos) {
  if (nanos == 0) return {};
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, ".%09d", static_cast<int>(nanos));
  std::string text = buffer;
  while (text.back() == '0') text.pop_back();
  return text;
}

// Seconds east of UTC at an instant; false: no such zone.
bool offset_in(const std::string& zone, wide seconds, int& offset) {
  offset = 0;
  if (zone.empty() || zone == "UTC") return true;
  std::string fixed = zone;
  int sign = 1;
  if (fixed[0] == '+' || fixed[0] == '-') {
    sign = fixed[0] == '-' ? -1 : 1;
    fixed.erase(0, 1);
  }
  int hours = 0;
  int minutes = 0;
  if (fixed.size() == 5 && fixed[2] == ':' && digits(fixed, 0, 2, hours) && digits(fixed, 3, 2, minutes)) {
    offset = sign * (hours * 3600 + minutes * 60);
    return hours < 24 && minutes < 60;
  }
  struct stat found;
  std::string file = "/usr/share/zoneinfo/" + zone;
  if (zone.find("..") != std::string::npos || stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return false;
  setenv("TZ", (":" + file).c_str(), 1);
  tzset();
  std::time_t at = static_cast<std::time_t>(seconds);
  std::tm local{};
  localtime_r(&at, &local);
  offset = static_cast<int>(local.tm_gmtoff);
  return true;
}

}  // namespace

value timestamp_of(wide nanos, int offset) {
  const wide first = -epoch_days * 86400 * second;
  const wide end = (days_to(10000, 1, 1) - epoch_days) * 86400 * second;
  return nanos >= first && nanos < end ? value(timestamp{nanos, offset}) : value(error{});
}

value duration_of(wide nanos) {
  bool fits = nanos >= std::numeric_limits<std::int64_t>::min() && nanos <= std::numeric_limits<std::int64_t>::max();
  return fits ? value(duration{nanos}) : value(error{});
}

value read_timestamp(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, at_second = 0;
  bool shaped = digits(text, 0, 4, year) && digits(text, 5, 2, month) && digits(text, 8, 2, day) && digits(text, 11, 2, hour) &&
                digits(text, 14, 2, minute) && digits(text, 17, 2, at_second) && text[4] == '-' && text[7] == '-' &&
                (text[10] == 'T' || text[10] == 't') && text[13] == ':' && text[16] == ':';
  if (!shaped || year < 1 || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return error{};
  if (hour > 23 || minute > 59 || at_second > 59) return error{};
  std::size_t at = 19;
  wide nanos = 0;
  if (at < text.size() && text[at] == '.') {
    std::size_t first = ++at;
    for (wide unit = second / 10; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) nanos += (text[at] - '0') * unit;
    if (at == first) return error{};
  }
  std::string zone = text.substr(at);
  int offset = 0;
  if (zone != "Z" && zone != "z") {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || !offset_in(zone, 0, offset)) return error{};
  }
  wide seconds = (days_to(year, month, day) - epoch_days) * 86400 + hour * 3600 + minute * 60 + at_second - offset;
  return timestamp_of(seconds * second + nanos, offset);
}

// A sign, then numbers with units, as in "-1h2.5m".
value read_duration(const std::string& text) {
  static const std::pair<const char*, wide> units[] = {{"ns", 1},  {"us", 1'000},  {"\u00b5s", 1'000},   {"\u03bcs", 1'000},
                                                       {"ms", 1'000'000}, {"s", second}, {"m", 60 * second}, {"h", 3600 * second}};
  std::size_t at = 0;
  wide sign = 1;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    sign = text[0] == '-' ? -1 : 1;
    at = 1;
  }
  if (text.substr(at) == "0") return duration{0};
  if (at == text.size()) return error{};
  wide total = 0;
  while (at < text.size()) {
    std::string whole;
    std::string part;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') whole += text[at++];
    if (at < text.size() && text[at] == '.') {
      ++at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') part += text[at++];
    }
    if ((whole.empty() && part.empty()) || whole.size() > 20) return error{};
    part = part.substr(0, 15);
    const std::pair<const char*, wide>* unit = nullptr;
    for (const auto& one : units) {
      if (unit == nullptr && text.compare(at, std::string(one.first).size(), one.first) == 0) unit = &one;
    }
    if (unit == nullptr) return error{};
    at += std::string(unit->first).size();
    wide number = 0;
    for (char c : whole) number = number * 10 + (c - '0');
    wide scaled = 0;
    wide scale = 1;
    for (char c : part) {
      scaled = scaled * 10 + (c - '0');
      scale *= 10;
    }
    total += number * unit->second + scaled * unit->second / scale;
  }
  return duration_of(sign * total);
}

std::string write(const timestamp& t) {
  wide seconds = floor_divide(t.nanos, second);
  wide nanos = t.nanos - seconds * second;
  seconds += t.offset;
  wide days = floor_divide(seconds, 86400);
  int rest = static_cast<int>(seconds - days * 86400);
  date on = date_of(days + epoch_days);
  int minutes = (t.offset < 0 ? -t.offset : t.offset) / 60;
  char zone[32] = "Z";
  if (t.offset != 0) std::snprintf(zone, sizeof zone, "%c%02d:%02d", t.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d", on.year, on.month, on.day, rest / 3600, rest / 60 % 60, rest % 60);
  return buffer + fraction(nanos) + zone;
}

std::string write(const duration& d) {
  wide size = d.nanos < 0 ? -d.nanos : d.nanos;
  return (d.nanos < 0 ? "-" : "") + std::to_string(static_cast<std::uint64_t>(size / second)) + fraction(size % second) + "s";
}

value part(std::string_view getter, const value& of, const std::string& zone) {
  if (of.is<duration>()) {
    wide nanos = of.as<duration>().nanos;
    if (getter == "getHours") return static_cast<std::int64_t>(nanos / (3600 * second));
    if (getter == "getMinutes") return static_cast<std::int64_t>(nanos / (60 * second));
    if (getter == "getSeconds") return static_cast<std::int64_t>(nanos / second);
    if (getter == "getMilliseconds") return static_cast<std::int64_t>(nanos % second / 1'000'000);
    return error{};
  }
  if (!of.is<timestamp>()) return error{};
  wide nanos = of.as<timestamp>().nanos;
  wide seconds = floor_divide(nanos, second);
  int offset = 0;
  if (!offset_in(zone, seconds, offset)) return error{};
  if (getter == "getMilliseconds") return static_cast<std::int64_t>((nanos - seconds * second) / 1'000'000);
  seconds += offset;
  wide days = floor_divide(seconds, 86400);
  int rest = static_cast<int>(seconds - days * 86400);
  if (getter == "getHours") return std::int64_t{rest / 3600};
  if (getter == "getMinutes") return std::int64_t{rest / 60 % 60};
  if (getter == "getSeconds") return std::int64_t{rest % 60};
  if (getter == "getDayOfWeek") return static_cast<std::int64_t>(((days + 4) % 7 + 7) % 7);
  // A zone can lead out of the years that can be written: 31 December of year 0 and 1 January of year 10000.
  wide since_year_one = days + epoch_days;
  date on = since_year_one < 0 ? date{0, 12, 31, 365} : date_of(since_year_one);
  if (getter == "getFullYear") return std::int64_t{on.year};
  if (getter == "getMonth") return std::int64_t{on.month - 1};
  if (getter == "getDayOfYear") return std::int64_t{on.day_of_year};
  if (getter == "getDayOfMonth") return std::int64_t{on.day - 1};
  if (getter == "getDate") return std::int64_t{on.day};
  return error{};
}

}  // namespace oracle
