// bench: ways to run the conditions of rules. Each judges every rule of every instance, in the order of the instances.
// Entry point: make_shape.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "exec_shapes/instances.hpp"
#include "sekimori/finding.hpp"

namespace sekimori::exec_shapes {

class shape {
 public:
  virtual ~shape() = default;
  virtual void run(std::vector<verdict>& verdicts) = 0;
};

// tree         the evaluator over checked trees, in source order
// flat         flat code, each condition in a pool of its own: nothing is shared
// pool         one pool: a path is read once for all rules
// memo         and every test that two rules ask is asked once
// order        `pool` with the parts of && and || ordered by cost
// batch        `pool`, rule by rule over a block of instances
// no_dispatch  `pool`, each instance goes through all rules
// used         what the library does: `pool`, loops shared, patterns fused, tests of the type decided when the rules are loaded
// used_memo    and every test that two rules ask is asked once
// used_costly  and every one that costs more than a comparison
// used_order   and the parts of && and || ordered by cost
const std::vector<std::string_view>& shape_names();
std::unique_ptr<shape> make_shape(std::string_view name, cases& of);

}  // namespace sekimori::exec_shapes
