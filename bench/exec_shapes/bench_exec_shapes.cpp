// bench: shapes of execution over real rules: what flat code, shared reads, shared tests, batches, dispatch and order each
// give. All shapes come to the same verdicts, or nothing is timed. SEKIMORI_BENCH_RULES (a folder) with SEKIMORI_BENCH_PLAN
// (a plan) adds rules of one's own.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "shapes.hpp"

namespace {

using namespace sekimori;
using namespace sekimori::bench;

std::vector<std::string> example_plans() {
  std::vector<std::string> found;
  for (auto& entry : std::filesystem::recursive_directory_iterator(SEKIMORI_SOURCE_DIR "/rulesets/examples")) {
    if (entry.path().filename() == "plan.json") found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void time_shape(::benchmark::State& state, shape* timed, const cases* of) {
  std::vector<verdict> verdicts;
  for (auto _ : state) {
    verdicts.clear();
    timed->run(verdicts);
    ::benchmark::DoNotOptimize(verdicts.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(of->asked));
  state.counters["rules_asked"] = static_cast<double>(of->asked);
  state.counters["instances"] = static_cast<double>(of->instances.size());
}

}  // namespace

int main(int argc, char** argv) {
  ::benchmark::Initialize(&argc, argv);
  std::vector<std::unique_ptr<cases>> all;
  all.push_back(load_cases("shipped", {}, example_plans()));
  const char* rules = std::getenv("SEKIMORI_BENCH_RULES");
  const char* plan = std::getenv("SEKIMORI_BENCH_PLAN");
  if (rules != nullptr && plan != nullptr) all.push_back(load_cases("given", {rules}, {plan}));
  std::vector<std::unique_ptr<shape>> shapes;
  for (auto& one : all) {
    std::vector<verdict> expected;
    for (auto name : shape_names()) {
      auto& made = shapes.emplace_back(make_shape(name, *one));
      std::vector<verdict> found;
      made->run(found);
      if (expected.empty()) expected = found;
      if (found != expected || found.size() != one->asked) {
        std::fprintf(stderr, "%s/%s: other verdicts than tree's\n", one->name.c_str(), std::string(name).c_str());
        return 2;
      }
      ::benchmark::RegisterBenchmark((one->name + "/" + std::string(name)).c_str(), time_shape, made.get(), one.get())->Unit(::benchmark::kMicrosecond);
    }
  }
  ::benchmark::RunSpecifiedBenchmarks();
  return 0;
}
