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
