// What would settle a rule, over the provider's attributes.
#include "exec/residual.hpp"

#include "../rules/model_support.hpp"
#include "value/values.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

class no_links final : public exec::resource_access {
 public:
  value attributes(const attribute_table*, arena&) override { return value::null(); }
  value part(const rules::checked_part&, arena&) override { return value::null(); }
  value related(value, std::string_view, arena& memory) override { return make_list(memory, {}); }
  value references_to(std::string_view, std::string_view, value, arena& memory) override { return make_list(memory, {}); }
};

std::string left_of(const std::string& rule, const std::string& attributes, const std::string& unknown = "{}", const std::string& sensitive = "{}") {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n" + rule + "    message: {ja: \"違反\", en: \"wrong\"}\n")});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  arena memory, documents;
  cel::evaluator evaluator(memory, cel::limits{});
  auto& entry = made->by_type.at("aws_thing").front();
  overlay_source source;
  source.known = from_json(documents, attributes);
  source.unknown_mask = from_json(documents, unknown);
  source.sensitive_mask = from_json(documents, sensitive);
  source.facts = &entry.mapping->facts;
  source.resource = "aws_thing.x";
  std::vector<value> variables(rules::variable_count);
  variables[rules::slot_resource] = make_overlay(documents, source);
  exec::kind_object neutral(*entry.kind, *entry.mapping, evaluator, true);
  neutral.begin(variables);
  variables[rules::slot_resource] = value::map(&neutral);
  return exec::residual_of(made->programs.front(), *made->model->mapping_names, evaluator, variables, &neutral);
}

std::string rule(const std::string& condition, const std::string& when = "") {
  return (when.empty() ? std::string() : "    when: '" + when + "'\n") + "    assert: '" + condition + "'\n";
}

}  // namespace

TEST_CASE("a kind's field that is not known is written as its mapping") {
  CHECK(left_of(rule("resource.size > 3 && !resource.public"), R"({"public": false})", R"({"size": true})") == "resource.size > 3");
  CHECK(left_of(rule("resource.name == \"a\""), "{}", R"({"name": true})") == "resource.?name.orValue(\"\") == \"a\"");
  CHECK(left_of(rule("!resource.exposed"), R"({"size": 5})", R"({"public": true})") == "!resource.public");
}

TEST_CASE("an unknown when is in the residual too") {
  CHECK(left_of(rule("resource.size > 3", "resource.public"), R"({"size": 1})", R"({"public": true})") == "!(resource.public)");
  CHECK(left_of(rule("resource.size > 3", "resource.public"), "{}", R"({"public": true, "size": true})") == "!(resource.public) || (resource.size > 3)");
}

TEST_CASE("secrets stay paths, and what cannot be written is not") {
  std::string text = left_of(rule("resource.secret == \"x\" || resource.public"), R"({"secret": "hunter2"})", R"({"public": true})", R"({"secret": true})");
  CHECK(text == "resource.secret == \"x\" || resource.public");
  CHECK(left_of(rule("has(resource.note)"), "{}", R"({"note": true})") == "");
}
