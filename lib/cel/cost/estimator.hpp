// cel: the work behind estimate_cost: walks a checked tree in source order and counts macros as the
// folds that cel-go makes of them. Its parts are estimator.cpp (costs), estimator_calls.cpp,
// estimator_macros.cpp, sizes.cpp (sizes of sub-expressions) and quantities.cpp (the catalogue's
// terms). Knows no values but literals.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "cel/cost.hpp"
#include "cel/cost/quantity.hpp"
#include "cel/cost/shape.hpp"

namespace sekimori::cel {

// Bounds of a size, and of the sizes inside a container. A null part is not stated.
struct size_estimate {
  std::uint64_t min = 0;
  std::uint64_t max = unbounded;
  const size_estimate* key = nullptr;
  const size_estimate* element = nullptr;
  bool nothing_known() const { return min == 0 && max == unbounded && key == nullptr && element == nullptr; }
};

class cost_estimator {
 public:
  cost_estimator(const compiled& program, const cost_options& options);
  cost_estimate run();

 private:
  // Where a value can be found from a variable on.
  struct place {
    const place* parent;
    std::string_view step;
  };
  struct finding {
    const place* where = nullptr;
    const size_estimate* size = nullptr;
    cost_range cost;
  };
  struct local_variable {
    const place* where;
    const size_estimate* size;
  };
  // One call as the terms of a rule see it: the receiver, if any, is operand 0.
  struct operand {
    const expression* node = nullptr;          // nullptr: made up by a macro
    const type* declared = nullptr;
    const size_estimate* size = nullptr;
  };
  struct call_view {
    std::span<const operand> operands;
    const type* result_type = nullptr;
    const size_estimate* result = nullptr;
  };
  struct call_cost {
    cost_range cost;
    const size_estimate* result = nullptr;
  };

  // estimator.cpp
  cost_range cost(const expression& e);
  cost_range cost_of(const expression& e);
  cost_range select(const expression& e);
  cost_range optional_select(const expression& e);
  cost_range parts(const expression& e, std::uint64_t base);
  void attribute(cost_estimate& made) const;

  // estimator_calls.cpp
  cost_range call(const expression& e);
  cost_range index(const expression& e);
  cost_range extreme(const expression& e);
  cost_range arguments_cost(const expression& e, const cost_rule* rule, std::span<const cost_range> costs) const;
  call_cost apply(const cost_rule* rule, call_view seen);
  call_cost flatten(call_view seen);

  // estimator_macros.cpp
  cost_range comprehension(const expression& e);
  cost_range loop(const expression& e, const expression& range, std::size_t locals, cost_range so_far);
  cost_range bind(const expression& e);
  cost_range optional_map(const expression& e);
  cost_range sort_by(const expression& e);
  void push_range(const expression& e, const place* where, const size_estimate* size, const type* range);
  bool must_read(const expression& e, std::string_view name) const;

  // sizes.cpp
  const size_estimate* size_of(const expression& e);
  size_estimate size_or_unknown(const expression& e);
  const size_estimate* size_at(const expression* e, const place* where, const type* declared);
  const size_estimate* list_size(const expression* e, const place* where, const type* declared);
  const size_estimate* map_size(const expression* e, const place* where, const type* declared);
  const size_estimate* dynamic_size(const expression* e, const place* where);
  const size_estimate* part_size(const place* where, std::string_view step, const type* declared, const size_estimate* current);
  const size_estimate* hinted(const place* where) const;
  const size_estimate* of_type(const type& declared);
  const size_estimate* of_entry(const expression& e, const type* declared);
  const size_estimate* keep(size_estimate made) { return memory_.make<size_estimate>(made); }
  const size_estimate* merged(const size_estimate* a, const size_estimate* b);
  size_estimate optional_of(const size_estimate* held);
  const place* place_of(const expression& e) const;
  const place* inside(const place* where, std::string_view step);

  // quantities.cpp
  size_estimate estimate(const cost::quantity& q, const call_view& seen);
  size_estimate estimate_length(const cost::quantity& q, const call_view& seen);
  size_estimate total_of_elements(const cost::quantity& q, const call_view& seen);
  size_estimate combined(size_estimate made, const cost::quantity& q, const call_view& seen, const size_estimate& a, const size_estimate& b);
  bool may_hold_elements(const cost::quantity& q, const call_view& seen) const;

  finding& found(const expression& e) { return found_[e.id]; }
  const finding& found(const expression& e) const { return found_[e.id]; }

  const compiled& program_;
  const cost_options& options_;
  arena memory_;
  std::vector<finding> found_;
  std::vector<local_variable> locals_;
  std::vector<std::pair<std::string, size_estimate>> hints_;  // by path
  // What must_read() found, for bindings: by node and name.
  mutable std::map<std::pair<const expression*, std::string_view>, bool> reads_;
};

}  // namespace sekimori::cel
