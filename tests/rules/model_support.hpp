// Builds checked models from YAML texts for the tests of later stages.
#pragma once

#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "rules/checked.hpp"
#include "rules/documents.hpp"

namespace sekimori::testing {

inline result<rules::model_ptr> model_of(const std::vector<std::string>& texts) {
  auto documents = std::make_shared<rules::loaded_documents>();
  std::vector<diagnostic> mistakes;
  for (auto& text : texts) {
    auto loaded = rules::load_document(std::make_shared<const source_text>("test.yaml", text));
    for (auto& d : loaded.diagnostics()) mistakes.push_back(d);
    if (!loaded) continue;
    if (auto* one = std::get_if<rules::ruleset_document>(&loaded.value())) documents->rulesets.push_back(std::move(*one));
    else if (auto* kinds = std::get_if<rules::kinds_document>(&loaded.value())) documents->kinds.push_back(std::move(*kinds));
    else if (auto* standards = std::get_if<rules::standards_document>(&loaded.value())) documents->standards.push_back(std::move(*standards));
    else if (auto* profile = std::get_if<rules::profile_document>(&loaded.value())) documents->profiles.push_back(std::move(*profile));
  }
  if (!mistakes.empty()) return mistakes;
  return rules::check_documents(documents);
}

inline const char* store_kinds() {
  return R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, public: bool, size: int, region: string, secret: string, note: {type: string, nullable: true}}
    derive: {exposed: 'resource.public && resource.size > 0'}
    from:
      aws_thing:
        attributes:
          public: {absent: {value: 'false', source: test}}
        name: resource.?name.orValue("")
        public: resource.public
        size: resource.size
        secret: resource.secret
        note: resource.?note.orValue(null)
      google_thing:
        name: resource.name
        public: resource.is_public
        size: int(resource.size)
        region: resource.location
)";
}

inline std::string ruleset_with(const std::string& rule_body, const std::string& parameters = "") {
  return "sekimori: ruleset/v1\nid: test.set\nversion: 1.0.0\nlanguages: [ja, en]\nengine: \">=0.1\"\ntitle: {ja: 試験, en: Test}\n" + parameters +
         "rules:\n  - id: T-01\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n"
         "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n" + rule_body;
}

}  // namespace sekimori::testing
