// rules: what Kyverno adds to the functions of Kubernetes and that needs nothing but its arguments, as one
// more CEL pack. Entry point: kyverno_pack.
#pragma once

#include <span>

#include "cel/function.hpp"

namespace sekimori::rules {

std::span<const cel::function_row> kyverno_pack();

}  // namespace sekimori::rules
