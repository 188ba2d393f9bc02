// registers: days and moments as Japanese offices write them. Entry points: read_date, read_timestamp, format_day. Never guesses: what
// can be meant in two ways is ambiguous. Knows no fields and no clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekimori::registers {

enum class date_state : std::uint8_t {
  read,
  not_a_date,
  ambiguous,      // 3/4/2027, 27/3/31, 9.3.31, 3/31
  no_such_day,    // 2027-02-29, and the 29 February 1900 that spreadsheets believe in
  outside_era,    // 平成32年4月1日
};

struct date_reading {
  date_state state = date_state::not_a_date;
  std::int64_t value = 0;            // days since 1970-01-01, of a timestamp seconds
  std::string_view conversion = {};  // stable name of the form, "date_era"; empty: ISO
  bool japan_time = false;           // a moment that named no offset: it is Japan's
  std::string expected = {};         // where it was not read
};

// `text` is narrow and trimmed.
date_reading read_date(std::string_view text);
date_reading read_timestamp(std::string_view text);
std::string format_day(std::int64_t days);   // "2027-03-31"

}  // namespace sekimori::registers
