// cel: paths of flat code: slots, columns and ranges. Entry points: lowering::source_of, slot_of, range.
#include "cel/flat/lower.hpp"

namespace sekimori::cel::flat {

std::uint32_t lowering::step(std::uint32_t parent, std::uint32_t variable, std::string_view key, std::int32_t field, bool optional) {
  const std::uint64_t space = variable < where_.spaces.size() ? where_.spaces[variable] : 0;
  const std::uint64_t above = parent == no_slot ? (std::uint64_t{1} << 60) + (space << 16) + variable : parent;
  auto [at, fresh] = pool_.slot_names.try_emplace({above * 2 + (optional ? 1 : 0), key}, static_cast<std::uint32_t>(pool_.slots.size()));
  if (fresh) pool_.slots.push_back({parent, variable, value::string(key), field, optional, false, pool_.hint_of(key)});
  return at->second;
}

// resource.a["b"].?c: steps with keys that are known now. `optional`: what it leads to may be left out.
std::uint32_t lowering::slot_of(const expression& e, bool& optional) {
  const expression* holder = nullptr;
  std::string_view key;
  bool may_lack = false;
  std::int32_t field = -1;
  if (e.kind == expression_kind::select && !e.test_only && e.field == nullptr) {
    holder = e.operand;
    key = e.name;
    may_lack = e.optional;
    field = e.slot;
  } else if ((is_operator(e, "_[_]", 2) || is_operator(e, "_[?_]", 2)) && e.arguments[1]->kind == expression_kind::literal &&
             e.arguments[1]->constant.is(value_kind::string)) {
    holder = e.arguments[0];
    key = e.arguments[1]->constant.as_text();
    may_lack = e.optional || e.name == "_[?_]";
  }
  if (holder == nullptr) return no_slot;
  bool above = false;
  std::uint32_t made = no_slot;
  if (holder->kind == expression_kind::identifier && !holder->local && holder->slot >= 0) {
    // A variable that holds an optional is not a path's beginning.
    if (holder->checked_type != nullptr && holder->checked_type->kind == type_kind::abstract) return no_slot;
    made = step(no_slot, static_cast<std::uint32_t>(holder->slot), key, field, may_lack);
  } else {
    std::uint32_t parent = slot_of(*holder, above);
    if (parent == no_slot) return no_slot;
    made = step(parent, 0, key, field, may_lack || above);
  }
  optional = may_lack || above;
  return made;
}

bool lowering::source_of(const expression& e, instruction& at) {
  if (e.kind == expression_kind::literal) {
    at.from = source::constant;
    return true;
  }
  if (e.kind == expression_kind::identifier) {
    if (!e.local && e.slot >= 0 && e.slot <= UINT16_MAX) {
      at.from = source::variable;
      at.local = static_cast<std::uint16_t>(e.slot);
      return true;
    }
    const bound* variable = bound_of(e);
    if (variable == nullptr) return false;
    at.from = source::local;
    at.local = variable->local;
    if (variable->element) made_.code[variable->loop].detail |= binds_element;
    return true;
  }
  bool optional = false;
  std::uint32_t slot = slot_of(e, optional);
  if (slot != no_slot && !optional) {
    at.from = source::slot;
    at.index = slot;
    return true;
  }
  return e.kind == expression_kind::select && !e.optional && column_of(e, at);
}

// A field of an element of a list that is a path: all elements' at once.
bool lowering::column_of(const expression& e, instruction& at) {
  bool of_local = e.kind == expression_kind::select && !e.test_only && e.slot < 0 && e.field == nullptr &&
                  e.operand->kind == expression_kind::identifier && e.operand->local;
  if (!of_local) return false;
  const bound* variable = bound_of(*e.operand);
  if (variable == nullptr || !variable->element || variable->list == no_slot) return false;
  auto [known, fresh] = pool_.column_names.try_emplace({variable->list, e.name}, static_cast<std::uint32_t>(pool_.columns.size()));
  if (fresh) pool_.columns.push_back({variable->list, e.name, false, pool_.hint_of(e.name)});
  if (e.optional) pool_.columns[known->second].presence = true;
  at.from = source::column;
  at.index = known->second;
  at.local = variable->local;
  return true;
}

// Fills the operand of an instruction: a source, or code behind it.
bool lowering::operand(const expression& e, std::size_t at) {
  instruction filled = made_.code[at];
  if (source_of(e, filled)) {
    if (filled.from == source::constant) return false;   // an operand that is a constant is folded, or is an error
    made_.code[at].from = filled.from;
    made_.code[at].index = filled.index;
    made_.code[at].local = filled.local;
    return true;
  }
  made_.code[at].from = source::child;
  return value_of(e);
}

// What a loop goes over: a path, or a path where nothing is as good as an empty list, path.?a.orValue([]); else code.
bool lowering::range(const expression& e, std::size_t loop) {
  const expression* path = &e;
  bool empty_else = e.kind == expression_kind::call && e.name == "orValue" && e.operand != nullptr && e.arguments.size() == 1 &&
                    e.arguments[0]->kind == expression_kind::list && e.arguments[0]->arguments.empty();
  if (empty_else) path = e.operand;
  bool optional = false;
  std::uint32_t slot = slot_of(*path, optional);
  if (slot != no_slot && optional == empty_else) {
    made_.code[loop].from = source::slot;
    made_.code[loop].index = slot;
    if (empty_else) made_.code[loop].detail |= empty_if_absent;
    return true;
  }
  made_.code[loop].from = source::child;
  return value_of(e);
}

}  // namespace sekimori::cel::flat
