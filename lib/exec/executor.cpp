// exec: see executor.hpp.
#include "exec/executor.hpp"

namespace sekimori::exec {

truth join_and(truth a, truth b) {
  for (auto first : {truth::no, truth::unknown, truth::error, truth::not_offered}) {
    if (a == first || b == first) return first;
  }
  return truth::yes;
}

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

truth executor::ask(const cel::flat::program& condition) {
  doubts_ = 0;
  switch (conditions_.test(condition)) {
    case cel::flat::answer::yes: return truth::yes;
    case cel::flat::answer::no: return truth::no;
    case cel::flat::answer::open: break;
  }
  if (std::uint8_t found = conditions_.doubts(); found != 0 && (found & cel::flat::executor::unclear) == 0) {
    doubts_ = found;
    return truth::unknown;
  }
  open_ = true;
  const value found = evaluator_.evaluate(*condition.text, variables_);
  // Flat code that answered is far from every limit.
  limited_ = limited_ || (found.is_error() && found.as_error().code == evaluation_error_code::limit);
  return truth_of(found);
}

verdict executor::judge(const plan::rule_program& program) { return judge(program, {0, UINT64_MAX, program.when.text != nullptr}); }

verdict executor::judge(const plan::rule_program& program, const plan::candidate& asked) {
  limited_ = open_ = false;
  asserts_.clear();
  assert_doubts_.clear();
  when_ = asked.asks_when ? ask(program.when) : truth::yes;
  when_doubts_ = doubts_;
  if (when_ == truth::no || when_ == truth::not_offered) return verdict::not_applicable;
  for (std::size_t i = 0; i < program.asserts.size(); ++i) {
    const bool open = i >= 64 || (asked.open >> i & 1) != 0;
    asserts_.push_back(open ? ask(program.asserts[i]) : truth::yes);
    assert_doubts_.push_back(doubts_);
  }
  return join_rule(when_, asserts_);
}

}  // namespace sekimori::exec
