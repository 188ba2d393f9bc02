// cel: every pack, once. Entry points: packs, find_pack. A new pack is one row here.
#include "cel/function.hpp"

namespace sekimori::cel {

std::span<const pack> packs() {
  static const pack all[] = {
      {"cloud", 0, cloud_pack()},       {"encoders", 0, encoders_pack()}, {"lists", 0, lists_pack()},
      {"math", 0, math_pack()},         {"network", 0, network_pack()},   {"optionals", 0, optionals_pack()},
      {"sets", 0, sets_pack()},         {"strings", 0, strings_pack()},
  };
  return all;
}

const pack* find_pack(std::string_view name) {
  for (const pack& one : packs()) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

}  // namespace sekimori::cel
