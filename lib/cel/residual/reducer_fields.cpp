// cel: reduces reads of objects whose fields other expressions compute. Entry points: reducer::defined_field,
// reducer::guards. Knows no kinds.
#include <utility>
#include <vector>

#include "cel/residual/reducer.hpp"
#include "value/values.hpp"

namespace sekimori::cel {

namespace {

bool is_call(const expression& form, std::string_view name) {
  return form.kind == expression_kind::call && form.operand == nullptr && form.name == name;
}

bool is_comparison(const expression& form) { return is_call(form, "_==_") || is_call(form, "_!=_"); }

const expression& without_not(const expression& form) { return is_call(form, "!_") ? *form.arguments[0] : form; }

// Whether two forms fail alike: the same up to a negation and the names of variables.
class likeness {
 public:
  explicit likeness(arena& memory) : memory_(memory) {}

  bool alike(const expression& left, const expression& right) {
    const expression& a = without_not(left);
    const expression& b = without_not(right);
    if (&a == &b) return true;
    if (a.kind != b.kind || a.arguments.size() != b.arguments.size() || !both(a.operand, b.operand)) return false;
    if (a.kind == expression_kind::object || !a.optional_at.empty() || !b.optional_at.empty()) return false;
    if (a.kind == expression_kind::literal) {
      return a.constant.kind() == b.constant.kind() && equals(memory_, a.constant, b.constant).is_true();
    }
    if (a.kind == expression_kind::identifier && a.local && b.local) return same_variable(a.slot, b.slot);
    if (a.name != b.name && !(is_comparison(a) && is_comparison(b))) return false;
    if (a.test_only != b.test_only || a.optional != b.optional || a.local != b.local) return false;
    if (a.operand != nullptr && !alike(*a.operand, *b.operand)) return false;
    for (std::size_t i = 0; i < a.arguments.size(); ++i) {
      if (!alike(*a.arguments[i], *b.arguments[i])) return false;
    }
    return a.kind != expression_kind::comprehension || same_macro(a, b);
  }

 private:
  static bool both(const expression* a, const expression* b) { return (a == nullptr) == (b == nullptr); }

  bool same_macro(const expression& a, const expression& b) {
    if (a.macro != b.macro || a.variable2.empty() != b.variable2.empty() || !both(a.condition, b.condition)) return false;
    bound_.push_back({a.slot, b.slot});
    if (!a.variable2.empty()) bound_.push_back({a.slot + 1, b.slot + 1});
    return (a.condition == nullptr || alike(*a.condition, *b.condition)) && alike(*a.body, *b.body);
  }

  // Numbers of variables are used once: what is bound may stay so.
  bool same_variable(std::int32_t a, std::int32_t b) const {
    for (const auto& [left, right] : bound_) {
      if (left == a || right == b) return left == a && right == b;
    }
    return a == b;
  }

  arena& memory_;
  std::vector<std::pair<std::int32_t, std::int32_t>> bound_;
};

// Whether `form` has no answer where `part` has none. `absorbed`: the operator around it, whose other side such an
// answer could be absorbed by; empty: none.
bool needs(const expression& form, const expression& part, std::string_view absorbed, arena& memory) {
  if (likeness(memory).alike(form, part)) return true;
  if (is_call(form, "_&&_") || is_call(form, "_||_")) {
    const bool first = needs(*form.arguments[0], part, absorbed, memory);
    const bool second = needs(*form.arguments[1], part, absorbed, memory);
    return form.name == absorbed ? first || second : first && second;
  }
  if (is_call(form, "_?_:_")) return needs(*form.arguments[0], part, {}, memory);
  if (form.operand != nullptr && needs(*form.operand, part, {}, memory)) return true;
  if (form.kind == expression_kind::comprehension) return false;
  if (form.operand != nullptr && (form.name == "or" || form.name == "orValue")) return false;
  for (const expression* argument : form.arguments) {
    if (needs(*argument, part, {}, memory)) return true;
  }
  return false;
}

}  // namespace

// Whether `guard` says no more than that a field is there that `guarded` needs anyway: has(x.f) && x.f > 3,
// !has(x.f) || x.f > 3.
bool reducer::guards(const expression& guard, const expression& guarded, bool is_or) {
  constexpr std::uint32_t largest = 1'000;   // nodes that are compared with each other
  constexpr std::uint32_t highest = 100;     // two walks of them stand on each other
  if (!is_call(guard, is_or ? "_==_" : "_!=_")) return false;
  const expression* computed = made_.of(*guard.arguments[1]).null_of;
  if (computed == nullptr || made_.of(guarded).size > largest || made_.of(*computed).size > largest) return false;
  if (made_.of(guarded).height > highest || made_.of(*computed).height > highest) return false;
  return spend(made_.of(guarded).size) && needs(guarded, *computed, is_or ? "_||_" : "_&&_", made_.memory());
}

bool reducer::is_defined(value object) const {
  return definitions_ != nullptr && object.is(value_kind::map) && definitions_->defines(object.as_map());
}

// The field's own answer, in the words of what computes it.
outcome reducer::defined_field(const expression& e, value object, bool condition) {
  const bool plain = !e.test_only && !e.optional;
  const value found = evaluated(e, &object, {});
  const field_definitions::definition by = definitions_->of(object.as_map(), e.name);
  outcome made{not_known(), made_.literal(value::null(), 1), false};
  if (by.program != nullptr) {
    const std::span<const value> outer = std::exchange(variables_, by.variables);
    std::vector<outcome> locals;
    locals.swap(locals_);
    made = reduce(*by.program->root, condition);
    locals.swap(locals_);
    variables_ = outer;
  }
  // What no expression computes is not offered: no text has that answer.
  const expression* form = by.program != nullptr ? form_of(made) : made_.unsaid();
  const bool known = !found.is_unknown() && !found.is_error() && (by.program == nullptr || !made.found.is_unknown());
  if (plain && known && by.program != nullptr) return {found, form, made.data};
  if (plain) return {found.is_error() && (by.program == nullptr || !made.found.is_unknown()) ? found : not_known(), form, false};
  if (known && (is_literal(found) || whole(found))) return {found, nullptr, true};
  if (by.program != nullptr) form = e.test_only ? is_there(e, form, by.may_be_null) : as_optional(e, form, by.may_be_null);
  return {known ? found : not_known(), form, false};
}

// A field is there where what computes it gives no null.
const expression* reducer::is_there(const expression& e, const expression* computed, bool may_be_null) {
  const expression* whole = computed;
  const bool untyped = computed->checked_type == nullptr || computed->checked_type->kind == type_kind::dyn;
  if (!untyped) computed = call_of("dyn", nullptr, {computed});
  expression compared{};
  compared.kind = expression_kind::call;
  compared.name = "_!=_";
  compared.checked_type = e.test_only ? e.checked_type : nullptr;
  return like(compared, nullptr, {computed, made_.null_of(may_be_null ? nullptr : whole)});
}

// resource.?field.
const expression* reducer::as_optional(const expression& e, const expression* computed, bool may_be_null) {
  const expression* some = call_of("optional.of", nullptr, {computed}, e.checked_type);
  if (!may_be_null) return some;
  expression chosen{};
  chosen.kind = expression_kind::call;
  chosen.name = "_?_:_";
  chosen.checked_type = e.checked_type;
  return like(chosen, nullptr, {is_there(e, computed, true), some, call_of("optional.none", nullptr, {}, e.checked_type)});
}

}  // namespace sekimori::cel
