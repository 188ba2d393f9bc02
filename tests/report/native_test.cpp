#include <doctest/doctest.h>

#include "fixture.hpp"

using namespace sekimori;

TEST_CASE("the native report says everything, in both languages, whatever language people read") {
  const report shown = fixture::rich_report();
  const std::string ja = *render(shown, "json", {"ja", false, 80});
  const std::string en = *render(shown, "json", {"en", true, 200});
  CHECK(ja == en);
  CHECK(ja.find("\"schema\": \"sekimori.report/v1\"") == 4);
  CHECK(ja.find("\"disposition\": \"waived\"") != std::string::npos);
  CHECK(ja.find("\"decide_by\": \"after_apply\"") != std::string::npos);
  CHECK(ja.find("not open to the internet") != std::string::npos);
  CHECK(ja.find("\"status\": \"unverified\"") != std::string::npos);
  CHECK(ja.find("inputs/<broken>.json") != std::string::npos);
}

TEST_CASE("a line that is not known is not written") {
  report shown = fixture::clean_report();
  shown.findings.push_back(fixture::base_finding(shown, 0, "aws_instance.web", "aws"));
  const std::string json = *render(shown, "json");
  CHECK(json.find("\"line\"") == std::string::npos);
  CHECK(json.find("\"now\": \"2026-11-24T09:00:00+09:00\"") != std::string::npos);
  shown.now.clear();
  CHECK(render(shown, "json")->find("\"now\": null") != std::string::npos);
}
