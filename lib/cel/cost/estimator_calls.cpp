// cel: costs of calls: a part of cost_estimator. Source: cel-go 0.33.2, common/cost/estimator.go.
#include <algorithm>

#include "cel/check/unify.hpp"
#include "cel/cost/estimator.hpp"
#include "cel/cost/rules.hpp"
#include "cel/function.hpp"

namespace sekimori::cel {
namespace {

// A branch that is a name and what is selected from it is read as a part of the choice: reading the
// name costs nothing more.
cost_range as_branch(const expression& branch, cost_range cost) {
  const expression& root = root_of(branch);
  bool named = root.kind == expression_kind::identifier || is_named_constant(root);
  if (!is_attribute(branch) || !named || (branch.kind == expression_kind::select && branch.test_only)) return cost;
  return {subtract(cost.min, cost::read), subtract(cost.max, cost::read)};
}

}  // namespace

cost_range cost_estimator::call(const expression& e) {
  if (is_index(e)) return index(e);
  if (e.name == "dyn" && e.arguments.size() == 1) {
    cost_range made = add(cost(*e.arguments[0]), cost::call);
    found(e).size = size_of(*e.arguments[0]);
    return made;
  }
  if ((e.name == "math.greatest" || e.name == "math.least") && e.arguments.size() > 2) return extreme(e);

  if (const expression& paid = without_pairs(e, program_.text.text); &paid != &e) {
    cost_range made = cost(paid);
    found(e).size = size_of(paid);
    return made;
  }
  std::vector<cost_range> costs;
  costs.reserve(e.arguments.size());
  for (const expression* argument : e.arguments) costs.push_back(cost(*argument));
  if (is_choice(e)) {
    costs[1] = as_branch(without_pairs(*e.arguments[1], program_.text.text), costs[1]);
    costs[2] = as_branch(without_pairs(*e.arguments[2], program_.text.text), costs[2]);
  }
  cost_range receiver;
  std::vector<operand> operands;
  operands.reserve(costs.size() + 1);
  auto take = [&](const expression& given) { operands.push_back({&given, given.checked_type, size_of(given)}); };
  if (e.operand != nullptr) {
    receiver = cost(*e.operand);
    take(*e.operand);
  }
  for (const expression* argument : e.arguments) take(*argument);

  cost_range made{unbounded, 0};
  const size_estimate* size = nullptr;
  for (const overload* candidate : e.candidates) {
    call_cost one = apply(candidate->cost, {operands, e.checked_type, nullptr});
    made = either(made, add(one.cost, arguments_cost(e, candidate->cost, costs)));
    size = merged(size, one.result != nullptr ? one.result : size_of(e));
  }
  if (size != nullptr) found(e).size = size;
  return add(receiver, made);
}

cost_range cost_estimator::arguments_cost(const expression& e, const cost_rule* rule, std::span<const cost_range> costs) const {
  cost_range sum;
  for (cost_range one : costs) sum = add(sum, one);
  if (rule == &cost::logic) return {costs[0].min, sum.max};
  if (rule == &cost::choice) return add(costs[0], either(costs[1], costs[2]));
  bool alternative = (rule == &cost::optional_or || rule == &cost::optional_or_value) && e.operand != nullptr;
  return alternative ? at_most(sum) : sum;
}

// l[i], m[k], and with ? in them: 1 for the call. What comes out is of an element's size.
cost_range cost_estimator::index(const expression& e) {
  const expression& holder = *e.arguments[0];
  cost_range made = exactly(cost::call);
  if (!is_attribute(holder)) made = add(made, cost::read);
  made = add(made, add(cost(holder), cost(*e.arguments[1])));
  bool optional = e.name == "_[?_]";
  bool through = holder.checked_type != nullptr && is_optional(*holder.checked_type);
  const place* of_holder = place_of(holder);
  const size_estimate* held = size_of(holder);
  if (through && held != nullptr) held = held->element;
  const size_estimate* size = nullptr;
  for (const overload* candidate : e.candidates) {
    const size_estimate* one = nullptr;
    if (!optional && !through) {
      operand operands[] = {{&holder, holder.checked_type, size_of(holder)}};
      one = apply(candidate->cost, {operands, e.checked_type, nullptr}).result;
    }
    if (optional || !through) {
      bool of_list = candidate->id == "index_list";
      if (of_holder != nullptr) found(e).where = inside(of_holder, of_list ? "@items" : "@values");
      else if (held != nullptr && held->element != nullptr) one = held->element;
    }
    if (one == nullptr && optional) {
      bool known = e.checked_type != nullptr && is_optional(*e.checked_type);
      one = known ? size_at(nullptr, place_of(e), e.checked_type->parameters[0]) : nullptr;
    } else if (one == nullptr) {
      one = size_of(e);
    }
    if (one != nullptr && optional) one = keep(optional_of(one));
    size = merged(size, one);
  }
  if (size != nullptr) found(e).size = size;
  return made;
}

// math.greatest and math.least of three and more: cel-go makes a list of them.
cost_range cost_estimator::extreme(const expression& e) {
  cost_range sum = exactly(cost::make_list);
  const size_estimate* element = nullptr;
  for (const expression* argument : e.arguments) {
    sum = add(sum, cost(*argument));
    element = merged(element, of_entry(*argument, argument->checked_type));
  }
  std::uint64_t count = e.arguments.size();
  operand list[] = {{nullptr, nullptr, keep({count, count, nullptr, element})}};
  call_cost made = apply(&cost::list_numbers, {list, e.checked_type, nullptr});
  found(e).size = made.result;
  return add(sum, made.cost);
}

}  // namespace sekimori::cel
