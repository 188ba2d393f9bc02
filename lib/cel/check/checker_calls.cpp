// cel: which overloads a call can mean: the part of checker for functions and operators. What is said where none
// fits: checker_words.cpp.
#include "cel/check/checker.hpp"

#include <algorithm>

#include "cel/check/availability.hpp"

namespace sekimori::cel {
namespace {

bool takes(const prepared_overload& o, bool instance, std::size_t operands) {
  return o.row->instance == instance && o.parameters.size() == operands;
}

}  // namespace

const prepared_function* checker::find_function(std::string_view name, std::string* full) const {
  auto look = [&](std::string_view candidate) -> const prepared_function* {
    const prepared_function* found = inside_.find_function(candidate);
    if (found != nullptr && full != nullptr) *full = candidate;
    return found;
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
  if (node.operand == nullptr || !inside_.begins_functions(root_name(*node.operand))) return false;
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
  const std::size_t first = operands_.size();
  if (node.operand != nullptr) operands_.push_back(nullptr);
  for (const expression* argument : node.arguments) {
    const type* made = visit(*argument);
    operands_.push_back(made);
  }
  if (node.operand != nullptr) {
    const type* receiver = visit(*node.operand);
    operands_[first] = receiver;
  }
  const type* made = resolve_overloads(node, *function, std::span<const type* const>(operands_).subspan(first));
  operands_.resize(first);
  if (checking_ && made->kind != type_kind::error && node.candidates.front()->gives != nullptr) return list_of_named(node, *node.candidates.front()->gives);
  return made;
}

// held("audit_trail"): the argument says of which objects.
const type* checker::list_of_named(const expression& node, const named_objects& named) {
  const expression& argument = *node.arguments.front();
  const std::string noun(named.noun);
  if (argument.kind != expression_kind::literal || !argument.constant.is(value_kind::string)) {
    tell(named.unknown, argument.where, std::string(node.name) + "() takes the name of a " + noun + " as it is written here", "a text in quotes");
    return wrong();
  }
  const std::string_view name = argument.constant.as_text();
  if (const type* object = inside_.read_type(std::string(named.prefix) + std::string(name)); object != nullptr) return types_.pool().list(object);
  std::vector<std::string_view> all, candidates;
  inside_.objects->add_names(all);
  for (std::string_view one : all) {
    if (one.starts_with(named.prefix)) candidates.push_back(one.substr(named.prefix.size()));
  }
  tell(named.unknown, argument.where, "there is no " + noun + " `" + std::string(name) + "`", "a " + noun + " that is declared", did_you_mean(name, candidates));
  return wrong();
}

// The function that a call means, with the node's name made its full name.
const prepared_function* checker::called_function(expression& node) {
  take_namespaced(node);
  if (node.operand != nullptr) return inside_.find_function(node.name);
  std::string full;
  const prepared_function* function = find_function(node.name, &full);
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
  const prepared_function* function = inside_.find_function("_[_]");
  if (function == nullptr) return dyn();
  const type* const both[] = {holder, key};
  const type* made = resolve_overloads(node, *function, both);
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

// Whether an overload takes operands of these types. What it binds stays bound.
bool checker::fits(const prepared_overload& o, std::span<const type* const> operands) {
  letters_.clear();
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (!types_.assignable(operands[i], types_.instantiate(o.parameters[i], letters_))) return false;
  }
  return true;
}

const type* checker::resolve_overloads(expression& node, const prepared_function& function, std::span<const type* const> operands) {
  const type* made = nullptr;
  candidates_.clear();
  loose_.clear();
  // Where an operand's type is open the first overload that fits decides what it is taken for, but the
  // value can have come out of a dyn: every overload stays that could take it.
  for (const type* operand : operands) loose_.push_back(types_.loosened(operand));
  const bool open = checking_ && !std::equal(loose_.begin(), loose_.end(), operands.begin());
  for (const prepared_overload& o : function.overloads) {
    if (!open || !takes(o, node.operand != nullptr, operands.size())) continue;
    const unifier::mark earlier = types_.here();
    if (fits(o, loose_)) candidates_.push_back(o.row);
    types_.back_to(earlier);
  }
  for (const prepared_overload& o : function.overloads) {
    if (!takes(o, node.operand != nullptr, operands.size())) continue;
    if (!checking_) {
      candidates_.push_back(o.row);
      continue;
    }
    const unifier::mark earlier = types_.here();
    if (!fits(o, operands)) {
      types_.back_to(earlier);
      continue;
    }
    if (!open) candidates_.push_back(o.row);
    const type* result = types_.resolve(types_.instantiate(o.result, letters_), false);
    if (made == nullptr) {
      made = result;
    } else if (made != result) {
      made = dyn();
    }
  }
  if (checking_ && made == nullptr) {
    no_overload(node, function, operands);
    return wrong();
  }
  node.candidates = memory_.copy(std::span<const overload* const>(candidates_));
  return checking_ ? made : dyn();
}

// A receiver that names nothing itself but begins the names of functions: `math` in math.greates(1, 2).
bool checker::is_namespace_only(const expression& node) const {
  std::string space = node.operand != nullptr ? qualified_name(*node.operand) : std::string();
  if (space.empty() || resolve_name(space)) return false;
  if (!checking_) return false;
  if (is_namespace_of_packs(space)) return true;
  space += '.';
  auto first = inside_.functions().lower_bound(space);
  return first != inside_.functions().end() && first->first.rfind(space, 0) == 0;
}

}  // namespace sekimori::cel
