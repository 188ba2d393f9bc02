// Folders of documents, literals and what the loader makes of short forms.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "rules/documents.hpp"

namespace fs = std::filesystem;
using namespace sekimori;
using namespace sekimori::rules;

namespace {

class scratch_folder {
 public:
  scratch_folder() : path_(fs::temp_directory_path() / ("sekimori-rules-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~scratch_folder() { fs::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::string inputs(const std::string& name) { return "sekimori: inputs/v1\ninputs:\n  - path: " + name + "\n"; }

std::string codes(const std::vector<diagnostic>& shown) {
  std::string made;
  for (const auto& one : shown) made += one.code + " ";
  return made;
}

}  // namespace

TEST_CASE("a folder gives its documents in the order of their paths and leaves other files alone") {
  const scratch_folder folder;
  folder.write("b.yaml", inputs("b"));
  folder.write("a/z.yml", inputs("az"));
  folder.write("a.json", "{\"sekimori\": \"inputs/v1\", \"inputs\": [{\"path\": \"json\"}]}");
  folder.write("plan.json", "{\"resource\": {\"sekimori\": 1}}");
  folder.write("values.yaml", "name: x\nlist: [sekimori]\n");
  folder.write("readme.md", "sekimori: ruleset/v1\n");
  auto loaded = load_documents({folder.path()});
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  REQUIRE(loaded->inputs.size() == 3);
  CHECK(loaded->inputs[0].inputs[0].path.text == "json");
  CHECK(loaded->inputs[1].inputs[0].path.text == "az");
  CHECK(loaded->inputs[2].inputs[0].path.text == "b");
}

TEST_CASE("nothing is passed over silently") {
  const scratch_folder folder;
  CHECK(codes(load_documents({folder.path()}).diagnostics()) == "SKM004 ");
  CHECK(codes(load_documents({folder.path() + "/none"}).diagnostics()) == "SKM002 ");
  folder.write("a.yaml", "sekimory: inputs/v1\n");
  CHECK(codes(load_documents({folder.path()}).diagnostics()) == "SKM101 ");
  folder.write("a.yaml", "kind: inputs/v1\ninputs: []\n");
  CHECK(codes(load_documents({folder.path()}).diagnostics()) == "SKM103 ");
  folder.write("a.yaml", "sekimori: inputs/v1\ninputs: [\n");
  CHECK(codes(load_documents({folder.path()}).diagnostics()) == "SKM100 ");
  // A file that was named is a document, whatever it holds.
  CHECK(codes(load_documents({folder.write("b.yaml", "x: 1\n")}).diagnostics()) == "SKM103 ");
  // The mistakes of every file, not of the first alone.
  folder.write("b.yaml", "sekimori: inputs/v2\n");
  CHECK(codes(load_documents({folder.path()}).diagnostics()) == "SKM100 SKM108 ");
}

TEST_CASE("tests of rules are read by those who run them, or where they are named") {
  const scratch_folder folder;
  const std::string tests = folder.write("a.tests.yaml", "# tests\nsekimori: rule-tests/v1\nruleset: a\ntests: broken\n");
  folder.write("a.yaml", inputs("x"));
  CHECK(!load_documents({folder.path()}).ok());
  CHECK(load_documents({folder.path()}, wanted_documents::tests_left_out).ok());
  CHECK(!load_documents({tests}, wanted_documents::tests_left_out).ok());
  folder.write("a.yaml", "sekimori: ruleset/v1\n# sekimori: rule-tests/v1\n");
  CHECK(!load_documents({folder.path()}, wanted_documents::tests_left_out).ok());
}

TEST_CASE("UTF-16 and byte order marks are read") {
  const scratch_folder folder;
  std::string wide = "\xff\xfe";
  for (const char c : inputs("x")) wide += std::string{c, '\0'};
  CHECK(load_documents({folder.write("a.yaml", wide)}).ok());
  CHECK(load_documents({folder.write("b.yaml", "\xef\xbb\xbf" + inputs("x"))}).ok());
}

TEST_CASE("literals are canonical JSON") {
  const auto json_of = [](const std::string& yaml) {
    const std::string text = "sekimori: rule-tests/v1\nruleset: a\ntests:\n  - name: n\n    rule: R\n    expect: pass\n    resources:\n      - type: aws_x\n        values: " + yaml + "\n";
    auto loaded = load_document(std::make_shared<const source_text>("t.yaml", text));
    REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
    return std::get<tests_document>(*loaded).tests[0].resources[0].values.json;
  };
  CHECK(json_of("{b: 1, a: 'x\"\\y', 日本: [yes, no, true, ~, '22', 22]}") ==
        "{\"a\":\"x\\\"\\\\y\",\"b\":1,\"日本\":[\"yes\",\"no\",true,null,\"22\",22]}");
  CHECK(json_of("{a: 1.0, b: 1e3, c: 0x1F, d: 0o17, e: -0, f: +7, g: 007, h: .5}") ==
        "{\"a\":1.0,\"b\":1000.0,\"c\":31,\"d\":15,\"e\":0,\"f\":7,\"g\":7,\"h\":0.5}");
  CHECK(json_of("{a: 9223372036854775807, b: 18446744073709551615, c: -9223372036854775808}") ==
        "{\"a\":9223372036854775807,\"b\":18446744073709551615,\"c\":-9223372036854775808}");
  CHECK(json_of("{a: \"line\\nend\\u0007\"}") == "{\"a\":\"line\\nend\\u0007\"}");
  CHECK(json_of("{443: x}") == "{\"443\":\"x\"}");
}

TEST_CASE("short forms become the long ones") {
  const std::string text = R"(sekimori: ruleset/v1
id: a
version: 1.0.0
languages: [en]
title: {en: t}
rules:
  - id: R-1
    title: {en: t}
    severity: low
    category: c
    why: {en: w}
    fix: {en: f}
    waiver: none
    kind: [server, disk]
    when: true
    assert: >-
      resource.a &&
      resource.b
    message: {en: m}
)";
  auto loaded = load_document(std::make_shared<const source_text>("t.yaml", text));
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  const auto& one = std::get<ruleset_document>(*loaded).rules.at(0);
  CHECK(one.kinds.size() == 2);
  CHECK(one.level == severity::low);
  CHECK_FALSE(one.waiver.allowed);
  REQUIRE(one.asserts.size() == 1);
  CHECK(one.asserts[0].id.text == "assert");
  CHECK(one.asserts[0].condition.text == "resource.a && resource.b");
  REQUIRE(one.when.has_value());
  CHECK(one.when->text == "true");
  const span place = one.asserts[0].condition.map({14, 24});
  CHECK(text.substr(place.begin, place.end - place.begin) == "resource.b");
}

TEST_CASE("a document with thousands of mistakes tells the first thousand and that there are more") {
  std::string text = "sekimori: inputs/v1\ninputs: [{path: x}]\n";
  for (int i = 0; i < 5'000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  auto loaded = load_document(std::make_shared<const source_text>("t.yaml", text));
  REQUIRE_FALSE(loaded.ok());
  REQUIRE(loaded.diagnostics().size() == 1'001);
  CHECK(loaded.diagnostics().back().code == "SKM400");
  CHECK(loaded.diagnostics().back().line == 1'003);
}
