// A worker that has met its types and scopes takes nothing from the heap, whatever the shipped rules ask of the next
// resource, and wherever it belongs.
#include "check/worker.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <optional>

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

// A project that the provider's configuration takes from a variable; tags that place the resource.
const char* const account_by_variable = R"({"format_version": "1.2", "variables": {"project_id": {"value": "a-project-of-the-bureau"}}, "resource_changes": [
  {"address": "google_storage_bucket.a", "mode": "managed", "type": "google_storage_bucket", "name": "a", "provider_name": "registry.terraform.io/hashicorp/google",
   "change": {"actions": ["create"], "before": null, "after": {"name": "a", "labels": {"bureau": "fukushi", "system": "shinsei"}}, "after_unknown": {}, "after_sensitive": {}}}],
  "configuration": {"provider_config": {"google": {"name": "google", "expressions": {"project": {"references": ["var.project_id"]}}}}, "root_module": {
   "variables": {"project_id": {}}, "resources": [{"address": "google_storage_bucket.a", "mode": "managed", "type": "google_storage_bucket", "name": "a", "provider_config_key": "google", "expressions": {}}]}}})";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream from(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>()};
}

// The organisation of the examples, which places resources by accounts and by tags.
std::optional<rules::organisation> example_organisation(const rules::model& model) {
  auto loaded = rules::load_document(std::make_shared<const source_text>("o.yaml", text_of(std::filesystem::path(SEKIMORI_SOURCE_DIR) / "rulesets/examples/organisation.yaml")));
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  auto built = rules::organisation::build(std::get<rules::organisation_document>(loaded.value()), model.documents->rulesets, model.documents->profiles);
  REQUIRE_MESSAGE(built.ok(), render(built.diagnostics()));
  return std::move(*built);
}

// A run over inputs whose verdicts are counted and not listed.
struct counted_run {
  explicit counted_run(const std::vector<std::string>& texts, bool organised = false)
      : organisation(organised ? example_organisation(*plan->model) : std::nullopt) {
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
    registers.finish({});
    context.registers = &registers;
  }

  std::shared_ptr<const plan::policy_plan> plan = shipped_plan();
  std::optional<rules::organisation> organisation;
  const rules::organisation* said = organisation ? &*organisation : nullptr;
  check_options options;
  inventory::inventory inventory;
  check::scope_table scopes{*plan->model, said, {}};
  check::waiver_table waivers{said, 0, *plan};
  check::admission admission{inventory, *plan->model, {}};
  registers::register_data registers;
  std::vector<input_record> records;
  check::run_context context{*plan, said, options, inventory, admission, waivers, scopes, {}, {}, {}, {}, value::timestamp(0, 0), {}, {}, {}};
};

std::vector<std::string> example_plans() {
  std::vector<std::string> texts;
  for (auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(SEKIMORI_SOURCE_DIR) / "rulesets/examples")) {
    if (entry.path().extension() != ".json") continue;
    texts.push_back(text_of(entry.path()));
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
  std::vector<std::string> texts = example_plans();
  REQUIRE(texts.size() >= 10);
  texts.emplace_back(account_by_variable);
  for (bool organised : {false, true}) {
    INFO(organised);
    counted_run run(texts, organised);
    check::worker worker(run.context);
    const std::size_t resources = run.inventory.resources().size();
    REQUIRE(resources > 100);
    std::vector<const inventory::resource*> listed;
    for (auto& one : run.inventory.resources()) listed.push_back(&one);
    (void)worker.examine(listed);
    for (std::size_t i = 0; i < resources; ++i) {
      const std::size_t before = allocations;
      auto made = worker.examine(std::span(listed).subspan(i, 1));
      INFO(run.inventory.resources()[i].address);
      // RE2 takes heap of its own to tell what a group matched: of the image of an instance (CMP-03), of a service account's mail
      // address and description (ACC-26).
      const std::string_view type = run.inventory.resources()[i].type;
      const bool captures = type == "google_compute_instance" || type == "google_service_account";
      if (made.diagnostics.empty() && !captures) CHECK(allocations - before == 0);   // a tag that contradicts the account is told
    }
  }
}
