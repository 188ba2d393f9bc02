// bench: the main of a scenario: it registers its benchmarks, and Google Benchmark runs them.
#include <benchmark/benchmark.h>

#include "common/scenario.hpp"

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  bench::register_scenario();
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
