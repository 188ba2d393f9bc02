#include "rules/checked.hpp"

#include "model_support.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::vector<diagnostic> mistakes_of(const std::string& rule_body, const std::string& parameters = "") {
  return model_of({store_kinds(), ruleset_with(rule_body, parameters)}).diagnostics();
}

const char* two_kinds() {
  return R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  shelf:
    title: {ja: 棚, en: Shelf}
    fields: {name: string, public: bool}
    from:
      aws_shelf: {name: resource.name, public: resource.public}
)";
}

}  // namespace

TEST_CASE("a mistake in a rule over two kinds is told once") {
  auto found = model_of({store_kinds(), two_kinds(), ruleset_with("    kind: [store, shelf]\n    assert: resource.public = true\n    message: {ja: a, en: b}\n")}).diagnostics();
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM200");
}

TEST_CASE("a field that only one of two kinds has is a mistake of the other") {
  auto found = model_of({store_kinds(), two_kinds(), ruleset_with("    kind: [store, shelf]\n    assert: resource.size > 1\n    message: {ja: a, en: b}\n")}).diagnostics();
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM204");
  CHECK(found[0].message.find("shelf") != std::string::npos);
}

TEST_CASE("an assert must be a bool, a parameter must be declared, a message's placeholder is checked") {
  CHECK(mistakes_of("    kind: store\n    assert: resource.size\n    message: {ja: a, en: b}\n").at(0).code == "SKM203");
  auto undeclared = mistakes_of("    kind: store\n    assert: resource.size > params.mots\n    message: {ja: a, en: b}\n",
                                "parameters:\n  most: {type: int, default: 3, tighten: decrease}\n");
  REQUIRE(undeclared.size() == 1);
  CHECK(undeclared[0].help == "did you mean `most`?");
  CHECK(mistakes_of("    kind: store\n    assert: resource.public\n    message: {ja: \"{resource.nam}\", en: b}\n").at(0).code == "SKM204");
  CHECK(mistakes_of("    kind: store\n    assert: resource.public\n    message: {ja: \"{resource.name\", en: b}\n").at(0).code == "SKM217");
  CHECK(mistakes_of("    kind: store\n    assert: resource.public\n    message: {ja: \"}\", en: b}\n").at(0).code == "SKM217");
  CHECK(mistakes_of("    kind: store\n    assert: resource.public\n    message: {ja: \"{{}} {'{' + resource.name}\", en: b}\n").empty());
}

TEST_CASE("a kind that nobody declares is named with the nearest one") {
  auto found = mistakes_of("    kind: stor\n    assert: resource.public\n    message: {ja: a, en: b}\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM212");
  CHECK(found[0].help == "did you mean `store`?");
  CHECK(found[0].line > 0);
}

TEST_CASE("a documented default is a constant") {
  std::string kinds = store_kinds();
  auto at = kinds.find("value: 'false'");
  kinds.replace(at, 14, "value: 'now'  ");
  auto found = model_of({kinds}).diagnostics();
  REQUIRE(!found.empty());
  CHECK(found[0].code == "SKM205");
}

TEST_CASE("what is said of an attribute that is left out is plain, and what it hangs on hangs on nothing") {
  auto noted = [](const std::string& notes) {
    std::string kinds = store_kinds();
    const std::string at = "          public: {absent: {value: 'false', source: test}}\n";
    kinds.insert(kinds.find(at) + at.size(), notes);
    auto made = model_of({kinds});
    std::string codes;
    for (auto& one : made.diagnostics()) codes += one.code + " ";
    return codes;
  };
  CHECK(noted("          mode: {unset: {value: '\"off\"', source: test, unless: [other]}}\n          other: {unset: {value: 'null', source: test}}\n") == "");
  CHECK(noted("          ports: {unset: {value: '[22, 80]', source: test}}\n          labels: {unset: {value: '{\"a\": \"b\"}', source: test}}\n") == "");
  CHECK(noted("          rules: {unset: {value: '[{\"port\": 22}]', source: test}}\n") == "SKM205 ");
  CHECK(noted("          rules: {unset: {value: 'now', source: test}}\n") == "SKM205 ");
  CHECK(noted("          mode: {unset: {value: 1, source: test, unless: [other]}}\n          other: {unset: {value: 1, source: test, unless: [mode]}}\n") == "SKM220 SKM220 ");
  CHECK(noted("          mode: {unset: {value: 1, source: test, unless: [mode]}}\n") == "SKM220 ");
  CHECK(noted("          mode: {also: [old_mode], unset: {value: 1, source: test}}\n          old_mode: {also: [mode], unset: {value: 1, source: test}}\n") == "SKM220 SKM220 ");
  CHECK(noted("          mode: {also: [old_mode], unset: {value: 1, source: test}}\n") == "");
}

TEST_CASE("a placeholder that many messages have is one program, and one that is wrong is told wherever it stands") {
  auto same = model_of({store_kinds(), ruleset_with("    kind: store\n    asserts:\n"
      "      - {id: a, assert: 'resource.size > 1', message: {ja: '{meta.address} 小', en: '{meta.address} is small'}}\n"
      "      - {id: b, assert: 'resource.size > 2', message: {ja: '{meta.address} 小', en: 'small: {meta.address}'}}\n")});
  REQUIRE(same.ok());
  const auto& asserts = same.value()->rules[0].variants[0].asserts;
  REQUIRE(asserts.size() == 2);
  CHECK(asserts[0].en[0].placeholder != nullptr);
  CHECK(asserts[0].en[0].placeholder == asserts[1].en[1].placeholder);

  auto wrong = model_of({store_kinds(), ruleset_with("    kind: store\n    asserts:\n"
      "      - {id: a, assert: 'resource.size > 1', message: {ja: '{meta.adress}', en: 'x'}}\n"
      "      - {id: b, assert: 'resource.size > 2', message: {ja: 'x {meta.adress}', en: 'x'}}\n")});
  REQUIRE_FALSE(wrong.ok());
  REQUIRE(wrong.diagnostics().size() == 2);
  CHECK(wrong.diagnostics()[0].line == 17);
  CHECK(wrong.diagnostics()[1].line == 18);
  CHECK(wrong.diagnostics()[1].column == wrong.diagnostics()[0].column + 2);
}
