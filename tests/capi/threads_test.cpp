// One policy, many threads: the same bytes from each, and nothing for ThreadSanitizer to say.
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "sekimori/policy.hpp"

using namespace sekimori;

TEST_CASE("a policy is shared by threads without a lock") {
  std::string file = std::string(SEKIMORI_SOURCE_DIR) + "/rulesets/examples/citizen-application/aws/bad/plan.json";
  std::ifstream from(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(from), {}};
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
