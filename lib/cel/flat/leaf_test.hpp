// cel: the tests that most conditions are made of, wherever one is asked for: a call for each would take longer than they
// do. Entry points: executor::leaf_test, executor::value_test. For the executor's own files only.
#pragma once

#include "cel/evaluate/arithmetic.hpp"
#include "cel/flat/executor.hpp"
#include "value/same_text.hpp"

namespace sekimori::cel::flat {

inline answer answer_of(bool holds) { return holds ? answer::yes : answer::no; }
inline answer denied(answer given) { return given == answer::open ? given : answer_of(given == answer::no); }

inline bool in_order(std::int64_t a, std::int64_t b, std::uint8_t asked) {
  switch (static_cast<operation>(asked)) {
    case operation::less: return a < b;
    case operation::less_equal: return a <= b;
    case operation::greater: return a > b;
    default: return a >= b;
  }
}

[[gnu::always_inline]] inline answer executor::order_of(value a, value b, std::uint8_t asked) {
  if (!a.is(value_kind::integer) || !b.is(value_kind::integer)) return ordered(a, b, asked);
  return answer_of(in_order(a.as_integer(), b.as_integer(), asked));
}

// What a test of one value comes to before it is negated.
[[gnu::always_inline]] inline answer executor::value_test(const instruction& at, value v) {
  switch (at.what) {
    case opcode::is_true:
      if (!v.is(value_kind::boolean)) return doubt(v);
      if (v.sensitive()) frame_.sensitive = true;
      return answer_of(v.as_boolean());
    case opcode::present: return is_present(v);
    case opcode::equal_text:
      if (is_open(v)) return doubt(v);
      if (at.constant.as_text().size() >= 64 && !spend(at.constant.as_text().size() >> 6)) return left();
      return answer_of(v.is(value_kind::string) && same_text(v.as_text(), at.constant.as_text()));
    case opcode::equal_integer:
      if (!v.is(value_kind::integer)) return equal_to(v, at.constant);
      return answer_of(v.as_integer() == at.constant.as_integer());
    case opcode::equal_boolean:
      if (is_open(v)) return doubt(v);
      return answer_of(v.is(value_kind::boolean) && v.as_boolean() == at.constant.as_boolean());
    case opcode::order:
      return order_of(v, at.constant, at.detail);
    case opcode::one_of: {
      if (is_open(v)) return doubt(v);
      const text_set& set = pool_->sets[at.index2()];
      if (!spend((set.texts().size() >> 3) + 1)) return left();
      return answer_of(v.is(value_kind::string) && set.has(v.as_text()));
    }
    case opcode::starts_with: {
      if (!v.is(value_kind::string)) return doubt(v);
      std::string_view text = v.as_text(), part = at.constant.as_text();
      if (!spend(call_work(text.size() + part.size()))) return left();
      return answer_of(part.size() <= text.size() && same_text(text.substr(0, part.size()), part));
    }
    default: return rare_test(at, v);
  }
}

[[gnu::always_inline]] inline answer executor::leaf_test(std::uint32_t index) {
  const instruction& at = frame_.code[index];
  answer given;
  if (tests_value(at.what)) {
    given = value_test(at, read(at));
  } else if (at.what == opcode::all_of || at.what == opcode::any_of) {
    given = join_tests(at, index, at.what == opcode::all_of ? answer::no : answer::yes);
  } else {
    given = branch_test(at, index);
  }
  return at.negated ? denied(given) : given;
}

}  // namespace sekimori::cel::flat
