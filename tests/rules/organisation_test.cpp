// What an organisation answers: effective parameters, titles, placement.
#include "rules/organisation.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

using namespace sekimori;
using namespace sekimori::rules;

namespace {

template <class T>
T load(const std::string& text) {
  auto loaded = load_document(std::make_shared<const source_text>("t.yaml", text));
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  return std::get<T>(std::move(*loaded));
}

std::vector<ruleset_document> rulesets() {
  std::ifstream file(std::string(SEKIMORI_SOURCE_DIR) + "/tests/rules/fixture-ruleset.yaml");
  return {load<ruleset_document>({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()})};
}

constexpr const char* sample = R"(sekimori: organisation/v1
id: sample
title: {ja: 見本}
scopes:
  - id: platform
    type: platform
    title: {ja: 共通基盤, en: Platform}
    owner: platform owner
    operator: operator
    parameters:
      baseline.fixture:
        retention_days: 400
        sources: [{value: 10.1.0.0/16, purpose: p, requester: a, approver: b, review: 2027-03-31}]
    children:
      - id: welfare
        type: bureau
        title:
          - {title: {ja: 福祉保健局}, to: 2023-06-30}
          - {title: {ja: 福祉局, en: Welfare}, from: 2023-07-01}
        owner: welfare owner
        tags: {bureau: welfare}
        parameters:
          baseline.fixture:
            retention_days: 730
            admin_ports: [3389, 22, 23]
            sources: [{value: 10.2.0.0/16, purpose: p, requester: a, approver: b, review: 2027-03-31}]
        waivers:
          - {id: W-1, rule: baseline.fixture/FIX-00, resource: x, requester: a, approver: b, decision: d,
             reason: {ja: r}, compensating: {ja: c}, starts: 2026-10-01, expires: 2026-12-30}
        children:
          - id: welfare.portal
            type: system
            title: {ja: 窓口}
            tags: {system: portal}
            children:
              - id: welfare.portal.prod
                type: environment
                title: {ja: 本番}
                accounts: [{cloud: aws, account: "111122223333"}]
          - id: welfare.benefits
            type: system
            title: {ja: 給付}
            tags: {system: benefits}
)";

organisation built() {
  auto made = organisation::build(load<organisation_document>(sample), rulesets());
  REQUIRE_MESSAGE(made.ok(), render(made.diagnostics()));
  return std::move(*made);
}

// The names of the nodes, and what contradicts them.
std::string placed(const organisation& of, std::string_view cloud, std::string_view account, const std::vector<tag>& tags, bool more_tags = false) {
  static placement at;       // as a run keeps it: nothing of the resource before may stay
  of.place(cloud, account, tags, at, more_tags);
  std::string made;
  for (const auto one : at.nodes) made += of.nodes()[one].id.text + " ";
  CHECK(at.contradiction == !at.contradiction_text.empty());
  return made + at.contradiction_text;
}

}  // namespace

TEST_CASE("parameters come from the defaults and are tightened on the way down") {
  const organisation of = built();
  const auto& set = of.parameters(*of.find("welfare.portal.prod"));
  CHECK(set.at("baseline.fixture/retention_days").json == "730");
  CHECK(set.at("baseline.fixture/retention_days").set_by == "welfare");
  CHECK(set.at("baseline.fixture/retention_days").previous == "400");
  CHECK(set.at("baseline.fixture/admin_ports").json == "[3389,22,23]");
  CHECK(set.at("baseline.fixture/sources").json == "[\"10.1.0.0/16\",\"10.2.0.0/16\"]");
  CHECK(set.at("baseline.fixture/mfa").set_by == "");
  CHECK(of.parameters(*of.find("platform")).at("baseline.fixture/retention_days").json == "400");
  CHECK(of.default_parameters().at("baseline.fixture/retention_days").json == "365");
}

TEST_CASE("a waiver may name a rule by a former id, and may last as long as the rule allows") {
  const organisation of = built();
  CHECK(of.nodes()[*of.find("welfare")].waivers.at(0).scope == "welfare");
}

TEST_CASE("titles follow the day, owners are inherited") {
  const organisation of = built();
  const auto welfare = *of.find("welfare");
  CHECK(of.title(welfare, "2023-06-30").ja == "福祉保健局");
  CHECK(of.title(welfare, "2023-07-01").ja == "福祉局");
  CHECK(of.title(welfare, "").en == "Welfare");
  CHECK(of.owner(*of.find("welfare.portal.prod")) == "welfare owner");
  CHECK(of.owner(*of.find("platform")) == "platform owner");
  CHECK(of.operated_by(*of.find("welfare.benefits")) == "operator");
  CHECK(of.is_within(*of.find("welfare.portal"), welfare));
  CHECK(of.is_within(welfare, welfare));
  CHECK_FALSE(of.is_within(welfare, *of.find("welfare.portal")));
  CHECK_FALSE(of.find("nobody").has_value());
}

TEST_CASE("resources are placed by account, else by tags, else where they could be") {
  const organisation of = built();
  CHECK(placed(of, "aws", "111122223333", {}) == "welfare.portal.prod ");
  CHECK(placed(of, "aws", "111122223333", {{"system", "portal"}}) == "welfare.portal.prod ");
  CHECK(placed(of, "aws", "111122223333", {{"system", "benefits"}}) ==
        "welfare.portal.prod the tag `system` does not say what the account's scope `welfare.portal.prod` says");
  CHECK(placed(of, "aws", "111122223333", {{"system", "of nobody"}}) ==
        "welfare.portal.prod the tag `system` does not say what the account's scope `welfare.portal.prod` says");
  CHECK(placed(of, "google", "", {{"system", "benefits"}}) == "welfare.benefits ");
  CHECK(placed(of, "google", "", {{"bureau", "welfare"}}) == "welfare ");
  CHECK(placed(of, "google", "", {{"bureau", "welfare"}, {"system", "benefits"}}) == "welfare.benefits ");
  CHECK(placed(of, "google", "", {{"bureau", "another"}, {"system", "benefits"}}) == "");
  CHECK(placed(of, "google", "", {{"name", "x"}, {"system", "benefits"}, {"zone", "y"}}) == "welfare.benefits ");
  CHECK(placed(of, "aws", "", {}) == "welfare.portal welfare.portal.prod welfare.benefits ");
  CHECK(placed(of, "aws", "", {{"name", "x"}}) == "welfare.portal welfare.portal.prod welfare.benefits ");
  CHECK(placed(of, "aws", "999", {{"system", "nothing"}}) == "");
  CHECK(placed(of, "azure", "111122223333", {}) == "welfare.portal welfare.portal.prod welfare.benefits ");
}

TEST_CASE("a tag that is not known could say anything that no other contradicts") {
  const organisation of = built();
  const tag unknown{"system", {}, false};
  CHECK(placed(of, "google", "", {{"bureau", "welfare"}, unknown}) == "welfare welfare.portal welfare.benefits ");
  CHECK(placed(of, "google", "", {unknown}) == "welfare.portal welfare.portal.prod welfare.benefits ");
  CHECK(placed(of, "google", "", {{"bureau", "another"}, unknown}) == "");
  CHECK(placed(of, "google", "", {{"bureau", {}, false}, {"system", "benefits"}}) == "welfare.benefits ");
  CHECK(placed(of, "aws", "111122223333", {unknown}) == "welfare.portal.prod ");
  CHECK(placed(of, "google", "", {{"system", "benefits"}}, true) == "welfare.benefits ");
  CHECK(placed(of, "google", "", {{"bureau", "welfare"}}, true) == "welfare welfare.portal welfare.benefits ");
}

TEST_CASE("without an organisation there is one nameless scope with the defaults") {
  const organisation of = organisation::defaults(rulesets());
  REQUIRE(of.nodes().size() == 1);
  CHECK(of.parameters(0).at("baseline.fixture/tls").json == "\"1.2\"");
  CHECK(placed(of, "aws", "1", {}) == " ");
  CHECK(of.owner(0) == "");
  CHECK(of.title(0, "2026-11-24").ja == "");
}
