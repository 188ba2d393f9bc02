// cel: macros: calls that become other nodes while they are parsed. Entry point: expand_macro.
// Knows neither types nor functions.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cel/ast.hpp"
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

macro_result expand_macro(builder& tree, const macro_call& call);

// Names of macros, for "did you mean".
std::span<const std::string_view> macro_names();

// Variables that no source text can name stand for the slots of cel.block and the results of cel.iterVar;
// unparse() writes them back.
constexpr std::string_view block_variable_prefix = "@index";
constexpr std::string_view iteration_variable_prefix = "@it:";

}  // namespace sekimori::cel
