// cel: the static types of expressions. Entry point: type_pool. Knows no values.
// Types are interned: equal types of one pool are one pointer.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
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
  const type* abstract(std::string_view name, std::vector<const type*> parameters = {});
  const type* optional(const type* element);  // abstract("optional_type", {element})
  const type* parameter(std::string_view name);
  // Reads what documents write: "list(int)", "map(string, list(string))", "ports", "optional_type(int)".
  // nullptr where the text is no type; an unknown bare name is looked for among `objects`.
  const type* parse(std::string_view text);

 private:
  const type* intern(type made);
  std::deque<type> types_;
  std::map<std::string, const type*, std::less<>> by_key_;  // by kind, name and the parameters' addresses
};

std::string to_string(const type& shown);  // as CEL's conformance suite writes it: "list(int)", "map(string, dyn)"

}  // namespace sekimori::cel
