// cel: reduces operators, calls, reads and literals. Entry point: reducer::reduce. The evaluator itself
// answers for every part whose operands are known; here is only what to do where one is not.
#include "cel/residual/reducer.hpp"

#include <algorithm>
#include <utility>

#include "cel/check/environment_data.hpp"
#include "value/containers.hpp"

namespace sekimori::cel {

namespace {

// The height up to which trees are reduced: two frames of at most 300 bytes each a level.
constexpr std::uint32_t deepest = 250;
constexpr std::uint64_t work_per_part = 4;
// A container is written out up to this size; beyond it the shorter of its text and its path stands.
constexpr std::uint32_t small = 16;

bool is_container(value v) { return v.is(value_kind::list) || v.is(value_kind::map) || v.is(value_kind::optional); }

}  // namespace

bool reducer::spend(std::uint64_t work) {
  work_ += work;
  return work_ <= most_work_;
}

// Where work has run out as if anything could stand in it.
contents reducer::look(value v) {
  const std::uint64_t left = work_ < most_work_ ? most_work_ - work_ : 0;
  const contents inside = contents_of(v, names_, run_, program_, static_cast<std::uint32_t>(std::min<std::uint64_t>(left + 1, most_looked_at)));
  spend(inside.looked / 4);
  return inside;
}

bool reducer::hidden(value v) {
  if (!v.sensitive()) return false;
  met_sensitive_ = true;
  return hide_;
}

bool reducer::hidden_inside(value v) {
  if (v.sensitive()) return hidden(v);
  if (!is_container(v) || !look(v).sensitive) return false;
  met_sensitive_ = true;
  return hide_;
}

bool reducer::whole(value v) {
  if (v.is_unknown() || v.is_error()) return false;
  if (!is_container(v)) return true;
  const contents inside = look(v);
  return !inside.unknown && !inside.unsure;
}

// Whether a literal says it at no great length: then its form is never asked for.
bool reducer::is_literal(value v) const {
  switch (v.kind()) {
    case value_kind::null:
    case value_kind::boolean:
    case value_kind::integer:
    case value_kind::unsigned_integer:
    case value_kind::floating:
    case value_kind::timestamp:
    case value_kind::duration: return true;
    default: return false;
  }
}

bool reducer::is_condition(const expression& form) {
  if (form.kind == expression_kind::literal) return form.constant.is(value_kind::boolean);
  if (form.kind == expression_kind::call && form.operand == nullptr && form.name == "_?_:_") {
    return is_condition(*form.arguments[1]) && is_condition(*form.arguments[2]);
  }
  if (form.kind == expression_kind::comprehension && form.macro == macro_kind::bind) return is_condition(*form.body);
  return form.checked_type != nullptr && form.checked_type->kind == type_kind::boolean;
}

const expression* reducer::form_of(const outcome& part) {
  if (part.settled || (part.form != nullptr && part.form->kind == expression_kind::literal)) return part.form;
  if (part.found.is_unknown() || part.found.is_error()) return part.form;
  if (part.form != nullptr && part.found.sensitive() && hide_) return part.form;
  const contents inside = look(part.found);
  if (inside.sensitive) met_sensitive_ = true;
  if (part.form == nullptr) return made_.literal(part.found, inside.size);
  if (!inside.whole() || (inside.sensitive && hide_)) return part.form;
  if (inside.size > small && made_.of(*part.form).size < inside.size && is_container(part.found)) return part.form;
  return made_.literal(part.found, inside.size);
}

const expression* reducer::like(const expression& e, const expression* operand, std::initializer_list<const expression*> arguments) {
  return made_.node(e, operand, std::span<const expression* const>(arguments.begin(), arguments.size()));
}

const expression* reducer::call_of(std::string_view name, const expression* operand, std::initializer_list<const expression*> arguments,
                                   const type* checked_type) {
  expression made{};
  made.kind = expression_kind::call;
  made.name = name;
  made.checked_type = checked_type;
  const auto& functions = names_.inside().functions();
  if (auto function = functions.find(name); function != functions.end()) {
    made.candidates = made_.memory().copy(std::span<const overload* const>(function->second.rows));
  }
  return like(made, operand, arguments);
}

value reducer::run(const expression& part) {
  const std::uint64_t before = run_.steps();
  value found = run_.evaluate(program_, part, variables_);
  if (!spend(run_.steps() - before) || (found.is_error() && found.as_error().code == evaluation_error_code::limit)) return not_known();
  return found;
}

value reducer::evaluated(const expression& e, const value* operand, std::span<const value> arguments) {
  if (!spend(work_per_part)) return not_known();
  expression* few[3];
  arena& memory = made_.memory();
  const bool many = arguments.size() > 3;
  std::span<expression> made = many ? memory.make_array<expression>(arguments.size() + 1) : std::span<expression>(literals_);
  std::span<expression*> children = many ? memory.make_array<expression*>(arguments.size()) : std::span<expression*>(few);
  expression part = e;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (many) made[i].kind = expression_kind::literal;
    made[i].constant = arguments[i];
    children[i] = &made[i];
  }
  part.arguments = children.first(arguments.size());
  if (operand != nullptr) {
    expression& receiver = made[arguments.size()];
    if (many) receiver.kind = expression_kind::literal;
    receiver.constant = *operand;
    part.operand = &receiver;
  }
  return run(part);
}

outcome reducer::reduce(const expression& e, bool condition) {
  if (too_deep_ || depth_ >= deepest) {
    too_deep_ = true;
    return {not_known(), made_.literal(value::null(), 1), false};
  }
  ++depth_;
  spend(work_per_part);
  outcome made = reduce_kind(e, condition);
  --depth_;
  if (care_ == care::typed && !made.settled && !too_deep_) settle(e, made);
  return made;
}

// What had no type stands where anything may; a literal of its own type might not, and what is checked against
// that type might then refuse what it took before.
void reducer::settle(const expression& e, outcome& made) {
  const expression* form = form_of(made);
  if (made_.of(*form).unsaid) return;
  if (form->kind == expression_kind::literal) {
    form = made_.literal(form->constant, made_.of(*form).size, e.kind == expression_kind::literal ? nullptr : e.checked_type);
  } else if (form->checked_type != e.checked_type) {
    form = call_of("dyn", nullptr, {form}, e.checked_type);
  }
  made.form = form;
  made.settled = true;
}

outcome reducer::reduce_kind(const expression& e, bool condition) {
  switch (e.kind) {
    case expression_kind::literal: return {e.constant, made_.literal(e.constant, 1), true};
    case expression_kind::identifier: return identifier(e);
    case expression_kind::select: return select(e, condition);
    case expression_kind::call: return call(e, condition);
    case expression_kind::list:
    case expression_kind::map:
    case expression_kind::object: return collection(e);
    case expression_kind::comprehension: return comprehension(e, condition);
  }
  return {not_known(), made_.node(e, nullptr, {}), false};
}

outcome reducer::identifier(const expression& e) {
  if (e.local) {
    auto slot = static_cast<std::size_t>(e.slot);
    return slot < locals_.size() ? locals_[locals_.size() - 1 - slot] : outcome{not_known(), made_.global(e), false};
  }
  auto slot = static_cast<std::size_t>(e.slot);
  if (e.slot < 0 || slot >= variables_.size()) return symbolic(run(e), made_.global(e));
  return read(variables_[slot], is_defined(variables_[slot]) ? made_.unsaid() : made_.global(e), true);
}

// What a document gave: an unknown leaf of it is still no error.
outcome reducer::read(value found, const expression* form, bool data) {
  if (hidden(found)) return {not_known(), form, data};
  if (found.is_unknown() || found.is_error()) return {found, form, data && found.is_unknown()};
  return {found, is_literal(found) ? nullptr : form, data};
}

outcome reducer::select(const expression& e, bool condition) {
  if (e.operand->kind == expression_kind::identifier && !e.operand->local && e.operand->slot >= 0 &&
      static_cast<std::size_t>(e.operand->slot) < variables_.size() && is_defined(variables_[static_cast<std::size_t>(e.operand->slot)])) {
    return defined_field(e, variables_[static_cast<std::size_t>(e.operand->slot)], condition);
  }
  outcome from = reduce(*e.operand, false);
  const expression* form = made_.node(e, from.found.is_error() || from.form == nullptr ? form_of(from) : from.form, {});
  if (from.found.is_unknown()) return {not_known(), form, false};
  value found = evaluated(e, &from.found, {});
  if (e.test_only && from.found.is(value_kind::map)) {
    // Whether a secret is there is part of it.
    value held;
    if (from.found.as_map().find(value::string(e.name), held) && hidden(held.marked_sensitive(held.sensitive() || from.found.sensitive()))) {
      return {not_known(), form, from.data};
    }
  }
  if (found.is(value_kind::optional) && found.some() != nullptr && hidden(*found.some())) return {not_known(), form, from.data};
  return read(found, form, from.data);
}

outcome reducer::index(const expression& e) {
  outcome from = reduce(*e.arguments[0], false);
  outcome key = reduce(*e.arguments[1], false);
  const bool open = from.found.is_unknown() || key.found.is_unknown() || hidden_inside(key.found);
  const expression* holder = open || from.form == nullptr ? form_of(from) : from.form;
  const expression* form = like(e, nullptr, {holder, form_of(key)});
  if (open) return {not_known(), form, false};
  const value sides[] = {from.found, key.found};
  value found = evaluated(e, nullptr, sides);
  if (found.is(value_kind::optional) && found.some() != nullptr && hidden(*found.some())) return {not_known(), form, from.data};
  return read(found, form, from.data);
}

// Literals of lists, maps and objects. One whose parts are data is a value with unknown leaves; one whose
// parts could still fail is none.
outcome reducer::collection(const expression& e) {
  const std::size_t first = parts_.size();
  bool unknown = false;
  bool data = true;
  for (const expression* argument : e.arguments) {
    outcome part = reduce(*argument, false);
    data = data && part.data;
    unknown = unknown || (part.found.is_unknown() && !part.data);
    parts_.push_back(part);
  }
  const std::size_t count = parts_.size() - first;
  const auto values = made_.memory().make_array<value>(count);
  const auto children = made_.memory().make_array<const expression*>(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = parts_[first + i].found;
    children[i] = form_of(parts_[first + i]);
  }
  parts_.resize(first);
  const expression* form = made_.node(e, nullptr, children);
  if (unknown) return {not_known(), form, false};
  value found = evaluated(e, nullptr, values);
  if (found.is_unknown() || found.is_error()) return symbolic(found, form);
  if (!data && !whole(found)) return {not_known(), form, false};
  return {found, form, data};
}

outcome reducer::call(const expression& e, bool condition) {
  if (e.operand == nullptr) {
    if (e.arguments.size() == 2 && (e.name == "_&&_" || e.name == "_||_")) return logical(e, condition);
    if (e.arguments.size() == 3 && e.name == "_?_:_") return conditional(e, condition);
    if (e.arguments.size() == 1 && e.name == "!_") return negation(e);
    if (e.arguments.size() == 2 && (e.name == "_[_]" || e.name == "_[?_]")) return index(e);
  } else if (e.arguments.size() == 1 && (e.name == "or" || e.name == "orValue")) {
    return or_else(e);
  }
  return strict(e);
}

outcome reducer::logical(const expression& e, bool condition) {
  const bool deciding = e.name == "_||_";
  auto decides = [&](const outcome& side) { return side.found.is(value_kind::boolean) && side.found.as_boolean() == deciding; };
  outcome sides[2];
  for (int i = 0; i < 2; ++i) {
    sides[i] = reduce(*e.arguments[static_cast<std::size_t>(i)], true);
    if (decides(sides[i])) return {value::boolean(deciding), nullptr, true};
  }
  for (std::size_t i = 0; i < 2; ++i) {
    // The other side alone, where it can be nothing but a bool or nobody can tell.
    const outcome& other = sides[1 - i];
    if (sides[i].found.is(value_kind::boolean) && (condition || is_condition(*form_of(other)))) return other;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const outcome& other = sides[1 - i];
    if (!other.found.is_unknown() || !sides[i].found.is_unknown() || !guards(*form_of(sides[i]), *form_of(other), deciding)) continue;
    if (condition || is_condition(*form_of(other))) return other;
  }
  const value found[] = {sides[0].found, sides[1].found};
  value joined = evaluated(e, nullptr, found);
  if (joined.is(value_kind::boolean)) return {joined, nullptr, true};
  return symbolic(joined, like(e, nullptr, {form_of(sides[0]), form_of(sides[1])}));
}

outcome reducer::conditional(const expression& e, bool condition) {
  outcome asked = reduce(*e.arguments[0], true);
  if (asked.found.is(value_kind::boolean)) return reduce(*e.arguments[asked.found.as_boolean() ? 1 : 2], condition);
  outcome yes = reduce(*e.arguments[1], condition);
  outcome no = reduce(*e.arguments[2], condition);
  const bool settled = !asked.found.is_unknown();
  if (!settled && yes.found.is(value_kind::boolean) && no.found.is(value_kind::boolean) && yes.found.as_boolean() != no.found.as_boolean() &&
      yes.found.as_boolean() && (condition || is_condition(*form_of(asked)))) {
    return {not_known(), form_of(asked), false};
  }
  const expression* form = like(e, nullptr, {form_of(asked), form_of(yes), form_of(no)});
  if (!settled) return {not_known(), form, false};
  const value all[] = {asked.found, yes.found, no.found};
  return symbolic(evaluated(e, nullptr, all), form);
}

// == for !=, and back: both are the evaluator's own, without overloads.
const expression* reducer::turned(const expression& comparison) {
  expression other = comparison;
  other.name = comparison.name == "_==_" ? "_!=_" : "_==_";
  const std::vector<const expression*> sides(comparison.arguments.begin(), comparison.arguments.end());
  return made_.node(other, nullptr, sides);
}

outcome reducer::negation(const expression& e) {
  outcome inner = reduce(*e.arguments[0], true);
  const value found[] = {inner.found};
  value opposite = evaluated(e, nullptr, found);
  if (opposite.is(value_kind::boolean)) return {opposite, nullptr, true};
  const expression* form = form_of(inner);
  if (form->kind == expression_kind::call && form->operand == nullptr) {
    if (form->name == "_==_" || form->name == "_!=_") return symbolic(opposite, turned(*form));
    if (form->name == "!_" && is_condition(*form->arguments[0])) {
      return symbolic(opposite, form->arguments[0]);
    }
  }
  return symbolic(opposite, like(e, nullptr, {form}));
}

outcome reducer::or_else(const expression& e) {
  outcome first = reduce(*e.operand, false);
  const bool as_value = e.name == "orValue";
  if (first.found.is(value_kind::optional)) {
    if (first.found.some() != nullptr) {
      if (!as_value) return first;
      if (hidden_inside(*first.found.some())) {
        outcome other = reduce(*e.arguments[0], false);
        return {not_known(), like(e, form_of(first), {form_of(other)}), false};
      }
      // The other is not looked at, whatever it is; its place in the form needs something of its type.
      const expression* form = is_literal(*first.found.some()) ? nullptr : like(e, form_of(first), {form_of(reduce(*e.arguments[0], false))});
      return {*first.found.some(), form, first.data};
    }
    if (as_value) return reduce(*e.arguments[0], false);
  }
  const expression* optional = form_of(first);
  if (as_value && optional->kind == expression_kind::call && optional->operand == nullptr && optional->name == "optional.of") {
    return {not_known(), optional->arguments[0], false};
  }
  outcome other = reduce(*e.arguments[0], false);
  const expression* form = like(e, form_of(first), {form_of(other)});
  if (first.found.is_unknown() || other.found.is_unknown()) return {not_known(), form, false};
  const value argument[] = {other.found};
  value found = evaluated(e, &first.found, argument);
  return found.is_unknown() || found.is_error() ? symbolic(found, form) : outcome{found, form, other.data};
}

outcome reducer::strict(const expression& e) {
  const std::size_t first = parts_.size();
  if (e.operand != nullptr) {
    outcome part = reduce(*e.operand, false);
    parts_.push_back(part);
  }
  for (const expression* argument : e.arguments) {
    outcome part = reduce(*argument, false);
    parts_.push_back(part);
  }
  bool unknown = false;
  bool data = true;
  const std::size_t count = parts_.size() - first;
  const auto values = made_.memory().make_array<value>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const outcome& part = parts_[first + i];
    unknown = unknown || part.found.is_unknown() || hidden_inside(part.found);
    data = data && part.data;
    values[i] = part.found;
  }
  const std::size_t skip = e.operand != nullptr ? 1 : 0;
  value found = not_known();
  if (!unknown) found = evaluated(e, skip != 0 ? &values[0] : nullptr, std::span<const value>(values).subspan(skip));
  outcome made{found, nullptr, true};
  const bool passes_on = e.name == "dyn" && skip == 0 && values.size() == 1;
  if (!is_literal(found)) {
    const auto children = made_.memory().make_array<const expression*>(count);
    for (std::size_t i = 0; i < count; ++i) children[i] = form_of(parts_[first + i]);
    made.form = made_.node(e, skip != 0 ? children[0] : nullptr, std::span<const expression* const>(children).subspan(skip));
    const bool keeps_leaves = (e.name == "_+_" || passes_on) && data;
    if (found.is_unknown() || found.is_error()) {
      made = symbolic(found, made.form);
    } else if (!keeps_leaves && !whole(found) && !look(found).unsure) {
      // Where a function put an unknown leaf it may have computed with it.
      made.found = not_known();
      made.data = false;
    }
  }
  parts_.resize(first);
  return made;
}

}  // namespace sekimori::cel
