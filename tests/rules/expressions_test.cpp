// Where a mistake in an expression is shown in its YAML file: expressions/*.yaml are rules, each with its expression
// written as another kind of scalar; beside each is what its author is told.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "model_support.hpp"

namespace fs = std::filesystem;
using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a mistake in an expression is shown at its place in the YAML file, however it is written there") {
  const fs::path folder = fs::path(SEKIMORI_SOURCE_DIR) / "tests" / "rules" / "expressions";
  const char* update = std::getenv("SEKIMORI_UPDATE_GOLDEN");
  std::vector<fs::path> rules;
  for (const auto& one : fs::directory_iterator(folder)) {
    if (one.path().extension() == ".yaml") rules.push_back(one.path());
  }
  std::sort(rules.begin(), rules.end());
  CHECK(rules.size() >= 15);
  for (const fs::path& path : rules) {
    CAPTURE(path.filename().string());
    const std::string said = render(model_of({store_kinds(), ruleset_with(read_file(path))}).diagnostics());
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
