// cel: what cel-go makes of an expression where that decides its cost: which parts are one attribute
// (a name and what is selected from it), and the folds that macros stand for. Shared by the estimate
// and the count. Knows no values and no sizes. Source: cel-go 0.33.2, interpreter/planner.go,
// parser/macro.go, ext/comprehensions.go.
#pragma once

#include <cstdint>

#include "cel/ast.hpp"

namespace sekimori::cel {

// A constant that was written as a name: a type, or an enum's constant.
inline bool is_named_constant(const expression& e) { return e.kind == expression_kind::literal && !e.name.empty(); }

// A single name in the source. A qualified one was a selection when macros were expanded.
inline bool is_single_name(const expression& e) {
  bool named = e.kind == expression_kind::identifier || is_named_constant(e);
  return named && e.name.find('.', 1) == std::string_view::npos;
}

inline bool is_index(const expression& e) { return e.kind == expression_kind::call && (e.name == "_[_]" || e.name == "_[?_]"); }

inline bool is_optional_map(const expression& e) {
  return e.kind == expression_kind::comprehension && (e.macro == macro_kind::opt_map || e.macro == macro_kind::opt_flat_map);
}

// cond ? a : b, or optMap of a name, which is one: name.hasValue() ? ... : optional.none().
inline bool is_choice(const expression& e) {
  return (e.kind == expression_kind::call && e.name == "_?_:_") || (is_optional_map(e) && is_single_name(*e.operand));
}

// Whether selecting from it extends it, rather than starting from a computed value.
inline bool is_attribute(const expression& e) {
  return e.kind == expression_kind::identifier || is_named_constant(e) || e.kind == expression_kind::select || is_index(e) || is_choice(e);
}

// What a chain of selections and indexes starts from; has() ends one.
inline const expression& root_of(const expression& e) {
  const expression* at = &e;
  for (;;) {
    if (at->kind == expression_kind::select && !at->test_only) at = at->operand;
    else if (is_index(*at)) at = at->arguments[0];
    else return *at;
  }
}

// Whether `inner` is what e, a `!` or a `-`, repeats: !!x, but not !(!x). cel-go drops such pairs.
inline bool repeats(const expression& e, std::string_view text) {
  if (e.kind != expression_kind::call || (e.name != "!_" && e.name != "-_") || e.arguments.size() != 1) return false;
  const expression& inner = *e.arguments[0];
  if (inner.kind != expression_kind::call || inner.name != e.name || inner.anchor.begin < e.anchor.end || inner.anchor.begin > text.size()) return false;
  return text.substr(e.anchor.end, inner.anchor.begin - e.anchor.end).find('(') == std::string_view::npos;
}

// What is left of e without pairs of signs.
inline const expression& without_pairs(const expression& e, std::string_view text) {
  const expression* at = &e;
  while (repeats(*at, text)) at = at->arguments[0]->arguments[0];
  return *at;
}

// What a fold costs beside its range, its condition and its body.
struct fold_cost {
  std::uint64_t start;      // the accumulator's first value, when it is first read
  std::uint64_t condition;  // before each step
  std::uint64_t step;       // a step that takes the element
  std::uint64_t finish;     // the result
};

inline constexpr fold_cost fold_of(macro_kind macro) {
  switch (macro) {
    case macro_kind::all: return {0, 2, 1, 1};               // @not_strictly_false(@result); @result && body
    case macro_kind::exists: return {0, 3, 1, 1};            // @not_strictly_false(!@result); @result || body
    case macro_kind::exists_one: return {0, 0, 2, 2};        // body ? @result + 1 : @result; @result == 1
    case macro_kind::map:
    case macro_kind::transform_list:
    case macro_kind::sort_by: return {10, 0, 12, 1};  // @result + [body]; keys of sortBy too
    case macro_kind::filter: return {10, 0, 13, 1};          // @result + [variable]
    case macro_kind::transform_map: return {30, 0, 3, 1};    // cel.@mapInsert(@result, variable, body)
    case macro_kind::transform_map_entry: return {30, 0, 2, 1};  // cel.@mapInsert(@result, body)
    default: return {0, 0, 0, 0};
  }
}

// What cel.bind costs beside its value and its result: the empty list that its fold runs over.
// cel.block, whose variables no source can name, has none.
inline std::uint64_t bind_cost(const expression& e) { return e.variable.substr(0, 6) == "@index" ? 0 : 10; }

}  // namespace sekimori::cel
