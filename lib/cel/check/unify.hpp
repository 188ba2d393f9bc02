// cel: which type may stand where another is wanted, with type variables. Entry point: unifier.
// Knows neither expressions nor functions. The rules are cel-go's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "cel/type.hpp"

namespace sekimori::cel {

class unifier {
 public:
  explicit unifier(type_pool& pool) : pool_(pool) {}

  type_pool& pool() { return pool_; }
  // A new type variable.
  const type* fresh();
  // A copy of a declared type whose parameters (T, U) are new variables. One `instantiation` for the
  // parameters and the result of one overload.
  using instantiation = std::vector<std::pair<const type*, const type*>>;
  const type* instantiate(const type* declared, instantiation& made);
  // Whether `from` may stand where `to` is wanted; binds variables on both sides.
  bool assignable(const type* from, const type* to);
  // The type with what is known of its variables put in; those still free become dyn if asked.
  const type* resolve(const type* shown, bool free_to_dyn);
  // The type with dyn for every variable, bound ones too: what was suggested for it is no promise.
  const type* loosened(const type* shown);
  // The type of a literal's elements so far and one more: dyn where they differ.
  const type* join(const type* so_far, const type* more);

  // Undo what was bound since a mark.
  struct mark { std::size_t bound; std::size_t variables; };
  mark here() const { return {trail_.size(), bound_.size()}; }
  void back_to(mark earlier);

 private:
  const type* binding(const type* variable) const;
  void bind(const type* variable, const type* to);
  bool occurs(const type* variable, const type* in);
  bool substitutes(const type* from, const type* variable, bool& was_bound);
  bool all_assignable(const type& from, const type& to);
  bool null_assignable(const type& to) const;
  const type* more_general(const type* a, const type* b);
  // `shown` with each parameter changed by `change`; itself where none is.
  template <class Change>
  const type* with_parameters(const type* shown, Change&& change);
  bool as_general(const type& a, const type& b);

  type_pool& pool_;
  std::vector<const type*> bound_;                                  // by number of the variable; nullptr: free
  std::vector<std::pair<std::size_t, const type*>> trail_;
};

inline bool is_optional(const type& shown) {
  return shown.kind == type_kind::abstract && shown.name == "optional_type" && shown.parameters.size() == 1;
}
inline bool is_dynamic(const type& shown) {
  return shown.kind == type_kind::dyn || shown.kind == type_kind::error || shown.kind == type_kind::any;
}

}  // namespace sekimori::cel
