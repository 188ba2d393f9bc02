// cli: --now. A date alone is 00:00 in Japan.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

namespace sekimori::cli {

inline bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Whether `text` is written as `form` is: a digit for each 0, else the same character. sscanf alone takes blanks and signs.
inline bool has_form(const std::string& text, const char* form) {
  std::size_t at = 0;
  for (; form[at] != '\0'; ++at) {
    if (at == text.size()) return false;
    if (form[at] == '0' ? text[at] < '0' || text[at] > '9' : text[at] != form[at]) return false;
  }
  return at == text.size();
}

// Seconds since 1970 of "2027-04-01", "2027-04-01T09:00:00Z" or "2027-04-01T09:00:00+09:00"; else nothing.
inline std::optional<std::int64_t> parse_time(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
  if (!has_form(text.substr(0, 10), "0000-00-00")) return std::nullopt;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10) return std::nullopt;
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days[month - 1] + (month == 2 && leap(year) ? 1 : 0)) return std::nullopt;
  std::int64_t offset = 9 * 3600;
  if (text.size() > 10) {
    std::string rest = text.substr(10);
    if (!has_form(rest.substr(0, 9), "T00:00:00")) return std::nullopt;
    if (std::sscanf(rest.c_str(), "T%2d:%2d:%2d%n", &hour, &minute, &second, &used) != 3 || used != 9) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    std::string zone = rest.substr(9);
    int zone_hour = 0, zone_minute = 0;
    char sign = 0;
    if (zone == "Z") offset = 0;
    else if ((has_form(zone, "+00:00") || has_form(zone, "-00:00")) && std::sscanf(zone.c_str(), "%c%2d:%2d", &sign, &zone_hour, &zone_minute) == 3 && zone_hour < 24 && zone_minute < 60) offset = (zone_hour * 3600 + zone_minute * 60) * (sign == '-' ? -1 : 1);
    else return std::nullopt;
  }
  // Days since 1970 in the proleptic Gregorian calendar.
  std::int64_t y = year - (month <= 2 ? 1 : 0);
  std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  std::int64_t of_era = y - era * 400;
  std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  std::int64_t total = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  std::int64_t seconds = total * 86400 + hour * 3600 + minute * 60 + second - offset;
  // What a CEL timestamp can hold: the years 1 to 9999 in UTC.
  if (seconds < -62135596800 || seconds > 253402300799) return std::nullopt;
  return seconds;
}

}  // namespace sekimori::cli
