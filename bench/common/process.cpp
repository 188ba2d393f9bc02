// bench: see process.hpp.
#include "common/process.hpp"

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace bench {

std::size_t heap_in_use() {
  const auto found = mallinfo2();
  return found.uordblks + found.hblkhd;
}

std::string read_file(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  if (!from) stop("cannot read " + path);
  return {std::istreambuf_iterator<char>(from), {}};
}

void stop(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

}  // namespace bench
