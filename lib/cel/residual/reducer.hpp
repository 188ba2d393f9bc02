// cel: reduces an expression, some of whose variables are not known. Entry point: reducer::reduce, for
// residual.cpp only; reducer.cpp holds the operators, reducer_fields.cpp fields that expressions compute,
// reducer_macros.cpp the macros. Knows no text.
#pragma once

#include <span>
#include <vector>

#include "cel/evaluator.hpp"
#include "cel/residual.hpp"
#include "cel/residual/forms.hpp"
#include "value/values.hpp"

namespace sekimori::cel {

// What a part of the expression came to.
struct outcome {
  value found;                       // unknown kind: not known. A container may hold unknowns that came from the data.
  const expression* form = nullptr;  // says the same; nullptr only for what a literal says
  bool data = true;                  // what is unknown in it is data as it was given, which is never an error
  bool settled = false;              // `form` is final
};

// How far to go.
enum class care : std::uint8_t {
  terse,    // what is known is a literal, whatever its type was taken for
  typed,    // dyn() keeps what had no type without one, and no binding is written: always type-checks
};

class reducer {
 public:
  reducer(const environment& names, const compiled& program, std::span<const value> variables, evaluator& run, forms& made, care taken,
          bool hide_sensitive, const residual_options& options)
      : names_(names), program_(program), variables_(variables), run_(run), made_(made), care_(taken), hide_(hide_sensitive),
        definitions_(options.definitions), most_work_(options.work) {
    for (expression& one : literals_) one.kind = expression_kind::literal;
  }

  outcome reduce(const expression& e, bool condition);

  bool met_sensitive() const { return met_sensitive_; }
  // Deeper than is safe to walk: what reduce() gave is of no use.
  bool failed() const { return too_deep_; }
  const expression* form_of(const outcome& part);

 private:
  // What is not inlined would make the frames of all that recurse as large as the largest of them.
  outcome reduce_kind(const expression& e, bool condition);
  void settle(const expression& e, outcome& made);
  [[gnu::noinline]] outcome identifier(const expression& e);
  [[gnu::noinline]] outcome select(const expression& e, bool condition);
  [[gnu::noinline]] outcome defined_field(const expression& e, value object, bool condition);
  const expression* is_there(const expression& e, const expression* computed, bool may_be_null);
  const expression* as_optional(const expression& e, const expression* computed, bool may_be_null);
  bool guards(const expression& guard, const expression& guarded, bool is_or);
  bool is_defined(value object) const;
  [[gnu::noinline]] outcome index(const expression& e);
  [[gnu::noinline]] outcome collection(const expression& e);
  outcome call(const expression& e, bool condition);
  [[gnu::noinline]] outcome logical(const expression& e, bool condition);
  [[gnu::noinline]] outcome conditional(const expression& e, bool condition);
  [[gnu::noinline]] outcome negation(const expression& e);
  [[gnu::noinline]] outcome or_else(const expression& e);
  [[gnu::noinline]] outcome strict(const expression& e);
  outcome read(value found, const expression* form, bool data);

  outcome comprehension(const expression& e, bool condition);
  [[gnu::noinline]] outcome bind(const expression& e, bool condition);
  [[gnu::noinline]] outcome optional_map(const expression& e);
  outcome element(const outcome& range, std::size_t i);
  outcome macro(const expression& e, const outcome& range, const expression* over);
  [[gnu::noinline]] value evaluated_over(const expression& form, value range);
  [[gnu::noinline]] const expression* turned(const expression& comparison);
  const expression* over_range(const expression& e, const expression& kept, const expression* range);
  bool walk(const expression& e, const outcome& range, const expression& macro_form, outcome& result);
  outcome quantified(const expression& e, const outcome& range, const expression& macro_form, std::span<const std::size_t> kept,
                     std::span<const expression* const> bodies);
  const expression* restricted(const expression& e, const outcome& range, std::span<const std::size_t> kept);
  [[gnu::noinline]] void push_element(const expression& e, const outcome& range, std::size_t i);
  void push_variables(const expression& e, std::int32_t number);

  // The evaluator's answer for `e` with these parts; unknown where work has run out or a limit was hit.
  [[gnu::noinline]] value evaluated(const expression& e, const value* operand, std::span<const value> arguments);
  value run(const expression& part);
  value not_known() { return unknown_; }
  outcome symbolic(value found, const expression* form) { return {found.is_error() ? found : not_known(), form, false}; }
  bool hidden(value v);              // a secret, where those stay as they are written
  bool hidden_inside(value v);
  bool whole(value v);
  bool is_literal(value v) const;
  [[gnu::noinline]] contents look(value v);
  const expression* like(const expression& e, const expression* operand, std::initializer_list<const expression*> arguments);
  // A call that the expression did not have.
  const expression* call_of(std::string_view name, const expression* operand, std::initializer_list<const expression*> arguments,
                            const type* checked_type = nullptr);
  // Whether a form is a bool or fails, whatever place its parts were reduced for.
  static bool is_condition(const expression& form);
  bool spend(std::uint64_t work);

  const environment& names_;
  const compiled& program_;
  std::span<const value> variables_;
  evaluator& run_;
  forms& made_;
  care care_;
  bool hide_;
  bool met_sensitive_ = false;
  const field_definitions* definitions_;
  bool too_deep_ = false;
  value unknown_ = make_unknown(made_.memory(), {}, {}, unknown_reason::computed);
  std::uint64_t most_work_;
  std::uint64_t work_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t level_ = 0;          // comprehensions around, whose variables are not known
  std::vector<outcome> locals_;      // of the original tree, innermost last
  std::vector<outcome> parts_;       // arguments of the calls being reduced
  expression literals_[4] = {};      // operand and arguments of the part that the evaluator is asked about
};

}  // namespace sekimori::cel
