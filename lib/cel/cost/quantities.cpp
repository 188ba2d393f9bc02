// cel: what the catalogue's cost rules give for the sizes known of a call's operands: a part of
// cost_estimator. Source: cel-go 0.33.2, common/cost/model.go and helper.go.
#include <algorithm>

#include "base/text.hpp"
#include "cel/check/unify.hpp"
#include "cel/cost/estimator.hpp"

namespace sekimori::cel {

using cost::quantity;
using cost::quantity_kind;

namespace {

constexpr size_estimate unknown{};

const type* unwrapped(const type* declared) {
  return declared != nullptr && declared->kind == type_kind::wrapper && !declared->parameters.empty() ? declared->parameters[0] : declared;
}

// Every value of the type has length 1.
bool has_unit_length(const type* declared) {
  declared = unwrapped(declared);
  if (declared == nullptr) return false;
  switch (declared->kind) {
    case type_kind::boolean:
    case type_kind::floating:
    case type_kind::duration:
    case type_kind::integer:
    case type_kind::null_type:
    case type_kind::timestamp:
    case type_kind::unsigned_integer: return true;
    default: return false;
  }
}

bool may_be_container(const type* declared) {
  declared = unwrapped(declared);
  if (declared == nullptr) return true;
  return !has_unit_length(declared) && declared->kind != type_kind::string && declared->kind != type_kind::bytes;
}

const expression* literal(const expression* e) {
  return e != nullptr && e->kind == expression_kind::literal && !is_named_constant(*e) ? e : nullptr;
}

std::uint64_t length_of(const value& constant) {
  if (constant.is(value_kind::string)) return count_code_points(constant.as_text());
  return constant.is(value_kind::bytes) ? constant.as_text().size() : 1;
}

size_estimate integer_of(const expression* e) {
  e = literal(e);
  std::uint64_t held = 0;
  if (e != nullptr && e->constant.is(value_kind::integer)) held = static_cast<std::uint64_t>(std::max<std::int64_t>(e->constant.as_integer(), 0));
  else if (e != nullptr && e->constant.is(value_kind::unsigned_integer)) held = e->constant.as_unsigned();
  else return unknown;
  return {held, held};
}

// Flattening is followed this many levels down; deeper lists are of unknown length.
constexpr std::uint64_t deepest_flatten = 16;

// The values at one level of a list that is flattened: their type and size. Level 0 is the list.
struct level {
  const type* declared;
  const size_estimate* size;

  level next() const {
    bool is_list = declared != nullptr && declared->kind == type_kind::list && !declared->parameters.empty();
    return {is_list ? declared->parameters[0] : nullptr, size != nullptr ? size->element : nullptr};
  }
  bool dynamic() const { return declared == nullptr || is_dynamic(*declared) || declared->kind == type_kind::parameter; }
  bool may_be_list() const { return dynamic() || declared->kind == type_kind::list; }
  bool may_be_other() const { return dynamic() || declared->kind != type_kind::list; }
};

cost_range either_known(bool& any, cost_range so_far, cost_range more) {
  cost_range made = any ? either(so_far, more) : more;
  any = true;
  return made;
}

cost_range flat_length(const level& at, std::uint64_t depth, std::uint64_t levels) {
  if (at.size == nullptr || levels > deepest_flatten) return {0, unbounded};
  if (depth == 0) return {at.size->min, at.size->max};
  level elements = at.next();
  bool any = false;
  cost_range each;
  if (elements.may_be_other()) each = either_known(any, each, exactly(1));
  if (elements.may_be_list()) each = either_known(any, each, flat_length(elements, depth - 1, levels + 1));
  return multiply({at.size->min, at.size->max}, each);
}

cost_range flat_length_of_any_depth(const level& list) {
  cost_range made = flat_length(list, 0, 0);
  level at = list.next();
  for (std::uint64_t depth = 1; at.may_be_list(); ++depth, at = at.next()) {
    if (depth > deepest_flatten) return {0, unbounded};
    made = either(made, flat_length(list, depth, 0));
    if (made == cost_range{0, unbounded}) return made;
  }
  return made;
}

std::uint64_t literal_levels(const expression* e) {
  if (e == nullptr || e->kind != expression_kind::list) return 0;
  std::uint64_t deepest = 0;
  for (const expression* element : e->arguments) deepest = std::max(deepest, literal_levels(element));
  return deepest + 1;
}

// Of a list that is written out down to the level that is flattened; false: it is not.
bool literal_length(const expression& e, std::uint64_t depth, cost_range& made) {
  if (e.kind != expression_kind::list) {
    made = exactly(1);
    return literal(&e) != nullptr;
  }
  cost_range total;
  for (std::size_t i = 0; i < e.arguments.size(); ++i) {
    cost_range one = exactly(1);
    if (depth > 0 && !literal_length(*e.arguments[i], depth - 1, one)) return false;
    if (!e.optional_at.empty() && e.optional_at[i]) one.min = 0;
    total = add(total, one);
  }
  made = total;
  return true;
}

bool literal_length_within(const expression* e, std::uint64_t depth, bool any_depth, cost_range& made) {
  std::uint64_t levels = literal_levels(e);
  if (levels == 0 || (any_depth ? levels - 1 : std::min(depth, levels - 1)) > deepest_flatten) return false;
  if (!any_depth) return literal_length(*e, depth, made);
  bool any = false;
  for (std::uint64_t d = 0; d < levels; ++d) {
    cost_range one;
    if (!literal_length(*e, d, one)) return false;
    made = either_known(any, made, one);
  }
  return true;
}

}  // namespace

bool cost_estimator::may_hold_elements(const quantity& q, const call_view& seen) const {
  switch (q.kind) {
    case quantity_kind::size: return q.number >= seen.operands.size() || may_be_container(seen.operands[q.number].declared);
    case quantity_kind::result:
    case quantity_kind::element:
    case quantity_kind::list:
    case quantity_kind::optional: return true;
    case quantity_kind::difference:
    case quantity_kind::scaled:
    case quantity_kind::at_least_one: return may_hold_elements(*q.first, seen);
    case quantity_kind::sum:
    case quantity_kind::product:
    case quantity_kind::smaller:
    case quantity_kind::ranged:
    case quantity_kind::either: return may_hold_elements(*q.first, seen) || may_hold_elements(*q.second, seen);
    default: return false;
  }
}

// What is inside a value made of two: what is inside either; of one that may hold anything and says
// nothing, anything.
size_estimate cost_estimator::combined(size_estimate made, const quantity& q, const call_view& seen, const size_estimate& a,
                                       const size_estimate& b) {
  made.key = made.element = nullptr;
  bool any_key = a.key != nullptr || b.key != nullptr;
  bool any_element = a.element != nullptr || b.element != nullptr;
  if (!any_key && !any_element) return made;
  const quantity* terms[] = {q.first, q.second};
  const size_estimate* sizes[] = {&a, &b};
  for (int i = 0; i < 2; ++i) {
    const size_estimate& size = *sizes[i];
    bool unstated = size.max > 0 && size.key == nullptr && size.element == nullptr && may_hold_elements(*terms[i], seen);
    if (any_element) {
      const size_estimate* element = size.element;
      if (element == nullptr && (unstated || (size.key != nullptr && size.max > 0))) element = &unknown;
      made.element = merged(made.element, element);
    }
    if (any_key) made.key = merged(made.key, size.key == nullptr && unstated ? &unknown : size.key);
  }
  return made;
}

size_estimate cost_estimator::estimate_length(const quantity& q, const call_view& seen) {
  if (q.kind == quantity_kind::result_length) {
    if (has_unit_length(seen.result_type)) return {1, 1};
    return seen.result != nullptr ? size_estimate{seen.result->min, seen.result->max} : unknown;
  }
  if (q.number >= seen.operands.size()) return unknown;
  const operand& given = seen.operands[q.number];
  if (const expression* written = literal(given.node)) {
    std::uint64_t length = length_of(written->constant);
    return {length, length};
  }
  if (has_unit_length(given.declared)) return {1, 1};
  return given.size != nullptr ? size_estimate{given.size->min, given.size->max} : unknown;
}

size_estimate cost_estimator::total_of_elements(const quantity& q, const call_view& seen) {
  if (q.number >= seen.operands.size()) return unknown;
  const operand& given = seen.operands[q.number];
  const size_estimate& size = given.size != nullptr ? *given.size : unknown;
  if (!may_be_container(given.declared) || size.max == 0) return {0, 0};
  if (size.element == nullptr) return unknown;
  return {multiply(size.min, size.element->min), multiply(size.max, size.element->max)};
}

size_estimate cost_estimator::estimate(const quantity& q, const call_view& seen) {
  switch (q.kind) {
    case quantity_kind::constant: return {q.number, q.number};
    case quantity_kind::size:
      return q.number < seen.operands.size() && seen.operands[q.number].size != nullptr ? *seen.operands[q.number].size : unknown;
    case quantity_kind::length:
    case quantity_kind::result_length: return estimate_length(q, seen);
    case quantity_kind::integer: return q.number < seen.operands.size() ? integer_of(seen.operands[q.number].node) : unknown;
    case quantity_kind::result: return seen.result != nullptr ? *seen.result : unknown;
    case quantity_kind::element_total: return total_of_elements(q, seen);
    default: break;
  }
  size_estimate a = estimate(*q.first, seen);
  if (q.kind == quantity_kind::element) return a.element != nullptr ? *a.element : unknown;
  if (q.kind == quantity_kind::scaled) return {scale(a.min, q.number, q.divisor), scale(a.max, q.number, q.divisor), a.key, a.element};
  if (q.kind == quantity_kind::at_least_one) return {std::max<std::uint64_t>(a.min, 1), std::max<std::uint64_t>(a.max, 1), a.key, a.element};
  if (q.kind == quantity_kind::optional) return optional_of(keep(a));
  size_estimate b = estimate(*q.second, seen);
  switch (q.kind) {
    case quantity_kind::sum: return combined({add(a.min, b.min), add(a.max, b.max)}, q, seen, a, b);
    case quantity_kind::product: return combined({multiply(a.min, b.min), multiply(a.max, b.max)}, q, seen, a, b);
    case quantity_kind::smaller: return combined({std::min(a.min, b.min), std::min(a.max, b.max)}, q, seen, a, b);
    case quantity_kind::either: return combined({std::min(a.min, b.min), std::max(a.max, b.max)}, q, seen, a, b);
    case quantity_kind::ranged: return combined({std::min(a.min, b.max), b.max}, q, seen, a, b);
    case quantity_kind::difference: return {subtract(a.min, b.max), subtract(a.max, b.min), a.key, a.element};
    default: return {a.min, a.max, nullptr, keep(b)};  // list
  }
}

// l.flatten(depth): every list down to `depth` is replaced by its elements, anything else is kept.
cost_estimator::call_cost cost_estimator::flatten(call_view seen) {
  const operand& list = seen.operands[0];
  size_estimate given = integer_of(seen.operands[1].node);
  const expression* written = literal(seen.operands[1].node);
  bool negative = written != nullptr && written->constant.is(value_kind::integer) && written->constant.as_integer() < 0;
  bool any_depth = given.min != given.max || negative;
  std::uint64_t depth = any_depth ? unbounded : given.min;
  level whole{list.declared, list.size != nullptr ? list.size : &unknown};
  cost_range length;
  if (!literal_length_within(list.node, depth, any_depth, length)) length = any_depth ? flat_length_of_any_depth(whole) : flat_length(whole, depth, 0);

  const size_estimate* element = nullptr;
  level at = whole;
  for (std::uint64_t k = 1;; ++k) {
    at = at.next();
    bool last = !any_depth && k == depth + 1;
    bool kept = any_depth || last || at.may_be_other();
    if (k > deepest_flatten + 1 || (kept && at.size == nullptr)) {
      element = &unknown;
      break;
    }
    if (kept) element = merged(element, at.size);
    if (last || !at.may_be_list()) break;
  }
  return {add(length, 11), keep({length.min, length.max, nullptr, element})};
}

cost_estimator::call_cost cost_estimator::apply(const cost_rule* rule, call_view seen) {
  if (rule == nullptr) return {exactly(1), nullptr};
  if (rule->form == cost_form::flatten_depth) return flatten(seen);
  if (rule->result != nullptr) seen.result = keep(estimate(*rule->result, seen));
  size_estimate call = estimate(*rule->call, seen);
  std::uint64_t least = rule->form == cost_form::declared ? 1 : 0;
  return {{std::max(call.min, least), std::max(call.max, least)}, rule->result != nullptr ? seen.result : nullptr};
}

}  // namespace sekimori::cel
