// bench: how a check grows: with rules that apply, with rules about types that the plan has not, with resources, and with
// threads. Entry point: register_scenario.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "common/plan_writer.hpp"
#include "common/plans.hpp"
#include "common/process.hpp"
#include "common/scenario.hpp"

namespace bench {
namespace {

using namespace sekimori;

// `count` different rules about buckets, or about types that no plan has. One bucket in 30 fails a rule about buckets.
std::string rules_text(int count, bool absent) {
  std::string text =
      "sekimori: ruleset/v1\nengine: \">=0.1\"\ncel: {environment: 2026-11, packs: [cloud]}\nid: bench.scale\nversion: 1.0.0\n"
      "languages: [en]\ntitle: {en: Rules of one kind}\nrules:\n";
  for (int i = 0; i < count; ++i) {
    text += fmt::format(
        "  - id: R{0}\n    title: {{en: rule {0}}}\n    severity: low\n    category: scale\n    why: {{en: rule}}\n    fix: {{en: rule}}\n    waiver: none\n"
        "    type: {1}\n    assert: '!resource.bucket.endsWith(\"-{2:02}\") || resource.?owner_{0}.orValue(false)'\n    message: {{en: \"{{meta.address}}\"}}\n",
        i, absent ? fmt::format("example_absent_{}", i) : "aws_s3_bucket", i % 30);
  }
  return text;
}

policy rules_of(int count, bool absent) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("sekimori-bench-{}-{}-{}", absent ? "absent" : "own", count,
                                                                            static_cast<unsigned long>(std::filesystem::file_time_type::clock::now().time_since_epoch().count()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "rules.yaml") << rules_text(count, absent);
  auto made = loaded({folder.string()});
  std::filesystem::remove_all(folder);
  return made;
}

struct scale_work {
  std::shared_ptr<const policy> rules;
  std::shared_ptr<const std::string> text;
  check_options options = bench::options();
};

void run(benchmark::State& state, const scale_work& work, std::uint64_t fails) {
  const std::vector<input> inputs = {input::text("plan.json", *work.text)};
  const auto first = work.rules->check(inputs, work.options);
  if (first.summary.total.fail != fails || first.summary.total.error != 0) {
    return state.SkipWithError(fmt::format("{} failures instead of {}", first.summary.total.fail, fails).c_str());
  }
  for (auto _ : state) {
    auto made = work.rules->check(inputs, work.options);
    benchmark::DoNotOptimize(made);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * first.summary.examined.resources));
}

benchmark::internal::Benchmark* add(const std::string& name, scale_work work, std::uint64_t fails) {
  return benchmark::RegisterBenchmark(name.c_str(), [work, fails](benchmark::State& state) { run(state, work, fails); })
      ->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);
}

void add_rules() {
  const auto small = std::make_shared<const std::string>(large_plan(100)), larger = std::make_shared<const std::string>(large_plan(1'000));
  for (const int count : {10, 100, 1'000, 10'000}) {
    // Of 30 buckets each rule finds one.
    const auto own = std::make_shared<const policy>(rules_of(count, false)), absent = std::make_shared<const policy>(rules_of(count, true));
    add(fmt::format("own-rules/{}", count), {own, small}, static_cast<std::uint64_t>(count));
    add(fmt::format("absent-rules/{}", count), {absent, larger}, 0);
  }
}

std::uint64_t failures(const policy& rules, const std::string& text) { return rules.check({input::text("plan.json", text)}, options()).summary.total.fail; }

void add_resources(const std::shared_ptr<const policy>& shipped) {
  // Each tenant of the plan is like the first.
  const auto of_one = failures(*shipped, large_plan(resources_of_tenant));
  for (const int resources : {100, 1'000, 15'000, 100'000}) {
    add(fmt::format("resources/{}", resources), {shipped, std::make_shared<const std::string>(large_plan(resources))},
        of_one * static_cast<std::uint64_t>(resources / resources_of_tenant));
  }
}

// Wall time: CPU time does not get less with threads.
void add_threads(const std::shared_ptr<const policy>& shipped) {
  const auto text = std::make_shared<const std::string>(large_plan(15'000));
  const auto fails = failures(*shipped, *text);
  auto wanted = options();
  for (unsigned threads = 1; threads <= std::max(2u, std::thread::hardware_concurrency()); ++threads) {
    wanted.threads = threads;
    add(fmt::format("threads/{}", threads), {shipped, text, wanted}, fails)->UseRealTime();
  }
}

}  // namespace

void register_scenario() {
  add_rules();
  const auto shipped = std::make_shared<const policy>(loaded({"builtin:all"}));
  add_resources(shipped);
  add_threads(shipped);
}

}  // namespace bench
