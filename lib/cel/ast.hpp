// cel: the syntax tree, as the parser makes it and the checker completes it. Lives in one arena.
// Knows neither functions' bodies nor documents.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/source.hpp"
#include "cel/type.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

struct overload;
struct object_field;
struct object_type;

enum class expression_kind : std::uint8_t {
  literal,        // constant; a name that is a type becomes one when it is checked
  identifier,     // name
  select,         // operand.name; test_only: has(operand.name); optional: operand.?name
  call,           // name(arguments) or operand.name(arguments); operators have cel-go's names: "_&&_", "_[_]", "!_"
  list,           // arguments; optional_at marks `?x` elements
  map,            // arguments: key, value, key, value ...; optional_at per entry
  object,         // name{field: value}: fields[i] = arguments[i]
  comprehension,  // a macro over a range, or cel.bind
};

// What a comprehension was written as. Evaluation runs the macro directly; the fold that CEL
// defines it by is what cost counts and what --ast prints.
enum class macro_kind : std::uint8_t {
  all, exists, exists_one, map, filter,          // map with a filter: `condition` is set
  transform_list, transform_map, transform_map_entry,
  bind,                                          // range is the bound value, one evaluation; cel.block is binds of
                                                 // @index0, @index1 ... around each other
  opt_map, opt_flat_map,                         // range is the optional
  sort_by,
};

// Small members first: a policy holds tens of thousands of these.
struct expression {
  expression_kind kind;
  macro_kind macro = macro_kind::all; // comprehension
  bool test_only = false;             // select inside has()
  bool optional = false;              // .?name, [?key]
  bool local = false;                 // identifier: slot counts comprehension variables from the innermost (0) out
  std::int32_t slot = -1;             // identifier: index of the variable; select on a declared object: field index.
                                      // From the checker, as `local`.
  std::uint32_t id = 0;               // 1, 2, ... in source order; unique in one expression
  span where;                         // bytes of the expression's text, operators included
  span anchor;                        // where a caret belongs: the operator, the name, the literal

  value constant;                     // literal
  std::string_view name;              // identifier, select, call, object
  const expression* operand = nullptr;             // select; receiver of a call; range of a comprehension
  std::span<expression* const> arguments;          // call, list, map, object
  std::span<const bool> optional_at;               // list elements, map and object entries; empty: none
  std::span<const std::string_view> fields;        // object

  std::string_view variable;                       // comprehension: element, or index/key where variable2 is set
  std::string_view variable2;                      // then the element/value: the innermost of the two
  const expression* condition = nullptr;           // filter of map / transform_*; else nullptr
  const expression* body = nullptr;                // predicate, mapped value, bound expression
  const expression* body2 = nullptr;               // unused by the macros above but transform_map_entry's none

  // Filled in by the checker.
  const type* checked_type = nullptr;
  const object_field* field = nullptr;   // select on a declared object: the field, where its presence is not a key's
  const object_type* object = nullptr;   // object: its declaration
  // call: overloads that can still match at run time. Of _[?_], and where an optional is indexed: the rows of _[_]
  // for what is inside the optional.
  std::span<const overload* const> candidates;
};

// One line, fully parenthesised, for goldens and --dump-ast: (call _&&_ (select (ident resource) public) true).
std::string dump(const expression& shown, bool with_types = false);
// CEL text that parses to the same tree.
std::string unparse(const expression& shown);

}  // namespace sekimori::cel
