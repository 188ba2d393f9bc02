// Long lists of texts in parameters are looked into by an index: it answers as going over them would.
#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

// Verdicts on the names, in order: p pass, f fail, u undetermined, e error.
std::string verdicts(const std::vector<std::string>& list, const std::vector<std::string>& names, const std::string& condition = "resource.name in params.names") {
  std::string written;
  for (auto& one : list) written += (written.empty() ? "\"" : ", \"") + one + "\"";
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: '" + condition + "'\n    message: {ja: 違反, en: Wrong}\n",
                                                     "parameters:\n  names: {type: list(string), basis: ours, tighten: superset, default: [" + written + "]}\n")});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  const auto plan = plan::make_plan(model.value());
  std::string changes;
  for (std::size_t i = 0; i < names.size(); ++i) {
    changes += (i == 0 ? "" : ",") + std::string(R"({"address":"aws_thing.a)") + std::to_string(i) + R"(","mode":"managed","type":"aws_thing","name":"a","provider_name":"p","change":{"actions":["create"],"before":null,"after":{)" +
               (names[i] == "?" ? "" : R"("name":")" + names[i] + "\"") + R"(},"after_unknown":{)" + (names[i] == "?" ? R"("name":true)" : "") + R"(},"after_sensitive":{}}})";
  }
  check_options options;
  options.include = {verdict::pass};
  auto made = check::run_check(*plan, nullptr, {}, {input::text("p.json", R"({"format_version":"1.2","resource_changes":[)" + changes + "]}")}, options);
  std::string told;
  for (auto& one : made.findings) told += name_of(one.outcome)[0];
  return told;
}

std::vector<std::string> names_of(std::size_t count) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back("region-name-" + std::to_string(i));
  return made;
}

}  // namespace

TEST_CASE("a list with an index answers as one without") {
  for (std::size_t size : {1u, 8u, 9u, 10u, 100u, 1000u}) {
    CAPTURE(size);
    const auto list = names_of(size);
    CHECK(verdicts(list, {list.front(), list.back(), "region-name-", "", "region-name-1000", "?"}) == "ppfffu");
    CHECK(verdicts(list, {list.front(), "other", "?"}, "!(resource.name in params.names)") == "fpu");
    CHECK(verdicts(list, {list.back(), "other"}, "[resource.name, \"x\"].exists(n, n in params.names)") == "pf");
    CHECK(verdicts(list, {"other"}, "dyn(1) in params.names || params.names.size() == " + std::to_string(size)) == "p");
    CHECK(verdicts(list, {"other"}, "params.names[" + std::to_string(size - 1) + "] == \"" + list.back() + "\"") == "p");
  }
  const std::vector<std::string> twice(20, "same");
  CHECK(verdicts(twice, {"same", "other"}) == "pf");
}
