// cel: the function catalogue: one row per function. A pack is a list of rows that an environment
// turns on. Entry points: the *_pack() functions. Bodies see only values and the call context (sekimori/cel.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.hpp"
#include "base/diagnostics.hpp"
#include "cel/macro.hpp"
#include "sekimori/cel.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

struct cost_rule;   // cost/quantity.hpp; the values are in cost/rules.hpp

// Of a function that gives a list of objects: the first argument, a literal, says which. Their type is called by `prefix` and
// that text; a text that no type has is the mistake `unknown`.
struct named_objects {
  std::string_view prefix;
  diagnostic_code unknown;
  std::string_view noun;       // "kind"
};

// One overload: "string", "contains_string", instance, {"string","string"} -> "bool".
struct overload {
  std::string_view id;                            // cel-go's overload id where cel-go has one
  bool instance;                                  // receiver.f(...)
  std::span<const std::string_view> parameters;   // as type_pool::parse reads them; a single upper-case letter is a type variable
  std::string_view result;
  function_body body;                             // nullptr: the evaluator itself (logic, conditional, index)
  std::uint8_t since = 0;                         // the version of its pack that brought it
  const cost_rule* cost = nullptr;                // estimate and count; nullptr: 1 a call
  std::uint8_t last = 255;                        // the last version that has it; later ones have another of its id
  const named_objects* gives = nullptr;           // then `result` is "list(dyn)"
};

// What can be said of a function's literal arguments while an expression is compiled, whatever its other operands are.
enum class constant_check : std::uint8_t {
  none,      // nothing, unless all of them are literals
  argument,  // the second operand is good or bad on its own: a divisor, a time zone
  pattern,   // the second operand is a regular expression
};

// cost_class orders conjuncts and decides what is shared: 0 field or constant, 1 comparison,
// 2 text search, 3 regex or network, 4 quantifier or relation.
struct function_row {
  std::string_view name;
  std::string_view pack;
  std::span<const overload> overloads;
  std::uint8_t cost_class;
  std::string_view doc;
  std::string_view doc_ja;
  constant_check constants = constant_check::none;
};

// A library that an environment turns on, up to a version. Versions count from 0 and are those of cel-go's and
// Kubernetes' libraries of the same name; a version may have changed nothing but costs.
struct pack {
  std::string_view name;                          // "strings"
  std::uint8_t newest;                            // its highest version
  std::span<const function_row> rows;
  std::span<const macro_row> macros = {};
  bool optional_syntax = false;                   // turns on .?field, [?key] and ?entries
};
std::span<const pack> packs();                    // every pack but standard, which is always on, by name
const pack* find_pack(std::string_view name);     // nullptr: none of that name

std::span<const function_row> standard_pack();   // cel-spec's standard definitions
std::span<const function_row> strings_pack();
std::span<const function_row> lists_pack();
std::span<const function_row> math_pack();
std::span<const function_row> sets_pack();
std::span<const function_row> encoders_pack();
std::span<const function_row> optionals_pack();
std::span<const function_row> network_pack();    // ip, cidr; isPublic on both
std::span<const function_row> regex_pack();
std::span<const function_row> cloud_pack();      // json.parse, ports, digest, policy statements, dates

// Kubernetes' own libraries.
std::span<const function_row> kubernetes_format_pack();
std::span<const function_row> kubernetes_lists_pack();
std::span<const function_row> kubernetes_network_pack();
std::span<const function_row> kubernetes_quantity_pack();
std::span<const function_row> kubernetes_regex_pack();
std::span<const function_row> kubernetes_semver_pack();
std::span<const function_row> kubernetes_url_pack();

}  // namespace sekimori::cel
