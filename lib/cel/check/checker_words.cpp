// cel: what is said of calls that mean nothing: the part of checker that words mistakes of functions and operators.
#include <algorithm>
#include <array>
#include <utility>

#include "cel/check/availability.hpp"
#include "cel/check/checker.hpp"

namespace sekimori::cel {
namespace {

bool takes(const prepared_overload& o, bool instance, std::size_t operands) {
  return o.row->instance == instance && o.parameters.size() == operands;
}

// Types can be of any size; what is deep inside explains nothing.
std::string short_text(const type& shown) {
  constexpr std::size_t longest = 80;
  std::string text = to_string(shown);
  return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

// The sign of a binary operator, or empty.
std::string_view sign_of(std::string_view name) {
  if (name == "@in") return "in";
  bool binary = name.size() >= 3 && name.front() == '_' && name.back() == '_' && name != "_?_:_";
  return binary ? name.substr(1, name.size() - 2) : std::string_view();
}

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? std::string(last) : ", ";
    text += parts[i];
  }
  return text;
}

std::string signature(std::string_view name, const prepared_overload& o) {
  std::span<const std::string_view> types = o.row->parameters;
  auto text_at = [&](std::size_t i) { return std::string(types[i]); };
  if (std::string_view sign = sign_of(name); !sign.empty()) return text_at(0) + " " + std::string(sign) + " " + text_at(1);
  if (name == "!_" || name == "-_") return std::string(1, name.front()) + text_at(0);
  if (name == "_[_]" || name == "_[?_]") return text_at(0) + "[" + text_at(1) + "]";
  if (name == "_?_:_") return "bool ? A : A";
  std::size_t i = 0;
  std::string text;
  if (o.row->instance) text = text_at(i++) + ".";
  text += name;
  text += '(';
  for (std::size_t first = i; i < types.size(); ++i) {
    if (i > first) text += ", ";
    text += text_at(i);
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

// How the macros are written.
struct usage {
  std::string_view name;
  std::string_view text;
};
constexpr std::array usages = {
    usage{"has", "has(x.field)"},
    usage{"all", "list.all(x, condition)"},
    usage{"exists", "list.exists(x, condition)"},
    usage{"exists_one", "list.exists_one(x, condition)"},
    usage{"existsOne", "list.existsOne(x, condition)"},
    usage{"filter", "list.filter(x, condition)"},
    usage{"map", "list.map(x, value), or list.map(x, condition, value)"},
    usage{"transformList", "map.transformList(key, value, result)"},
    usage{"transformMap", "map.transformMap(key, value, result)"},
    usage{"transformMapEntry", "map.transformMapEntry(key, value, {key: result})"},
    usage{"optMap", "optional.optMap(x, result)"},
    usage{"optFlatMap", "optional.optFlatMap(x, optional)"},
    usage{"sortBy", "list.sortBy(x, key)"},
    usage{"cel.bind", "cel.bind(name, value, expression)"},
    usage{"cel.block", "cel.block([value, ...], expression)"},
};

// Functions that other languages have under another name.
constexpr std::array foreign_functions = {
    usage{"not", "CEL writes `!`"},
    usage{"len", "write size(x)"},
    usage{"length", "write size(x)"},
    usage{"count", "write size(x)"},
    usage{"any", "write .exists(x, ...)"},
    usage{"some", "write .exists(x, ...)"},
    usage{"every", "write .all(x, ...)"},
    usage{"find", "write .filter(x, ...)"},
    usage{"lower", "write .lowerAscii()"},
    usage{"toLower", "write .lowerAscii()"},
    usage{"toLowerCase", "write .lowerAscii()"},
    usage{"upper", "write .upperAscii()"},
    usage{"toUpper", "write .upperAscii()"},
    usage{"toUpperCase", "write .upperAscii()"},
    usage{"strip", "write .trim()"},
    usage{"substr", "write .substring(begin, end)"},
    usage{"str", "write string(x)"},
    usage{"toString", "write string(x)"},
    usage{"float", "write double(x)"},
    usage{"match", "write .matches(pattern)"},
    usage{"includes", "write .contains(text), or `x in list`"},
    usage{"hasKey", "write `key in map`"},
    usage{"now", "the time is a variable that whoever evaluates declares"},
};

template <class Table>
std::string_view look_up(const Table& table, std::string_view name) {
  for (const usage& one : table) {
    if (one.name == name) return one.text;
  }
  return {};
}

}  // namespace

void checker::unknown_function(const expression& node, bool& arguments_make_sense) {
  std::string name(node.name);
  bool is_namespace = is_namespace_only(node);
  bool is_method = node.operand != nullptr && !is_namespace;
  if (is_namespace) name = qualified_name(*node.operand) + "." + name;
  std::vector<std::string_view> names;
  for (const auto& [known, function] : inside_.functions()) {
    if (is_method ? function.has_instance : function.has_global) names.push_back(known);
  }
  std::vector<std::string_view> macros;
  for (const macro_row* macro : inside_.syntax.macros) {
    if ((macro->form == macro_form::method) == is_method) macros.push_back(macro->name);
  }
  names.insert(names.end(), macros.begin(), macros.end());
  std::string message = "there is no function `" + name + "`";
  std::string expected;
  std::string help(look_up(foreign_functions, name));
  bool is_foreign = !help.empty();
  std::string_view near = nearest(name, names);
  if (help.empty()) help = did_you_mean(name, names);
  bool is_macro = std::find(macros.begin(), macros.end(), name) != macros.end();
  if (is_macro) {
    std::size_t count = node.arguments.size();
    message = "the macro `" + name + "` does not take " + (count == 0 ? "no arguments" : count == 1 ? "1 argument" : std::to_string(count) + " arguments");
    expected = look_up(usages, name);
    help.clear();
  }
  std::string elsewhere = availability_help(inside_, {name, is_method, node.arguments.size()});
  bool is_elsewhere = !elsewhere.empty();
  if (is_elsewhere) {
    message = "there is no function `" + name + "` here";
    expected.clear();
    help = std::move(elsewhere);
  }
  // The variables of a macro that was misspelt are declared nowhere: its arguments would only add noise.
  arguments_make_sense = !is_macro && !is_namespace && !is_elsewhere && !(is_foreign && node.arguments.size() > 1) &&
                         std::find(macros.begin(), macros.end(), near) == macros.end();
  tell(diagnostic_code::cel_undeclared, node.anchor, std::move(message), std::move(expected), std::move(help));
}

// The overloads that come nearest: those that agree in one operand, else those with as many, else all.
std::string checker::overloads_text(const expression& node, const prepared_function& function,
                                    std::span<const type* const> operands) {
  constexpr std::size_t most_shown = 8;
  if (node.name == "_==_" || node.name == "_!=_") return "two sides of one type";
  std::vector<const prepared_overload*> near, as_many;
  for (const prepared_overload& o : function.overloads) {
    if (!takes(o, node.operand != nullptr, operands.size())) continue;
    as_many.push_back(&o);
    bool agrees = false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      agrees = agrees || types_.resolve(operands[i], true) == o.parameters[i];
    }
    if (agrees) near.push_back(&o);
  }
  if (near.empty()) near = as_many;
  // Of another number of operands: for a method, those of its receiver.
  for (const prepared_overload& o : function.overloads) {
    if (!as_many.empty()) break;
    if (node.operand == nullptr || (o.row->instance && types_.resolve(operands[0], true) == o.parameters[0])) near.push_back(&o);
  }
  if (near.empty()) {
    for (const prepared_overload& o : function.overloads) near.push_back(&o);
  }
  std::string text = near.size() > 1 ? "one of: " : "";
  for (std::size_t i = 0; i < near.size() && i < most_shown; ++i) {
    text += (i > 0 ? ", " : "") + signature(node.name, *near[i]);
  }
  return near.size() > most_shown ? text + ", ..." : text;
}

// "`+` does not take int and string", "string.startsWith does not take (int)".
std::string checker::refusal(const expression& node, std::span<const type* const> operands) {
  std::vector<std::string> given;
  for (const type* operand : operands) given.push_back(short_text(*types_.resolve(operand, true)));
  std::string_view name = node.name;
  if ((name == "_==_" || name == "_!=_") && given.size() == 2) {
    return "`" + std::string(sign_of(name)) + "` compares two values of one type, not " + given[0] + " with " + given[1];
  }
  if (name == "@in" && given.size() == 2) return "`in` does not look for " + given[0] + " in " + given[1];
  if (std::string_view sign = sign_of(name); !sign.empty()) {
    return "`" + std::string(sign) + "` does not take " + joined(given, " and ");
  }
  if (name == "!_" || name == "-_") return "`" + std::string(1, name.front()) + "` does not take " + joined(given, " and ");
  if ((name == "_[_]" || name == "_[?_]") && given.size() == 2) return given[0] + " has no elements to be found by " + given[1];
  if (name == "_?_:_" && given.size() == 3) {
    if (given[0] != "bool" && given[0] != "dyn" && given[0] != "wrapper(bool)") return "the condition of `? :` is " + given[0] + ", not bool";
    return "the results of `? :` are " + given[1] + " and " + given[2];
  }
  std::string called(name);
  std::size_t first = node.operand != nullptr ? 1 : 0;
  if (first == 1) called = given[0] + "." + called;
  if (given.size() == first) return called + " does not go without arguments";
  return called + " does not take (" + joined({given.begin() + static_cast<std::ptrdiff_t>(first), given.end()}, ", ") + ")";
}

void checker::no_overload(const expression& node, const prepared_function& function,
                          std::span<const type* const> operands) {
  if (!checking_) return;
  tell(diagnostic_code::cel_no_overload, node.anchor, refusal(node, operands), overloads_text(node, function, operands),
       overload_help(node, function, operands));
}

std::string checker::overload_help(const expression& node, const prepared_function& function,
                                   std::span<const type* const> operands) {
  bool instance = node.operand != nullptr;
  std::string name(node.name);
  std::string elsewhere = availability_help(inside_, {name, instance, node.arguments.size()}, types_, operands);
  if (!elsewhere.empty()) return elsewhere;
  if (instance && !function.has_instance) return "it is not a method: write " + name + "(x)";
  if (!instance && !function.has_global) return "it is a method: write x." + name + "(...)";
  if (name == "_?_:_") {
    if (types_.resolve(operands[0], true)->kind != type_kind::boolean) return "write a comparison: x != '' ? ... or x != 0 ? ...";
    return "both results need one type; dyn(...) around one of them lifts that";
  }
  auto kind_of = [&](std::size_t i) { return types_.resolve(operands[i], true)->kind; };
  auto any_is = [&](type_kind kind) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (kind_of(i) == kind) return true;
    }
    return false;
  };
  for (const type* operand : operands) {
    if (is_optional(*types_.resolve(operand, true))) return "an optional is not its value: write .orValue(...) or .value()";
  }
  bool logical = name == "_&&_" || name == "_||_" || name == "!_";
  if (logical && any_is(type_kind::string)) return "a text is no condition: write x != ''";
  if (logical) return "only true and false are conditions: write a comparison, such as x != 0";
  if (operands.size() != 2) return {};
  const type* left = types_.resolve(operands[0], true);
  const type* right = types_.resolve(operands[1], true);
  if (name == "@in") {
    if (right->kind == type_kind::string) return "to look inside a string write .contains(...)";
    if (right->kind == type_kind::list) return "the element and the list's elements need one type";
    return {};
  }
  if (name == "_[_]" || name == "_[?_]") {
    if (left->kind == type_kind::object) return "a field is selected with a dot: x.field";
    if (left->kind == type_kind::string) return "a character of a string is read with .charAt(index)";
    return left->kind == type_kind::list ? "a list is indexed by an int" : "";
  }
  if (name == "contains" && left->kind == type_kind::list) return "to look for an element write x in list";
  if (left->kind == type_kind::type || right->kind == type_kind::type) {
    return "the name of a type is a value of its own: compare it with type(x), or put quotes around a text";
  }
  bool with_bool = any_is(type_kind::boolean), with_string = any_is(type_kind::string);
  if (with_bool && with_string) return "true and false are written without quotes";
  if (any_is(type_kind::null_type)) return "the other side is never null; ask whether a field is there with has(...)";
  if (left->kind == type_kind::timestamp || right->kind == type_kind::timestamp) {
    if (with_string) return "a time is written timestamp(\"2026-11-27T00:00:00Z\")";
  }
  if (left->kind == right->kind || conversion_to(left->kind).empty() || conversion_to(right->kind).empty()) return {};
  if (instance) return "CEL converts nothing by itself: write " + std::string(conversion_to(left->kind)) + "(...) around the argument";
  // Towards the type that holds both: text for `+`, else the number.
  bool left_is_wanted = right->kind == type_kind::string ? name != "_+_" : left->kind == type_kind::floating || left->kind == type_kind::string
                            ? left->kind != type_kind::string || name == "_+_"
                            : right->kind != type_kind::floating;
  std::string wanted(conversion_to(left_is_wanted ? left->kind : right->kind));
  return "CEL converts nothing by itself: write " + wanted + "(...) around the " + (left_is_wanted ? "right" : "left") + " side";
}

}  // namespace sekimori::cel
