// cel: which type may stand where another is wanted, with type variables. Entry point: unifier.
#include "cel/check/unify.hpp"

#include <algorithm>
#include <span>

namespace sekimori::cel {
namespace {

// Variables of one check are parameters with a number; declared parameters have letters.
bool is_variable(const type& shown) { return shown.variable >= 0; }

// As many variables as most expressions have, so that their list does not grow one by one.
constexpr std::size_t few = 8;

std::size_t number_of(const type& variable) { return static_cast<std::size_t>(variable.variable); }

bool is_primitive(type_kind kind) {
  switch (kind) {
    case type_kind::boolean:
    case type_kind::integer:
    case type_kind::unsigned_integer:
    case type_kind::floating:
    case type_kind::string:
    case type_kind::bytes: return true;
    default: return false;
  }
}

}  // namespace

const type* unifier::fresh() {
  if (bound_.capacity() == 0) bound_.reserve(few);
  bound_.push_back(nullptr);
  return pool_.variable(bound_.size() - 1);
}

template <class Change>
const type* unifier::with_parameters(const type* shown, Change&& change) {
  const std::span<const type* const> before(shown->parameters);
  if (before.size() <= 2) {
    const type* after[2] = {};
    bool changed = false;
    for (std::size_t i = 0; i < before.size(); ++i) {
      after[i] = change(before[i]);
      changed = changed || after[i] != before[i];
    }
    return changed ? pool_.rebuilt(*shown, {after, before.size()}) : shown;
  }
  std::vector<const type*> after;
  for (const type* p : before) after.push_back(change(p));
  return std::equal(after.begin(), after.end(), before.begin()) ? shown : pool_.rebuilt(*shown, after);
}

const type* unifier::instantiate(const type* declared, instantiation& made) {
  if (declared->kind == type_kind::parameter) {
    for (const auto& [letter, variable] : made) {
      if (letter == declared) return variable;
    }
    made.emplace_back(declared, fresh());
    return made.back().second;
  }
  return with_parameters(declared, [&](const type* p) { return instantiate(p, made); });
}

const type* unifier::binding(const type* variable) const { return bound_[number_of(*variable)]; }

void unifier::bind(const type* variable, const type* to) {
  std::size_t number = number_of(*variable);
  if (trail_.capacity() == 0) trail_.reserve(few);
  trail_.emplace_back(number, bound_[number]);
  bound_[number] = to;
}

void unifier::back_to(mark earlier) {
  while (trail_.size() > earlier.bound) {
    bound_[trail_.back().first] = trail_.back().second;
    trail_.pop_back();
  }
  bound_.resize(earlier.variables);
}

bool unifier::occurs(const type* variable, const type* in) {
  if (in == variable) return true;
  if (is_variable(*in)) {
    const type* known = binding(in);
    return known != nullptr && occurs(variable, known);
  }
  for (const type* p : in->parameters) {
    if (occurs(variable, p)) return true;
  }
  return false;
}

const type* unifier::resolve(const type* shown, bool free_to_dyn) {
  if (is_variable(*shown)) {
    const type* known = binding(shown);
    if (known == nullptr) return free_to_dyn ? pool_.simple(type_kind::dyn) : shown;
    const type* deeper = resolve(known, free_to_dyn);
    if (deeper != known && !free_to_dyn) bind(shown, deeper);
    return deeper;
  }
  if (shown->kind == type_kind::parameter) return free_to_dyn ? pool_.simple(type_kind::dyn) : shown;
  return with_parameters(shown, [&](const type* p) { return resolve(p, free_to_dyn); });
}

const type* unifier::loosened(const type* shown) {
  if (shown->kind == type_kind::parameter) return pool_.simple(type_kind::dyn);
  return with_parameters(shown, [&](const type* p) { return loosened(p); });
}

bool unifier::null_assignable(const type& to) const {
  switch (to.kind) {
    case type_kind::null_type:
    case type_kind::timestamp:
    case type_kind::duration:
    case type_kind::wrapper:
    case type_kind::object:
    case type_kind::abstract: return true;
    default: return is_dynamic(to);
  }
}

bool unifier::all_assignable(const type& from, const type& to) {
  if (from.parameters.size() != to.parameters.size()) return false;
  for (std::size_t i = 0; i < from.parameters.size(); ++i) {
    if (!assignable(from.parameters[i], to.parameters[i])) return false;
  }
  return true;
}

// Whether `variable` can stand for `from`: unbound, or bound to a type that agrees; the more general one is kept.
bool unifier::substitutes(const type* from, const type* variable, bool& was_bound) {
  was_bound = true;
  if (from == variable) return true;
  const type* known = binding(variable);
  if (known == nullptr) {
    was_bound = false;
    if (occurs(variable, from)) return false;
    bind(variable, resolve(from, false));
    return true;
  }
  if (known == from) return true;
  if (!assignable(from, known)) return false;
  const type* general = more_general(from, known);
  if (general != known && !occurs(variable, general)) bind(variable, resolve(general, false));
  return true;
}

bool unifier::assignable(const type* from, const type* to) {
  if (from == to) return true;
  bool was_bound = false;
  if (is_variable(*to)) {
    if (substitutes(from, to, was_bound)) return true;
    if (was_bound) return false;
  }
  if (is_variable(*from)) return substitutes(to, from, was_bound);
  if (is_dynamic(*from) || is_dynamic(*to)) return true;
  if (from->kind == type_kind::null_type) return null_assignable(*to);
  if (to->kind == type_kind::null_type) return null_assignable(*from);
  if (from->kind == type_kind::wrapper && is_primitive(to->kind)) return from->parameters[0] == to;
  if (to->kind == type_kind::wrapper && is_primitive(from->kind)) return to->parameters[0] == from;
  if (from->kind != to->kind) return false;
  switch (from->kind) {
    case type_kind::list:
    case type_kind::map: return all_assignable(*from, *to);
    case type_kind::abstract: return from->name == to->name && all_assignable(*from, *to);
    case type_kind::type: return true;
    default: return false;  // equal types are one pointer
  }
}

bool unifier::as_general(const type& a, const type& b) {
  if (is_dynamic(a) || a.kind == type_kind::parameter) return true;
  if (is_dynamic(b) || b.kind == type_kind::parameter) return false;
  if (b.kind == type_kind::null_type) return true;
  if (a.kind == type_kind::wrapper && is_primitive(b.kind)) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == type_kind::type) return a.parameters[0] == b.parameters[0] || is_dynamic(*a.parameters[0]);
  if (a.name != b.name || a.parameters.size() != b.parameters.size()) return false;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    if (!as_general(*a.parameters[i], *b.parameters[i])) return false;
  }
  return true;
}

const type* unifier::more_general(const type* a, const type* b) { return as_general(*a, *b) ? a : b; }

const type* unifier::join(const type* so_far, const type* more) {
  if (so_far == nullptr) return more;
  mark earlier = here();
  if (assignable(so_far, more)) return more_general(so_far, more);
  back_to(earlier);
  return pool_.simple(type_kind::dyn);
}

}  // namespace sekimori::cel
