#include "exec/executor.hpp"

#include <array>

#include "exec/explain.hpp"
#include "support.hpp"

using namespace sekimori;
using namespace sekimori::testing;
using exec::truth;

namespace {

struct judged { verdict fast; exec::explanation slow; };

judged judge(const std::string& rule_body, const std::string& attributes, const std::string& unknown = "{}", const std::string& sensitive = "{}") {
  auto model = model_of({store_kinds(), ruleset_with(rule_body)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  given_resource given(*made, attributes, unknown, sensitive);
  exec::executor executor(given.evaluator, cel::limits{});
  exec::kind_object fast(*given.entry.kind, *given.entry.mapping, given.evaluator, executor), slow(*given.entry.kind, *given.entry.mapping, given.evaluator);
  fast.begin(given.variables);
  slow.begin(given.variables);
  judged result;
  auto seen = given.variables;
  seen[rules::slot_resource] = value::map(&fast);
  executor.begin(seen);
  result.fast = executor.judge(made->programs.front());
  seen[rules::slot_resource] = value::map(&slow);
  cel::trace traced;
  result.slow = exec::explain(made->programs.front(), given.evaluator, seen, &slow, "aws_thing.x", traced);
  return result;
}

std::string body(const std::string& condition, const std::string& when = "") {
  return "    kind: store\n" + (when.empty() ? std::string() : "    when: '" + when + "'\n") + "    assert: '" + condition +
         "'\n    message: {ja: \"{resource.name}は違反\", en: \"{resource.name} is wrong {resource.secret}\"}\n";
}

constexpr std::array all = {truth::no, truth::yes, truth::unknown, truth::error, truth::not_offered};

}  // namespace

TEST_CASE("joining is commutative and false decides") {
  for (auto a : all) {
    for (auto b : all) {
      CHECK(exec::join_and(a, b) == exec::join_and(b, a));
    }
    CHECK(exec::join_and(a, truth::no) == truth::no);
    CHECK(exec::join_and(a, truth::yes) == a);
  }
  CHECK(exec::join_and(truth::unknown, truth::error) == truth::unknown);
}

TEST_CASE("a rule's verdict, every cell of when and one assert") {
  struct row { truth when, assertion; verdict expected; };
  const row rows[] = {
      {truth::yes, truth::yes, verdict::pass},          {truth::yes, truth::no, verdict::fail},
      {truth::yes, truth::unknown, verdict::undetermined}, {truth::yes, truth::error, verdict::error},
      {truth::yes, truth::not_offered, verdict::not_applicable},
      {truth::no, truth::no, verdict::not_applicable},  {truth::no, truth::error, verdict::not_applicable},
      {truth::error, truth::yes, verdict::error},       {truth::error, truth::no, verdict::error},
      {truth::unknown, truth::yes, verdict::pass},      {truth::unknown, truth::no, verdict::undetermined},
      {truth::unknown, truth::unknown, verdict::undetermined}, {truth::unknown, truth::error, verdict::undetermined},
      {truth::unknown, truth::not_offered, verdict::not_applicable}};
  for (auto& r : rows) {
    std::array one = {r.assertion};
    CHECK(exec::join_rule(r.when, one) == r.expected);
  }
  std::array mixed = {truth::error, truth::unknown, truth::no};
  CHECK(exec::join_rule(truth::yes, mixed) == verdict::fail);
  CHECK(exec::join_rule(truth::yes, std::span(mixed).first(2)) == verdict::undetermined);
  CHECK(exec::join_rule(truth::yes, {}) == verdict::not_applicable);
}

TEST_CASE("verdicts of one rule over the five states of a field") {
  auto fast_and_slow = [&](const std::string& condition, const std::string& attributes, const std::string& unknown, verdict expected) {
    auto result = judge(body(condition), attributes, unknown);
    INFO(condition << " " << attributes << " " << unknown);
    CHECK(result.fast == expected);
    CHECK(result.slow.outcome == expected);
  };
  fast_and_slow("!resource.public", R"({"public": false})", "{}", verdict::pass);
  fast_and_slow("!resource.public", R"({"public": true})", "{}", verdict::fail);
  fast_and_slow("!resource.public", R"({})", R"({"public": true})", verdict::undetermined);
  fast_and_slow("!resource.public", R"({})", "{}", verdict::pass);                      // documented default
  fast_and_slow("!resource.public", R"({"public": null})", "{}", verdict::pass);        // null is absent
  fast_and_slow("resource.size > 3", R"({})", "{}", verdict::undetermined);             // no documented default: never a zero value
  fast_and_slow("resource.size > 3", R"({"size": "4"})", "{}", verdict::error);         // another type than declared
  fast_and_slow("resource.region == \"x\"", R"({})", "{}", verdict::not_applicable);    // not offered by this cloud
  fast_and_slow("!has(resource.region)", R"({})", "{}", verdict::pass);
  fast_and_slow("resource.public || resource.size > 3", R"({"public": true})", R"({"size": true})", verdict::pass);
  fast_and_slow("resource.exposed", R"({"public": false})", R"({"size": true})", verdict::fail);
}

// docs/decisions/0019-not-offered-beside-an-unknown.md
TEST_CASE("what is not offered decides only once nothing unknown can") {
  struct row { const char *condition; verdict open, closed; };       // where `public` turns out true, and false
  const row rows[] = {{"!resource.public || resource.region == \"x\"", verdict::not_applicable, verdict::pass},
                      {"resource.region == \"x\" || !resource.public", verdict::not_applicable, verdict::pass},
                      {"resource.public && resource.region == \"x\"", verdict::not_applicable, verdict::fail},
                      {"resource.region == \"x\" && resource.public", verdict::not_applicable, verdict::fail},
                      {"resource.public ? resource.region == \"x\" : true", verdict::not_applicable, verdict::pass},
                      {"resource.region == string(resource.public)", verdict::not_applicable, verdict::not_applicable}};
  for (auto& r : rows) {
    const std::pair<verdict, std::pair<const char*, const char*>> cases[] = {
        {verdict::undetermined, {"{}", R"({"public": true})"}}, {r.open, {R"({"public": true})", "{}"}}, {r.closed, {R"({"public": false})", "{}"}}};
    for (auto& [expected, given] : cases) {
      auto result = judge(body(r.condition), given.first, given.second);
      INFO(r.condition << " " << given.first << " " << given.second);
      CHECK(result.fast == expected);
      CHECK(result.slow.outcome == expected);
    }
  }
}

TEST_CASE("a failure names the clause, the provider's path and the value read") {
  auto result = judge(body("!resource.public && resource.size >= 10"), R"({"name": "n", "public": false, "size": 7})");
  CHECK(result.slow.outcome == verdict::fail);
  REQUIRE(result.slow.why.size() == 1);
  CHECK(result.slow.why[0].clause == "resource.size >= 10");
  CHECK(result.slow.why[0].path == "size");
  CHECK(result.slow.why[0].actual == "7");
  CHECK(result.slow.why[0].expected == ">= 10");
  CHECK(result.slow.message.ja == "nは違反");
}

TEST_CASE("secrets are masked in clauses and messages") {
  auto result = judge(body("resource.secret == \"other\""), R"({"name": "n", "secret": "hunter2-hunter2"})", "{}", R"({"secret": true})");
  CHECK(result.slow.outcome == verdict::fail);
  REQUIRE(!result.slow.why.empty());
  for (auto& clause : result.slow.why) {
    CHECK(clause.masked);
    CHECK(clause.actual == exec::mask);
    CHECK(clause.expected.empty());
  }
  CHECK(result.slow.message.en == "n is wrong (sensitive)");
}

TEST_CASE("an undetermined verdict names its unknown paths and who settles them") {
  auto result = judge(body("resource.size > 3 && !resource.public"), R"({})", R"({"size": true, "public": true})");
  CHECK(result.slow.outcome == verdict::undetermined);
  REQUIRE(result.slow.unknown.size() == 2);
  CHECK(result.slow.unknown[0].path == "public");
  CHECK(result.slow.unknown[1].path == "size");
  CHECK(result.slow.unknown[0].resource.empty());
  CHECK(exec::settled_by(result.slow.unknown) == decide_by::after_apply);
  CHECK(exec::settled_by({{"", "a", "computed"}, {"", "b", "undocumented_default"}}) == decide_by::rule_gap);
}

TEST_CASE("when over a missing value is never not applicable") {
  auto result = judge(body("resource.public", "resource.size > 3"), R"({"public": false})");
  CHECK(result.slow.outcome == verdict::undetermined);
  CHECK(judge(body("resource.public", "resource.size > 3"), R"({"public": true})").slow.outcome == verdict::pass);
  CHECK(judge(body("resource.public", "resource.size > 3"), R"({"public": false, "size": 1})").slow.outcome == verdict::not_applicable);
}

TEST_CASE("a long value is cut between characters") {
  std::string name;
  for (int i = 0; i < 3000; ++i) name += "関";
  auto result = judge(body("resource.name == \"other\""), R"({"name": ")" + name + R"("})");
  REQUIRE(result.slow.why.size() == 1);
  CHECK(result.slow.why[0].actual.size() < 4100);
  CHECK(result.slow.why[0].actual.substr(result.slow.why[0].actual.size() - 6) == "関…");
}
