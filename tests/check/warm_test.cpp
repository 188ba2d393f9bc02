// A worker that has met its types takes nothing from the heap, whatever the shipped rules ask of the next resource.
#include "check/worker.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/builtin.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

thread_local std::size_t allocations = 0;

std::shared_ptr<const plan::policy_plan> shipped_plan() {
  std::vector<std::string> texts;
  for (auto& document : check::builtin_documents()) texts.emplace_back(document.text);
  auto model = model_of(texts);
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  return plan::make_plan(model.value());
}

// A run over inputs whose verdicts are counted and not listed.
struct counted_run {
  explicit counted_run(const std::vector<std::string>& texts) {
    options.limits.findings_listed = 0;
    records.reserve(texts.size());
    for (auto& text : texts) records.push_back(inventory.add_text("plan" + std::to_string(records.size()) + ".json", text, {}));
    for (auto& one : records) {
      REQUIRE(one.status == "read");
      context.readable.push_back(&one);
    }
    inventory.link();
    for (auto type : inventory.types()) {
      auto found = plan->by_type.find(std::string(type));
      context.by_type.push_back(found != plan->by_type.end() ? &found->second : nullptr);
    }
    admission.begin();
  }

  std::shared_ptr<const plan::policy_plan> plan = shipped_plan();
  check_options options;
  inventory::inventory inventory;
  check::scope_table scopes{*plan->model, nullptr, {}};
  check::waiver_table waivers{nullptr, 0, *plan};
  check::admission admission{inventory, *plan->model, {}};
  std::vector<input_record> records;
  check::run_context context{*plan, nullptr, options, inventory, admission, waivers, scopes, {}, {}, {}, {}, value::timestamp(0, 0), {}, {}, {}};
};

std::vector<std::string> example_plans() {
  std::vector<std::string> texts;
  for (auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(SEKIMORI_SOURCE_DIR) / "rulesets/examples")) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream from(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>());
  }
  return texts;
}

}  // namespace

// Counts what is taken from the heap, by thread. Not inlined: g++ would take them for another pair.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* made = std::malloc(size == 0 ? 1 : size)) return made;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {  // std::stable_sort's
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* gone) noexcept { std::free(gone); }
[[gnu::noinline]] void operator delete(void* gone, const std::nothrow_t&) noexcept { std::free(gone); }
[[gnu::noinline]] void operator delete(void* gone, std::size_t) noexcept { std::free(gone); }

TEST_CASE("a warm worker judges the shipped examples by all shipped rules without the heap") {
  const std::vector<std::string> texts = example_plans();
  REQUIRE(texts.size() >= 10);
  counted_run run(texts);
  check::worker worker(run.context);
  const std::size_t resources = run.inventory.resources().size();
  REQUIRE(resources > 100);
  (void)worker.examine(0, resources);
  for (std::size_t i = 0; i < resources; ++i) {
    const std::size_t before = allocations;
    (void)worker.examine(i, i + 1);
    INFO(run.inventory.resources()[i].address);
    CHECK(allocations - before == 0);
  }
}
