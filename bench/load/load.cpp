// bench: rule sets from their text to a ready policy, and the memory that they keep: the shipped ones, and sets of one size of
// SEKIMORI_BENCH_INPUTS. Entry point: register_scenario.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "heap_counter/heap_counter.hpp"
#include "common/plans.hpp"
#include "common/process.hpp"
#include "common/scenario.hpp"

namespace bench {
namespace {

double rules_of(const sekimori::policy& policy) {
  return static_cast<double>(policy.check({sekimori::input::text("empty.json", "{}")}, options()).rules->size());
}

void run_load(benchmark::State& state, const std::string& path) {
  const auto before = heap_in_use();
  const auto kept = loaded({path});
  const auto bytes = heap_in_use() - before;
  const auto allocations = heap_counter::allocations_of([&] { loaded({path}); });
  for (auto _ : state) {
    auto made = loaded({path});
    benchmark::DoNotOptimize(made);
  }
  const double rules = rules_of(kept);
  state.counters["rules"] = rules;
  state.counters["heap_bytes_per_rule"] = static_cast<double>(bytes) / rules;
  state.counters["allocations_per_rule"] = static_cast<double>(allocations) / rules;
}

void add(const std::string& name, const std::string& path) {
  benchmark::RegisterBenchmark(("load/" + name).c_str(), [path](benchmark::State& state) { run_load(state, path); })
      ->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);
}

}  // namespace

void register_scenario() {
  add("builtin:all", "builtin:all");
  const char* folder = std::getenv("SEKIMORI_BENCH_INPUTS");
  if (folder == nullptr) stop("SEKIMORI_BENCH_INPUTS names no folder with rule sets");
  for (const char* name : {"rules15", "rules150", "rules1000"}) {
    const auto at = std::filesystem::path(folder) / name / "sekimori";
    if (!std::filesystem::is_directory(at)) stop("there are no rules at " + at.string());
    add(name, at.string());
  }
}

}  // namespace bench
