#include "base/files.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <thread>

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
  file_bytes whole;
  CHECK(read_file(file, 1 << 20, whole, why) == read_outcome::read);
  CHECK(whole.view() == content);
  CHECK(read_file(file, content.size(), whole, why) == read_outcome::read);
  CHECK(read_file(file, content.size() - 1, whole, why) == read_outcome::over_limit);
  std::ofstream((folder / "empty").string(), std::ios::binary);
  CHECK(read_file((folder / "empty").string(), 1000, whole, why) == read_outcome::read);
  CHECK(whole.view().empty());
  std::filesystem::remove_all(folder);
}

TEST_CASE("a pipe does not say how long it is") {
  auto folder = std::filesystem::temp_directory_path() / "sekimori-pipe-test";
  std::filesystem::create_directories(folder);
  auto pipe = (folder / "pipe").string();
  REQUIRE((mkfifo(pipe.c_str(), 0600) == 0 || errno == EEXIST));
  std::string content(300'000, 'y');
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << content; });
  file_bytes bytes;
  std::string why;
  CHECK(read_file(pipe, 1 << 20, bytes, why) == read_outcome::read);
  writer.join();
  CHECK(bytes.view() == content);
  std::filesystem::remove_all(folder);
}
