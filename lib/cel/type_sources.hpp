// cel: where declared object types and constants come from: what an environment declares itself, providers of
// a host, and the messages of google.protobuf that are objects here. Entry point: type_sources. Knows no
// expressions.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/cel.hpp"

namespace sekimori::cel {

// Asked in this order: what was declared, the providers as they were added, google.protobuf. Read-only, and so
// safe from several threads, once nothing more is declared.
class type_sources final : public type_provider {
 public:
  const object_type& declare(object_type declared);
  void declare_constant(std::string_view name, std::int64_t number);
  void add(std::shared_ptr<const type_provider> provider);

  const object_type* find_object(std::string_view name) const override;
  bool find_constant(std::string_view name, value& found) const override;
  void add_names(std::vector<std::string_view>& to) const override;

  // Whether an object type or constant may have a name that begins with `first` and a dot.
  bool begins_names(std::string_view first) const;

  // A field by the names of its type and its own; nullptr: no such type or field.
  const object_field* find_field(std::string_view type, std::string_view field) const;

 private:
  std::deque<object_type> declared_;
  std::map<std::string, const object_type*, std::less<>> by_name_;  // the last declaration of a name
  std::map<std::string, std::int64_t, std::less<>> constants_;
  std::vector<std::shared_ptr<const type_provider>> providers_;
};

}  // namespace sekimori::cel
