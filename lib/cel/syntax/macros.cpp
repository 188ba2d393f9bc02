// cel: macros: what each becomes, and the rows of every pack. Entry points: expand_macro, and the lists of
// macro.hpp. Knows neither types nor functions.
#include "cel/syntax/macros.hpp"

#include <string>

namespace sekimori::cel {
namespace {

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

// target.name(variable, [variable2,] [condition,] body).
macro_result expand_method(builder& tree, const macro_call& call, const macro_row& row) {
  std::string_view first = variable_name(tree, call, *call.arguments[0]);
  if (first.empty()) return mistaken();
  std::string_view second;
  if (row.variables == 2) {
    second = variable_name(tree, call, *call.arguments[1]);
    if (second.empty()) return mistaken();
    if (second == first) {
      tree.found().add(diagnostic_code::cel_syntax, call.arguments[1]->where, "both variables have one name");
      return mistaken();
    }
  }
  expression* made = over(tree, call, row.kind, call.target);
  made->variable = first;
  made->variable2 = second;
  if (row.arguments == row.variables + 2) made->condition = call.arguments[row.variables];
  made->body = call.arguments.back();
  return expanded(tree.finish(made));
}

macro_result expand_has(builder& tree, const macro_call& call, const macro_row&) {
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

macro_result expand_block(builder& tree, const macro_call& call, const macro_row&) {
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

macro_result expand_bind(builder& tree, const macro_call& call, const macro_row&) {
  std::string_view variable = variable_name(tree, call, *call.arguments[0]);
  if (variable.empty()) return mistaken();
  expression* made = over(tree, call, macro_kind::bind, call.arguments[1]);
  made->variable = variable;
  made->body = call.arguments[2];
  return expanded(tree.finish(made));
}

macro_result expand_index(builder& tree, const macro_call& call, const macro_row&) {
  std::int64_t index = 0;
  if (!small_index(tree, *call.arguments[0], index)) return mistaken();
  return named_variable(tree, call, std::string(block_variable_prefix) + std::to_string(index));
}

macro_result expand_iteration_variable(builder& tree, const macro_call& call, const macro_row&) {
  std::int64_t depth = 0, unique = 0;
  if (!small_index(tree, *call.arguments[0], depth)) return mistaken();
  if (!small_index(tree, *call.arguments[1], unique)) return mistaken();
  std::string name(iteration_variable_prefix);
  return named_variable(tree, call, name + std::to_string(depth) + ":" + std::to_string(unique));
}

constexpr auto method = macro_form::method;
constexpr auto qualified = macro_form::qualified;
constexpr auto no_kind = macro_kind::all;  // of rows whose expansion makes its node itself

constexpr macro_row standard[] = {
    {"has", macro_form::function, 1, expand_has, no_kind, 0, 0, "has(a.b)",
     "Whether a field is there.", "フィールドがあるか。"},
    {"all", method, 2, expand_method, macro_kind::all, 1, 0, "list.all(x, condition)",
     "Whether a condition holds for every element, or every key of a map.", "すべての要素(マップではキー)が条件を満たすか。"},
    {"exists", method, 2, expand_method, macro_kind::exists, 1, 0, "list.exists(x, condition)",
     "Whether a condition holds for an element, or a key of a map.", "条件を満たす要素(マップではキー)があるか。"},
    {"exists_one", method, 2, expand_method, macro_kind::exists_one, 1, 0, "list.exists_one(x, condition)",
     "Whether a condition holds for exactly one element or key.", "条件を満たす要素又はキーがちょうど1つか。"},
    {"existsOne", method, 2, expand_method, macro_kind::exists_one, 1, 0, "list.existsOne(x, condition)",
     "The same as exists_one.", "exists_one と同じ。"},
    {"map", method, 2, expand_method, macro_kind::map, 1, 0, "list.map(x, result)",
     "The list of what comes out for each element or key.", "各要素又はキーから作った値のリスト。"},
    {"map", method, 3, expand_method, macro_kind::map, 1, 0, "list.map(x, condition, result)",
     "The same, for the elements or keys for which a condition holds.", "同上。条件を満たす要素又はキーだけを用いる。"},
    {"filter", method, 2, expand_method, macro_kind::filter, 1, 0, "list.filter(x, condition)",
     "The list of the elements or keys for which a condition holds.", "条件を満たす要素又はキーのリスト。"},
};

constexpr macro_row bindings[] = {
    {"cel.bind", qualified, 3, expand_bind, macro_kind::bind, 1, 0, "cel.bind(x, value, result)",
     "A result in which a name stands for a value.", "名前に値を割り当てて式を評価した結果。"},
};

constexpr macro_row block[] = {
    {"cel.block", qualified, 2, expand_block, macro_kind::bind, 0, 0, "cel.block([a, b, ...], result)",
     "A result in which cel.index(0), cel.index(1) ... stand for the values of a list; a later value may use earlier ones.",
     "リストの値を cel.index(0)、cel.index(1) ... で参照して評価した結果。後の値は前の値を参照できる。"},
    {"cel.index", qualified, 1, expand_index, no_kind, 0, 0, "cel.index(0)",
     "A value of the cel.block around it.", "外側の cel.block の値。"},
    {"cel.iterVar", qualified, 2, expand_iteration_variable, no_kind, 0, 0, "cel.iterVar(0, 0)",
     "A variable of a macro, named by its depth and a number.", "深さと番号で示したマクロの変数。"},
};

constexpr macro_row comprehensions2[] = {
    {"all", method, 3, expand_method, macro_kind::all, 2, 0, "list.all(i, x, condition)",
     "Whether a condition holds for every index and element, or every key and value of a map.",
     "すべての添字と要素(マップではキーと値)が条件を満たすか。"},
    {"exists", method, 3, expand_method, macro_kind::exists, 2, 0, "list.exists(i, x, condition)",
     "Whether a condition holds for an index and its element, or a key and its value.",
     "条件を満たす添字と要素(マップではキーと値)があるか。"},
    {"exists_one", method, 3, expand_method, macro_kind::exists_one, 2, 0, "list.exists_one(i, x, condition)",
     "Whether a condition holds for exactly one of them.", "条件を満たすものがちょうど1つか。"},
    {"existsOne", method, 3, expand_method, macro_kind::exists_one, 2, 0, "list.existsOne(i, x, condition)",
     "The same as exists_one.", "exists_one と同じ。"},
    {"transformList", method, 3, expand_method, macro_kind::transform_list, 2, 0, "list.transformList(i, x, result)",
     "The list of what comes out for each index and element, or key and value.", "各添字と要素(マップではキーと値)から作った値のリスト。"},
    {"transformList", method, 4, expand_method, macro_kind::transform_list, 2, 0, "list.transformList(i, x, condition, result)",
     "The same, where a condition holds.", "同上。条件を満たすものだけを用いる。"},
    {"transformMap", method, 3, expand_method, macro_kind::transform_map, 2, 0, "map.transformMap(k, v, result)",
     "The map of the same keys, or of a list's indexes, to what comes out for each.", "キー(リストでは添字)はそのままに、値を作り直したマップ。"},
    {"transformMap", method, 4, expand_method, macro_kind::transform_map, 2, 0, "map.transformMap(k, v, condition, result)",
     "The same, where a condition holds.", "同上。条件を満たすものだけを用いる。"},
    {"transformMapEntry", method, 3, expand_method, macro_kind::transform_map_entry, 2, 0,
     "map.transformMapEntry(k, v, {key: value})",
     "The map of the entries that come out; a key that comes out twice is an error.",
     "作り出した項目からなるマップ。キーが重なるとエラー。"},
    {"transformMapEntry", method, 4, expand_method, macro_kind::transform_map_entry, 2, 0,
     "map.transformMapEntry(k, v, condition, {key: value})",
     "The same, where a condition holds.", "同上。条件を満たすものだけを用いる。"},
};

constexpr macro_row lists[] = {
    {"sortBy", method, 2, expand_method, macro_kind::sort_by, 1, 2, "list.sortBy(x, key)",
     "The elements in rising order of what comes out for each.", "各要素から作ったキーの昇順に並べたリスト。"},
};

constexpr macro_row optionals[] = {
    {"optMap", method, 2, expand_method, macro_kind::opt_map, 1, 0, "optional.optMap(x, result)",
     "An optional of what comes out for the value held, or none.", "持っている値から作った値のオプション値。値がなければ none。"},
    {"optFlatMap", method, 2, expand_method, macro_kind::opt_flat_map, 1, 1, "optional.optFlatMap(x, optional)",
     "The optional that comes out for the value held, or none.", "持っている値から作ったオプション値。値がなければ none。"},
};

bool means(const macro_call& call, const macro_row& row) {
  if (row.arguments != call.arguments.size()) return false;
  switch (row.form) {
    case macro_form::function: return call.target == nullptr && call.name == row.name;
    case macro_form::method: return call.target != nullptr && call.name == row.name;
    case macro_form::qualified: break;
  }
  std::size_t dot = row.name.find('.');
  return call.target != nullptr && call.target->kind == expression_kind::identifier &&
         call.target->name == row.name.substr(0, dot) && call.name == row.name.substr(dot + 1);
}

}  // namespace

macro_result expand_macro(builder& tree, const macro_call& call, const grammar& on) {
  for (const macro_row* row : on.macros) {
    if (means(call, *row)) return row->expand(tree, call, *row);
  }
  return {};
}

std::span<const macro_row> standard_macros() { return standard; }
std::span<const macro_row> bindings_macros() { return bindings; }
std::span<const macro_row> block_macros() { return block; }
std::span<const macro_row> comprehensions2_macros() { return comprehensions2; }
std::span<const macro_row> lists_macros() { return lists; }
std::span<const macro_row> optionals_macros() { return optionals; }

}  // namespace sekimori::cel
