// The fast executor and the explaining evaluator never differ, on every plan at hand.
#include "plans.hpp"

#include <algorithm>

#include "sekimori/policy.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

bool same(const verdict_counts& a, const verdict_counts& b) {
  return a.pass == b.pass && a.fail == b.fail && a.undetermined == b.undetermined && a.error == b.error && a.not_applicable == b.not_applicable;
}

}  // namespace

TEST_CASE("listing everything, and so explaining everything, changes no verdict") {
  auto loaded = policy::load({"builtin:all"});
  REQUIRE(loaded);
  std::uint64_t judged = 0;
  for (auto& path : plans()) {
    INFO(path.string());
    std::string bytes = read(path);
    check_options options;
    options.now = 1795446000;
    auto fast = loaded->check({input::text("plan.json", bytes)}, options);
    options.include = {verdict::pass, verdict::not_applicable};
    auto explained = loaded->check({input::text("plan.json", bytes)}, options);
    CHECK(same(fast.summary.total, explained.summary.total));
    REQUIRE(fast.summary.by_rule.size() == explained.summary.by_rule.size());
    for (auto& [rule, counts] : fast.summary.by_rule) {
      INFO(rule);
      CHECK(same(counts, explained.summary.by_rule.at(rule)));
    }
    judged += explained.findings.size();
  }
  CHECK(judged > 200);
}

TEST_CASE("the order of inputs changes the order of findings and nothing else") {
  auto loaded = policy::load({"builtin:all"});
  REQUIRE(loaded);
  std::string folder = std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/citizen-application/";
  std::vector<input> inputs = {input::file(folder + "aws/bad"), input::file(folder + "google/bad"), input::file(folder + "sakura/bad")};
  check_options options;
  options.now = 1795446000;
  auto forwards = loaded->check(inputs, options);
  std::swap(inputs.front(), inputs.back());
  auto backwards = loaded->check(inputs, options);
  CHECK(same(forwards.summary.total, backwards.summary.total));
  std::vector<std::string> a, b;
  for (auto& one : forwards.findings) a.push_back(one.id + std::string(name_of(one.outcome)) + one.message.ja);
  for (auto& one : backwards.findings) b.push_back(one.id + std::string(name_of(one.outcome)) + one.message.ja);
  CHECK(a != b);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  CHECK(a == b);
}

TEST_CASE("reports of one policy share the texts of its rules, which outlive it") {
  report first, second;
  {
    auto loaded = policy::load({"builtin:all"});
    REQUIRE(loaded);
    first = loaded->check({input::text("p.json", "{}")}, {});
    second = loaded->check({input::text("p.json", "{}")}, {});
  }
  CHECK(first.rules == second.rules);
  const auto& unused = first.summary.examined.rules_without_resources;
  REQUIRE(unused.size() == first.rules->size());
  CHECK(unused.front() == second.summary.examined.rules_without_resources.front());
  CHECK(unused.front()->rule == first.rules->front().ruleset + "/" + first.rules->front().id);
  CHECK(!first.rules->front().title.in("ja").empty());
  CHECK(render(first, "json").value() == render(second, "json").value());
  CHECK(report().rules->empty());
}
