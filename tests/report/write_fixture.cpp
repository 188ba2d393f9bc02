// report_fixture FOLDER [COUNT]: writes the hand-made reports in every format into FOLDER; with COUNT also a large one.
#include <cstdlib>
#include <fstream>

#include "fixture.hpp"

namespace {

bool write(const std::string& path, const sekimori::result<std::string>& text) {
  if (!text) return false;
  std::ofstream file(path, std::ios::binary);
  file << *text;
  return file.good();
}

bool write_all(const std::string& stem, const sekimori::report& shown) {
  bool good = write(stem + ".json", render(shown, "json")) && write(stem + ".ndjson", render(shown, "ndjson")) && write(stem + ".sarif", render(shown, "sarif"));
  for (const char* language : {"ja", "en"}) {
    const std::string name = stem + "." + language;
    good = good && write(name + ".html", render(shown, "html", {language, false, 100}));
    for (std::uint32_t width : {80u, 120u}) {
      good = good && write(name + "." + std::to_string(width) + ".txt", render(shown, "text", {language, false, width}));
    }
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string folder = argv[1];
  bool good = write_all(folder + "/rich", fixture::rich_report()) && write_all(folder + "/clean", fixture::clean_report()) &&
              write_all(folder + "/hostile", fixture::hostile_report()) &&
              write_all(folder + "/empty", sekimori::report());
  if (argc > 2) good = good && write_all(folder + "/large", fixture::large_report(std::strtoul(argv[2], nullptr, 10)));
  return good ? 0 : 1;
}
