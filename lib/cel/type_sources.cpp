// cel: finds declared object types and constants by name. Entry point: type_sources.
#include "cel/type_sources.hpp"

#include <array>
#include <utility>

namespace sekimori::cel {
namespace {

// The messages of google.protobuf that stand for no plain value. The others are evaluate/well_known.cpp's.
const std::array<object_type, 2>& messages() {
  static const std::array<object_type, 2> all = {
      object_type{"google.protobuf.Empty", {}},
      object_type{"google.protobuf.FieldMask", {{"paths", "list(string)", field_presence::nonzero}}},
  };
  return all;
}

}  // namespace

int object_type::index_of(std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return static_cast<int>(i);
  }
  return -1;
}

const object_type& type_sources::declare(object_type declared) {
  const object_type& kept = declared_.emplace_back(std::move(declared));
  by_name_.insert_or_assign(kept.name, &kept);
  return kept;
}

void type_sources::declare_constant(std::string_view name, std::int64_t number) {
  constants_.insert_or_assign(std::string(name), number);
}

void type_sources::add(std::shared_ptr<const type_provider> provider) {
  if (provider != nullptr) providers_.push_back(std::move(provider));
}

const object_type* type_sources::find_object(std::string_view name) const {
  if (auto found = by_name_.find(name); found != by_name_.end()) return found->second;
  for (const auto& provider : providers_) {
    if (const object_type* found = provider->find_object(name)) return found;
  }
  if (!name.starts_with("google.protobuf.")) return nullptr;
  for (const object_type& one : messages()) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

bool type_sources::find_constant(std::string_view name, value& found) const {
  if (auto known = constants_.find(name); known != constants_.end()) {
    found = value::integer(known->second);
    return true;
  }
  for (const auto& provider : providers_) {
    if (provider->find_constant(name, found)) return true;
  }
  if (name != "google.protobuf.NullValue.NULL_VALUE") return false;
  found = value::integer(0);
  return true;
}

void type_sources::add_names(std::vector<std::string_view>& to) const {
  for (const auto& [name, declared] : by_name_) to.push_back(name);
  for (const auto& [name, number] : constants_) to.push_back(name);
  for (const auto& provider : providers_) provider->add_names(to);
}

bool type_sources::begins_names(std::string_view first) const {
  if (!providers_.empty() || first == "google") return true;
  const auto begins = [&](const auto& names) {
    // The first name that is not less than `first` itself and its dot.
    for (auto at = names.lower_bound(first); at != names.end() && at->first.starts_with(first); ++at) {
      if (at->first.size() > first.size() && at->first[first.size()] == '.') return true;
    }
    return false;
  };
  return begins(by_name_) || begins(constants_);
}

const object_field* type_sources::find_field(std::string_view type, std::string_view field) const {
  const object_type* holder = find_object(type);
  int index = holder != nullptr ? holder->index_of(field) : -1;
  return index >= 0 ? &holder->fields[static_cast<std::size_t>(index)] : nullptr;
}

}  // namespace sekimori::cel
