// cel: which pack has a function or macro that an environment lacks. Entry point: availability_help. Knows no trees.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cel/check/environment_data.hpp"
#include "cel/check/unify.hpp"

namespace sekimori::cel {

// How a call was written.
struct call_shape {
  std::string_view name;             // with its namespace: "math.greatest"
  bool method;
  std::size_t arguments;             // the receiver not counted
};

// "`reverse` is in pack strings from version 3; this environment has 2", or "... is in pack lists, which is not turned
// on"; empty where no pack has it, or all that have it are on. With `operands` (receiver first) only overloads that
// could take them count.
std::string availability_help(const environment::implementation& inside, const call_shape& call);
std::string availability_help(const environment::implementation& inside, const call_shape& call, unifier& types,
                              std::span<const type* const> operands);

// Whether a pack that is not turned on has functions or macros below a namespace: "math".
bool is_namespace_of_packs(std::string_view space);

}  // namespace sekimori::cel
