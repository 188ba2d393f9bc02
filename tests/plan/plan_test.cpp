#include "plan/trees.hpp"

#include "../rules/model_support.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::string program_of(const std::string& condition) {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: '" + condition + "'\n    message: {ja: 違反, en: Wrong}\n")});
  if (!model) return render(model.diagnostics());
  auto text = plan::show_expressions(*plan::make_plan(model.value()));
  auto at = text.find(" (assert ");
  at = text.find(' ', at + 9);
  return text.substr(at + 1, text.rfind(')') - at - 2);
}

}  // namespace

TEST_CASE("a condition is tests over slots, and what they have in common is one test") {
  CHECK(program_of("resource.public") == "(is-true resource.public)");
  CHECK(program_of("!resource.public") == "(not (is-true resource.public))");
  CHECK(program_of("!resource.public && resource.size > 3") == "(all-of (not (is-true resource.public)) (order resource.size > 3))");
  CHECK(program_of("3 < resource.size || resource.name == \"x\"") == "(any-of (order resource.size > 3) (equal resource.name \"x\"))");
  CHECK(program_of("resource.name.startsWith(\"a\") && resource.public && resource.exposed") ==
        "(all-of (starts-with resource.name \"a\") (is-true resource.public) (is-true resource.exposed))");
  CHECK(program_of("resource.name in [\"a\", \"b\"]") == "(one-of resource.name \"a\" \"b\")");
  CHECK(program_of("has(resource.region)") == "(present resource.region)");
}

TEST_CASE("constants are made once, and patterns that are none need no engine") {
  CHECK(program_of("resource.size > 2 + 3") == "(order-values > (resource.size) (5))");
  CHECK(program_of("resource.name.matches(\"^prod-\")") == "(pattern resource.name \"^prod-\")");
  CHECK(program_of("resource.name.matches(\"a.*b\")") == "(regex resource.name \"a.*b\")");
}

TEST_CASE("a loop that two rules ask is asked once") {
  const std::string rule = "    kind: store\n    assert: '[1, 2].exists(n, n == resource.size)'\n    message: {ja: 違反, en: Wrong}\n";
  const std::string other = "  - id: T-02\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n"
                            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    kind: store\n"
                            "    assert: 'resource.public || ![1, 2].exists(n, n == resource.size)'\n    message: {ja: 違反, en: Wrong}\n";
  auto alone = model_of({store_kinds(), ruleset_with(rule)});
  auto both = model_of({store_kinds(), ruleset_with(rule + other)});
  REQUIRE(alone);
  REQUIRE(both);
  CHECK(plan::show_expressions(*plan::make_plan(alone.value())).find("shared") == std::string::npos);
  auto text = plan::show_expressions(*plan::make_plan(both.value()));
  CHECK(text.find("(assert assert (shared #0 (exists") != std::string::npos);
  CHECK(text.find("(not (shared #0 (exists") != std::string::npos);
}

TEST_CASE("a type that no kind maps has no programs") {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: resource.public\n    message: {ja: a, en: b}\n")});
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  CHECK(made->by_type.count("aws_thing") == 1);
  CHECK(made->by_type.count("aws_other") == 0);
}

TEST_CASE("statistics say what is flat code, what it costs and what dispatch prunes") {
  const std::string asserts = "    kind: store\n    asserts:\n"
                              "      - {id: cheap, assert: '!resource.public', message: {ja: a, en: b}}\n"
                              "      - {id: dear, assert: 'resource.name.matches(\"a.*b\")', message: {ja: a, en: b}}\n";
  auto model = model_of({store_kinds(), ruleset_with(asserts)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  auto found = plan::examine(*made);
  REQUIRE(found.programs.size() == 1);
  CHECK(found.conditions == 2);
  CHECK(found.lowered == 2);
  CHECK(found.programs[0].conditions == 2);
  CHECK(found.programs[0].cost == 13);
  CHECK(found.programs[0].to_evaluator == 0);
  CHECK(found.types == 2);
  CHECK(found.asked == 1);
  CHECK(found.pruned == 0);
  CHECK(found.warnings.empty());
  auto text = plan::show_text(*made);
  CHECK(text.find("1 rules, 2 conditions: 2 are flat code, 0 have a part for the evaluator") == 0);
  CHECK(text.find("test.set/T-01  store  cost 13\n") != std::string::npos);
}

TEST_CASE("a rule that costs more than all others of its type is told") {
  const std::string other = "  - id: T-02\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n"
                            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    type: aws_raw\n"
                            "    assert: 'resource.lists.all(l, l.names.all(n, n.matches(\"a.*b\")))'\n    message: {ja: 違反, en: Wrong}\n";
  auto model = model_of({ruleset_with("    type: aws_raw\n    assert: '!resource.public'\n    message: {ja: a, en: b}\n" + other)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  CHECK(plan::examine(*made).warnings == std::vector<std::string>{"test.set/T-02: costs more than all other rules of a type together"});
  // Alone it has nobody to dominate.
  auto alone = model_of({ruleset_with("    type: aws_raw\n    assert: 'resource.lists.all(l, l.names.all(n, n.matches(\"a.*b\")))'\n    message: {ja: a, en: b}\n")});
  REQUIRE(alone);
  CHECK(plan::examine(*plan::make_plan(alone.value())).warnings.empty());
}
