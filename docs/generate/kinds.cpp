// The built-in kinds with their fields, and the types that offer them. Entry point: kinds_table.
#include <cstdio>

#include "sections.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::docs {

std::string kinds_table() {
  auto loaded = policy::load({"builtin:all"});
  if (!loaded) {
    std::fputs(render(loaded.diagnostics()).c_str(), stderr);
    return {};
  }
  return loaded->kinds("markdown", "en").value();
}

}  // namespace sekimori::docs
