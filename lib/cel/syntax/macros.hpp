// cel: macros at work: a call and what it becomes. Entry point: expand_macro. The rows are macro.hpp's.
// Knows neither types nor functions.
#pragma once

#include <string_view>
#include <vector>

#include "cel/ast.hpp"
#include "cel/macro.hpp"
#include "cel/syntax/builder.hpp"

namespace sekimori::cel {

// A call as it was read: name(arguments), or target.name(arguments).
struct macro_call {
  std::string_view name;
  span name_at;
  span where;
  expression* target = nullptr;
  std::vector<expression*> arguments;
};

enum class macro_outcome : std::uint8_t { not_a_macro, expanded, mistaken };

struct macro_result {
  macro_outcome outcome = macro_outcome::not_a_macro;
  expression* made = nullptr;
};

// Among the macros that are on, the one that a call means by its form, name and number of arguments.
macro_result expand_macro(builder& tree, const macro_call& call, const grammar& on);

// Variables that no source text can name stand for the slots of cel.block and the results of cel.iterVar;
// unparse() writes them back.
constexpr std::string_view block_variable_prefix = "@index";
constexpr std::string_view iteration_variable_prefix = "@it:";

}  // namespace sekimori::cel
