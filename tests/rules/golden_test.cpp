// Every named mistake under golden/ with what a person is told about it. SEKIMORI_UPDATE_GOLDEN=1
// writes the texts anew; read them before keeping them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "rules/documents.hpp"
#include "rules/organisation.hpp"

namespace fs = std::filesystem;
using namespace sekimori;
using namespace sekimori::rules;

namespace {

const fs::path folder = fs::path(SEKIMORI_SOURCE_DIR) / "tests/rules";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files_in(const fs::path& where, const std::string& extension) {
  std::vector<fs::path> made;
  for (const auto& one : fs::directory_iterator(where)) {
    if (extension.empty() || one.path().extension() == extension) made.push_back(one.path());
  }
  std::sort(made.begin(), made.end());
  return made;
}

result<document> load(const fs::path& path) {
  return load_document(std::make_shared<const source_text>(path.filename().string(), read_file(path)));
}

std::vector<ruleset_document> fixture() {
  auto loaded = load(folder / "fixture-ruleset.yaml");
  REQUIRE_MESSAGE(loaded.ok(), render(loaded.diagnostics()));
  return {std::get<ruleset_document>(*loaded)};
}

// What the loader says, and, of an organisation that it takes, what the organisation says.
std::string told(const fs::path& path, const std::vector<ruleset_document>& rulesets) {
  auto loaded = load(path);
  if (!loaded) return render(loaded.diagnostics());
  if (const auto* organisation_read = std::get_if<organisation_document>(&*loaded)) {
    return render(organisation::build(*organisation_read, rulesets).diagnostics());
  }
  return {};
}

}  // namespace

TEST_CASE("every named mistake is told as its golden text says") {
  const auto rulesets = fixture();
  const char* update = std::getenv("SEKIMORI_UPDATE_GOLDEN");
  const auto mistakes = files_in(folder / "golden", ".yaml");
  CHECK(mistakes.size() >= 45);
  for (const fs::path& path : mistakes) {
    CAPTURE(path.filename().string());
    const std::string said = told(path, rulesets);
    CHECK_FALSE(said.empty());
    fs::path golden = path;
    golden.replace_extension(".txt");
    if (update != nullptr && std::string(update) == "1") {
      std::ofstream(golden, std::ios::binary) << said;
    } else {
      CHECK(said == read_file(golden));
    }
  }
}

TEST_CASE("good documents load without a word") {
  const auto rulesets = fixture();
  const auto documents = files_in(folder / "good", "");
  CHECK(documents.size() >= 8);
  for (const fs::path& path : documents) {
    CAPTURE(path.filename().string());
    CHECK(load(path).ok());
    CHECK(told(path, rulesets) == "");
  }
}
