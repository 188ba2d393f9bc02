// cel: what a program costs, for users of sekimori/cel_cost.hpp. Entry points: cost_of, evaluate_counted.
#include "cel/cost.hpp"

#include "cel/api/implementation.hpp"
#include "sekimori/cel_cost.hpp"

namespace sekimori::cel {

cost_bounds cost_of(const program& asked) {
  const program::implementation* of = asked.inside();
  if (of == nullptr) return {};
  const cost_estimate estimate = estimate_cost(*of->compiled, {of->declared->names.current_limits().presence_tests_cost, {}});
  return {estimate.cost.min, estimate.cost.max, explain_cost(*of->compiled, estimate)};
}

value evaluate_counted(const program& asked, activation& with, std::uint64_t& cost) {
  activation::implementation& inside = with.inside();
  // Back to counting only for a budget, even where memory runs out half-way.
  struct metered {
    activation::implementation& of;
    ~metered() {
      of.counted = false;
      of.run.set_metering(of.declared != nullptr && of.declared->names.current_limits().cost != limits::no_limit);
    }
  } restored{inside};
  inside.counted = true;
  inside.run.set_metering(true);
  inside.run.reset_cost();
  const value found = asked.evaluate(with);
  cost = inside.run.cost();
  return found;
}

}  // namespace sekimori::cel
