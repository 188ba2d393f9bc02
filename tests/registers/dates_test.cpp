// registers: days as offices write them.
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "registers/dates.hpp"

using namespace sekimori::registers;

namespace {

std::string day(std::string_view text) {
  const date_reading read = read_date(text);
  switch (read.state) {
    case date_state::read: return format_day(read.value);
    case date_state::not_a_date: return "not a date";
    case date_state::ambiguous: return "ambiguous";
    case date_state::no_such_day: return "no such day";
    case date_state::outside_era: return "outside era";
  }
  return "";
}

}  // namespace

TEST_CASE("the forms of one day") {
  for (const char* text : {"2027-03-31", "2027/3/31", "2027/03/31", "2027.3.31", "2027-3-31", "2027年3月31日", "R9.3.31", "r9.3.31", "R09.03.31", "R9/3/31", "R9-3-31", "令和9年3月31日",
                           "令和 9年 3月31日", "令9.3.31", "㋿9年3月31日", "20270331", "46477", "2027/3/31(水)", "令和9年3月31日(水曜日)"}) {
    CAPTURE(text);
    CHECK(day(text) == "2027-03-31");
  }
  CHECK(day("令和元年5月1日") == "2019-05-01");
  CHECK(day("R1.5.1") == "2019-05-01");
  CHECK(day("H31.4.30") == "2019-04-30");
  CHECK(day("S64.1.7") == "1989-01-07");
  CHECK(day("平成元年1月8日") == "1989-01-08");
  CHECK(day("昭和元年12月25日") == "1926-12-25");
  CHECK(day("2028-02-29") == "2028-02-29");
}

TEST_CASE("each form has a name, and ISO none") {
  const std::pair<const char*, const char*> forms[] = {{"2027-03-31", ""}, {"2027/3/31", "date_slashes"}, {"2027年3月31日", "date_japanese"}, {"R9.3.31", "date_era"}, {"46477", "date_serial"}, {"20270331", "date_compact"}};
  for (const auto& [text, name] : forms) CHECK(read_date(text).conversion == name);
}

TEST_CASE("serials count the day that 1900 did not have") {
  CHECK(day("1") == "1900-01-01");
  CHECK(day("59") == "1900-02-28");
  CHECK(day("60") == "no such day");
  CHECK(day("61") == "1900-03-01");
  CHECK(day("45000") == "2023-03-15");
  CHECK(day("109574") == "2199-12-31");
}

TEST_CASE("what can be meant in more than one way is not guessed") {
  for (const char* text : {"3/4/2027", "31/3/2027", "27/3/31", "9.3.31", "3/31", "3月31日", "27年3月31日", "2027", "270331", "0331", "2027/3", "1.5"}) {
    CAPTURE(text);
    CHECK(day(text) == "ambiguous");
  }
}

TEST_CASE("an era has no years beyond its own") {
  for (const char* text : {"H31.5.1", "平成32年4月1日", "S64.1.8", "R1.4.30", "H0.3.31"}) {
    CAPTURE(text);
    CHECK(day(text) == "outside era");
  }
  CHECK(read_date("平成33年3月31日").expected == "平成 ends on 2019-04-30: 令和3年 is meant?");
}

TEST_CASE("days that are none, and texts that are no days") {
  for (const char* text : {"2027-02-29", "2027/13/1", "2027/4/31", "R9.2.30", "20271301", "2027/3/31(木)"}) {
    CAPTURE(text);
    CHECK(day(text) == "no such day");
  }
  for (const char* text : {"", "なし", "2027/3/31/1", "2027-03/31", "R", "R9", "X9.3.31", "2027年3月", "2027年3月31", "令和9年3月31日付け", "2027/3/31 9:00", "-1", "1.5.", "99999999999"}) {
    CAPTURE(text);
    CHECK(day(text) == "not a date");
  }
}

TEST_CASE("moments") {
  const auto seconds = [](std::string_view text) { return read_timestamp(text).value; };
  CHECK(seconds("2027-03-31T09:00:00+09:00") == 1806451200);
  CHECK(seconds("2027-03-31T00:00:00Z") == 1806451200);
  CHECK(seconds("2027/3/31 9:00") == 1806451200);
  CHECK(seconds("2027-03-31 09:00:00.123") == 1806451200);
  CHECK(seconds("R9.3.31 9:00") == 1806451200);
  CHECK(seconds("令和9年3月31日 9:00") == 1806451200);
  CHECK(seconds("2027-03-31") == 1806451200 - 9 * 3600);
  CHECK(read_timestamp("2027/3/31 9:00").japan_time);
  CHECK_FALSE(read_timestamp("2027-03-31T09:00:00+09:00").japan_time);
  for (const char* text : {"2027-03-31T24:00:00Z", "2027-03-31T09:60", "2027-03-31 9時", "2027-03-31T09:00:00+9", "9:00", "2027-03-31T09:00:00 JST"}) {
    CAPTURE(text);
    CHECK(read_timestamp(text).state != date_state::read);
  }
  CHECK(read_timestamp("3/4/2027 9:00").state == date_state::ambiguous);
}
