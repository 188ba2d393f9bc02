// exec: runs flat predicate programs over one resource. Entry points: executor::run, executor::judge.
// Answers only truths: what is listed is asked again by explain.hpp in source order.
#pragma once

#include <span>
#include <vector>

#include "cel/evaluator.hpp"
#include "exec/objects.hpp"
#include "plan/program.hpp"
#include "sekimori/finding.hpp"

namespace sekimori::exec {

// Joining by && and ||, and what a value is as a truth.
plan::truth join_and(plan::truth a, plan::truth b);
plan::truth join_or(plan::truth a, plan::truth b);
plan::truth negate(plan::truth a);
plan::truth truth_of(value v);

// A rule's verdict from its `when` and its asserts (design 4): `when` no -> not applicable, error ->
// error, unknown -> pass if every assert is true, else undetermined. Asserts that are not offered do
// not count; if none is left the rule is not applicable.
verdict join_rule(plan::truth when, std::span<const plan::truth> asserts);

// One per thread.
class executor {
 public:
  explicit executor(cel::evaluator& evaluator) : evaluator_(evaluator) {}

  // `neutral` is null for rules over provider types. Allocates nothing when warm, beside what general
  // expressions make in the evaluator's arena.
  plan::truth run(const plan::predicate& program, std::span<const value> variables, const kind_object* neutral);
  verdict judge(const plan::rule_program& program, std::span<const value> variables, const kind_object* neutral);
  // What `when` and the asserts of the rule that was judged last came to; no asserts where it does not apply.
  plan::truth when() const { return when_; }
  std::span<const plan::truth> asserts() const { return asserts_; }
  // Whether a condition of what was judged last hit a limit, even where another one decided.
  bool limited() const { return hit_limit_; }

 private:
  plan::truth compare(const plan::predicate& program, plan::instruction at, const kind_object& neutral);

  void note_limit(value found);

  cel::evaluator& evaluator_;
  bool limited_ = false;                            // a part of the program that runs hit a limit
  bool hit_limit_ = false;                          // any of those judged last did
  std::vector<plan::truth> stack_;
  plan::truth when_ = plan::truth::yes;
  std::vector<plan::truth> asserts_;
};

}  // namespace sekimori::exec
