// fuzz: any bytes as a document of ours, loaded and, where it is rules or an organisation, checked for
// meaning. Entry point: LLVMFuzzerTestOneInput. Knows no inputs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "check/builtin.hpp"
#include "rules/checked.hpp"
#include "rules/documents.hpp"
#include "rules/organisation.hpp"

namespace {

using namespace sekimori;

// Rules speak of kinds: a rule set alone would be refused before its expressions are compiled.
rules::loaded_documents small_world() {
  rules::loaded_documents world;
  std::string kinds =
      "sekimori: kinds/v1\ncel: {environment: 2026-11, packs: [cloud]}\nkinds:\n  object_store:\n    title: {ja: 保存, en: Store}\n"
      "    fields: {name: string, public: bool}\n    from:\n      aws_s3_bucket:\n        name: resource.?bucket.orValue('')\n"
      "        public: 'true'\n";
  auto loaded = rules::load_document(std::make_shared<const source_text>("kinds.yaml", std::move(kinds)));
  if (!loaded) std::abort();
  world.kinds.push_back(std::get<rules::kinds_document>(std::move(loaded).value()));
  return world;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto loaded = rules::load_document(
      std::make_shared<const source_text>("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)));
  if (!loaded) {
    if (loaded.diagnostics().empty()) std::abort();
    render(loaded.diagnostics());
    return 0;
  }
  static const rules::loaded_documents world = small_world();
  auto documents = std::make_shared<rules::loaded_documents>();
  if (auto* ruleset = std::get_if<rules::ruleset_document>(&loaded.value())) {
    documents->kinds = world.kinds;
    documents->rulesets.push_back(std::move(*ruleset));
  } else if (auto* kinds = std::get_if<rules::kinds_document>(&loaded.value())) {
    documents->kinds.push_back(std::move(*kinds));
  } else if (auto* standards = std::get_if<rules::standards_document>(&loaded.value())) {
    documents->standards.push_back(std::move(*standards));
  } else if (auto* organisation = std::get_if<rules::organisation_document>(&loaded.value())) {
    auto built = rules::organisation::build(*organisation, {});
    render(built.diagnostics());
    return 0;
  } else {
    return 0;
  }
  auto checked = rules::check_documents(documents);
  if (!checked && checked.diagnostics().empty()) std::abort();
  render(checked.diagnostics());
  return 0;
}
