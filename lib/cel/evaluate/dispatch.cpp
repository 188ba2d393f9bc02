// cel: which operation a call names and which overload takes its arguments. Entry points:
// operation_of, accepts. Knows no trees.
#include "cel/evaluate/machine.hpp"

namespace sekimori::cel {

operation operation_of(std::string_view name) {
  if (name.empty()) return operation::function;
  if (name[0] == '_') {
    switch (name.size()) {
      case 3:
        switch (name[1]) {
          case '+': return operation::add;
          case '-': return operation::subtract;
          case '*': return operation::multiply;
          case '/': return operation::divide;
          case '%': return operation::modulo;
          case '<': return operation::less;
          case '>': return operation::greater;
          default: return operation::function;
        }
      case 4:
        switch (name[1]) {
          case '&': return operation::logical_and;
          case '|': return operation::logical_or;
          case '=': return operation::equal;
          case '!': return operation::not_equal;
          case '<': return operation::less_equal;
          case '>': return operation::greater_equal;
          case '[': return operation::index;
          default: return operation::function;
        }
      case 5:
        if (name == "_?_:_") return operation::conditional;
        if (name == "_[?_]") return operation::optional_index;
        return operation::function;
      default: return operation::function;
    }
  }
  if (name == "!_") return operation::logical_not;
  if (name == "-_") return operation::negate;
  if (name == "@in") return operation::in;
  if (name == "matches") return operation::matches;
  if (name == "or" || name == "orValue") return operation::or_else;
  return operation::function;
}

bool accepts(std::string_view parameter, value given) {
  if (parameter.size() == 1) return true;  // a type variable
  std::size_t parenthesis = parameter.find('(');
  std::string_view name = parameter.substr(0, parenthesis);
  switch (given.kind()) {
    case value_kind::null: return name == "null_type" || name == "dyn" || name == "any" || name == "wrapper";
    case value_kind::boolean: if (name == "bool" || parameter == "wrapper(bool)") return true; break;
    case value_kind::integer: if (name == "int" || parameter == "wrapper(int)") return true; break;
    case value_kind::unsigned_integer: if (name == "uint" || parameter == "wrapper(uint)") return true; break;
    case value_kind::floating: if (name == "double" || parameter == "wrapper(double)") return true; break;
    case value_kind::string: if (name == "string" || parameter == "wrapper(string)") return true; break;
    case value_kind::bytes: if (name == "bytes" || parameter == "wrapper(bytes)") return true; break;
    case value_kind::list: if (name == "list") return true; break;
    case value_kind::map: if (name == "map" || (!given.as_map().type_name().empty() && name == given.as_map().type_name())) return true; break;
    case value_kind::type: if (name == "type") return true; break;
    case value_kind::timestamp: if (name == "timestamp" || name == "google.protobuf.Timestamp") return true; break;
    case value_kind::duration: if (name == "duration" || name == "google.protobuf.Duration") return true; break;
    case value_kind::optional: if (name == "optional_type") return true; break;
    case value_kind::opaque: if (name == given.as_opaque().type_name()) return true; break;
    case value_kind::error:
    case value_kind::unknown: return false;
  }
  return name == "dyn" || name == "any";
}

}  // namespace sekimori::cel
