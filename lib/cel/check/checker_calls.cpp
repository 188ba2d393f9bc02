// cel: which overloads a call can mean: the part of checker for functions and operators. What is said where none
// fits: checker_words.cpp.
#include "cel/check/checker.hpp"

#include <algorithm>
#include <utility>

#include "cel/check/availability.hpp"

namespace sekimori::cel {
namespace {

bool takes(const prepared_overload& o, bool instance, std::size_t operands) {
  return o.row->instance == instance && o.parameters.size() == operands;
}

}  // namespace

const prepared_function* checker::find_function(std::string_view name, std::string* full) const {
  auto look = [&](std::string_view candidate) -> const prepared_function* {
    auto found = inside_.functions.find(candidate);
    if (found == inside_.functions.end()) return nullptr;
    if (full != nullptr) *full = candidate;
    return &found->second;
  };
  if (!name.empty() && name.front() == '.') return look(name.substr(1));
  std::string_view container = inside_.container;
  while (!container.empty()) {
    if (const prepared_function* found = look(std::string(container) + "." + std::string(name))) return found;
    std::size_t dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view() : container.substr(0, dot);
  }
  return look(name);
}

// math.greatest(1, 2): what looks like a receiver is the function's namespace.
bool checker::take_namespaced(expression& node) {
  if (node.operand == nullptr) return false;
  std::string space = qualified_name(*node.operand);
  if (space.empty()) return false;
  std::string full;
  const prepared_function* function = find_function(space + "." + std::string(node.name), &full);
  if (function == nullptr || !function->has_global) return false;
  node.operand = nullptr;
  node.name = memory_.copy(std::string_view(full));
  return true;
}

const type* checker::visit_call(expression& node) {
  if (node.name == "_[_]" || node.name == "_[?_]") return visit_index(node);
  const prepared_function* function = called_function(node);
  if (function == nullptr) return visit_unknown_call(node);
  // Arguments before the receiver, as in cel-go: what is learnt of open types comes in that order.
  std::vector<const type*> operands;
  for (const expression* argument : node.arguments) operands.push_back(visit(*argument));
  if (node.operand != nullptr) operands.insert(operands.begin(), visit(*node.operand));
  return resolve_overloads(node, *function, operands);
}

// The function that a call means, with the node's name made its full name.
const prepared_function* checker::called_function(expression& node) {
  take_namespaced(node);
  std::string full;
  const prepared_function* function =
      node.operand == nullptr ? find_function(node.name, &full) : find_function("." + std::string(node.name));
  if (function != nullptr && !full.empty() && full != node.name) node.name = memory_.copy(std::string_view(full));
  return function;
}

const type* checker::visit_unknown_call(expression& node) {
  // What cannot be told of a receiver that is wrong itself is not told.
  bool has_receiver = node.operand != nullptr && !is_namespace_only(node);
  if (has_receiver && visit(*node.operand)->kind == type_kind::error) return wrong();
  bool arguments_make_sense = true;
  if (checking_) unknown_function(node, arguments_make_sense);
  if (arguments_make_sense) {
    for (const expression* argument : node.arguments) visit(*argument);
  }
  return wrong();
}

// Indexing goes through optionals: what is indexed may be one, and then so is what comes out.
const type* checker::visit_index(expression& node) {
  const type* holder = types_.resolve(visit(*node.arguments[0]), false);
  const type* key = visit(*node.arguments[1]);
  bool through_optional = is_optional(*holder);
  if (through_optional) holder = types_.resolve(holder->parameters[0], false);
  auto found = inside_.functions.find(std::string_view("_[_]"));
  if (found == inside_.functions.end()) return dyn();
  const type* made = resolve_overloads(node, found->second, {holder, key});
  if (is_dynamic(*holder) && made->kind != type_kind::error) {
    // A list or a map may be in it, or an optional of one: nothing is said of what comes out, but that
    // a key which is no index of a list leaves only a map in an optional.
    const type* index = types_.resolve(key, false);
    if (index->kind == type_kind::wrapper) index = index->parameters[0];
    bool indexes_lists = index->kind == type_kind::integer || index->kind == type_kind::parameter || is_dynamic(*index);
    if (!through_optional || indexes_lists) return dyn();
  }
  return through_optional || node.optional ? types_.pool().optional(made) : made;
}

const type* checker::resolve_overloads(expression& node, const prepared_function& function,
                                       const std::vector<const type*>& operands) {
  std::vector<const overload*> candidates;
  const type* made = nullptr;
  // Where an operand's type is open the first overload that fits decides what it is taken for, but the
  // value can have come out of a dyn: every overload stays that could take it.
  std::vector<const type*> loose;
  for (const type* operand : operands) loose.push_back(types_.loosened(operand));
  const bool open = checking_ && loose != operands;
  for (const prepared_overload& o : function.overloads) {
    if (!open || !takes(o, node.operand != nullptr, operands.size())) continue;
    unifier::mark earlier = types_.here();
    unifier::instantiation letters;
    bool fits = true;
    for (std::size_t i = 0; fits && i < operands.size(); ++i) fits = types_.assignable(loose[i], types_.instantiate(o.parameters[i], letters));
    types_.back_to(earlier);
    if (fits) candidates.push_back(o.row);
  }
  for (const prepared_overload& o : function.overloads) {
    if (!takes(o, node.operand != nullptr, operands.size())) continue;
    if (!checking_) {
      candidates.push_back(o.row);
      continue;
    }
    unifier::mark earlier = types_.here();
    unifier::instantiation letters;
    bool fits = true;
    for (std::size_t i = 0; fits && i < operands.size(); ++i) {
      fits = types_.assignable(operands[i], types_.instantiate(o.parameters[i], letters));
    }
    if (!fits) {
      types_.back_to(earlier);
      continue;
    }
    if (!open) candidates.push_back(o.row);
    const type* result = types_.resolve(types_.instantiate(o.result, letters), false);
    if (made == nullptr) {
      made = result;
    } else if (made != result) {
      made = dyn();
    }
  }
  if (!checking_) {
    node.candidates = memory_.copy(std::span<const overload* const>(candidates));
    return dyn();
  }
  if (made == nullptr) {
    no_overload(node, function, operands);
    return wrong();
  }
  node.candidates = memory_.copy(std::span<const overload* const>(candidates));
  return made;
}

// A receiver that names nothing itself but begins the names of functions: `math` in math.greates(1, 2).
bool checker::is_namespace_only(const expression& node) const {
  std::string space = node.operand != nullptr ? qualified_name(*node.operand) : std::string();
  if (space.empty() || resolve_name(space)) return false;
  if (!checking_) return false;
  if (is_namespace_of_packs(space)) return true;
  space += '.';
  auto first = inside_.functions.lower_bound(space);
  return first != inside_.functions.end() && first->first.rfind(space, 0) == 0;
}

}  // namespace sekimori::cel
