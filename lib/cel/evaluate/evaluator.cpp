// cel: evaluates checked expressions in source order. Entry point: evaluator::evaluate. Knows
// neither rules nor documents.
#include "cel/evaluator.hpp"

#include <fmt/format.h>

#include "cel/cost/rules.hpp"
#include "cel/cost/shape.hpp"
#include "cel/evaluate/machine.hpp"
#include "value/containers.hpp"

namespace sekimori::cel {

namespace {

// Trees are as high as the parser lets them be, and a view may evaluate another expression while being
// read. What a thread's stack must bear is bounded here, whoever made the tree: the default limits need less
// than 256 KiB (tests/cel/hostile_test.cpp).
constexpr std::uint32_t depth_of_a_run = 3;  // what a nested run puts on the stack, in levels of a tree

}  // namespace

struct evaluator::implementation {
  implementation(sekimori::arena& memory, limits set) : inside(memory, set) {}
  machine inside;
};

evaluator::evaluator(sekimori::arena& memory, limits set) : implementation_(new implementation(memory, set)) {}
evaluator::~evaluator() { delete implementation_; }
void evaluator::set_host(void* host) { implementation_->inside.host = host; }
void evaluator::set_now(value now) { implementation_->inside.now = now; }
std::uint64_t evaluator::steps() const { return implementation_->inside.steps; }
void evaluator::reset_steps() { implementation_->inside.reset_steps(); }
void evaluator::set_metering(bool on) { implementation_->inside.costs.turn(on); }
std::uint64_t evaluator::cost() const { return implementation_->inside.costs.spent(); }
void evaluator::reset_cost() { implementation_->inside.costs.reset(); }
sekimori::arena& evaluator::memory() { return implementation_->inside.memory; }

call_context evaluator::context_of(std::uint32_t expression) { return implementation_->inside.context_of(expression); }

value evaluator::evaluate(const compiled& program, std::span<const value> variables, trace* traced) {
  return implementation_->inside.run(program, *program.root, variables, traced);
}

value evaluator::evaluate(const compiled& program, const expression& part, std::span<const value> variables, trace* traced) {
  return implementation_->inside.run(program, part, variables, traced);
}

value evaluator::evaluate_apart(const compiled& program, std::span<const value> variables, trace* traced, std::uint64_t& cost) {
  return implementation_->inside.run_apart(program, variables, traced, cost);
}

value call_context::fail(evaluation_error_code code, std::string_view message) const {
  return make_error(memory, code, message, expression);
}

value machine::run_apart(const compiled& program, std::span<const value> variables, trace* traced, std::uint64_t& cost) {
  struct restore {
    machine& of;
    meter outer;
    std::uint64_t last_cost;
    ~restore() {
      of.costs = outer;
      of.last_cost_ = last_cost;
    }
  } restored{*this, costs, last_cost_};
  costs = meter();
  costs.turn(restored.outer.on());
  last_cost_ = limits_.cost;
  value found = run(program, *program.root, variables, traced, true);
  cost = add(cost, costs.spent());
  return found;
}

value machine::run(const compiled& program, const expression& part, std::span<const value> variables, trace* traced, bool apart) {
  // Puts everything back as it was, even where memory runs out half-way.
  struct restore {
    machine& of;
    frame outer;
    std::uint32_t depth;
    std::size_t locals;
    std::size_t scratch;
    std::size_t bindings;
    std::size_t observed;
    ~restore() {
      of.frame_ = outer;
      of.depth_ = depth;
      of.locals_.resize(locals);
      of.scratch_.resize(scratch);
      of.bindings_.resize(bindings);
      of.observed_.resize(observed);
      --of.runs_;
    }
  } restored{*this, frame_, depth_, locals_.size(), scratch_.size(), bindings_.size(), observed_.size()};
  meter::pause nested(costs, runs_ > 0 && !apart);
  if (runs_++ == 0) {
    first_step_ = steps;
    last_cost_ = add(costs.spent(), limits_.cost);
  } else {
    depth_ += depth_of_a_run;
  }
  if (steps < first_step_) first_step_ = steps;  // reset_steps() during a run
  frame_ = {variables, program.objects.get(), traced, 0, 0, &program};
  if (traced == nullptr) return eval(part);

  if (traced->observes) {
    frame_.observed = observed_.size();
    frame_.ids = program.node_count + 1;
    observed_.resize(observed_.size() + frame_.ids);
  }
  value result = eval(part);
  for (std::size_t i = restored.observed; i < observed_.size(); ++i) {
    if (observed_[i].expression != 0) traced->observations.push_back(observed_[i]);
  }
  if (result.sensitive()) traced->reads_sensitive = true;
  return result;
}

value machine::eval(const expression& e) {
  value found;
  ++nodes_;
  switch (e.kind) {
    case expression_kind::literal:
      found = e.constant;
      if (costs.on() && is_named_constant(e) && !frame_.program->checked) spend(cost::read);
      break;
    case expression_kind::identifier: found = identifier(e); break;
    default:
      if (depth_ >= limits_.height()) return too_deep(e);
      ++depth_;
      found = compound(e);
      --depth_;
  }
  if (over_cost()) return cost_error(e);
  if (frame_.ids != 0) observe(e, found);
  return found;
}

value machine::compound(const expression& e) {
  switch (e.kind) {
    case expression_kind::select: return select(e);
    case expression_kind::call: return call(e);
    case expression_kind::list: return make_list_value(e);
    case expression_kind::map: return make_map_value(e);
    case expression_kind::object: return make_object_value(e);
    case expression_kind::comprehension: return comprehension(e);
    case expression_kind::literal:
    case expression_kind::identifier: break;
  }
  return value::null();
}

value machine::identifier(const expression& e) {
  auto slot = static_cast<std::size_t>(e.slot);
  spend(cost::read);
  if (e.local) {
    if (e.slot >= 0 && slot < locals_.size()) return local(locals_.size() - 1 - slot);
  } else if (e.slot >= 0) {
    if (slot < frame_.variables.size()) return frame_.variables[slot];
  } else {
    // A type by its name. The checker makes these literals; an unchecked tree may not have.
    for (int k = static_cast<int>(value_kind::null); k <= static_cast<int>(value_kind::optional); ++k) {
      if (kind_name(static_cast<value_kind>(k)) == e.name) return value::type(kind_name(static_cast<value_kind>(k)));
    }
  }
  return fail(e, evaluation_error_code::no_such_member, "undeclared reference");
}

void machine::observe(const expression& e, value found) {
  if (e.id >= frame_.ids) return;
  observation& seen = observed_[frame_.observed + e.id];
  seen.expression = e.id;
  seen.found = found;
  if (found.is(value_kind::boolean)) seen.truths |= found.as_boolean() ? observation::was_true : observation::was_false;
}

bool machine::join(value part, value& joined) {
  if (part.is_unknown()) {
    joined = joined.is_unknown() ? merge_unknowns(memory, joined, part) : part;
  } else if (part.is_error()) {
    if (is_limit(part)) {
      joined = part;
      return true;
    }
    if (!blocked(joined)) joined = part;
  }
  return false;
}

value machine::unsure(value members) {
  const relation_shape* shape = relation_of(members);
  if (shape == nullptr) return value::null();
  if (shape->open) return why(*shape);
  if (shape->certain != nullptr) {
    std::size_t size = members.is(value_kind::list) ? members.as_list().size() : members.as_map().size();
    for (std::size_t i = 0; i < size; ++i) {
      if (!shape->certain[i]) return why(*shape, i);
    }
  }
  return value::null();
}

value machine::why(const relation_shape& shape, std::size_t member) {
  return shape.each != nullptr && shape.each[member] != nullptr ? value::unknown(shape.each[member]) : why(shape);
}

value machine::why(const relation_shape& shape) {
  if (shape.why != nullptr && shape.why->count > 0) return value::unknown(shape.why);
  return make_unknown(memory, {}, {}, unknown_reason::open_set);
}

bool machine::step() {
  steps += 1 + (nodes_ - counted_nodes_) / nodes_a_step;
  counted_nodes_ = nodes_;
  return !over_limit();
}

value machine::too_deep(const expression& e) {
  return fail(e, evaluation_error_code::limit, "the expression nests deeper than the limits allow");
}

value machine::limit_error(const expression& e) {
  return fail(e, evaluation_error_code::limit, fmt::format("the evaluation takes more than {} steps (limits.steps)", limits_.steps));
}

value machine::fail(const expression& e, evaluation_error_code code, std::string_view message) {
  return make_error(memory, code, message, e.id);
}

value machine::to_optional(value some) { return value::optional(memory.make<value>(some)); }

}  // namespace sekimori::cel
