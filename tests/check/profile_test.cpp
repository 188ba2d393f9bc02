#include "check/profile.hpp"

#include <map>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::shared_ptr<const plan::policy_plan> two_rules() {
  const std::string other = "  - id: T-02\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n"
                            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    type: [aws_thing, aws_other]\n"
                            "    assert: 'resource.size < 40'\n    message: {ja: 違反, en: Wrong}\n";
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: '!resource.public'\n    message: {ja: 違反, en: Wrong}\n" + other)});
  REQUIRE(model);
  return plan::make_plan(model.value());
}

// 90 resources: every third is public; the size of every fifth is a text.
std::string things() {
  std::string changes;
  for (int i = 0; i < 90; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string size = ",\"size\":" + (i % 5 == 0 ? "\"large\"" : std::to_string(i));
    changes += std::string(i ? "," : "") + R"({"address":"aws_thing.)" + name + R"(","mode":"managed","type":"aws_thing","name":")" + name +
               R"(","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,"after":{"public":)" +
               (i % 3 == 0 ? "true" : "false") + size + R"(},"after_unknown":{},"after_sensitive":{}}})";
  }
  return R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[)" + changes + R"(],"configuration":{"root_module":{}}})";
}

std::vector<rule_profile> profile_of(std::uint32_t threads, std::uint64_t listed) {
  static auto plan = two_rules();
  std::vector<rule_profile> made = {{"left from before", "", 1, 1, 1, 1, 1}};
  check_options options;
  options.threads = threads;
  options.limits.findings_listed = listed;
  options.profile = &made;
  check::run_check(*plan, nullptr, {}, {input::text("p.json", things())}, options);
  return made;
}

}  // namespace

TEST_CASE("a profile counts what was evaluated, left open and explained, whatever the threads") {
  for (std::uint32_t threads : {1u, 2u, 5u}) {
    INFO(threads << " threads");
    auto made = profile_of(threads, 10'000);
    REQUIRE(made.size() == 2);
    CHECK(made[0].rule == "test.set/T-01");
    CHECK(made[0].subject == "store");
    CHECK(made[0].evaluations == 90);
    CHECK(made[0].open == 0);
    CHECK(made[0].explained == 30);
    CHECK(made[0].cost == 1);
    CHECK(made[1].rule == "test.set/T-02");
    CHECK(made[1].subject == "aws_thing,aws_other");
    CHECK(made[1].evaluations == 90);
    CHECK(made[1].open == 18);
    // The errors, and those of size 40 and over.
    CHECK(made[1].explained == 18 + 40);
    CHECK(made[0].nanoseconds + made[1].nanoseconds > 0);
  }
}

TEST_CASE("what is not listed is not explained, and the profile says so") {
  auto made = profile_of(1, 0);
  REQUIRE(made.size() == 2);
  CHECK(made[0].explained == 0);
  CHECK(made[1].explained == 18);   // an error is looked at again: it may be a limit
  CHECK(made[1].open == 18);
}

TEST_CASE("a run that judged nothing leaves no older profile") {
  static auto plan = two_rules();
  std::vector<rule_profile> made = {{"left from before", "", 1, 1, 1, 1, 1}};
  check_options options;
  options.profile = &made;
  options.scope = "nowhere";
  check::run_check(*plan, nullptr, {}, {input::text("p.json", things())}, options);
  CHECK(made.empty());
}
