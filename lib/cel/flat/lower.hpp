// cel: the inside of lowering one expression. Entry point: lowering::run, for lower.cpp only. Knows no values but
// constants.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/flat/program.hpp"

namespace sekimori::cel::flat {

class lowering {
 public:
  lowering(program& made, pool& shared, const limits& bounds, const placement& where) : made_(made), pool_(shared), bounds_(bounds), where_(where) {}
  bool run();

 private:
  // What a variable of a loop stands for.
  struct bound {
    std::uint16_t local = 0;
    std::uint32_t list = no_slot;    // the element of this slot's list
    std::size_t loop = 0;            // index of the loop's instruction
    bool element = false;
  };

  // lower_tests.cpp: each emits one test. False: flat code cannot say it.
  bool test(const expression& e, bool negated);
  bool plain_test(const expression& e, bool negated);
  opcode independence(const expression& e) const;
  bool gains_by_blocks(std::size_t loop) const;
  std::uint32_t body_of(std::size_t loop) const {
    return made_.code[loop].from == source::slot ? static_cast<std::uint32_t>(loop) + 1 : made_.code[loop + 1].end;
  }
  bool join(const expression& e, bool conjunction, bool negated);
  bool join_sides(const expression& e, std::string_view name, bool negated);
  bool comparison(const expression& e, operation asked, bool negated);
  bool containment(const expression& e, bool negated);
  bool text_test(const expression& e, opcode what, bool negated);
  bool regex_test(const expression& e, bool negated);
  bool presence(const expression& e, bool negated);
  bool quantifier(const expression& e, bool negated);
  bool shared_part(const expression& e, bool negated);
  bool truth_of_value(const expression& e, bool negated);

  // lower_values.cpp: each emits one value.
  bool value_of(const expression& e);
  bool call_value(const expression& e);
  static call_target target_of(const expression& e, std::size_t count);
  bool concatenation(const expression& e);
  bool or_else(const expression& e);
  bool optional_path(const expression& e);   // a value, or absent
  bool list_of(const expression& e);
  bool transformed(const expression& e);
  bool general(const expression& e);
  bool fold(const expression& e);

  // lower_paths.cpp
  // Where the value of `e` is found without code of its own. A path that may not be there is not.
  bool source_of(const expression& e, instruction& at);
  bool column_of(const expression& e, instruction& at);
  // The slot of a path of fields and constant keys from a variable; no_slot: it is none.
  std::uint32_t slot_of(const expression& e, bool& optional);
  std::uint32_t variable_slot(const expression& e);
  std::uint32_t step(std::uint32_t parent, std::uint32_t variable, std::string_view key, std::int32_t field, bool optional);
  bool range(const expression& e, std::size_t loop);   // with the code of what it goes over
  bool operand(const expression& e, std::size_t at);   // the child of an instruction that was emitted with source::child

  std::size_t emit(opcode what, bool negated = false);
  void close(std::size_t at) { made_.code[at].end = static_cast<std::uint32_t>(made_.code.size()); }
  const bound* bound_of(const expression& identifier) const;
  bool enter(const expression& e, std::size_t loop);   // declares what a loop binds
  void leave(const expression& e);

  program& made_;
  pool& pool_;
  const limits& bounds_;
  const placement& where_;
  std::vector<bound> locals_;     // outermost first
  int depth_ = 0;
  std::size_t wrapped_ = 0;       // how many locals there were where a part began that needs no further mark
};

// What is the same for tests and values.
bool holds_locals(const expression& e, int bound, int depth = 0);
std::uint64_t locals_in(const expression& e, int bound = 0, int depth = 0);   // by bit, from the innermost; all where it is too deep
bool passes_absence(const expression& path);
bool is_operator(const expression& e, std::string_view name, std::size_t arguments);
bool is_standard(const expression& e, std::string_view overload_id);
std::uint32_t node_count_of(const expression& e, int depth = 0);

}  // namespace sekimori::cel::flat
