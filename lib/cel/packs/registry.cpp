// cel: every pack, once. Entry points: packs, find_pack. A new pack is one row here.
#include "cel/function.hpp"

namespace sekimori::cel {

std::span<const pack> packs() {
  static const pack all[] = {
      {"bindings", 1, {}, bindings_macros()},
      {"block", 0, {}, block_macros()},
      {"cloud", 0, cloud_pack()},
      {"comprehensions2", 0, {}, comprehensions2_macros()},
      {"encoders", 0, encoders_pack()},
      {"k8s.format", 0, kubernetes_format_pack()},
      {"k8s.lists", 1, kubernetes_lists_pack()},
      {"k8s.network", 0, kubernetes_network_pack()},
      {"k8s.quantity", 0, kubernetes_quantity_pack()},
      {"k8s.regex", 0, kubernetes_regex_pack()},
      {"k8s.semver", 1, kubernetes_semver_pack()},
      {"k8s.url", 0, kubernetes_url_pack()},
      {"lists", 5, lists_pack(), lists_macros()},
      {"math", 3, math_pack()},
      {"network", 1, network_pack()},
      {"optionals", 4, optionals_pack(), optionals_macros(), true},
      {"regex", 0, regex_pack()},
      {"sets", 0, sets_pack()},
      {"strings", 5, strings_pack()},
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
