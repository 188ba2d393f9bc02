// value: the written forms of numbers, instants and bytes, shared by display, JSON and CEL's
// conversions. Entry points: the functions here. Knows no containers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekimori {

// What a timestamp may hold: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
constexpr std::int64_t min_timestamp_seconds = -62135596800;
constexpr std::int64_t max_timestamp_seconds = 253402300799;

// Seconds and nanoseconds. A timestamp's nanos are 0 to 999,999,999; a duration's have the sign of its seconds.
struct instant {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
};

// A day of the proleptic Gregorian calendar as days since 1970-01-01, and back.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);
struct civil_day {
  std::int64_t year;
  unsigned month;  // 1 .. 12
  unsigned day;    // 1 .. 31
};
civil_day civil_from_days(std::int64_t days);

// Shortest text that reads back as the same double; an exponent is written below 1e-4 and from
// 10^plain_digits on. CEL's string() uses 6 (1e+06), as cel-go does; people read 21 as plain.
std::string format_double(double number, int plain_digits = 21);
std::string format_timestamp(std::int64_t seconds, std::int32_t nanos);  // RFC 3339 in UTC, fraction without trailing zeros
std::string format_duration(std::int64_t seconds, std::int32_t nanos);   // "-1.5s"

std::optional<double> parse_double(std::string_view text);               // whole text; "NaN", "Infinity" and a sign allowed, but not of NaN
std::optional<instant> parse_timestamp(std::string_view text);           // RFC 3339, in range
std::optional<instant> parse_duration(std::string_view text);            // Go's form: "-1h2.5m3s4ms"; within int64 nanoseconds

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);         // padding may be left out

// A duration is held within int64 nanoseconds, as cel-go does.
__extension__ using wide_integer = __int128;
std::optional<instant> duration_from_nanos(wide_integer nanos);

}  // namespace sekimori
