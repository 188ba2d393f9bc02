#include "base/files.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("files, folders and what is not there") {
  auto folder = std::filesystem::temp_directory_path() / "sekimori-files-test";
  std::filesystem::create_directories(folder);
  auto file = (folder / "a").string();
  std::string content = std::string("a\0b", 3) + std::string(200'000, 'x');
  std::ofstream(file, std::ios::binary) << content;
  std::string bytes, why;
  CHECK(read_file(file, 1 << 20, bytes, why) == read_outcome::read);
  CHECK(bytes == content);
  CHECK(read_file(file, 1000, bytes, why) == read_outcome::over_limit);
  CHECK(why.find("1000 bytes") != std::string::npos);
  CHECK(read_file(folder.string(), 1000, bytes, why) == read_outcome::unreadable);
  CHECK(!why.empty());
  CHECK(read_file((folder / "none").string(), 1000, bytes, why) == read_outcome::unreadable);
  std::filesystem::remove_all(folder);
}
