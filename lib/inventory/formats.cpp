// inventory: the formats that are read, in the order in which they are asked whether a document is theirs. Entry points:
// format_readers, reader_named. Adding a format is one file with its reader, and one line here.
#include <array>

#include "inventory/format.hpp"

namespace sekimori::inventory {

std::span<const format_reader* const> format_readers() {
  static const std::array readers = {
      &terraform_plan_reader(),
      &kubernetes_manifest_reader(),
      &google_assets_reader(),
      &neutral_resources_reader(),
  };
  return readers;
}

const format_reader* reader_named(std::string_view name) {
  for (const format_reader* one : format_readers()) {
    if (one->name() == name) return one;
  }
  return nullptr;
}

}  // namespace sekimori::inventory
