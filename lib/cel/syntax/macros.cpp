// cel: macros: calls that become other nodes while they are parsed. Entry point: expand_macro.
// Knows neither types nor functions.
#include "cel/syntax/macros.hpp"

#include <array>
#include <string>

namespace sekimori::cel {
namespace {

// One shape of a macro that runs over its target: target.name(variable, [variable2,] ..., body).
struct shape {
  std::string_view name;
  std::uint8_t variables;
  bool with_condition;  // target.name(v, condition, body)
  macro_kind kind;
};

constexpr std::array shapes = {
    shape{"all", 1, false, macro_kind::all},
    shape{"all", 2, false, macro_kind::all},
    shape{"exists", 1, false, macro_kind::exists},
    shape{"exists", 2, false, macro_kind::exists},
    shape{"exists_one", 1, false, macro_kind::exists_one},
    shape{"existsOne", 1, false, macro_kind::exists_one},
    shape{"exists_one", 2, false, macro_kind::exists_one},
    shape{"existsOne", 2, false, macro_kind::exists_one},
    shape{"map", 1, false, macro_kind::map},
    shape{"map", 1, true, macro_kind::map},
    shape{"filter", 1, false, macro_kind::filter},
    shape{"transformList", 2, false, macro_kind::transform_list},
    shape{"transformList", 2, true, macro_kind::transform_list},
    shape{"transformMap", 2, false, macro_kind::transform_map},
    shape{"transformMap", 2, true, macro_kind::transform_map},
    shape{"transformMapEntry", 2, false, macro_kind::transform_map_entry},
    shape{"transformMapEntry", 2, true, macro_kind::transform_map_entry},
    shape{"optMap", 1, false, macro_kind::opt_map},
    shape{"optFlatMap", 1, false, macro_kind::opt_flat_map},
    shape{"sortBy", 1, false, macro_kind::sort_by},
};

constexpr std::array<std::string_view, 14> names = {
    "has", "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap",
    "transformMapEntry", "optMap", "optFlatMap", "sortBy", "bind"};

macro_result mistaken() { return {macro_outcome::mistaken, nullptr}; }
macro_result expanded(expression* made) { return {macro_outcome::expanded, made}; }

// The name that an argument gives to a variable, or empty and reported.
std::string_view variable_name(builder& tree, const macro_call& call, const expression& argument) {
  if (argument.kind == expression_kind::identifier && argument.name.front() != '.') return argument.name;
  tree.found().add(diagnostic_code::cel_syntax, argument.where,
                   "`" + std::string(call.name) + "` takes a variable's name here", {"a name such as `x`", ""});
  return {};
}

expression* over(builder& tree, const macro_call& call, macro_kind kind, const expression* range) {
  expression* made = tree.make(expression_kind::comprehension, call.where, call.name_at);
  made->macro = kind;
  made->operand = range;
  return made;
}

macro_result expand_shape(builder& tree, const macro_call& call, const shape& matched) {
  std::string_view first = variable_name(tree, call, *call.arguments[0]);
  if (first.empty()) return mistaken();
  std::string_view second;
  if (matched.variables == 2) {
    second = variable_name(tree, call, *call.arguments[1]);
    if (second.empty()) return mistaken();
    if (second == first) {
      tree.found().add(diagnostic_code::cel_syntax, call.arguments[1]->where, "both variables have one name");
      return mistaken();
    }
  }
  expression* made = over(tree, call, matched.kind, call.target);
  made->variable = first;
  made->variable2 = second;
  if (matched.with_condition) made->condition = call.arguments[matched.variables];
  made->body = call.arguments.back();
  return expanded(tree.finish(made));
}

macro_result expand_has(builder& tree, const macro_call& call) {
  expression* field = call.arguments[0];
  if (field->kind != expression_kind::select || field->optional || field->test_only) {
    tree.found().add(diagnostic_code::cel_syntax, field->where, "`has` takes a field, not any other expression",
                     {"has(x.field)", field->kind == expression_kind::call && field->name == "_[_]"
                                          ? "write `key in x` to ask for a key of a map" : ""});
    return mistaken();
  }
  field->test_only = true;
  field->where = call.where;
  return expanded(field);
}

std::string_view keep(builder& tree, const std::string& text) { return tree.memory().copy(std::string_view(text)); }

// An index of cel.index and cel.iterVar: a literal, small enough to be one.
bool small_index(builder& tree, const expression& argument, std::int64_t& index) {
  if (argument.kind == expression_kind::literal && argument.constant.is(value_kind::integer)) {
    index = argument.constant.as_integer();
    if (index >= 0 && index < 1'000'000) return true;
  }
  tree.found().add(diagnostic_code::cel_syntax, argument.where, "this must be a literal index", {"0, 1, 2 ...", ""});
  return false;
}

macro_result expand_block(builder& tree, const macro_call& call) {
  const expression& slots = *call.arguments[0];
  if (slots.kind != expression_kind::list || !slots.optional_at.empty()) {
    tree.found().add(diagnostic_code::cel_syntax, slots.where, "`cel.block` takes a list of expressions first");
    return mistaken();
  }
  // Each slot is bound around all that follow it, so that later slots and the result see it.
  expression* inner = call.arguments[1];
  for (std::size_t i = slots.arguments.size(); i-- > 0;) {
    expression* bound = over(tree, call, macro_kind::bind, slots.arguments[i]);
    bound->variable = keep(tree, std::string(block_variable_prefix) + std::to_string(i));
    bound->body = inner;
    inner = tree.finish(bound);
  }
  return expanded(inner);
}

macro_result named_variable(builder& tree, const macro_call& call, std::string name) {
  expression* made = tree.make(expression_kind::identifier, call.where, call.name_at);
  made->name = keep(tree, name);
  return expanded(made);
}

// Macros in the namespace "cel".
macro_result expand_cel(builder& tree, const macro_call& call) {
  std::size_t count = call.arguments.size();
  if (call.name == "bind" && count == 3) {
    std::string_view variable = variable_name(tree, call, *call.arguments[0]);
    if (variable.empty()) return mistaken();
    expression* made = over(tree, call, macro_kind::bind, call.arguments[1]);
    made->variable = variable;
    made->body = call.arguments[2];
    return expanded(tree.finish(made));
  }
  if (call.name == "block" && count == 2) return expand_block(tree, call);
  std::int64_t first = 0, second = 0;
  if (call.name == "index" && count == 1) {
    if (!small_index(tree, *call.arguments[0], first)) return mistaken();
    return named_variable(tree, call, std::string(block_variable_prefix) + std::to_string(first));
  }
  if (call.name == "iterVar" && count == 2) {
    if (!small_index(tree, *call.arguments[0], first)) return mistaken();
    if (!small_index(tree, *call.arguments[1], second)) return mistaken();
    std::string name(iteration_variable_prefix);
    return named_variable(tree, call, name + std::to_string(first) + ":" + std::to_string(second));
  }
  return {};
}

}  // namespace

macro_result expand_macro(builder& tree, const macro_call& call) {
  if (call.target == nullptr) {
    if (call.name == "has" && call.arguments.size() == 1) return expand_has(tree, call);
    return {};
  }
  if (call.target->kind == expression_kind::identifier && call.target->name == "cel") {
    macro_result made = expand_cel(tree, call);
    if (made.outcome != macro_outcome::not_a_macro) return made;
  }
  for (const shape& s : shapes) {
    std::size_t takes = s.variables + (s.with_condition ? 2u : 1u);
    if (s.name != call.name || takes != call.arguments.size()) continue;
    // map(x, y, body) is a filter and a body; all(i, v, body) has two variables: the count decides.
    return expand_shape(tree, call, s);
  }
  return {};
}

std::span<const std::string_view> macro_names() { return names; }

}  // namespace sekimori::cel
