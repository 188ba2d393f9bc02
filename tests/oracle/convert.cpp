// oracle: values between the library and the oracle. Entry points: convert.hpp.
#include "convert.hpp"

#include "network.hpp"
#include "value/values.hpp"

namespace oracle {

namespace library = sekimori;

namespace {

// A relation over members that live in the arena.
class relation_view final : public library::list_view {
 public:
  relation_view(std::span<const library::value> members, library::relation_shape shape) : members_(members), shape_(shape) {}
  std::size_t size() const override { return members_.size(); }
  library::value at(std::size_t index) const override { return members_[index]; }
  const library::relation_shape* relation() const override { return &shape_; }

 private:
  std::span<const library::value> members_;
  library::relation_shape shape_;
};

library::value engine_unknown(library::arena& memory, const paths& of) {
  library::value made;
  bool first = true;
  for (const auto& [resource, path] : of) {
    library::value one = library::make_unknown(memory, resource, path, library::unknown_reason::computed);
    made = first ? one : library::merge_unknowns(memory, made, one);
    first = false;
  }
  return made;
}

paths paths_of(const library::unknown_set& set) {
  paths of;
  for (std::size_t i = 0; i < set.count; ++i) of.insert({std::string(set.paths[i].resource), std::string(set.paths[i].path)});
  return of;
}

}  // namespace

library::value to_engine(library::arena& memory, const value& given) {
  if (given.is<error>()) return library::make_error(memory, library::evaluation_error_code::invalid_argument, "given");
  if (given.is<unknown>()) return engine_unknown(memory, given.as<unknown>().of);
  if (given.is<bool>()) return library::value::boolean(given.as<bool>());
  if (given.is<std::int64_t>()) return library::value::integer(given.as<std::int64_t>());
  if (given.is<std::uint64_t>()) return library::value::unsigned_integer(given.as<std::uint64_t>());
  if (given.is<double>()) return library::value::floating(given.as<double>());
  if (given.is<std::string>()) return library::make_string(memory, given.as<std::string>());
  if (given.is<bytes>()) return library::value::bytes(memory.copy(std::string_view(given.as<bytes>().octets)));
  if (given.is<type>()) return library::value::type(memory.copy(std::string_view(given.as<type>().name)));
  constexpr wide second = 1'000'000'000;
  if (given.is<timestamp>()) {
    wide nanos = given.as<timestamp>().nanos;
    wide rest = (nanos % second + second) % second;
    return library::value::timestamp(static_cast<std::int64_t>((nanos - rest) / second), static_cast<std::int32_t>(rest));
  }
  if (given.is<duration>()) {
    wide nanos = given.as<duration>().nanos;
    return library::value::duration(static_cast<std::int64_t>(nanos / second), static_cast<std::int32_t>(nanos % second));
  }
  if (given.is<optional>()) {
    if (given.as<optional>().held.empty()) return library::value::optional(nullptr);
    return library::value::optional(memory.make<library::value>(to_engine(memory, given.as<optional>().held[0])));
  }
  if (given.is<list>()) {
    const list& l = given.as<list>();
    auto members = memory.make_array<library::value>(l.elements.size());
    for (std::size_t i = 0; i < l.elements.size(); ++i) members[i] = to_engine(memory, l.elements[i]);
    if (l.whole()) return library::make_list(memory, members);
    auto certain = memory.make_array<bool>(l.elements.size());
    for (std::size_t i = 0; i < l.elements.size(); ++i) certain[i] = l.is_certain(i);
    library::value why = engine_unknown(memory, l.why);
    library::relation_shape shape{certain.data(), l.open, why.is_unknown() ? &why.as_unknown() : nullptr};
    return library::value::list(memory.make<relation_view>(members, shape));
  }
  if (given.is<map>()) {
    std::vector<library::map_entry> entries;
    for (const entry& e : given.as<map>().entries) entries.push_back({to_engine(memory, e.key), to_engine(memory, e.mapped)});
    return library::make_map(memory, entries);
  }
  return library::value::null();
}

value from_engine(const library::value& given) {
  using library::value_kind;
  switch (given.kind()) {
    case value_kind::error: return error{};
    case value_kind::unknown: return unknown{paths_of(given.as_unknown())};
    case value_kind::null: return null{};
    case value_kind::boolean: return given.as_boolean();
    case value_kind::integer: return given.as_integer();
    case value_kind::unsigned_integer: return given.as_unsigned();
    case value_kind::floating: return given.as_floating();
    case value_kind::string: return std::string(given.as_text());
    case value_kind::bytes: return bytes{std::string(given.as_text())};
    case value_kind::type: return type{std::string(given.as_text())};
    case value_kind::timestamp: return timestamp{wide{given.seconds()} * 1'000'000'000 + given.nanos()};
    case value_kind::duration: return duration{wide{given.seconds()} * 1'000'000'000 + given.nanos()};
    case value_kind::optional: return given.some() == nullptr ? value(optional{}) : value(optional{{from_engine(*given.some())}});
    case value_kind::opaque: return address_of(std::string(given.as_opaque().type_name()), std::string(given.as_opaque().to_string()));
    case value_kind::list: {
      list made;
      const library::list_view& view = given.as_list();
      for (std::size_t i = 0; i < view.size(); ++i) made.elements.push_back(from_engine(view.at(i)));
      if (const library::relation_shape* shape = view.relation()) {
        if (shape->certain != nullptr) made.certain.assign(shape->certain, shape->certain + view.size());
        made.open = shape->open;
        if (shape->why != nullptr) made.why = paths_of(*shape->why);
      }
      return made;
    }
    case value_kind::map: {
      map made;
      made.object = given.as_map().type_name();
      for (std::size_t i = 0; i < given.as_map().size(); ++i) {
        made.entries.push_back({from_engine(given.as_map().entries()[i].key), from_engine(given.as_map().entries()[i].mapped)});
      }
      return made;
    }
  }
  return error{};
}

}  // namespace oracle
