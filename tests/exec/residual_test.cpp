// What would settle a rule, over the provider's attributes.
#include "exec/residual.hpp"

#include "../cel/small_stack.hpp"
#include "support.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

// Nobody knows what is linked.
class nothing_known final : public exec::resource_access {
 public:
  value attributes(const attribute_table*, arena&) override { return value::null(); }
  value part(const rules::checked_part&, arena& memory) override { return unknown(memory); }
  value related(value, std::string_view, arena& memory) override { return unknown(memory); }
  value references_to(std::string_view, std::string_view, value, arena& memory) override { return unknown(memory); }
  value held(std::string_view, arena& memory) override { return unknown(memory); }
  value all_held(std::string_view, arena& memory) override { return unknown(memory); }

 private:
  static value unknown(arena& memory) { return make_unknown(memory, "aws_thing.x", "id", unknown_reason::computed); }
};

std::string left_of(const std::string& rule, const std::string& attributes, const std::string& unknown = "{}", const std::string& sensitive = "{}",
                    bool add_message = true) {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n" + rule + (add_message ? "    message: {ja: \"違反\", en: \"wrong\"}\n" : ""))});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  given_resource given(*made, attributes, unknown, sensitive);
  exec::kind_object neutral(*given.entry.kind, *given.entry.mapping, given.evaluator);
  neutral.begin(given.variables);
  given.variables[rules::slot_resource] = value::map(&neutral);
  return exec::residual_of(made->programs.front(), *made->model->mapping_names, given.evaluator, given.variables, &neutral);
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
  CHECK(left_of(rule("resource.size > 3", "resource.public"), R"({"size": 1})", R"({"public": true})") == "!resource.public");
  CHECK(left_of(rule("resource.size > 3", "resource.public"), "{}", R"({"public": true, "size": true})") == "!resource.public || resource.size > 3");
}

TEST_CASE("secrets stay paths") {
  const std::string known = R"({"secret": "hunter2", "name": "n"})";
  const std::string unknown = R"({"public": true})", sensitive = R"({"secret": true})";
  auto left = [&](const std::string& condition) { return left_of(rule(condition), known, unknown, sensitive); };
  CHECK(left("resource.secret == \"x\" || resource.public") == "resource.secret == \"x\" || resource.public");
  CHECK(left("resource.?secret.orValue(\"\") == \"x\" || resource.public") ==
        "resource.secret == \"x\" || resource.public");
  CHECK(left("has(resource.secret) && resource.secret == \"x\" || resource.public") == "resource.secret == \"x\" || resource.public");
  CHECK(left("[resource.secret, resource.name].exists(s, s == \"x\") || resource.public") ==
        "[resource.secret, \"n\"].exists(s, s == \"x\") || resource.public");
  CHECK(left("(resource.secret + \"!\") in [\"a\", resource.name] || resource.public") == "resource.secret + \"!\" in [\"a\", \"n\"] || resource.public");
}

TEST_CASE("has() of a field that is not known") {
  const std::string size = R"({"size": true})", note = R"({"note": true})";
  // What is needed anyway is not asked for.
  CHECK(left_of(rule("has(resource.size) && resource.size > 3"), "{}", size) == "resource.size > 3");
  CHECK(left_of(rule("!has(resource.size) || resource.size > 3"), "{}", size) == "resource.size > 3");
  CHECK(left_of(rule("resource.size > 3", "has(resource.size)"), "{}", size) == "resource.size > 3");
  CHECK(left_of(rule("has(resource.size) && (resource.size > 3 || resource.public)"), "{}", R"({"size": true, "public": true})") ==
        "resource.size != null && (resource.size > 3 || resource.public)");
  CHECK(left_of(rule("has(resource.size)"), "{}", size) == "resource.size != null");
  CHECK(left_of(rule("has(resource.exposed)"), "{}", R"({"public": true, "size": true})") == "dyn(resource.public && resource.size > 0) != null");
  CHECK(left_of(rule("has(resource.size) && size([resource.size]) == 1"), "{}", size) == "resource.size != null && size([resource.size]) == 1");
  CHECK(left_of(rule("has(resource.exposed) && resource.exposed"), "{}", R"({"public": true, "size": true})") == "resource.public && resource.size > 0");
  // One that may be null is asked for.
  CHECK(left_of(rule("has(resource.note) && resource.note == \"a\""), "{}", note) ==
        "resource.?note.orValue(null) != null && resource.?note.orValue(null) == \"a\"");
  CHECK(left_of(rule("has(resource.name) && resource.size > 3"), R"({"name": "n"})", size) == "resource.size > 3");
  CHECK(left_of(rule("!has(resource.region) && resource.size > 3"), "{}", size) == "resource.size > 3");
}

TEST_CASE("an optional read of a field that is not known") {
  CHECK(left_of(rule("resource.?size.orValue(0) > 3"), "{}", R"({"size": true})") == "resource.size > 3");
  CHECK(left_of(rule("resource.?note.orValue(\"\") == \"a\""), "{}", R"({"note": true})") ==
        "(resource.?note.orValue(null) != null ? optional.of(resource.?note.orValue(null)) : optional.none()).orValue(\"\") == \"a\"");
  CHECK(left_of(rule("resource.?region.orValue(\"\") == \"\" && resource.public"), "{}", R"({"public": true})") == "resource.public");
}

TEST_CASE("what a cloud does not offer leaves the rest") {
  const std::string two = "    asserts:\n      - {id: a, assert: '!resource.public', message: {ja: \"違\", en: \"w\"}}\n"
                          "      - {id: b, assert: 'resource.region == \"x\"', message: {ja: \"違\", en: \"w\"}}\n";
  CHECK(left_of(two, "{}", R"({"public": true})", "{}", false) == "!resource.public");
  // Where it stands beside what is not known there is no text for it.
  CHECK(left_of(rule("resource.public || resource.region == \"x\""), "{}", R"({"public": true})") == "");
}

TEST_CASE("several asserts that are left stand beside each other, and one that is wrong leaves only the when") {
  auto asserts = [](const std::string& a, const std::string& b) {
    return "    asserts:\n      - {id: a, assert: '" + a + "', message: {ja: \"違\", en: \"w\"}}\n      - {id: b, assert: '" + b +
           "', message: {ja: \"違\", en: \"w\"}}\n";
  };
  const std::string both = R"({"public": true, "size": true})";
  CHECK(left_of(asserts("!resource.public", "resource.size > 3"), "{}", both, "{}", false) == "!resource.public && resource.size > 3");
  CHECK(left_of("    when: resource.public\n" + asserts("resource.name == \"a\"", "resource.size > 3"), "{}", both, "{}", false) == "!resource.public");
  CHECK(left_of("    when: resource.public\n" + asserts("resource.size > 3 || resource.name == \"a\"", "resource.size < 9"), "{}", both, "{}", false) ==
        "!resource.public || resource.size > 3 && resource.size < 9");
}

TEST_CASE("parts, elements and relations stay as the mapping writes them") {
  auto model = model_of({R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, kept: bool, open: bool, sources: list(string), watched: bool, inside: bool}
    from:
      aws_thing:
        parts:
          versions: {type: aws_versions, by: thing, absent: {value: 'null', source: test}}
        each: resource.rules
        name: resource.name
        kept: has(part.versions) && part.versions.status == "Enabled"
        open: each.value.open
        sources: each.value.sources
        watched: related("aws_trail", "thing").exists(t, t.enabled)
        inside: references_to("network", "aws_network").exists(n, n.private)
)",
                         ruleset_with("    kind: store\n    asserts:\n"
                                      "      - {id: a, assert: resource.kept, message: {ja: \"違\", en: \"w\"}}\n"
                                      "      - {id: b, assert: '!resource.open || resource.sources.all(s, s != \"0.0.0.0/0\")', message: {ja: \"違\", en: \"w\"}}\n"
                                      "      - {id: c, assert: resource.watched || resource.inside, message: {ja: \"違\", en: \"w\"}}\n")});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  arena memory, documents;
  cel::evaluator evaluator(memory, cel::limits{});
  nothing_known links;
  evaluator.set_host(static_cast<rules::relation_host*>(&links));
  auto& entry = made->by_type.at("aws_thing").front();
  overlay_source source;
  source.known = from_json(documents, R"({"name": "n", "rules": [{"sources": ["10.0.0.0/8"]}]})");
  source.unknown_mask = from_json(documents, R"({"rules": [{"open": true, "sources": [false, true]}]})");
  source.facts = &entry.mapping->mapping->facts;
  source.resource = "aws_thing.x";
  std::vector<value> variables(rules::variable_count);
  variables[rules::slot_resource] = make_overlay(documents, source);
  exec::part_object parts(*entry.mapping->mapping, links, memory);
  variables[rules::slot_part] = value::map(&parts);
  value rules_list;
  REQUIRE(variables[rules::slot_resource].as_map().find(value::string("rules"), rules_list));
  exec::record_object each("each", {"key", "value", "index"}, {value::string(""), rules_list.as_list().at(0), value::integer(0)});
  variables[rules::slot_each] = value::map(&each);
  exec::kind_object neutral(*entry.kind, *entry.mapping, evaluator);
  neutral.begin(variables);
  variables[rules::slot_resource] = value::map(&neutral);
  CHECK(exec::residual_of(made->programs.front(), *made->model->mapping_names, evaluator, variables, &neutral) ==
        "has(part.versions) && part.versions.status == \"Enabled\" && (!each.value.open || each.value.sources[1] != \"0.0.0.0/0\") && "
        "(related(\"aws_trail\", \"thing\").exists(t, t.enabled) || references_to(\"network\", \"aws_network\").exists(n, n.private))");
}

TEST_CASE("the deepest rule over the deepest mapping is reduced on a small stack") {
  auto deep = [](std::string_view open, std::string_view inside, std::string_view close, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += open;
    text += inside;
    for (int i = 0; i < times; ++i) text += close;
    return text;
  };
  auto kinds = [&](const std::string& field, const std::string& derived) {
    return "sekimori: kinds/v1\nengine: \">=0.1\"\nkinds:\n  store:\n    title: {ja: 保管領域, en: Store}\n    fields: {size: int}\n"
           "    derive: {twice: '" + derived + "'}\n    from:\n      aws_thing:\n        size: '" + field + "'\n";
  };
  const std::string mapping = deep("1 + int(", "resource.size", ")", 200);
  auto model = model_of({kinds(mapping, deep("1 + int(", "resource.size", ")", 200) + " > 3"),
                         ruleset_with("    kind: store\n    assert: '" + deep("[1].all(x, x == 2 || ", "resource.twice", ")", 200) +
                                      "'\n    message: {ja: \"違反\", en: \"wrong\"}\n")});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  const std::size_t used = cel::testing::on_small_stack([&] {
    given_resource given(*made, "{}", R"({"size": true})");
    exec::kind_object neutral(*given.entry.kind, *given.entry.mapping, given.evaluator);
    neutral.begin(given.variables);
    given.variables[rules::slot_resource] = value::map(&neutral);
    exec::residual_of(made->programs.front(), *made->model->mapping_names, given.evaluator, given.variables, &neutral);
  });
  CHECK(used > 0);
  CHECK(used < cel::testing::promised_stack);
}
