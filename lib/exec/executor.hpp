// exec: judges rules over one resource. Entry point: executor. Flat code answers the usual case; what it leaves open is
// asked of the evaluator in source order, and what is listed is asked again by explain.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cel/evaluator.hpp"
#include "cel/flat/executor.hpp"
#include "plan/program.hpp"
#include "sekimori/finding.hpp"

namespace sekimori::exec {

// What a condition came to. The order is the order of joining by &&: the first one of {no, unknown, error, not_offered}
// that occurs is the result.
enum class truth : std::uint8_t { no, yes, unknown, error, not_offered };
truth join_and(truth a, truth b);
truth truth_of(value v);

// A rule's verdict from its `when` and its asserts (design 4): `when` no -> not applicable, error ->
// error, unknown -> pass if every assert is true, else undetermined. Asserts that are not offered do
// not count; if none is left the rule is not applicable.
verdict join_rule(truth when, std::span<const truth> asserts);

// One per thread. Warm, it takes nothing from the heap.
class executor {
 public:
  executor(cel::evaluator& evaluator, const cel::limits& bounds) : evaluator_(evaluator), conditions_(evaluator, bounds), mappings_(evaluator, bounds) {}

  // The variables of the resource, or of the part of it, that is judged next. They stay where they are; params may be
  // exchanged between rules of different rule sets.
  void begin(std::span<const value> variables) {
    variables_ = variables;
    conditions_.begin(variables);
  }
  verdict judge(const plan::rule_program& program);
  // The same of a resource of the type that `asked` was made for.
  verdict judge(const plan::rule_program& program, const plan::candidate& asked);

  // What `when` and the asserts of the rule that was judged last came to; no asserts where it does not apply.
  truth when() const { return when_; }
  std::span<const truth> asserts() const { return asserts_; }
  // Why `when` or an assert is unknown, where flat code could tell: a bit for each unknown_reason; 0: ask the evaluator.
  std::uint8_t when_doubts() const { return when_doubts_; }
  std::uint8_t assert_doubts(std::size_t index) const { return assert_doubts_[index]; }
  // Whether a condition of it hit a limit.
  bool limited() const { return limited_; }
  // Whether flat code left a condition of it to the evaluator.
  bool was_open() const { return open_; }

  // For kind_object: programs over the neutral object, and over the provider's attributes.
  cel::flat::executor& conditions() { return conditions_; }
  cel::flat::executor& mappings() { return mappings_; }

 private:
  truth ask(const cel::flat::program& condition);

  cel::evaluator& evaluator_;
  cel::flat::executor conditions_;
  cel::flat::executor mappings_;
  std::span<const value> variables_;
  truth when_ = truth::yes;
  std::vector<truth> asserts_;
  std::uint8_t when_doubts_ = 0, doubts_ = 0;
  std::vector<std::uint8_t> assert_doubts_;
  bool limited_ = false;
  bool open_ = false;
};

}  // namespace sekimori::exec
