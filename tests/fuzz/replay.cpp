// fuzz: gives the files of a corpus to a fuzz target without a fuzzer, so that every build runs what was once
// found. Usage: replay_NAME FILE_OR_FOLDER ...; a crash is a crash, no file at all is a failure.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::size_t replay(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // Before the call: a crash then names its file.
  std::fprintf(stderr, "%s\n", path.filename().string().c_str());
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t replayed = 0;
  for (int i = 1; i < count; ++i) {
    const std::filesystem::path given = arguments[i];
    if (!std::filesystem::is_directory(given)) {
      replayed += replay(given);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(given)) replayed += replay(entry.path());
  }
  std::fprintf(stderr, "%zu files\n", replayed);
  return replayed == 0 ? 1 : 0;
}
