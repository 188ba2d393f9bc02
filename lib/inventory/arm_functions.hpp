// inventory: the functions of ARM templates that need no deployment. Entry point: arm_call. Knows no templates.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori::inventory {

// The result of a function, whose name is given in lower case. False where it is not known: `text` is what it stands for
// (arm_expressions.hpp), empty where calls with the same arguments may differ.
bool arm_call(arena& memory, std::string_view name, const std::vector<value>& arguments, value& made, std::string& text);
// A property or an element; unknown where that is not known, or not there.
value arm_member(arena& memory, value of, value key);
// Whether it is sensitive, or a part of it.
bool arm_secret(value one);
// How much it holds, counted up to a little over `arm_most`: values share parts, so that a few lines may say very much.
inline constexpr std::size_t arm_most = 20'000;
std::size_t arm_size(value one);

}  // namespace sekimori::inventory
