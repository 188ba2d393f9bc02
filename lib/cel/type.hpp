// cel: the static types of expressions. Entry point: type_pool. Knows no values.
// Types are interned: equal types of one pool are one pointer.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sekimori::cel {

enum class type_kind : std::uint8_t {
  dyn, error, null_type, boolean, integer, unsigned_integer, floating, string, bytes,
  timestamp, duration, any,
  list,      // parameters[0]
  map,       // parameters[0], parameters[1]
  type,      // type(T): parameters[0]
  wrapper,   // wrapper(T): a primitive or null
  object,    // a declared object type: name
  abstract,  // an extension type: name and parameters (optional_type(T), net.IP)
  parameter, // a type variable of a declaration: name
};

struct type {
  type_kind kind;
  std::string name;                       // object, abstract, parameter
  std::vector<const type*> parameters;
  std::uint32_t weight = 1;               // how many types it is made of, itself included
  std::int32_t variable = -1;             // of a type variable of one check: its number
};

// Not thread-safe while types are added; shared read-only afterwards. Types live as long as the pool.
class type_pool {
 public:
  type_pool();
  const type* simple(type_kind kind);     // kinds without name and parameters
  const type* list(const type* element);
  const type* map(const type* key, const type* mapped);
  const type* type_of(const type* described);
  const type* wrapper(const type* primitive);
  const type* object(std::string_view name);
  const type* abstract(std::string_view name, std::span<const type* const> parameters = {});
  const type* optional(const type* element);  // abstract("optional_type", {element})
  const type* parameter(std::string_view name);
  const type* variable(std::size_t number);   // a parameter that no declaration can name
  // A type of the same constructor over other parameters.
  const type* rebuilt(const type& like, std::span<const type* const> parameters);
  // Reads what documents write: "list(int)", "map(string, list(string))", "ports", "optional_type(int)".
  // nullptr where the text is no type; an unknown bare name is looked for among `objects`.
  const type* parse(std::string_view text);

  // What has been made so far; nullptr: nothing like it.
  const type* find(type_kind kind, std::string_view name, std::span<const type* const> parameters) const;
  bool has_constructor(std::string_view name) const { return constructors_.contains(name); }   // of an extension type

 private:
  const type* intern(type_kind kind, std::string_view name, std::span<const type* const> parameters);
  std::deque<type> types_;
  std::array<const type*, 12> simple_{};                          // by kind
  std::unordered_multimap<std::size_t, const type*> by_hash_;     // of kind, name and the parameters' addresses
  std::set<std::string_view> constructors_;                       // of extension types, with parameters or without
  std::vector<const type*> variables_;
};

std::string to_string(const type& shown);  // as CEL's conformance suite writes it: "list(int)", "map(string, dyn)"

}  // namespace sekimori::cel
