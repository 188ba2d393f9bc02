// cel: which overloads a call can mean: the part of checker for functions and operators.
#include "cel/check/checker.hpp"

#include <algorithm>
#include <utility>

#include "cel/check/availability.hpp"

namespace sekimori::cel {
namespace {

bool takes(const prepared_overload& o, bool instance, std::size_t operands) {
  return o.row->instance == instance && o.parameters.size() == operands;
}

std::string listed_types(unifier& types, const std::vector<const type*>& shown) {
  std::string text = "(";
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) text += ", ";
    text += to_string(*types.resolve(shown[i], true));
  }
  return text + ")";
}

std::string signature(std::string_view name, const prepared_overload& o) {
  std::string text;
  std::size_t i = 0;
  bool is_operator = name.front() == '_' || name.front() == '@' || name.front() == '!' || name.front() == '-';
  if (o.row->instance) text = std::string(o.row->parameters[i++]) + ".";
  if (!is_operator) text += name;
  text += "(";
  for (std::size_t first = i; i < o.row->parameters.size(); ++i) {
    if (i > first) text += ", ";
    text += o.row->parameters[i];
  }
  return text + ")";
}

std::string_view conversion_to(type_kind kind) {
  switch (kind) {
    case type_kind::integer: return "int";
    case type_kind::unsigned_integer: return "uint";
    case type_kind::floating: return "double";
    case type_kind::string: return "string";
    default: return {};
  }
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
  take_namespaced(node);
  std::string full;
  const prepared_function* function =
      node.operand == nullptr ? find_function(node.name, &full) : find_function("." + std::string(node.name));
  if (function == nullptr) {
    bool arguments_make_sense = true;
    if (!is_namespace_only(node)) {
      // What cannot be told of a receiver that is wrong itself is not told.
      if (node.operand != nullptr && visit(*node.operand)->kind == type_kind::error) return wrong();
    }
    if (checking_) unknown_function(node, arguments_make_sense);
    if (arguments_make_sense) {
      for (const expression* argument : node.arguments) visit(*argument);
    }
    return wrong();
  }
  if (!full.empty() && full != node.name) node.name = memory_.copy(std::string_view(full));
  // Arguments before the receiver, as in cel-go: what is learnt of open types comes in that order.
  std::vector<const type*> operands;
  for (const expression* argument : node.arguments) operands.push_back(visit(*argument));
  if (node.operand != nullptr) operands.insert(operands.begin(), visit(*node.operand));
  return resolve_overloads(node, *function, operands);
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

void checker::unknown_function(const expression& node, bool& arguments_make_sense) {
  std::string name(node.name);
  std::vector<std::string_view> names;
  bool is_namespace = is_namespace_only(node);
  if (is_namespace) name = qualified_name(*node.operand) + "." + name;
  for (const auto& [known, function] : inside_.functions) {
    bool fits = node.operand != nullptr && !is_namespace ? function.has_instance : function.has_global;
    if (fits) names.push_back(known);
  }
  std::vector<std::string_view> macros;
  for (const macro_row* macro : inside_.syntax.macros) {
    if ((macro->form == macro_form::method) == (node.operand != nullptr && !is_namespace)) macros.push_back(macro->name);
  }
  names.insert(names.end(), macros.begin(), macros.end());
  std::string help;
  if (name == "not") help = "CEL writes `!`";
  if (name == "len" || name == "length" || name == "count") help = "write size(x)";
  if (name == "any" || name == "some") help = "write .exists(x, ...)";
  if (name == "lower" || name == "toLower") help = "write .lowerAscii()";
  if (name == "upper" || name == "toUpper") help = "write .upperAscii()";
  std::string_view near = nearest(name, names);
  if (help.empty()) help = did_you_mean(name, names);
  bool is_macro = std::find(macros.begin(), macros.end(), name) != macros.end();
  if (is_macro) help = "`" + name + "` is a macro and takes another number of arguments, as in .exists(x, x > 1)";
  std::string elsewhere =
      availability_help(inside_, {name, node.operand != nullptr && !is_namespace, node.arguments.size()});
  bool is_elsewhere = !elsewhere.empty();
  if (is_elsewhere) help = std::move(elsewhere);
  // The variables of a macro that was misspelt are declared nowhere: its arguments would only add noise.
  arguments_make_sense = !is_macro && !is_namespace && !is_elsewhere && name != "any" && name != "some" &&
                         std::find(macros.begin(), macros.end(), near) == macros.end();
  tell(diagnostic_code::cel_undeclared, node.anchor, "there is no function `" + name + "`", "", std::move(help));
}

// The overloads that come nearest: those that agree in one operand, else all.
std::string checker::overloads_text(const expression& node, const prepared_function& function,
                                    const std::vector<const type*>& operands) {
  constexpr std::size_t most_shown = 8;
  if (node.name == "_==_" || node.name == "_!=_") return "two sides of one type";
  std::vector<const prepared_overload*> near;
  for (const prepared_overload& o : function.overloads) {
    if (!takes(o, node.operand != nullptr, operands.size())) continue;
    bool agrees = false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      agrees = agrees || types_.resolve(operands[i], true) == o.parameters[i];
    }
    if (agrees) near.push_back(&o);
  }
  if (near.empty()) {
    for (const prepared_overload& o : function.overloads) near.push_back(&o);
  }
  std::string text;
  for (std::size_t i = 0; i < near.size() && i < most_shown; ++i) {
    text += (i > 0 ? ", " : "one of: ") + signature(node.name, *near[i]);
  }
  return near.size() > most_shown ? text + ", ..." : text;
}

void checker::no_overload(const expression& node, const prepared_function& function,
                          const std::vector<const type*>& operands) {
  std::string expected = overloads_text(node, function, operands);
  std::string message = "no overload of \"" + std::string(node.name) + "\" takes ";
  if (node.operand != nullptr) {
    std::vector<const type*> rest(operands.begin() + 1, operands.end());
    message += to_string(*types_.resolve(operands[0], true)) + " and " + listed_types(types_, rest);
  } else {
    message += listed_types(types_, operands);
  }
  tell(diagnostic_code::cel_no_overload, node.anchor, std::move(message), std::move(expected),
       overload_help(node, function, operands));
}

std::string checker::overload_help(const expression& node, const prepared_function& function,
                                   const std::vector<const type*>& operands) {
  bool instance = node.operand != nullptr;
  std::string name(node.name);
  std::string elsewhere = availability_help(inside_, {name, instance, node.arguments.size()}, types_, operands);
  if (!elsewhere.empty()) return elsewhere;
  if (instance && !function.has_instance) return "it is not a method: write " + name + "(x)";
  if (!instance && !function.has_global) return "it is a method: write x." + name + "(...)";
  if (node.name == "_?_:_") return "both results have one type; dyn(...) around one of them lifts that";
  if (operands.size() != 2) return {};
  const type* left = types_.resolve(operands[0], true);
  const type* right = types_.resolve(operands[1], true);
  if (is_optional(*left) || is_optional(*right)) return "an optional is not its value: write .orValue(...) or .value()";
  if (node.name == "@in") {
    if (right->kind == type_kind::string) return "to look inside a string write .contains(...)";
    if (right->kind == type_kind::list) return "the element and the list's elements must have one type";
    return {};
  }
  if (node.name == "_[_]" || node.name == "_[?_]") {
    if (left->kind == type_kind::object) return "a field is selected with a dot: x.field";
    return left->kind == type_kind::list ? "a list is indexed by an int" : "";
  }
  if (name == "contains" && left->kind == type_kind::list) return "to look for an element write x in list";
  bool mixed_with_bool = (left->kind == type_kind::boolean) != (right->kind == type_kind::boolean);
  bool mixed_with_string = (left->kind == type_kind::string) != (right->kind == type_kind::string);
  if (mixed_with_bool && mixed_with_string) return "true and false are written without quotes";
  if (left->kind == type_kind::null_type || right->kind == type_kind::null_type) {
    return "the other side is never null; ask whether a field is there with has(...)";
  }
  std::string_view conversion = conversion_to(left->kind);
  bool convertible = !conversion.empty() && !conversion_to(right->kind).empty() && left != right;
  if (!convertible) return {};
  return "CEL converts nothing by itself: write " + std::string(conversion) + "(...) around the right side";
}

}  // namespace sekimori::cel
