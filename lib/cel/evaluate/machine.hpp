// cel: the inside of the evaluator: one machine walks checked trees. Entry point: machine::run, for
// evaluator.cpp only. Each evaluate_*.cpp holds one group of its members. Knows no documents.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/evaluate/meter.hpp"
#include "cel/evaluate/regex.hpp"
#include "cel/evaluator.hpp"
#include "value/undecided_parts.hpp"

namespace sekimori::cel {

class machine {
 public:
  machine(arena& memory_used, limits set) : memory(memory_used), limits_(set), regexes_(set) {
    costs.turn(set.cost != limits::no_limit);
  }

  value run(const compiled& program, const expression& part, std::span<const value> variables, trace* traced, bool apart = false);
  // evaluator::evaluate_apart
  value run_apart(const compiled& program, std::span<const value> variables, trace* traced, std::uint64_t& cost);

  call_context context_of(std::uint32_t expression) { return {memory, host, now, expression, 0, &regexes_}; }

  arena& memory;
  void* host = nullptr;
  value now;
  std::uint64_t steps = 0;
  // Nodes that were looked at since the last step count in the next one, but not for whoever comes after.
  void reset_steps() { steps = 0, counted_nodes_ = nodes_; }
  meter costs;

 private:
  // What one run looks at; a nested run puts its own in front.
  struct frame {
    std::span<const value> variables;
    const type_sources* objects = nullptr;
    trace* traced = nullptr;
    std::size_t observed = 0;           // where its observations stand in observed_, by id
    std::uint32_t ids = 0;              // how many; 0: nobody wants them
    const compiled* program = nullptr;
  };
  // A variable of cel.bind or optMap while costs are counted: its value is computed, and paid for, where
  // it is first read, as cel-go does.
  struct binding {
    std::size_t local;                  // index in locals_
    const expression* init;             // nullptr: the value stands there already
    std::uint64_t first_read;           // what the first read costs beside computing it
    enum : std::uint8_t { waiting, computed_uncounted, done } state = waiting;
  };
  // What a comprehension goes over.
  struct range {
    const list_view* list = nullptr;
    const map_entry* entries = nullptr;
    std::size_t size = 0;
    bool sensitive = false;
    const relation_shape* shape = nullptr;  // only where it leaves something open
    bool certain(std::size_t i) const { return shape == nullptr || shape->certain == nullptr || shape->certain[i]; }
  };
  class scope;
  class fold;

  value eval(const expression& e);
  value compound(const expression& e);
  value identifier(const expression& e);
  value local(std::size_t index);
  void observe(const expression& e, value found);

  // evaluate/call.cpp. What recurses stays out of line, so that a level of a tree costs the stack one small
  // frame and not those of all its kinds together.
  value call(const expression& e);
  [[gnu::noinline]] value logical(const expression& e, bool deciding);
  [[gnu::noinline]] value conditional(const expression& e);
  [[gnu::noinline]] value binary(const expression& e, operation op);
  [[gnu::noinline]] value unary(const expression& e, operation op);
  [[gnu::noinline]] value function(const expression& e, operation op);
  value or_else(const expression& e);
  value dispatch(const expression& e, operation op, std::span<const value> arguments);
  value match(const expression& e, std::span<const value> arguments);
  value contained(const expression& e, value sought, value container);
  value concatenate(const expression& e, value a, value b);
  value no_overload(const expression& e, std::span<const value> arguments);

  // evaluate/access.cpp
  value select(const expression& e);
  value presence(const expression& e, value operand);
  value index(const expression& e, bool optional);
  value element_at(const expression& e, value list, value key, bool optional);
  value entry_of(const expression& e, value map, value key, std::int32_t slot, bool optional);
  [[gnu::noinline, gnu::cold]] value no_entry(const expression& e, const map_view& map);
  value make_list_value(const expression& e);
  value make_map_value(const expression& e);
  value make_object_value(const expression& e);
  const object_field* declared_field(const expression& e, const map_view& holder) const;
  bool is_undeclared_field(const expression& e, const map_view& holder) const;
  value no_such_field(const expression& e);
  value object_of(const expression& e, std::size_t first_in_scratch);
  value map_of(std::size_t first_in_scratch, std::uint32_t id, std::string_view type_name);
  void record(const expression& e, const data_path* container, value key, value found);
  void note_sensitive(value used);

  // evaluate/comprehension.cpp
  value comprehension(const expression& e);
  value quantifier(const expression& e, const range& over, bool deciding);
  value exists_one(const expression& e, const range& over);
  // What a predicate leaves open that gave no bool for member `i`: its error or unknown, or, of a member that is
  // only possible, why it is.
  value undecided(const expression& e, const range& over, std::size_t i, value given, undecided_parts& parts);
  value map_list(const expression& e, const range& over);
  // Whether an element is taken by the condition of map, transformList or transformMap; why that cannot be told
  // is joined to `open` or `failed`.
  bool taken(const expression& e, fold& counted, undecided_parts& open, value& failed);
  value filter(const expression& e, const range& over);
  value transform_map(const expression& e, const range& over);
  value sort_by(const expression& e, const range& over);
  value bind(const expression& e);
  value optional_map(const expression& e);
  bool open_range(value over, range& opened, value& failed, const expression& e, bool relation_allowed);
  void bind_element(const expression& e, const range& over, std::size_t i);
  void bind_one(value bound);
  value lazy_bind(const expression& e);

  // evaluate/spend.cpp: what is counted where; nothing while the meter is off.
  void spend(std::uint64_t cost) { costs.spend(cost); }
  void spend_call(const expression& e, std::span<const value> arguments, value result) {
    if (costs.counting()) count_call(e, arguments, result);
  }
  void count_call(const expression& e, std::span<const value> arguments, value result);
  // Ends with reading a name or field that counts by itself, so that a surrounding attribute takes it over.
  bool reads_attribute(const expression& e) const;
  // Before the operand of a selection is evaluated, after it, and a part whose reading is taken over.
  void spend_before_operand(const expression& e) {
    if (e.test_only && costs.counting()) count_presence(e);
  }
  void count_presence(const expression& e);
  void spend_operand(const expression& operand);
  // Whether no value at `operand` ends the attribute there, rather than being a value that is selected from.
  static bool ends_attribute(const expression& operand);
  value eval_part(const expression& e);
  bool over_cost() const { return costs.on() && costs.spent() > last_cost_; }
  value cost_error(const expression& e);

  // Joins what keeps a strict operation from a result: a limit, then unknowns merged, then the first
  // error. True: a limit, stop at once.
  bool join(value part, value& joined);
  bool blocked(value joined) const { return joined.is_error() || joined.is_unknown(); }
  // An unknown for a list whose members are not all sure, else null.
  value unsure(value members);   // null, or why a list or a map is not sure as a whole
  value why(const relation_shape& shape);
  value why(const relation_shape& shape, std::size_t member);
  bool step();
  void charge(std::uint64_t work) { steps += work; }
  bool over_limit() const { return steps - first_step_ > limits_.steps; }
  [[gnu::cold]] value too_deep(const expression& e);
  [[gnu::cold]] value limit_error(const expression& e);
  value fail(const expression& e, evaluation_error_code code, std::string_view message);
  value to_optional(value some);

  limits limits_;
  frame frame_;
  std::uint64_t first_step_ = 0;
  // A step is an iteration with a body of a few nodes; a long body takes more.
  static constexpr std::uint64_t nodes_a_step = 4;
  std::uint64_t nodes_ = 0;
  std::uint64_t counted_nodes_ = 0;
  const expression* free_sign_ = nullptr;  // the inner one of a pair, as in !!x: it costs nothing
  std::uint64_t last_cost_ = limits::no_limit;
  std::uint32_t depth_ = 0;
  std::uint32_t runs_ = 0;
  std::vector<value> locals_;
  std::vector<value> scratch_;
  std::vector<observation> observed_;
  std::vector<binding> bindings_;
  regex_cache regexes_;
};

inline bool is_limit(value v) { return v.is_error() && v.as_error().code == evaluation_error_code::limit; }

// evaluate/well_known.cpp: google.protobuf's messages that stand for a plain value. `fields`: names
// and values in turn.
value well_known_value(arena& memory, std::string_view name, std::span<const value> fields, std::uint32_t expression);
// evaluate/any.cpp: the plain value of a well-known message in google.protobuf.Any.
value unpack_any(arena& memory, std::string_view type_url, std::string_view bytes, std::uint32_t expression);

// evaluate/dispatch.cpp: whether a value can be an argument for a declared parameter type.
bool accepts(std::string_view parameter, value given);

}  // namespace sekimori::cel
