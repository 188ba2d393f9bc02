#include "check/scopes.hpp"

#include <array>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"
#include "sekimori/rule_test.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

const char* limits = "parameters:\n  days: {type: int, default: 30, basis: ours, tighten: increase}\n";
const char* kept_long = "    kind: store\n    assert: 'resource.size >= params.days'\n    message: {ja: 短い, en: Short}\n";

// Systems s0, s1 ... below one platform; the parameter has `distinct` values.
rules::organisation organisation_of(int systems, int distinct, const rules::model& model) {
  std::string text = "sekimori: organisation/v1\nid: o\ntitle: {ja: 組織, en: Organisation}\nscopes:\n  - id: platform\n    type: platform\n"
                     "    title: {ja: 基盤, en: Platform}\n    owner: p\n    children:\n";
  for (int i = 0; i < systems; ++i) {
    text += "      - id: s" + std::to_string(i) + "\n        type: system\n        title: {ja: 系, en: System}\n        owner: o\n        tags: {system: s" +
            std::to_string(i) + "}\n        parameters: {test.set: {days: " + std::to_string(40 + i % distinct) + "}}\n";
  }
  auto loaded = rules::load_document(std::make_shared<const source_text>("o.yaml", text));
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  auto built = rules::organisation::build(std::get<rules::organisation_document>(loaded.value()), model.documents->rulesets);
  REQUIRE_MESSAGE(built.ok(), render(built.diagnostics()));
  return std::move(*built);
}

}  // namespace

TEST_CASE("a thousand scopes with twenty values of a parameter are twenty sets of parameters") {
  auto model = model_of({store_kinds(), ruleset_with(kept_long, limits)});
  REQUIRE(model);
  auto organisation = organisation_of(1000, 20, *model.value());
  check::scope_table table(*model.value(), &organisation, {});
  for (std::uint32_t node = 0; node < organisation.nodes().size(); ++node) table.view(std::array{node});
  CHECK(table.parameter_sets() == 21);   // and the platform's default
  auto at = [&](const char* id) -> const check::scope_view& { return table.view(std::array{*organisation.find(id)}); };
  CHECK(at("s3").parameters == at("s23").parameters);
  CHECK(at("s3").parameters != at("s4").parameters);
  CHECK(at("s3").scope != at("s23").scope);
  value days;
  REQUIRE((*at("s3").parameters)[0]->find(value::string("days"), days));
  CHECK(days.as_integer() == 43);
  // One of two: equal where both say the same, else not known.
  REQUIRE((*table.view(std::array{*organisation.find("s3"), *organisation.find("s23")}).parameters)[0]->find(value::string("days"), days));
  CHECK(days.as_integer() == 43);
  REQUIRE((*table.view(std::array{*organisation.find("s3"), *organisation.find("s4")}).parameters)[0]->find(value::string("days"), days));
  CHECK(days.is_unknown());
}

TEST_CASE("each resource is judged by the parameters of its own scope") {
  auto model = model_of({store_kinds(), ruleset_with(kept_long, limits)});
  REQUIRE(model);
  auto organisation = organisation_of(100, 20, *model.value());
  auto plan = plan::make_plan(model.value());
  std::string changes;
  for (int i = 0; i < 100; ++i) {
    changes += std::string(i ? "," : "") + R"({"address":"aws_thing.t)" + std::to_string(i) + R"(","mode":"managed","type":"aws_thing","name":"t)" + std::to_string(i) +
               R"(","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,"after":{"size":50,"tags":{"system":"s)" +
               std::to_string(i) + R"("},"tags_all":{"system":"s)" + std::to_string(i) + R"("}},"after_unknown":{},"after_sensitive":{}}})";
  }
  check_options options;
  options.limits.findings_listed = 10;
  auto made = check::run_check(*plan, &organisation, {},
                               {input::text("p.json", R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[)" + changes + R"(],"configuration":{"root_module":{}}})")},
                               options);
  // 40 to 50 are within the 50 of each resource, 51 to 59 are not.
  CHECK(made.summary.total.pass == 55);
  CHECK(made.summary.total.fail == 45);
  CHECK(made.summary.by_scope.at("s10").pass == 1);
  CHECK(made.summary.by_scope.at("s11").fail == 1);
  REQUIRE(made.findings.size() == 10);
  CHECK(made.findings[0].scope == "s11");
  CHECK(made.scopes.size() == 11);     // those of the findings that are listed, and the one above them
}

TEST_CASE("a tag that is known after the apply leaves open what depends on it, and nothing else") {
  auto model = model_of({store_kinds(), ruleset_with(kept_long, limits)});
  REQUIRE(model);
  auto organisation = organisation_of(4, 4, *model.value());      // 40, 41, 42, 43 days
  auto plan = plan::make_plan(model.value());
  auto outcome = [&](int size, const char* tags, const char* unknown) {
    const std::string change = R"({"address":"aws_thing.t","mode":"managed","type":"aws_thing","name":"t","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,"after":{"size":)" +
                               std::to_string(size) + R"(,"tags":)" + tags + R"(,"tags_all":)" + tags + R"(},"after_unknown":{"tags":)" + unknown + R"(,"tags_all":)" + unknown + R"(},"after_sensitive":{}}})";
    auto made = check::run_check(*plan, &organisation, {},
                                 {input::text("p.json", R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[)" + change + R"(],"configuration":{"root_module":{}}})")}, {});
    return made.summary.total.pass ? verdict::pass : made.summary.total.fail ? verdict::fail : verdict::undetermined;
  };
  CHECK(outcome(41, R"({"system":"s1"})", "{}") == verdict::pass);
  CHECK(outcome(41, R"({"other":"x"})", R"({"system":true})") == verdict::undetermined);   // s0 and s1 would pass, s2 not
  CHECK(outcome(41, "{}", R"({"system":true})") == verdict::undetermined);
  CHECK(outcome(41, "null", "true") == verdict::undetermined);
}

TEST_CASE("a test of a rule says the scope that its condition reads") {
  auto results = run_rule_tests({std::string(SEKIMORI_SOURCE_DIR) + "/tests/check/scope_of_tests"});
  REQUIRE_MESSAGE(results.ok(), render(results.diagnostics()));
  CHECK(results.value().size() == 5);
  for (auto& one : results.value()) CHECK_MESSAGE(one.ok, one.file << ":" << one.line << ": " << one.detail);
}
