// exec: the flat executor.
#include "exec/executor.hpp"

#include <utility>

#include "value/values.hpp"

namespace sekimori::exec {

using plan::opcode;
using plan::truth;

truth join_and(truth a, truth b) {
  for (auto first : {truth::no, truth::unknown, truth::error, truth::not_offered}) {
    if (a == first || b == first) return first;
  }
  return truth::yes;
}

truth join_or(truth a, truth b) {
  for (auto first : {truth::yes, truth::unknown, truth::error, truth::not_offered}) {
    if (a == first || b == first) return first;
  }
  return truth::no;
}

truth negate(truth a) { return a == truth::yes ? truth::no : a == truth::no ? truth::yes : a; }

truth truth_of(value v) {
  switch (v.kind()) {
    case value_kind::boolean: return v.as_boolean() ? truth::yes : truth::no;
    case value_kind::unknown: return truth::unknown;
    case value_kind::error: return v.as_error().code == evaluation_error_code::not_offered ? truth::not_offered : truth::error;
    default: return truth::error;  // not a bool: never a silent false
  }
}

verdict join_rule(truth when, std::span<const truth> asserts) {
  if (when == truth::no || when == truth::not_offered) return verdict::not_applicable;
  if (when == truth::error) return verdict::error;
  truth all = truth::yes;
  bool any = false;
  for (auto one : asserts) {
    if (one == truth::not_offered) continue;
    any = true;
    all = join_and(all, one);
  }
  if (!any) return verdict::not_applicable;
  if (when == truth::unknown) return all == truth::yes ? verdict::pass : verdict::undetermined;
  switch (all) {
    case truth::yes: return verdict::pass;
    case truth::no: return verdict::fail;
    case truth::unknown: return verdict::undetermined;
    default: return verdict::error;
  }
}

// A limit is never absorbed: whatever the other parts say, the condition could not be evaluated.
void executor::note_limit(value found) { limited_ = limited_ || (found.is_error() && found.as_error().code == evaluation_error_code::limit); }

truth executor::compare(const plan::predicate& program, plan::instruction at, const kind_object& neutral) {
  value left;
  neutral.field(at.slot, left);
  note_limit(left);
  if (left.is_unknown() || left.is_error()) return truth_of(left);
  value right = program.constants[at.operand];
  bool equality = at.what == opcode::equal || at.what == opcode::not_equal;
  if (equality) {
    truth same = truth_of(equals(evaluator_.memory(), left, right));
    return at.what == opcode::equal ? same : negate(same);
  }
  auto order = sekimori::compare(left, right);
  if (!order) {
    // NaN is less than nothing; other pairs have no order.
    bool number = left.is(value_kind::floating) && !right.is(value_kind::string) && !right.is(value_kind::boolean);
    return number ? truth::no : truth::error;
  }
  bool holds = at.what == opcode::less ? *order < 0 : at.what == opcode::less_equal ? *order <= 0 : at.what == opcode::greater ? *order > 0 : *order >= 0;
  return holds ? truth::yes : truth::no;
}

truth executor::run(const plan::predicate& program, std::span<const value> variables, const kind_object* neutral) {
  std::size_t base = stack_.size();  // re-entrant: a field may be computed while a program runs
  const bool outer = std::exchange(limited_, false);
  std::size_t size = program.code.size();
  for (std::size_t next = 0; next < size;) {
    plan::instruction at = program.code[next++];
    switch (at.what) {
      case opcode::field: {
        value found;
        neutral->field(at.slot, found);
        note_limit(found);
        stack_.push_back(truth_of(found));
        break;
      }
      case opcode::general: {
        auto* part = program.general[at.operand];
        value found = evaluator_.evaluate(*program.source, *part, variables);
        note_limit(found);
        stack_.push_back(truth_of(found));
        break;
      }
      case opcode::constant: stack_.push_back(static_cast<truth>(at.operand)); break;
      case opcode::negate: stack_.back() = sekimori::exec::negate(stack_.back()); break;
      case opcode::jump_if_no: if (stack_.back() == truth::no) next = at.operand; break;
      case opcode::jump_if_yes: if (stack_.back() == truth::yes) next = at.operand; break;
      case opcode::join_and:
      case opcode::join_or: {
        truth right = stack_.back();
        stack_.pop_back();
        stack_.back() = at.what == opcode::join_and ? join_and(stack_.back(), right) : join_or(stack_.back(), right);
        break;
      }
      default: stack_.push_back(compare(program, at, *neutral)); break;
    }
  }
  truth answer = stack_.size() > base ? stack_.back() : truth::error;
  stack_.resize(base);
  if (!std::exchange(limited_, outer)) return answer;
  hit_limit_ = true;
  return truth::error;
}

verdict executor::judge(const plan::rule_program& program, std::span<const value> variables, const kind_object* neutral) {
  hit_limit_ = false;
  asserts_.clear();
  when_ = program.has_when ? run(program.when, variables, neutral) : truth::yes;
  if (when_ == truth::no || when_ == truth::not_offered) return verdict::not_applicable;
  for (auto& assertion : program.asserts) asserts_.push_back(run(assertion, variables, neutral));
  return join_rule(when_, asserts_);
}

}  // namespace sekimori::exec
