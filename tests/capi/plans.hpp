// The plans at hand: the shipped examples and, where they are, the public ones.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace sekimori::testing {

namespace fs = std::filesystem;

inline std::string read(const fs::path& path) {
  std::ifstream from(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(from), {}};
}

inline std::vector<fs::path> plans() {
  std::vector<fs::path> found;
  const char* set = std::getenv("SEKIMORI_EXTERNAL_DATA");
  fs::path external = set != nullptr ? fs::path(set) : fs::path(SEKIMORI_SOURCE_DIR) / ".." / "shared" / "data";
  std::vector<fs::path> folders = {fs::path(SEKIMORI_SOURCE_DIR) / "rulesets/examples"};
  if (fs::is_directory(external)) {
    folders.push_back(external / "terraform-plans");
    folders.push_back(external / "tofu-plans");
  } else {
    MESSAGE("SKIPPED: no plans at " << external.string() << "; set SEKIMORI_EXTERNAL_DATA");
  }
  for (auto& folder : folders) {
    for (auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".json") found.push_back(entry.path());
    }
  }
  return found;
}

}  // namespace sekimori::testing
