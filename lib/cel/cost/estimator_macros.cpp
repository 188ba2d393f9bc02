// cel: costs of macros, as the folds that cel-go makes of them: a part of cost_estimator.
#include <algorithm>

#include "cel/check/unify.hpp"
#include "cel/cost/estimator.hpp"
#include "cel/cost/rules.hpp"

namespace sekimori::cel {
namespace {

constexpr size_estimate unit{1, 1};
constexpr size_estimate unknown{};

bool is_list(const type* declared) { return declared != nullptr && declared->kind == type_kind::list; }

bool compares_texts(const type& key) { return key.kind == type_kind::string || key.kind == type_kind::bytes; }

}  // namespace

cost_range cost_estimator::comprehension(const expression& e) {
  if (e.macro == macro_kind::bind) return bind(e);
  if (is_optional_map(e)) return optional_map(e);
  if (e.macro == macro_kind::sort_by) return sort_by(e);
  cost_range range = cost(*e.operand);
  push_range(e, place_of(*e.operand), size_of(*e.operand), e.operand->checked_type);
  return loop(e, *e.operand, e.variable2.empty() ? 1 : 2, range);
}

// The variables of a fold: an element; or its index and itself; or a key; or a key and what is under it.
void cost_estimator::push_range(const expression& e, const place* where, const size_estimate* size, const type* range) {
  bool list = is_list(range);
  const size_estimate* key = size != nullptr ? size->key : nullptr;
  const size_estimate* element = size != nullptr ? size->element : nullptr;
  if (e.variable2.empty()) {
    bool elements = list || (range != nullptr && range->kind == type_kind::dyn && key == nullptr && element != nullptr);
    locals_.push_back(elements ? local_variable{inside(where, "@items"), element} : local_variable{inside(where, "@keys"), key});
    return;
  }
  locals_.push_back(list ? local_variable{inside(where, "@indices"), &unit} : local_variable{inside(where, "@keys"), key});
  locals_.push_back({inside(where, list ? "@items" : "@values"), element});
}

// The loop over `range`, whose variables stand in place; takes them away.
cost_range cost_estimator::loop(const expression& e, const expression& range, std::size_t locals, cost_range so_far) {
  const fold_cost fold = fold_of(e.macro);
  cost_range condition = e.condition != nullptr ? cost(*e.condition) : cost_range{};
  cost_range body = cost(*e.body);
  cost_range each = exactly(fold.condition);
  switch (e.macro) {
    case macro_kind::all:
    case macro_kind::exists: each = add(each, {fold.step, add(fold.step, body.max)}); break;
    case macro_kind::exists_one:
    case macro_kind::filter: each = add(each, add(body, {0, fold.step})); break;
    default:
      body = add(body, fold.step);
      each = add(each, e.condition != nullptr ? add(condition, at_most(body)) : body);
  }
  // What one step puts into the result.
  const size_estimate* key = nullptr;
  const size_estimate* element = nullptr;
  const type* made = e.checked_type;
  const type* of_elements = made != nullptr && made->kind == type_kind::list && e.macro != macro_kind::sort_by ? made->parameters[0] : nullptr;
  const local_variable variable = locals_.back();
  switch (e.macro) {
    case macro_kind::filter: {
      element = variable.size != nullptr ? variable.size : size_at(nullptr, variable.where, of_elements);
      if (element == nullptr) element = &unknown;
      break;
    }
    case macro_kind::transform_map: {
      const local_variable of_key = locals_[locals_.size() - 2];
      const type* key_type = made != nullptr && made->kind == type_kind::map ? made->parameters[0] : nullptr;
      key = of_key.size != nullptr ? of_key.size : size_at(nullptr, of_key.where, key_type);
      if (key == nullptr) key = &unknown;
      element = of_entry(*e.body, made != nullptr && made->kind == type_kind::map ? made->parameters[1] : nullptr);
      break;
    }
    case macro_kind::transform_map_entry: {
      const size_estimate entry = size_or_unknown(*e.body);
      key = entry.key != nullptr ? entry.key : &unknown;
      element = entry.element != nullptr ? entry.element : &unknown;
      break;
    }
    case macro_kind::all:
    case macro_kind::exists:
    case macro_kind::exists_one: break;
    default: element = of_entry(*e.body, of_elements);
  }
  locals_.resize(locals_.size() - locals);

  const size_estimate size = size_or_unknown(range);
  cost_range total = add(add(so_far, fold.start), multiply({size.min, size.max}, each));
  total = add(total, fold.finish);
  bool quantifier = e.macro == macro_kind::all || e.macro == macro_kind::exists || e.macro == macro_kind::exists_one;
  bool skips = e.condition != nullptr || e.macro == macro_kind::filter;
  const size_estimate* result = quantifier ? &unit : keep({skips ? 0 : size.min, size.max, key, element});
  if (e.macro != macro_kind::sort_by) found(e).size = result;
  return total;
}

// cel.bind computes its value where the result reads it, once.
cost_range cost_estimator::bind(const expression& e) {
  cost_range value = cost(*e.operand);
  bool block = bind_cost(e) == 0;
  if (!block && !must_read(*e.body, e.variable)) value = at_most(value);
  locals_.push_back({place_of(*e.operand), size_of(*e.operand)});
  cost_range result = cost(*e.body);
  found(e).where = place_of(*e.body);
  found(e).size = size_of(*e.body);
  locals_.pop_back();
  return add(add(value, result), bind_cost(e));
}

// x.optMap(v, body): x.hasValue() ? optional.of(cel.bind(v, x.value(), body)) : optional.none(), with x
// bound first where it is more than a name.
cost_range cost_estimator::optional_map(const expression& e) {
  cost_range target = cost(*e.operand);
  const size_estimate* optional = size_of(*e.operand);
  bool named = is_single_name(*e.operand);
  cost_range before = named ? target : add(add(target, cost::make_list), cost::read);  // has the name read once
  before = add(before, cost::call);                                                     // hasValue()
  cost_range value = exactly(cost::read + cost::call);                                  // x.value()
  if (!must_read(*e.body, e.variable)) value = at_most(value);
  const size_estimate* held = optional != nullptr && optional->element != nullptr ? optional->element : &unknown;
  locals_.push_back({nullptr, held});
  cost_range some = add(add(cost(*e.body), value), cost::make_list);
  const size_estimate* body = size_of(*e.body);
  if (body == nullptr) body = e.body->checked_type != nullptr ? of_type(*e.body->checked_type) : nullptr;
  locals_.pop_back();

  size_estimate with_value = body != nullptr ? *body : unknown;
  if (e.macro == macro_kind::opt_map) {
    some = add(some, cost::call);
    with_value = optional_of(keep(with_value));
  }
  const size_estimate without{1, 1, nullptr, keep({0, 0})};
  operand branches[] = {{nullptr, nullptr, &unit}, {nullptr, e.checked_type, keep(with_value)}, {nullptr, e.checked_type, &without}};
  found(e).size = keep(estimate(*cost::choice.result, {branches, e.checked_type, nullptr}));
  return add(before, either(some, exactly(cost::call)));
}

// l.sortBy(v, key): cel.bind(@in, l, @in.@sortByAssociatedKeys(@in.map(v, key))).
cost_range cost_estimator::sort_by(const expression& e) {
  cost_range list = cost(*e.operand);
  push_range(e, place_of(*e.operand), size_of(*e.operand), e.operand->checked_type);
  cost_range keys = loop(e, *e.operand, 1, exactly(cost::read));
  const size_estimate all = size_or_unknown(*e.operand);
  operand operands[] = {{e.operand, e.operand->checked_type, keep(all)}, {nullptr, nullptr, keep({all.min, all.max})}};
  const call_view seen{operands, e.checked_type, nullptr};
  call_cost sorted = apply(&cost::sort_by_keys, seen);
  const type* key = e.body->checked_type;
  if (key == nullptr || is_dynamic(*key)) sorted.cost = either(sorted.cost, apply(&cost::sort_by_texts, seen).cost);
  else if (compares_texts(*key)) sorted.cost = apply(&cost::sort_by_texts, seen).cost;
  found(e).size = sorted.result;
  return add(add(add(list, cost::make_list + cost::read), keys), sorted.cost);
}

// Whether every evaluation of `e` reads the name. What may be skipped does not count, nor does the
// value of a binding inside, unless its own name must be read.
bool cost_estimator::must_read(const expression& e, std::string_view name) const {
  auto any = [&](std::span<expression* const> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](const expression* part) { return must_read(*part, name); });
  };
  switch (e.kind) {
    case expression_kind::identifier: return e.name == name;
    case expression_kind::select: return must_read(*e.operand, name);
    case expression_kind::call:
      if (e.name == "_&&_" || e.name == "_||_" || e.name == "_?_:_") return must_read(*e.arguments[0], name);
      if (e.operand != nullptr && (e.name == "or" || e.name == "orValue")) return must_read(*e.operand, name);
      return (e.operand != nullptr && must_read(*e.operand, name)) || any(e.arguments);
    case expression_kind::list:
    case expression_kind::map:
    case expression_kind::object: return any(e.arguments);
    case expression_kind::comprehension: break;
    default: return false;
  }
  if (e.macro != macro_kind::bind) return must_read(*e.operand, name);
  if (bind_cost(e) == 0) return must_read(*e.operand, name) || must_read(*e.body, name);
  // Bindings inside bindings would be walked again and again.
  const std::pair<const expression*, std::string_view> asked{&e, name};
  if (auto known = reads_.find(asked); known != reads_.end()) return known->second;
  bool reads = (e.variable != name && must_read(*e.body, name)) || (must_read(*e.body, e.variable) && must_read(*e.operand, name));
  reads_.emplace(asked, reads);
  return reads;
}

}  // namespace sekimori::cel
