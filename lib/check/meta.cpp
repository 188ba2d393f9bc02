// check: `meta` of a resource.
#include "check/meta.hpp"

#include <algorithm>

#include "value/values.hpp"

namespace sekimori::check {

static_assert(rules::meta_fields[9] == "tags");

void meta_object::at(const inventory::resource& current, std::string_view file) {
  current_ = &current;
  file_ = file;
  made_.fill(false);
}

value meta_object::make(std::size_t index) const {
  const inventory::resource& one = *current_;
  switch (index) {
    case 0: return value::string(one.type);
    case 1: return value::string(one.address);
    case 2: return value::string(one.name);
    case 3: return value::string(one.provider);
    case 4: return value::string(one.cloud);
    case 5: return value::string(one.module);
    case 6: return value::string(name_of(one.what));
    case 7: {
      const auto region = all_.region(one, memory_).name;
      return region.empty() ? make_unknown(memory_, one.address, "region", unknown_reason::computed) : value::string(region);
    }
    case 8: return value::string(file_);
    default: return all_.tags(one, memory_);
  }
}

value meta_object::read(std::size_t index) const {
  if (!made_[index]) {
    values_[index] = make(index);
    made_[index] = true;
  }
  return values_[index];
}

bool meta_object::find(value key, value& found) const {
  if (!key.is(value_kind::string)) return false;
  const auto* name = std::find(std::begin(rules::meta_fields), std::end(rules::meta_fields), key.as_text());
  return field(static_cast<std::uint32_t>(name - std::begin(rules::meta_fields)), found);
}

bool meta_object::field(std::uint32_t index, value& found) const {
  if (index >= count) return false;
  found = read(index);
  return true;
}

const map_entry* meta_object::entries() const {
  for (std::size_t i = 0; i < count; ++i) entries_[i] = {value::string(rules::meta_fields[i]), read(i)};
  std::sort(entries_.begin(), entries_.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
  return entries_.data();
}

}  // namespace sekimori::check
