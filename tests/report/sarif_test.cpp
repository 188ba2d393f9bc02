#include <doctest/doctest.h>

#include "fixture.hpp"
#include "report/sarif.hpp"

using namespace sekimori;

TEST_CASE("names of files become references") {
  CHECK(sarif_uri("inputs/plan.json") == "inputs/plan.json");
  CHECK(sarif_uri("a b/<x>.json") == "a%20b/%3Cx%3E.json");
  CHECK(sarif_uri("/tmp/計画.json") == "file:///tmp/%E8%A8%88%E7%94%BB.json");
  CHECK(sarif_uri("c:plan.json") == "c%3Aplan.json");
}

TEST_CASE("messages hold neither placeholders nor links") {
  CHECK(sarif_message("{0} of logs[0]") == "{{0}} of logs[0]");
  CHECK(sarif_message("[x](javascript:alert)") == "\\[x\\](javascript:alert)");
}

TEST_CASE("rules that only a finding names are among the driver's") {
  report shown = fixture::clean_report();
  finding found = fixture::base_finding(shown, 0, "a.b", "aws");
  found.ruleset = "other";
  shown.findings.push_back(found);
  const sarif_rules rules(shown);
  CHECK(rules.index_of("baseline.network/NET-01") == 0);
  CHECK(rules.index_of("other/NET-01") == shown.rules->size());
}

TEST_CASE("a region stands only where the line is known") {
  report shown = fixture::clean_report();
  shown.findings.push_back(fixture::base_finding(shown, 0, "a.b", "aws"));
  shown.findings[0].outcome = verdict::fail;
  CHECK(render(shown, "sarif")->find("\"region\"") == std::string::npos);
  shown.findings[0].location.line = 12;
  CHECK(render(shown, "sarif")->find("\"startLine\": 12") != std::string::npos);
}

TEST_CASE("the run is a success of the tool only where it saw everything") {
  CHECK(render(fixture::clean_report(), "sarif")->find("\"executionSuccessful\": true") != std::string::npos);
  report shown = fixture::clean_report();
  shown.outcome = {1, {"findings"}, {}};
  CHECK(render(shown, "sarif")->find("\"executionSuccessful\": true") != std::string::npos);
  shown.outcome.causes.push_back("input_unreadable");
  CHECK(render(shown, "sarif")->find("\"executionSuccessful\": false") != std::string::npos);
}
