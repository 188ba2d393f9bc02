// generate_docs [--check] PAGE...: puts the generated parts into pages, or says that they are stale.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "sections.hpp"

namespace sekimori::docs {

std::span<const section> sections() {
  static constexpr section all[] = {
      {"language.md", "truth tables", truth_tables},
      {"language.md", "functions", function_reference},
      {"kinds.md", "kinds", kinds_table},
      {"sources.md", "formats", formats_table},
  };
  return all;
}

namespace {

// 0: the page is as it should be, 1: it was stale, 2: it is no page with generated parts.
int generate(const std::string& path, bool check) {
  std::ifstream file(path, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(file), {}};
  std::string page = before;
  bool any = false;
  for (const section& one : sections()) {
    if (path.substr(path.rfind('/') + 1) != one.page) continue;
    any = true;
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
  if (!any) {
    std::fprintf(stderr, "%s has no generated parts\n", path.c_str());
    return 2;
  }
  if (page == before) return 0;
  if (check) std::fprintf(stderr, "%s is stale: run `./dev docs`\n", path.c_str());
  else std::ofstream(path, std::ios::binary) << page;
  return check ? 1 : 0;
}

}  // namespace

}  // namespace sekimori::docs

int main(int argc, char** argv) {
  const bool check = argc > 1 && std::string(argv[1]) == "--check";
  const int first = check ? 2 : 1;
  if (argc <= first) {
    std::fprintf(stderr, "usage: generate_docs [--check] PAGE...\n");
    return 2;
  }
  int worst = 0;
  for (int i = first; i < argc; ++i) {
    const int one = sekimori::docs::generate(argv[i], check);
    if (one > worst) worst = one;
  }
  return worst;
}
