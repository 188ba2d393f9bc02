// bench: shapes of execution over real rules: what flat code, shared reads, shared tests, batches, dispatch and order each
// give. All shapes come to the same verdicts, or nothing is timed: the shipped rules over the example plans, and rule sets of
// SEKIMORI_BENCH_INPUTS over its plan S. Entry point: register_scenario. Knows the inside of the library.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "common/process.hpp"
#include "common/scenario.hpp"
#include "exec_shapes/shapes.hpp"

namespace bench {
namespace {

using namespace sekimori::exec_shapes;
using verdicts = std::vector<sekimori::verdict>;

std::vector<std::string> plans_of_examples() {
  std::vector<std::string> found;
  for (auto& entry : std::filesystem::recursive_directory_iterator(SEKIMORI_SOURCE_DIR "/rulesets/examples")) {
    if (entry.path().filename() == "plan.json") found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void run_shape(benchmark::State& state, shape& timed, const cases& of) {
  verdicts found;
  for (auto _ : state) {
    found.clear();
    timed.run(found);
    benchmark::DoNotOptimize(found.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(of.asked));
  state.counters["rules_asked"] = static_cast<double>(of.asked);
  state.counters["instances"] = static_cast<double>(of.instances.size());
}

void add(std::unique_ptr<cases> loaded) {
  static std::vector<std::unique_ptr<cases>> kept;
  static std::vector<std::unique_ptr<shape>> shapes;
  auto& of = *kept.emplace_back(std::move(loaded));
  verdicts expected;
  for (auto name : shape_names()) {
    auto& made = *shapes.emplace_back(make_shape(name, of));
    verdicts found;
    made.run(found);
    if (expected.empty()) expected = found;
    if (found != expected || found.size() != of.asked) stop(std::string(name) + " over " + of.name + " comes to other verdicts than tree");
    benchmark::RegisterBenchmark((std::string(name) + "/" + of.name).c_str(), [&made, &of](benchmark::State& state) { run_shape(state, made, of); })
        ->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace

void register_scenario() {
  add(load_cases("shipped", {}, plans_of_examples()));
  const char* folder = std::getenv("SEKIMORI_BENCH_INPUTS");
  if (folder == nullptr) stop("SEKIMORI_BENCH_INPUTS names no folder with rule sets");
  const std::filesystem::path at = folder;
  for (const char* name : {"rules150", "rules1000"}) add(load_cases(name, {(at / name / "sekimori").string()}, {(at / "S.json").string()}));
}

}  // namespace bench
