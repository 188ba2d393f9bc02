#include "check/measures/measures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <unistd.h>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

class folder {
 public:
  folder() : path_(std::filesystem::temp_directory_path() / ("sekimori-measures-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

constexpr const char* head = "    kind: store\n    message: {ja: \"違反 {resource.size}\", en: \"Wrong {resource.size}\"}\n";

std::string rules_text(const std::string& when, const std::string& assertion) {
  return ruleset_with((when.empty() ? std::string() : "    when: '" + when + "'\n") + head + "    assert: '" + assertion + "'\n", "parameters:\n  most: {type: int, default: 10, basis: ours, tighten: decrease}\n");
}

struct test_line { std::string values, expect, more; };

std::string tests_text(const std::vector<test_line>& lines) {
  std::string text = "sekimori: rule-tests/v1\nruleset: test.set\ntests:\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += "  - name: t" + std::to_string(i) + "\n    rule: T-01\n    resources: [{type: aws_thing, values: " + lines[i].values + "}]\n    expect: " + lines[i].expect + "\n" + lines[i].more;
  }
  return text;
}

check::measures measured(const folder& in, check::measure_options options = {true, true, {}, 1}) {
  auto made = check::measure_rules({in.path()}, options);
  INFO(render(made.diagnostics()));
  REQUIRE(made);
  for (auto& one : made.value().tests) {
    CAPTURE(one.detail);
    CHECK(one.ok);
  }
  return std::move(made).value();
}

check::measures measured(const std::string& when, const std::string& assertion, const std::vector<test_line>& lines) {
  folder in;
  in.write("kinds.yaml", store_kinds());
  in.write("rules.yaml", rules_text(when, assertion));
  in.write("rules.tests.yaml", tests_text(lines));
  return measured(in);
}

// "resource.public: never true"
std::vector<std::string> untested(const std::vector<check::untested_part>& parts) {
  std::vector<std::string> made;
  for (auto& one : parts) made.push_back(one.text + ": " + (one.never_true && one.never_false ? "neither" : one.never_true ? "never true" : "never false"));
  return made;
}

std::vector<std::string> survivors(const check::rule_measure& rule) {
  std::vector<std::string> made;
  for (auto& one : rule.survivors) made.push_back(one.kind + " " + one.change);
  return made;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("parts of conditions that tests have not seen both ways are listed at their places") {
  auto made = measured("", "!resource.public || resource.size > 5", {{"{public: false, size: 1}", "pass", ""}});
  REQUIRE(made.rules.size() == 1);
  auto& rule = made.rules[0];
  CHECK(rule.rule == "test.set/T-01");
  CHECK(rule.tests == 1);
  CHECK(rule.coverage.reached == 0);
  CHECK(rule.coverage.all == 3);
  // `||` has not asked for its right side.
  CHECK(untested(rule.untested) == texts{"!resource.public || resource.size > 5: never false", "resource.public: never true", "resource.size > 5: neither"});
  CHECK(rule.untested[2].told.message == "in the tests this is neither true nor false");
  CHECK(rule.untested[2].told.line == 19);
  CHECK(rule.untested[2].told.column == 34);
  CHECK(rule.untested[2].told.width == 17);
  CHECK(rule.untested[2].told.file.ends_with("rules.yaml"));

  auto whole = measured("", "!resource.public || resource.size > 5",
                        {{"{public: false, size: 1}", "pass", ""}, {"{public: true, size: 9}", "pass", ""}, {"{public: true, size: 1}", "fail", ""}});
  CHECK(whole.rules[0].untested.empty());
  CHECK(whole.coverage.reached == 3);
  CHECK(whole.coverage.percent() == 100.0);
}

TEST_CASE("where `when` rules a resource out its asserts are not seen, and an unknown is neither true nor false") {
  auto made = measured("resource.size > 3", "!resource.public", {{"{public: true, size: 1}", "not_applicable", ""}});
  CHECK(untested(made.rules[0].untested) == texts{"resource.size > 3: never true", "resource.public: neither"});
  auto open = measured("resource.size > 3", "!resource.public", {{"{public: true}, unknown: {size: true}", "undetermined", ""}});
  CHECK(untested(open.rules[0].untested) == texts{"resource.size > 3: neither", "resource.public: never false"});
}

TEST_CASE("what the rules read of kinds is counted apart: derived fields, and each type") {
  auto made = measured("", "!resource.exposed", {{"{public: true, size: 0}", "pass", ""}, {"{public: true, size: 2}", "fail", ""}});
  CHECK(made.rules[0].untested.empty());
  CHECK(made.coverage.all == 1);
  REQUIRE(made.kinds.size() == 3);
  CHECK(made.kinds[0].type.empty());
  CHECK(untested(made.kinds[0].untested) == texts{"resource.public: never false"});
  CHECK(made.kinds[0].coverage.all == 3);
  CHECK(made.kinds[1].type == "aws_thing");
  CHECK(untested(made.kinds[1].untested) == texts{"resource.public: never false"});
  CHECK(made.kinds[2].type == "google_thing");
  CHECK(untested(made.kinds[2].untested) == texts{"resource.is_public: neither"});
  CHECK(made.kinds_coverage.reached == 2);
  CHECK(made.kinds_coverage.all == 5);
}

TEST_CASE("a mutant is caught where a test of the rule gives another verdict") {
  const std::string assertion = "!(resource.public && resource.size >= params.most)";
  auto weak = measured("", assertion, {{"{public: true, size: 50}", "fail", ""}, {"{public: false, size: 1}", "pass", ""}});
  CHECK(survivors(weak.rules[0]) ==
        texts{"dropped `resource.public` was left out", "swapped `&&` became `||`", "dropped `resource.size >= params.most` was left out", "comparison `>=` became `>`"});
  auto strong = measured("", assertion,
                         {{"{public: true, size: 10}", "fail", ""}, {"{public: false, size: 10}", "pass", ""}, {"{public: true, size: 9}", "pass", ""}});
  CHECK(survivors(strong.rules[0]).empty());
  CHECK(strong.mutation.all == strong.mutation.reached);
  CHECK(strong.mutation.all == 7);
}

TEST_CASE("leaving `when` out is a mutant") {
  auto made = measured("resource.size > 0", "!resource.public", {{"{public: true, size: 5}", "fail", ""}, {"{public: false, size: 5}", "pass", ""}});
  auto left = survivors(made.rules[0]);
  CHECK(std::find(left.begin(), left.end(), "when `when` was left out") != left.end());
  auto seen = measured("resource.size > 0", "!resource.public",
                       {{"{public: true, size: 1}", "fail", ""}, {"{public: false, size: 5}", "pass", ""}, {"{public: true, size: 0}", "not_applicable", ""}});
  CHECK(survivors(seen.rules[0]).empty());
}

TEST_CASE("what a rule is asked of under `also` has parts and mutants of its own") {
  folder in;
  in.write("kinds.yaml", std::string(store_kinds()) + R"(  box:
    title: {ja: 箱, en: Box}
    fields: {open: bool}
    from:
      aws_box: {open: resource.open}
)");
  in.write("rules.yaml", ruleset_with("    kind: store\n    asserts: [{id: a, assert: '!resource.public', message: {ja: 公開, en: Public}}]\n"
                                      "    also:\n      - kind: box\n        when: resource.open\n        asserts: [{id: b, assert: 'false', message: {ja: 開, en: Open}}]\n"));
  in.write("rules.tests.yaml", tests_text({{"{public: true}", "fail", ""}, {"{public: false}", "pass", ""}}));
  auto made = measured(in);
  CHECK(made.coverage.reached == 1);
  CHECK(untested(made.rules[0].untested) == texts{"resource.open: neither"});
  CHECK(survivors(made.rules[0]) == texts{"negated `resource.open` was negated", "constant `false` became `true`", "when `when` was left out"});
}

TEST_CASE("a message that a test asks for catches what leaves the verdict as it is") {
  auto body = [](const char* more) {
    folder in;
    in.write("kinds.yaml", store_kinds());
    in.write("rules.yaml", ruleset_with("    kind: store\n    asserts:\n      - id: a\n        assert: '!resource.public'\n        message: {ja: 公開, en: Public}\n"
                                        "      - id: b\n        assert: resource.size > 3\n        message: {ja: 小, en: Small}\n"));
    in.write("rules.tests.yaml", tests_text({{"{public: true, size: 3}", "fail", more}, {"{public: false, size: 4}", "pass", ""}}));
    return survivors(measured(in).rules[0]);
  };
  CHECK(body("").size() > 0);
  CHECK(body("    message: {en: \"Public\\nSmall\"}\n").empty());
}

TEST_CASE("a mutant is caught exactly where the tests fail of a rule that is written so") {
  const std::string assertion = "resource.name.startsWith(\"log\") || !(resource.public && resource.size > 3) && resource.size != 7";
  const std::vector<test_line> lines = {{"{name: logs, public: true, size: 9}", "pass", ""}, {"{name: x, public: true, size: 4}", "fail", ""},
                                        {"{name: x, public: false, size: 7}", "fail", ""}, {"{name: x, public: false, size: 2}", "pass", ""}};
  folder in;
  in.write("kinds.yaml", store_kinds());
  in.write("rules.yaml", rules_text("", assertion));
  in.write("rules.tests.yaml", tests_text(lines));
  auto made = measured(in);
  auto named = [](const std::string& kind, const std::string& change, std::uint32_t column) { return kind + " " + change + " at " + std::to_string(column); };
  texts left;
  for (auto& one : made.rules[0].survivors) left.push_back(named(one.kind, one.change, one.told.column));
  CHECK(!left.empty());
  auto model = model_of({store_kinds(), rules_text("", assertion)});
  REQUIRE(model);
  auto& condition = *model.value()->rules[0].variants[0].asserts[0].condition;
  const auto mutants = cel::mutants_of(*condition.root, condition.text.text);
  CHECK(made.mutation.all == mutants.size());
  for (auto& one : mutants) {
    CAPTURE(one.text);
    in.write("rules.yaml", rules_text("", one.text));
    auto again = run_rule_tests({in.path()});
    REQUIRE(again);
    const bool notices = std::any_of(again.value().begin(), again.value().end(), [](auto& test) { return !test.ok; });
    const std::uint32_t column = condition.text.source->position(condition.text.map(one.where).begin).column;
    const bool survives = std::find(left.begin(), left.end(), named(std::string(cel::name_of(one.kind)), one.change, column)) != left.end();
    CHECK(notices != survives);
  }
}

TEST_CASE("no number of threads changes what is measured, and one rule can be measured alone") {
  // One of the shipped rule sets with the tests of some of its rules: all of them take minutes under a sanitizer.
  const std::string root = SEKIMORI_SOURCE_DIR "/rulesets/", network = root + "baseline/network.";
  const texts paths{root + "kinds", root + "standards", network + "yaml", network + "NET-01.tests.yaml", network + "NET-03.tests.yaml", network + "NET-04.tests.yaml", network + "NET-07.tests.yaml"};
  auto all = check::measure_rules(paths, {true, true, {}, 1});
  auto side_by_side = check::measure_rules(paths, {true, true, {}, 3});
  REQUIRE(all);
  REQUIRE(side_by_side);
  auto& one = all.value();
  auto& other = side_by_side.value();
  REQUIRE(one.rules.size() == other.rules.size());
  REQUIRE(one.rules.size() > 10);
  CHECK(one.tests.size() == other.tests.size());
  for (std::size_t i = 0; i < one.rules.size(); ++i) {
    CHECK(one.rules[i].rule == other.rules[i].rule);
    CHECK(untested(one.rules[i].untested) == untested(other.rules[i].untested));
    CHECK(survivors(one.rules[i]) == survivors(other.rules[i]));
    CHECK(one.rules[i].not_compiled == other.rules[i].not_compiled);
  }
  REQUIRE(one.kinds.size() == other.kinds.size());
  for (std::size_t i = 0; i < one.kinds.size(); ++i) CHECK(untested(one.kinds[i].untested) == untested(other.kinds[i].untested));

  auto alone = check::measure_rules(paths, {true, true, "NET-04", 1});
  REQUIRE(alone);
  REQUIRE(alone.value().rules.size() == 1);
  CHECK(alone.value().rules[0].rule == "baseline.network/NET-04");
  CHECK(alone.value().rules[0].tests == alone.value().tests.size());
  auto none = check::measure_rules(paths, {true, false, "NET-4", 1});
  CHECK(!none);
  CHECK(none.diagnostics().at(0).message == "there is no rule `NET-4`");
  CHECK(none.diagnostics().at(0).help == "did you mean `NET-04`?");
}
