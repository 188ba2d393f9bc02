// value: see attribute_table.hpp.
#include "value/attribute_table.hpp"

#include <algorithm>

namespace sekimori {

namespace {

bool before(const attribute_table::entry& one, std::string_view name) { return one.name < name; }

}  // namespace

const attribute_table::entry* attribute_table::find_here(std::string_view name) const {
  auto at = std::lower_bound(entries_.begin(), entries_.end(), name, before);
  return at == entries_.end() || at->name != name ? nullptr : &*at;
}

const attribute_facts* attribute_table::find(std::string_view path) const {
  const auto dot = path.find('.');
  const entry* here = find_here(path.substr(0, dot));
  if (here == nullptr) return nullptr;
  if (dot == std::string_view::npos) return here->facts.get();
  return here->below == nullptr ? nullptr : here->below->find(path.substr(dot + 1));
}

attribute_table::entry& attribute_table::at(std::string_view path) {
  const auto dot = path.find('.');
  const std::string_view name = path.substr(0, dot);
  auto here = std::lower_bound(entries_.begin(), entries_.end(), name, before);
  if (here == entries_.end() || here->name != name) here = entries_.insert(here, entry{std::string(name), nullptr, nullptr});
  if (dot == std::string_view::npos) return *here;
  if (here->below == nullptr) here->below = std::make_unique<attribute_table>();
  return here->below->at(path.substr(dot + 1));
}

attribute_facts& attribute_table::operator[](std::string_view path) {
  entry& here = at(path);
  if (here.facts == nullptr) here.facts = std::make_unique<attribute_facts>();
  return *here.facts;
}

void attribute_table::emplace(std::string_view path, attribute_facts facts) {
  entry& here = at(path);
  if (here.facts == nullptr) here.facts = std::make_unique<attribute_facts>(std::move(facts));
}

}  // namespace sekimori
