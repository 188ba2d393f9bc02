#include <doctest/doctest.h>

#include "fixture.hpp"

using namespace sekimori;

namespace {

report with_finding(verdict outcome, severity level, disposition state = disposition::active) {
  report shown = fixture::clean_report();
  finding found = fixture::base_finding(shown, 0, "aws_security_group.web", "aws");
  found.outcome = outcome;
  found.level = level;
  found.state = state;
  shown.findings.push_back(found);
  return shown;
}

bool goes_on(const report& shown, undetermined_policy undetermined = undetermined_policy::allow) {
  return decide(shown, severity::high, undetermined);
}

}  // namespace

TEST_CASE("a run in which all was read and nothing found may go on") {
  CHECK(goes_on(fixture::clean_report()));
  CHECK(goes_on(fixture::clean_report(), undetermined_policy::block));
}

TEST_CASE("violations at or over the threshold block unless they are waived") {
  CHECK_FALSE(goes_on(with_finding(verdict::fail, severity::high)));
  CHECK_FALSE(goes_on(with_finding(verdict::fail, severity::critical)));
  CHECK(goes_on(with_finding(verdict::fail, severity::medium)));
  CHECK(goes_on(with_finding(verdict::fail, severity::critical, disposition::waived)));
  CHECK_FALSE(goes_on(with_finding(verdict::fail, severity::critical, disposition::disputed)));
}

TEST_CASE("undetermined blocks only where the caller says so") {
  const report shown = with_finding(verdict::undetermined, severity::critical);
  CHECK(goes_on(shown, undetermined_policy::allow));
  CHECK_FALSE(goes_on(shown, undetermined_policy::block));
  CHECK(goes_on(with_finding(verdict::undetermined, severity::low), undetermined_policy::block));
}

TEST_CASE("whatever was not read, evaluated or examined blocks") {
  CHECK_FALSE(goes_on(report()));
  CHECK_FALSE(goes_on(with_finding(verdict::error, severity::info)));
  report counted = fixture::clean_report();
  counted.summary.total.error = 1;
  CHECK_FALSE(goes_on(counted));
  report unreadable = fixture::clean_report();
  unreadable.inputs.push_back({"b.json", "", "", "", "unreadable"});
  CHECK_FALSE(goes_on(unreadable));
  report empty = fixture::clean_report();
  empty.inputs.push_back({"b.json", "terraform-plan", "1.2", "plan", "nothing_examined"});
  CHECK_FALSE(goes_on(empty));
  report nothing = fixture::clean_report();
  nothing.summary.examined.mapped = 0;
  CHECK_FALSE(goes_on(nothing));
  for (const char* cause : {"input_unreadable", "limit", "error_verdict", "nothing_examined"}) {
    report caused = fixture::clean_report();
    caused.outcome.causes = {cause};
    CHECK_FALSE(goes_on(caused));
  }
  report diagnosed = fixture::clean_report();
  diagnosed.diagnostics = {fixture::broken_json()};
  CHECK_FALSE(goes_on(diagnosed));
  diagnosed.diagnostics[0].level = diagnostic_level::warning;
  CHECK(goes_on(diagnosed));
}

TEST_CASE("findings that are counted but not listed block by their rule's severity") {
  report shown = fixture::clean_report();
  shown.summary.not_listed = 4;
  shown.summary.by_rule = {{"baseline.data/DAT-03", {0, 4, 0, 0, 0, 0}}};  // medium
  CHECK(goes_on(shown));
  shown.summary.by_rule = {{"baseline.data/DAT-01", {0, 4, 0, 0, 0, 4}}};  // high, all waived
  CHECK(goes_on(shown));
  shown.summary.by_rule = {{"baseline.data/DAT-01", {0, 4, 0, 0, 0, 3}}};
  CHECK_FALSE(goes_on(shown));
  shown.summary.by_rule = {{"baseline.data/DAT-01", {0, 0, 4, 0, 0, 0}}};
  CHECK(goes_on(shown, undetermined_policy::allow));
  CHECK_FALSE(goes_on(shown, undetermined_policy::block));
  shown.summary.by_rule = {{"nobody/KNOWS", {0, 1, 0, 0, 0, 0}}};
  CHECK_FALSE(goes_on(shown));
}
