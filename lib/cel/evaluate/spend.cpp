// cel: what an evaluation costs, as cel-go would count it: names and fields, calls, and bindings that
// are computed where they are first read. Entry points: members of machine. Source: cel-go 0.33.2,
// interpreter/interpretable.go, attributes.go and planner.go.
//
// cel-go reads a name and all that is selected from it as one attribute: 1 for the attribute and 1 for
// each selection. Here the name pays the attribute's 1. Where an attribute is a branch of a choice or
// an index, its own 1 is not counted; where it starts from a computed value, that value's first
// selection pays it.
#include <fmt/format.h>

#include <algorithm>

#include "cel/check/unify.hpp"
#include "cel/cost/measure.hpp"
#include "cel/cost/rules.hpp"
#include "cel/cost/shape.hpp"
#include "cel/evaluate/machine.hpp"

namespace sekimori::cel {
namespace {

bool is_number(const type* declared) {
  return declared->kind == type_kind::integer || declared->kind == type_kind::unsigned_integer || declared->kind == type_kind::floating;
}

}  // namespace

bool machine::reads_attribute(const expression& e) const {
  if (e.kind == expression_kind::literal || !is_attribute(e)) return false;
  if (e.kind == expression_kind::select && e.test_only) return limits_.presence_tests_cost;
  return !is_choice(root_of(e));
}

value machine::eval_part(const expression& e) {
  if (costs.counting() && reads_attribute(without_pairs(e, frame_.program->text.text))) costs.forgive();
  return eval(e);
}

void machine::spend_before_operand(const expression& e) {
  if (!e.test_only || !costs.counting()) return;
  bool of_choice = is_choice(root_of(*e.operand));
  if (limits_.presence_tests_cost && of_choice) spend(cost::read);
  if (!limits_.presence_tests_cost && !of_choice) costs.forgive();
}

void machine::spend_operand(const expression& operand) {
  bool constant = operand.kind == expression_kind::literal;
  if (costs.counting() && (constant || !is_attribute(operand))) spend(cost::read);
}

bool machine::ends_attribute(const expression& operand) {
  const expression* holder = nullptr;
  if (operand.kind == expression_kind::select && !operand.optional) holder = operand.operand;
  if (is_index(operand) && operand.name == "_[_]") holder = operand.arguments[0];
  return holder == nullptr || holder->checked_type == nullptr || is_optional(*holder->checked_type);
}

// One overload, known before evaluation, has its own cost; a call that any of several can answer costs 1.
void machine::spend_call(const expression& e, std::span<const value> arguments, value result) {
  if (!costs.counting()) return;
  const cost_rule* rule = nullptr;
  if (frame_.program->checked && e.candidates.size() == 1) rule = e.candidates[0]->cost;
  if (e.name == "_==_" || e.name == "_!=_") rule = &cost::compare;
  if (arguments.size() > 2 && (e.name == "math.greatest" || e.name == "math.least")) {
    // cel-go makes a list of three arguments and more.
    const type* first = e.arguments[0]->checked_type;
    bool one_type = frame_.program->checked && is_number(first) &&
                    std::all_of(e.arguments.begin(), e.arguments.end(), [&](const expression* argument) { return argument->checked_type == first; });
    spend(add(cost::make_list, one_type ? add(cost::call, arguments.size()) : cost::call));
    return;
  }
  spend(call_cost(rule, arguments, result));
}

// cel.bind while costs are counted.
value machine::lazy_bind(const expression& e) {
  std::size_t outer = locals_.size();
  spend(bind_cost(e));
  bindings_.push_back({outer, e.operand, 0});
  locals_.push_back(value::null());
  value result = eval(*e.body);
  bindings_.pop_back();
  locals_.resize(outer);
  return result;
}

value machine::local(std::size_t index) {
  if (bindings_.empty() || !costs.on()) return locals_[index];
  auto found = std::lower_bound(bindings_.begin(), bindings_.end(), index, [](const binding& one, std::size_t at) { return one.local < at; });
  if (found == bindings_.end() || found->local != index) return locals_[index];
  bool settled = found->state == binding::done || (found->state == binding::computed_uncounted && costs.paused());
  if (settled) return locals_[index];
  spend(found->first_read);
  auto position = found - bindings_.begin();
  if (found->init != nullptr) {
    // What was bound since is out of its sight.
    std::vector<value> later(locals_.begin() + static_cast<std::ptrdiff_t>(index), locals_.end());
    std::vector<binding> later_bindings(bindings_.begin() + position, bindings_.end());
    const expression* init = found->init;
    locals_.resize(index);
    bindings_.resize(static_cast<std::size_t>(position));
    later[0] = eval(*init);
    locals_.insert(locals_.end(), later.begin(), later.end());
    bindings_.insert(bindings_.end(), later_bindings.begin(), later_bindings.end());
  }
  bindings_[static_cast<std::size_t>(position)].state = costs.paused() ? binding::computed_uncounted : binding::done;
  return locals_[index];
}

value machine::cost_error(const expression& e) {
  std::uint64_t over = costs.spent() - last_cost_;
  return fail(e, evaluation_error_code::limit,
              fmt::format("the evaluation costs more than {} (limits.cost): {} at this point", limits_.cost, add(limits_.cost, over)));
}

}  // namespace sekimori::cel
