#include "check/waivers.hpp"

#include <doctest/doctest.h>

using namespace sekimori;
using namespace sekimori::check;

TEST_CASE("days and times are Japan's") {
  CHECK(japan_date(0) == "1970-01-01");
  CHECK(japan_date(1806505200 - 1) == "2027-03-31");  // the last second of the fiscal year
  CHECK(japan_date(1806505200) == "2027-04-01");
  CHECK(japan_time(1806505200) == "2027-04-01T00:00:00+09:00");
  CHECK(japan_time(-1) == "1970-01-01T08:59:59+09:00");
}

TEST_CASE("patterns of resources") {
  CHECK(matches_pattern("aws_instance.web[0]", "aws_instance.web*"));
  CHECK(matches_pattern("aws_instance.web", "aws_instance.web"));
  CHECK(!matches_pattern("aws_instance.webs", "aws_instance.web"));
  CHECK(matches_pattern("module.a.aws_instance.web", "*aws_instance.*"));
  CHECK(matches_pattern("", "*"));
  CHECK(!matches_pattern("x", ""));
  CHECK(matches_pattern(std::string(10000, 'a'), "*a*a*a*a*"));
}
