// bench: see plans.hpp.
#include "common/plans.hpp"

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

#include "heap_counter/heap_counter.hpp"
#include "common/process.hpp"

namespace bench {
namespace {

using namespace sekimori;

std::vector<plan> plans_below(const std::filesystem::path& folder, bool (*wanted)(const std::filesystem::path&)) {
  std::vector<plan> made;
  if (!std::filesystem::is_directory(folder)) {
    std::cerr << "SKIPPED: there is no folder " << folder << '\n';
    return made;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && wanted(entry.path())) made.push_back({entry.path().lexically_relative(folder).string(), read_file(entry.path().string())});
  }
  std::sort(made.begin(), made.end(), [](const plan& left, const plan& right) { return left.name < right.name; });
  return made;
}

report checked_text(const policy& rules, const plan& of) { return rules.check({input::text(of.name, of.text)}, options()); }

// Verdicts by rule of a report, as text.
std::string verdicts(const report& made) {
  std::string text;
  for (const auto& [rule, counts] : made.summary.by_rule) {
    for (const auto count : {counts.pass, counts.fail, counts.undetermined, counts.error, counts.not_applicable}) text += rule + ' ' + std::to_string(count) + '\n';
  }
  return text;
}

std::string differs_when_parsed(const policy& rules, const plan& of, const report& made) {
  auto parsed = cel::document::parse(of.name, of.text);
  if (!parsed) return made.summary.examined.resources == 0 ? "" : render(parsed.diagnostics());
  const value root = parsed.value().root();
  if (!root.is(value_kind::map)) return "";
  const auto again = rules.check({input::host(of.name, &root.as_map())}, options());
  return verdicts(again) == verdicts(made) ? "" : "the verdicts on " + of.name + " differ between text and parsed JSON";
}

struct plan_work {
  const policy& rules;
  plan of;
  verdict_check wrong;
};

void run_floor(benchmark::State& state, const plan_work& work) {
  const simdjson::padded_string bytes(work.of.text);
  for (auto _ : state) {
    simdjson::dom::parser parser;   // of its own, memory and all, as a check has
    simdjson::dom::element root;
    if (parser.parse(bytes).get(root) != simdjson::SUCCESS) return state.SkipWithError("no JSON");
    benchmark::DoNotOptimize(root);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}

void run_check(benchmark::State& state, const plan_work& work) {
  const auto first = checked_text(work.rules, work.of);
  std::string wrong = work.wrong ? work.wrong(first) : "";
  if (wrong.empty()) wrong = differs_when_parsed(work.rules, work.of, first);
  if (!wrong.empty()) return state.SkipWithError(wrong.c_str());
  const std::vector<input> inputs = {input::text(work.of.name, work.of.text)};
  const auto wanted = options();
  std::uint64_t allocations = 0;
  for (auto _ : state) {
    const auto before = heap_counter::allocations();
    auto made = work.rules.check(inputs, wanted);
    allocations += heap_counter::allocations() - before;
    benchmark::DoNotOptimize(made);
  }
  const auto resources = static_cast<double>(std::max<std::uint64_t>(first.summary.examined.resources, 1));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * work.of.text.size()));
  state.counters["resources"] = resources;
  state.counters["allocations_per_resource"] = static_cast<double>(allocations) / static_cast<double>(state.iterations()) / resources;
}

}  // namespace

policy loaded(const std::vector<std::string>& paths) {
  auto made = policy::load(paths);
  if (!made) stop(render(made.diagnostics()));
  return std::move(made).value();
}

check_options options() {
  check_options made;
  made.now = 1'795'446'000;  // 2026-11-24 in Japan
  return made;
}

std::vector<plan> example_plans() {
  return plans_below(SEKIMORI_SOURCE_DIR "/rulesets/examples", [](const std::filesystem::path& file) { return file.filename() == "plan.json"; });
}

std::vector<plan> shared_plans() {
  const char* named = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path folder = std::filesystem::path(named != nullptr ? named : SEKIMORI_SOURCE_DIR "/../shared/data") / "terraform-plans";
  return plans_below(folder, [](const std::filesystem::path& file) { return file.extension() == ".json"; });
}

void register_plan(const policy& rules, plan checked, verdict_check wrong) {
  auto work = std::make_shared<plan_work>(plan_work{rules, std::move(checked), std::move(wrong)});
  const auto& name = work->of.name;
  benchmark::RegisterBenchmark(("floor/" + name).c_str(), [work](benchmark::State& state) { run_floor(state, *work); })
      ->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark(("check/" + name).c_str(), [work](benchmark::State& state) { run_check(state, *work); })
      ->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);
}

}  // namespace bench
