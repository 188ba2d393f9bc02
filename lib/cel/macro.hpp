// cel: macros: calls that become other trees while they are parsed. One row per macro, in the pack that
// brings it. Entry points: standard_macros, and packs() for the others. Knows neither types nor functions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sekimori::cel {

class builder;                         // syntax/builder.hpp
struct macro_call;                     // syntax/macros.hpp
struct macro_result;
enum class macro_kind : std::uint8_t;  // ast.hpp

enum class macro_form : std::uint8_t {
  function,   // has(a.b)
  method,     // list.all(x, ...)
  qualified,  // cel.bind(x, ...): the name has a namespace, and what stands before the dot is no value
};

struct macro_row {
  std::string_view name;       // "all", "cel.bind"
  macro_form form;
  std::uint8_t arguments;      // with another number of arguments the name is an ordinary function's
  macro_result (*expand)(builder& tree, const macro_call& call, const macro_row& row);
  macro_kind kind;             // what a method becomes
  std::uint8_t variables;      // how many names a method's arguments begin with
  std::uint8_t since;          // the version of its pack that brought it
  std::string_view usage;      // "list.all(x, condition)", for the reference
  std::string_view doc;
  std::string_view doc_ja;
};

// What the packs of an environment add to the grammar.
struct grammar {
  std::vector<const macro_row*> macros;
  bool optional_syntax = false;        // a.?b, a[?b], [?a], {?a: b}
};

std::span<const macro_row> standard_macros();          // always on
std::span<const macro_row> bindings_macros();
std::span<const macro_row> block_macros();
std::span<const macro_row> comprehensions2_macros();
std::span<const macro_row> lists_macros();
std::span<const macro_row> optionals_macros();

}  // namespace sekimori::cel
