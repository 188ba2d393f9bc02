// bench: the least that reading a plan can take: simdjson's DOM with a parser of its own and with one that keeps its memory, a
// visit of every value, and copying the bytes. Entry point: register_scenario.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <cstring>
#include <memory>
#include <vector>

#include "common/plan_writer.hpp"
#include "common/process.hpp"
#include "common/scenario.hpp"

namespace bench {
namespace {

using simdjson::dom::element;

element parse(simdjson::dom::parser& with, const simdjson::padded_string& bytes) {
  element root;
  if (with.parse(bytes).get(root) != simdjson::SUCCESS) stop("the plan is no JSON");
  return root;
}

std::size_t visit(element at) {
  std::size_t seen = 1;
  if (at.is_object()) {
    for (const auto field : simdjson::dom::object(at)) seen += field.key.size() + visit(field.value);
  } else if (at.is_array()) {
    for (const auto item : simdjson::dom::array(at)) seen += visit(item);
  } else if (at.is_string()) {
    seen += std::string_view(at).size();
  }
  return seen;
}

using bytes_pointer = std::shared_ptr<const simdjson::padded_string>;

template <class Work>
void add(const std::string& what, int resources, const bytes_pointer& bytes, Work work) {
  benchmark::RegisterBenchmark((what + "/resources-" + std::to_string(resources)).c_str(), [bytes, work](benchmark::State& state) {
    simdjson::dom::parser kept;
    std::vector<char> copy(bytes->size());
    for (auto _ : state) work(*bytes, kept, copy);
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes->size()));
  })->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);
}

}  // namespace

void register_scenario() {
  for (const int resources : {1'000, 15'000}) {
    const auto bytes = std::make_shared<const simdjson::padded_string>(large_plan(resources));
    add("memcpy", resources, bytes, [](auto& text, auto&, auto& copy) {
      std::memcpy(copy.data(), text.data(), text.size());
      benchmark::DoNotOptimize(copy.data());
    });
    add("floor", resources, bytes, [](auto& text, auto&, auto&) {
      simdjson::dom::parser fresh;
      benchmark::DoNotOptimize(parse(fresh, text));
    });
    add("kept-parser", resources, bytes, [](auto& text, auto& kept, auto&) { benchmark::DoNotOptimize(parse(kept, text)); });
    add("visit", resources, bytes, [](auto& text, auto& kept, auto&) { benchmark::DoNotOptimize(visit(parse(kept, text))); });
  }
}

}  // namespace bench
