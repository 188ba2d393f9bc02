#include <doctest/doctest.h>

#include "fixture.hpp"
#include "report/outline.hpp"

using namespace sekimori;

TEST_CASE("violations are grouped by rule, most severe first, then in the order of the rules") {
  const report shown = fixture::rich_report();
  const report_outline outline = outline_of(shown);
  REQUIRE(outline.violations.size() == 3);
  CHECK(outline.violations[0].name == "baseline.network/NET-01");
  CHECK(outline.violations[0].findings.size() == 2);
  CHECK(outline.violations[1].name == "baseline.data/DAT-01");
  CHECK(outline.violations[2].name == "baseline.log/LOG-01");
  REQUIRE(outline.waived.size() == 1);
  CHECK(outline.waived[0].name == "baseline.data/DAT-03");
  CHECK(outline.errors.size() == 1);
  CHECK(outline.action_needed == 5);
}

TEST_CASE("undetermined verdicts are grouped by what settles them, with those that are not listed") {
  const report shown = fixture::rich_report();
  const report_outline outline = outline_of(shown);
  REQUIRE(outline.undetermined.size() == 2);
  CHECK(outline.undetermined[0].settle == decide_by::after_apply);
  CHECK(outline.undetermined[1].settle == decide_by::inventory);
  CHECK(outline.undetermined[1].total == 2);
  CHECK(outline.undetermined[1].rules[0].findings.size() == 1);
}

TEST_CASE("who acts: owners with the most severe violations first, waived ones left out") {
  const report shown = fixture::rich_report();
  const report_outline outline = outline_of(shown);
  REQUIRE(outline.actors.size() == 3);
  CHECK(outline.actors[0].owner == "市民情報課長");
  CHECK(outline.actors[0].violations == 2);
  CHECK(outline.actors[0].undetermined == 2);
  CHECK(outline.actors[0].errors == 1);
  CHECK(outline.actors[1].owner == "税務課長");
  CHECK(outline.actors[2].owner.empty());
}

TEST_CASE("severities come from the rules' counts where not all is listed") {
  const report shown = fixture::rich_report();
  const report_outline outline = outline_of(shown);
  CHECK(severity_list(outline.by_severity).ja == "重大 3、高 1、低 1");
  CHECK(severity_list(outline.by_severity).en == "critical 3, high 1, low 1");
}

TEST_CASE("a run that examined nothing does not look clean") {
  const report shown;
  const report_outline outline = outline_of(shown);
  CHECK(headline_of(shown, outline).ja.find("問題がないという意味ではありません") != std::string::npos);
  CHECK(headline_of(shown, outline).en.find("does not mean that all is well") != std::string::npos);
  CHECK(gaps_of(shown).size() == 2);
}

TEST_CASE("dates and numbers as people write them") {
  CHECK(date_for_people("2026-11-24T09:00:00+09:00").ja == "2026年11月24日(火) 09:00:00 日本時間");
  CHECK(date_for_people("2024-02-29T23:59:59Z").en == "2024-02-29 (Thu) 23:59:59 Z");
  CHECK(date_for_people("soon").ja == "soon");
  CHECK(date_for_people("2026-13-99T09:00:00+09:00").en == "2026-13-99T09:00:00+09:00");
  CHECK(grouped(0) == "0");
  CHECK(grouped(1234567) == "1,234,567");
}
