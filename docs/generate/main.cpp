// generate_docs [--check] PAGE: puts the generated parts into a page, or says that they are stale.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "sections.hpp"

namespace sekimori::docs {

std::span<const section> sections() {
  static constexpr section all[] = {
      {"truth tables", truth_tables},
      {"functions", function_reference},
  };
  return all;
}

}  // namespace sekimori::docs

int main(int argc, char** argv) {
  const bool check = argc > 2 && std::string(argv[1]) == "--check";
  const std::string path = argv[argc - 1];
  std::ifstream file(path, std::ios::binary);
  if (argc < 2 || !file) {
    std::fprintf(stderr, "usage: generate_docs [--check] PAGE\n");
    return 2;
  }
  const std::string before{std::istreambuf_iterator<char>(file), {}};
  std::string page = before;
  for (const sekimori::docs::section& one : sekimori::docs::sections()) {
    const std::string name(one.name);
    const std::string begin = "<!-- begin generated: " + name + " -->\n";
    const std::string end = "<!-- end generated: " + name + " -->";
    const std::size_t from = page.find(begin);
    const std::size_t to = page.find(end);
    if (from == std::string::npos || to == std::string::npos || to < from) {
      std::fprintf(stderr, "%s has no place for the part `%s`\n", path.c_str(), name.c_str());
      return 2;
    }
    page.replace(from + begin.size(), to - from - begin.size(), one.make());
  }
  if (page == before) return 0;
  if (check) {
    std::fprintf(stderr, "%s is stale: run `./dev docs`\n", path.c_str());
    return 1;
  }
  std::ofstream(path, std::ios::binary) << page;
  return 0;
}
