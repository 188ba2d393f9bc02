// One policy, many threads, and one check over several: the same bytes from each, and nothing for ThreadSanitizer to say.
#include "plans.hpp"

#include <thread>

#include "sekimori/policy.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::string json_of(const policy& rules, const std::vector<input>& inputs, check_options options, std::uint32_t threads) {
  options.threads = threads;
  return render(rules.check(inputs, options), "json").value();
}

// The report of one thread, which those of several must be, byte for byte.
std::string same_for_all_threads(const policy& rules, const std::vector<input>& inputs, const check_options& options) {
  const std::string one = json_of(rules, inputs, options, 1);
  for (std::uint32_t threads : {0u, 2u, 3u, 7u}) {
    INFO(threads << " threads");
    const bool same = json_of(rules, inputs, options, threads) == one;
    CHECK(same);
  }
  return one;
}

std::string pods(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "---\napiVersion: v1\nkind: " + std::string(i % 5 == 0 ? "Service" : "Pod") + "\nmetadata: {name: p" + std::to_string(i) + ", labels: {n: \"" +
            std::to_string(i % 3) + "\"}}\nspec: {priority: " + std::to_string(i % 4) + (i % 7 == 0 ? "" : ", hostNetwork: true") + "}\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a policy is shared by threads without a lock") {
  std::string bytes = read(std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/citizen-application/aws/bad/plan.json");
  REQUIRE(!bytes.empty());
  auto loaded = policy::load({"builtin:all"}, std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/organisation.yaml");
  INFO(render(loaded.diagnostics()));
  REQUIRE(loaded);
  check_options options;
  options.now = 1795446000;
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (auto& to : results) {
    threads.emplace_back([&] { to = render(loaded->check({input::text("plan.json", bytes)}, options), "json").value(); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(results[0].find("\"verdict\": \"fail\"") != std::string::npos);
  for (auto& one : results) CHECK(one == results[0]);
}

TEST_CASE("inputs that are read while rules are loaded give the same report, more than once") {
  const std::string root = std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples";
  const std::vector<input> inputs = {input::file(root + "/citizen-application/aws/bad/plan.json"), input::file(root + "/none.json"), input::file(root + "/citizen-application")};
  check_options options;
  options.now = 1795446000;
  std::string expected;
  for (std::uint32_t threads : {1u, 2u, 4u}) {
    options.threads = threads;
    auto opened = open_inputs(inputs, options), given_up = open_inputs(inputs, options);
    auto rules = policy::load({"builtin:all"}, root + "/organisation.yaml");
    REQUIRE(rules);
    if (expected.empty()) expected = render(rules->check(inputs, options), "json").value();
    CHECK(render(rules->check(*opened, options), "json").value() == expected);
    CHECK(render(rules->check(*opened, options), "json").value() == expected);
  }
}

TEST_CASE("the number of threads changes no byte of a report on plans") {
  auto rules = policy::load({"builtin:all"}, std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/organisation.yaml");
  REQUIRE(rules);
  // Many resources, and so many blocks: each plan twice, as two inputs.
  std::vector<input> inputs;
  for (auto& path : plans()) {
    for (const char* copy : {"a/", "b/"}) inputs.push_back(input::text(copy + path.filename().string(), read(path)));
  }
  check_options options;
  options.now = 1795446000;
  SUBCASE("what is listed by default") { CHECK(same_for_all_threads(*rules, inputs, options).find("\"verdict\": \"undetermined\"") != std::string::npos); }
  SUBCASE("every verdict") {
    options.include = {verdict::pass, verdict::not_applicable};
    options.limits.findings_listed = 1'000'000;
    CHECK(same_for_all_threads(*rules, inputs, options).find("\"verdict\": \"pass\"") != std::string::npos);
  }
  SUBCASE("few are listed") {
    for (std::uint64_t most : {0u, 1u, 77u, 300u}) {
      options.limits.findings_listed = most;
      const std::string made = same_for_all_threads(*rules, inputs, options);
      CHECK(made.find("\"listed\": " + std::to_string(most) + ",") != std::string::npos);
    }
  }
  SUBCASE("of one bureau, and of one system") {
    options.report_for = "fukushi";
    same_for_all_threads(*rules, inputs, options);
    options.report_for.clear();
    options.scope = "soumu.shinsei";
    same_for_all_threads(*rules, inputs, options);
  }
  SUBCASE("limits that are hit") {
    options.limits.steps = 3;
    CHECK(same_for_all_threads(*rules, inputs, options).find("\"limit\"") != std::string::npos);
    options.limits.steps = 1'000'000;
    options.limits.cost = 40;
    same_for_all_threads(*rules, inputs, options);
  }
}

TEST_CASE("the number of threads changes no byte of a report on manifests") {
  std::string name = (fs::temp_directory_path() / "sekimori-threads-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  const fs::path folder = name;
  std::ofstream(folder / "policy.yaml") << R"yaml(apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: pods}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  validations:
    - {expression: "object.spec.priority < 3", messageExpression: "'priority ' + string(object.spec.priority)"}
    - {expression: "!has(object.spec.hostNetwork) || !object.spec.hostNetwork || object.metadata.labels.n != '1'"}
    - {expression: "request.userInfo.username != 'nobody'"}
)yaml";
  auto rules = policy::load({(folder / "policy.yaml").string()});
  fs::remove_all(folder);
  INFO(render(rules.diagnostics()));
  REQUIRE(rules);
  check_options options;
  options.now = 1795446000;
  const std::vector<input> inputs = {input::text("pods.yaml", pods(400))};
  const std::string made = same_for_all_threads(*rules, inputs, options);
  CHECK(made.find("\"verdict\": \"fail\"") != std::string::npos);
  CHECK(made.find("\"verdict\": \"undetermined\"") != std::string::npos);
  options.limits.findings_listed = 20;
  same_for_all_threads(*rules, inputs, options);
}

TEST_CASE("what is not listed is counted as if it were") {
  auto rules = policy::load({"builtin:all"}, std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/organisation.yaml");
  REQUIRE(rules);
  for (auto& path : plans()) {
    INFO(path.string());
    check_options options;
    options.now = 1795446000;
    constexpr std::uint64_t everything = 1'000'000;
    std::vector<std::string> ids;
    auto summary_of = [&](std::uint64_t most) {
      options.limits.findings_listed = most;
      auto made = rules->check({input::text("plan.json", read(path))}, options);
      CHECK(made.findings.size() == made.summary.listed);
      // The first of all, in their order.
      for (std::size_t i = 0; i < made.findings.size(); ++i) {
        if (most == everything) ids.push_back(made.findings[i].id);
        REQUIRE(i < ids.size());
        CHECK(made.findings[i].id == ids[i]);
        CHECK(!made.findings[i].id.empty());
      }
      const std::uint64_t all = made.summary.listed + made.summary.not_listed;
      made.findings.clear();
      made.scopes.clear();    // those of the findings
      made.summary.listed = all;
      made.summary.not_listed = 0;
      return render(made, "json").value();
    };
    const std::string all = summary_of(everything);
    for (std::uint64_t most : {0u, 1u, 3u, 10u}) CHECK(summary_of(most) == all);
  }
}
