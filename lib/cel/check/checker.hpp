// cel: gives every node of a tree its type, slot and overloads. Entry point: check. Knows no syntax and no values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "cel/ast.hpp"
#include "cel/check/environment_data.hpp"
#include "cel/syntax/mistakes.hpp"
#include "cel/check/unify.hpp"

namespace sekimori::cel {

struct checked_tree {
  const type* result_type = nullptr;
  std::uint32_t local_depth = 0;
};

// Completes the tree in place. With options.check off only names are resolved: everything is dyn, and a
// call's candidates are all overloads of its name, form and number of arguments.
// `nodes`: how many the tree has.
checked_tree check(const environment::implementation& inside, arena& memory, expression& root, std::uint32_t nodes,
                   const environment::compile_options& options, mistakes& found);

// The work behind check(); its parts are checker.cpp (names, fields, literals), checker_calls.cpp and
// checker_macros.cpp.
class checker {
 public:
  checker(const environment::implementation& inside, arena& memory, std::uint32_t nodes, bool checking, mistakes& found);
  checked_tree run(expression& root, const type* expected);

 private:
  struct local_variable {
    std::string_view name;
    const type* declared;
  };
  struct resolved_name {
    std::int32_t slot = -1;             // a variable
    const type* declared = nullptr;     // its type
    const type* named = nullptr;        // a type, as a value
    std::optional<value> constant;      // an enum's, or a provider's own
  };

  // Types of nodes. visit() gives the node's type and notes it; variables are put in at the end.
  const type* visit(const expression& node);
  const type* visit_kind(expression& node);
  const type* visit_identifier(expression& node);
  const type* visit_select(expression& node);
  const type* visit_list(expression& node);
  const type* visit_map(expression& node);
  const type* visit_object(expression& node);
  const type* well_known_object(expression& node);
  const type* element_type(const expression& collection, std::size_t entry, const expression& element);
  [[gnu::noinline, gnu::cold]] void not_optional(const expression& element, const type* made);
  const type* field_of(expression& node, const type* holder);
  void check_field_value(const expression& assigned, std::string_view field, const type* given, const type* wanted);
  void tell_repeated_fields(const expression& node);
  void no_field(const object_type& holder, std::string_view field, span where);

  // Names.
  const local_variable* find_local(std::string_view name) const;
  std::optional<resolved_name> resolve_name(std::string_view name) const;
  // Takes what a node was found to name; its type.
  const type* take_name(expression& node, const resolved_name& name);
  bool visit_qualified(expression& node, const type*& made);
  // `a` of a.b.c; empty where it is something else, or begins with a variable of a macro.
  std::string_view root_name(const expression& node) const;
  // "a.b.c" of a select that could be one name; empty: it cannot.
  std::string qualified_name(const expression& node) const;
  void undeclared(const expression& node);

  // Calls: checker_calls.cpp. Out of line: a level of a tree should cost the stack one small frame.
  [[gnu::noinline]] const type* visit_call(expression& node);
  [[gnu::noinline]] const type* visit_unknown_call(expression& node);
  [[gnu::noinline]] const prepared_function* called_function(expression& node);
  const type* visit_index(expression& node);
  const prepared_function* find_function(std::string_view name, std::string* full = nullptr) const;
  bool take_namespaced(expression& node);
  bool is_namespace_only(const expression& node) const;
  const type* resolve_overloads(expression& node, const prepared_function& function, std::span<const type* const> operands);
  bool fits(const prepared_overload& o, std::span<const type* const> operands);
  [[gnu::noinline]] const type* list_of_named(const expression& node, const named_objects& named);
  // What is said of calls: checker_words.cpp.
  void unknown_function(const expression& node, bool& arguments_make_sense);
  std::string refusal(const expression& node, std::span<const type* const> operands);
  void no_overload(const expression& node, const prepared_function& function, std::span<const type* const> operands);
  std::string overloads_text(const expression& node, const prepared_function& function,
                             std::span<const type* const> operands);
  std::string overload_help(const expression& node, const prepared_function& function,
                            std::span<const type* const> operands);

  // Macros: checker_macros.cpp.
  const type* visit_comprehension(expression& node);
  const type* visit_optional_macro(expression& node, const type* range);
  void range_types(const expression& node, const type* range, const type*& first, const type*& second);
  const type* visit_body(const expression& node);
  void expect_bool(const expression& node, const type* found);
  void push_local(std::string_view name, const type* declared);
  const type* transformed(const expression& node, const type* range, const type* first, const type* body);

  // Reports a mistake; without a check nothing is one.
  void tell(diagnostic_code code, span where, std::string message, std::string expected = {}, std::string help = {}) {
    if (checking_) found_.add(code, where, std::move(message), {std::move(expected), std::move(help)});
  }
  const type* simple(type_kind kind) { return types_.pool().simple(kind); }
  const type* dyn() { return simple(type_kind::dyn); }
  const type* wrong() { return simple(type_kind::error); }
  std::string shown(const type* t) { return to_string(*types_.resolve(t, true)); }

  const environment::implementation& inside_;
  arena& memory_;
  bool checking_;
  mistakes& found_;
  unifier types_;
  std::vector<local_variable> locals_;
  std::vector<std::string_view> gone_;  // variables of macros that ended, for "did you mean"
  std::vector<expression*> typed_;
  // Of the calls being checked, the innermost on top; and what one resolve_overloads() works with.
  std::vector<const type*> operands_;
  std::vector<const type*> loose_;
  std::vector<const overload*> candidates_;
  unifier::instantiation letters_;
  std::uint32_t local_depth_ = 0;
};

// The tree belongs to the compilation that checks it: completing its nodes in place is safe.
inline expression& open(const expression& node) { return const_cast<expression&>(node); }

}  // namespace sekimori::cel
