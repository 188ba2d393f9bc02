// bench: the 25 expressions and r0: one evaluation over parsed input, over slots bound beforehand, and compiling. Entry point:
// register_scenario. SEKIMORI_BENCH_INPUTS is the folder with cases.json.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "heap_counter/heap_counter.hpp"
#include "common/cases.hpp"
#include "common/process.hpp"
#include "common/scenario.hpp"

namespace bench {
namespace {

void run_evaluate(benchmark::State& state, expression_case& one) {
  benchmark::DoNotOptimize(one.evaluate());   // the first fills memory that later ones use again
  const auto before = heap_counter::allocations();
  for (auto _ : state) benchmark::DoNotOptimize(one.evaluate());
  state.counters["allocations"] = static_cast<double>(heap_counter::allocations() - before) / static_cast<double>(state.iterations());
}

void run_compile(benchmark::State& state, expression_case& one) {
  const auto before = heap_counter::allocations();
  for (auto _ : state) benchmark::DoNotOptimize(one.compile());
  state.counters["allocations"] = static_cast<double>(heap_counter::allocations() - before) / static_cast<double>(state.iterations());
}

template <class Run>
void add(const std::string& what, expression_case& one, Run run) {
  benchmark::RegisterBenchmark((what + '/' + one.name()).c_str(), [&one, run](benchmark::State& state) { run(state, one); })->MinTime(0.02);
}

}  // namespace

void register_scenario() {
  const char* folder = std::getenv("SEKIMORI_BENCH_INPUTS");
  if (folder == nullptr) stop("SEKIMORI_BENCH_INPUTS names no folder with cases.json");
  static const auto file = parsed(std::string(folder) + "/cases.json");
  static const auto all = all_cases(file), bound = bound_cases();
  for (auto& one : all) add("evaluate", *one, run_evaluate);
  for (auto& one : bound) add("bound", *one, run_evaluate);
  for (auto& one : all) add("compile", *one, run_compile);
}

}  // namespace bench
