// cel: reduces macros. Entry point: reducer::comprehension. A macro whose parts are all known is the
// evaluator's; over a known range the elements are taken one by one, which decides it, shortens its range or
// writes it out, whichever is smallest; else it stays with its parts reduced.
#include "cel/residual/reducer.hpp"

#include "value/containers.hpp"

namespace sekimori::cel {

namespace {

// Longer ranges stay in their macro.
constexpr std::size_t most_elements = 1'000;

std::size_t size_of(value range) { return range.is(value_kind::list) ? range.as_list().size() : range.as_map().size(); }

bool decided_by(macro_kind macro, value found) {
  return found.is(value_kind::boolean) && found.as_boolean() == (macro == macro_kind::exists);
}

bool is_quantifier(const expression& e) { return e.macro == macro_kind::all || e.macro == macro_kind::exists; }

bool is_transform(const expression& e) {
  return e.condition == nullptr && (e.macro == macro_kind::map || e.macro == macro_kind::transform_list || e.macro == macro_kind::transform_map);
}

}  // namespace

outcome reducer::comprehension(const expression& e, bool condition) {
  if (e.macro == macro_kind::bind) return bind(e, condition);
  if (e.macro == macro_kind::opt_map || e.macro == macro_kind::opt_flat_map) return optional_map(e);
  outcome range = reduce(*e.operand, false);
  const bool iterable = range.found.is(value_kind::list) || range.found.is(value_kind::map);
  outcome kept = macro(e, range, form_of(range));
  if (!kept.found.is_unknown() || !iterable || hidden(range.found)) return kept;
  outcome walked;
  return walk(e, range, *kept.form, walked) ? walked : kept;
}

const expression* reducer::over_range(const expression& e, const expression& kept, const expression* range) {
  return made_.comprehension(e, kept.slot, range, kept.condition, kept.body);
}

void reducer::push_variables(const expression& e, std::int32_t number) {
  locals_.push_back({not_known(), made_.local(e.variable, number), true});
  if (!e.variable2.empty()) locals_.push_back({not_known(), made_.local(e.variable2, number + 1), true});
}

// The macro itself with its parts reduced, whatever its range holds; its value where all of it is known.
outcome reducer::macro(const expression& e, const outcome& range, const expression* over) {
  const std::int32_t number = made_.new_variables(level_++);
  const std::size_t outer = locals_.size();
  push_variables(e, number);
  const bool asks = is_quantifier(e) || e.macro == macro_kind::exists_one || e.macro == macro_kind::filter;
  const expression* condition = e.condition != nullptr ? form_of(reduce(*e.condition, true)) : nullptr;
  const expression* body = form_of(reduce(*e.body, asks));
  locals_.resize(outer);
  --level_;
  const expression* form = made_.comprehension(e, number, over, condition, body);
  if (range.found.is_unknown()) return {not_known(), form, false};
  const forms::facts& inside = made_.of(*body);
  bool closed = !inside.global && inside.outermost >= level_;
  if (condition != nullptr) closed = closed && !made_.of(*condition).global && made_.of(*condition).outermost >= level_;
  const bool empty = (range.found.is(value_kind::list) || range.found.is(value_kind::map)) && size_of(range.found) == 0;
  if (!closed && !empty && !range.found.is_error()) return {not_known(), form, false};
  if (hidden_inside(range.found) || too_deep_) return {not_known(), form, false};
  // What is computed of an unknown element may fail, wherever in the body; what is not sure only all() and
  // exists() can do with.
  const contents held_in_range = look(range.found);
  if (!range.found.is_error() && (held_in_range.unknown || (held_in_range.unsure && !is_quantifier(e)))) return {not_known(), form, false};
  value found = evaluated_over(*form, range.found);
  if (found.is_unknown() || found.is_error()) return symbolic(found, form);
  return {found, is_literal(found) ? nullptr : form, true};
}

value reducer::evaluated_over(const expression& form, value range) {
  if (!spend(1)) return not_known();
  expression held{};
  held.kind = expression_kind::literal;
  held.constant = range;
  expression part = *made_.runnable(form);
  part.operand = &held;
  return run(part);
}

outcome reducer::element(const outcome& range, std::size_t i) {
  value found = range.found.as_list().at(i);
  if (range.found.sensitive()) found = found.marked_sensitive(true);
  if (is_literal(found) && !found.sensitive()) return {found, nullptr, true};
  const expression* base = range.form != nullptr ? range.form : form_of(range);
  const expression* form = nullptr;
  if (base->kind == expression_kind::list && base->optional_at.empty() && base->arguments.size() == range.found.as_list().size()) {
    form = base->arguments[i];
  } else {
    expression at{};
    at.kind = expression_kind::call;
    at.name = "_[_]";
    form = like(at, nullptr, {base, made_.literal(value::integer(static_cast<std::int64_t>(i)), 1)});
  }
  return read(found, form, range.data);
}

void reducer::push_element(const expression& e, const outcome& range, std::size_t i) {
  const bool both = !e.variable2.empty();
  if (range.found.is(value_kind::list)) {
    if (both) locals_.push_back({value::integer(static_cast<std::int64_t>(i)), nullptr, true});
    locals_.push_back(element(range, i));
    return;
  }
  const map_entry& entry = range.found.as_map().entries()[i];
  locals_.push_back({entry.key, nullptr, true});
  if (!both) return;
  expression at{};
  at.kind = expression_kind::call;
  at.name = "_[_]";
  const expression* base = range.form != nullptr ? range.form : form_of(range);
  locals_.push_back(read(entry.mapped, like(at, nullptr, {base, made_.literal(entry.key, look(entry.key).size)}), range.data));
}

// Element by element. False: the macro stays as it is.
bool reducer::walk(const expression& e, const outcome& range, const expression& macro_form, outcome& result) {
  const std::size_t size = size_of(range.found);
  const relation_shape* shape = relation_of(range.found);
  const bool walks = is_quantifier(e) || e.macro == macro_kind::filter || is_transform(e);
  if (!walks || size > most_elements || (shape != nullptr && !is_quantifier(e))) return false;
  const bool conditions = is_quantifier(e) || e.macro == macro_kind::filter;
  const std::size_t outer = locals_.size();
  std::vector<std::size_t> kept;
  std::vector<const expression*> bodies;
  std::uint64_t written_out = 1;
  for (std::size_t i = 0; i < size; ++i) {
    if (!spend(1) || too_deep_) return false;
    if (range.found.is(value_kind::map) && hidden(range.found.as_map().entries()[i].key)) return false;
    push_element(e, range, i);
    outcome body = reduce(*e.body, conditions);
    locals_.resize(outer);
    const bool known = body.found.is(value_kind::boolean);
    if (is_quantifier(e) && known) {
      const bool certain = shape == nullptr || shape->certain == nullptr || shape->certain[i];
      if (decided_by(e.macro, body.found) && certain) {
        result = {body.found, nullptr, true};
        return true;
      }
      if (shape == nullptr) continue;
    }
    if (shape != nullptr) continue;
    if (e.macro == macro_kind::filter && body.found.is_false()) continue;
    kept.push_back(i);
    bodies.push_back(form_of(body));
    written_out += made_.of(*bodies.back()).size + (e.macro == macro_kind::transform_map ? 1 : 0);
  }
  if (shape != nullptr) return false;
  if (is_quantifier(e)) {
    if (kept.empty()) {
      result = {value::boolean(e.macro == macro_kind::all), nullptr, true};
      return true;
    }
    result = quantified(e, range, macro_form, kept, bodies);
    return true;
  }
  if (e.macro == macro_kind::filter) {
    if (kept.size() == size) return false;
    const expression* shorter = restricted(e, range, kept);
    if (shorter == nullptr) return false;
    result = {not_known(), over_range(e, macro_form, shorter), false};
    return true;
  }
  // map and its like, written out where that is no longer than the macro.
  if (written_out > made_.of(macro_form).size) return false;
  if (e.macro != macro_kind::transform_map) {
    result = {not_known(), made_.list(bodies, e.checked_type), false};
    return true;
  }
  std::vector<const expression*> parts;
  for (std::size_t i = 0; i < size; ++i) {
    value key = range.found.is(value_kind::list) ? value::integer(static_cast<std::int64_t>(i)) : range.found.as_map().entries()[i].key;
    parts.push_back(made_.literal(key, look(key).size));
    parts.push_back(bodies[i]);
  }
  result = {not_known(), made_.map(parts, e.checked_type), false};
  return true;
}

// What is left of all() or exists(): its bodies joined, or the macro over what is left of its range.
outcome reducer::quantified(const expression& e, const outcome& range, const expression& macro_form, std::span<const std::size_t> kept,
                            std::span<const expression* const> bodies) {
  std::uint64_t written_out = bodies.size() - 1;
  for (const expression* body : bodies) written_out += made_.of(*body).size;
  const expression* shorter = restricted(e, range, kept);
  const expression* left = shorter != nullptr ? over_range(e, macro_form, shorter) : &macro_form;
  // One body alone must be a condition itself; joined ones are made to be.
  const bool is_bool = bodies.size() > 1 || is_condition(*bodies[0]);
  if (written_out > made_.of(*left).size || !is_bool) return {not_known(), left, false};
  expression joined{};
  joined.kind = expression_kind::call;
  joined.name = e.macro == macro_kind::exists ? "_||_" : "_&&_";
  joined.checked_type = e.checked_type;
  std::vector<const expression*> level(bodies.begin(), bodies.end());
  while (level.size() > 1) {
    std::vector<const expression*> next;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) next.push_back(like(joined, nullptr, {level[i], level[i + 1]}));
    if (level.size() % 2 != 0) next.push_back(level.back());
    level = std::move(next);
  }
  return {not_known(), level[0], false};
}

// The range with some of its elements only; nullptr where their places matter or they cannot be written.
const expression* reducer::restricted(const expression& e, const outcome& range, std::span<const std::size_t> kept) {
  if (kept.size() == size_of(range.found)) return nullptr;
  std::vector<const expression*> parts;
  if (range.found.is(value_kind::list)) {
    if (!e.variable2.empty()) return nullptr;
    for (std::size_t i : kept) parts.push_back(form_of(element(range, i)));
    return made_.list(parts, e.operand->checked_type);
  }
  const map_entry* entries = range.found.as_map().entries();
  if (e.variable2.empty()) {
    // Only keys are looked at: a list of them does as well.
    for (std::size_t i : kept) parts.push_back(made_.literal(entries[i].key, look(entries[i].key).size));
    return made_.list(parts, nullptr);
  }
  for (std::size_t i : kept) {
    if (!look(entries[i].mapped).whole()) return nullptr;
    if (hidden_inside(entries[i].mapped)) return nullptr;
    parts.push_back(made_.literal(entries[i].key, look(entries[i].key).size));
    parts.push_back(made_.literal(entries[i].mapped, look(entries[i].mapped).size));
  }
  return made_.map(parts, e.operand->checked_type);
}

// A binding is written where what it binds is no small thing and not known.
outcome reducer::bind(const expression& e, bool condition) {
  constexpr std::uint32_t small = 3;
  outcome bound = reduce(*e.operand, false);
  const expression* form = form_of(bound);
  const std::size_t outer = locals_.size();
  if (care_ == care::typed || made_.of(*form).size <= small || (!bound.found.is_unknown() && !bound.found.is_error() && form->kind == expression_kind::literal)) {
    locals_.push_back(bound);
    outcome made = reduce(*e.body, condition);
    locals_.resize(outer);
    return made;
  }
  const std::int32_t number = made_.new_variables(level_++);
  bound.form = made_.local(e.variable, number);
  locals_.push_back(bound);
  outcome made = reduce(*e.body, condition);
  locals_.resize(outer);
  --level_;
  const expression* body = form_of(made);
  if (body->kind == expression_kind::literal) return made;
  made.form = made_.comprehension(e, number, form, nullptr, body);
  return made;
}

outcome reducer::optional_map(const expression& e) {
  outcome target = reduce(*e.operand, false);
  const std::size_t outer = locals_.size();
  const bool flat = e.macro == macro_kind::opt_flat_map;
  if (target.found.is(value_kind::optional)) {
    if (target.found.some() == nullptr) return target;
    if (!hidden_inside(*target.found.some())) {
      value held = *target.found.some();
      const expression* form = nullptr;
      if (!is_literal(held)) {
        form = call_of("value", form_of(target), {});
      }
      locals_.push_back({held, form, target.data});
      outcome body = reduce(*e.body, false);
      locals_.resize(outer);
      if (!body.found.is_unknown()) {
        if (body.found.is_error()) return body;
        if (!flat) return {value::optional(run_.memory().make<value>(body.found)), call_of("optional.of", nullptr, {form_of(body)}), body.data};
        if (body.found.is(value_kind::optional)) return body;
      } else if (!flat) {
        return {not_known(), call_of("optional.of", nullptr, {form_of(body)}), false};
      }
    }
  }
  return macro(e, target, form_of(target));
}

}  // namespace sekimori::cel
