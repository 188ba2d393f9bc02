// cel: tests of flat code. Entry points: executor::run_test, join_tests, branch_test.
#include <cstring>

#include "cel/evaluate/regex.hpp"
#include "cel/flat/leaf_test.hpp"
#include "cel/flat/marks.hpp"
#include "value/compare.hpp"
#include "value/containers.hpp"

namespace sekimori::cel::flat {
namespace {

std::uint64_t text_work(value v) { return (v.is(value_kind::string) || v.is(value_kind::bytes) ? v.as_text().size() : 0) >> 4; }

}  // namespace

answer executor::run_test(std::uint32_t index) { return leaf_test(index); }

answer executor::join_tests(const instruction& at, std::uint32_t index, answer deciding) {
  const std::uint8_t before = frame_.doubts;
  answer joined = deciding == answer::no ? answer::yes : answer::no;
  for (std::uint32_t next = index + 1; next < at.end; next = frame_.code[next].end) {
    const answer given = leaf_test(next);
    if (given == deciding) return frame_.limited ? left() : settled(before, given);
    if (given == answer::open) joined = given;
  }
  return joined;
}

// Tests of one value that are rarer, or take longer than a call.
answer executor::rare_test(const instruction& at, value v) {
  switch (at.what) {
    case opcode::equal: return equal_to(v, at.constant);
    case opcode::ends_with:
    case opcode::contains: {
      if (!v.is(value_kind::string)) return doubt(v);
      std::string_view text = v.as_text(), part = at.constant.as_text();
      if (!spend(call_work(text.size() + part.size()))) return left();
      if (at.what == opcode::ends_with) return answer_of(text.ends_with(part));
      return answer_of(part.size() <= text.size() && (part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr));
    }
    case opcode::holds_text: return holds(v, at.constant);
    case opcode::pattern: {
      if (!v.is(value_kind::string)) return doubt(v);
      const pattern& asked = pool_->patterns[at.index2()];
      if (asked.size > bounds_.regex_size || asked.source.size() > bounds_.regex_bytes) return left();
      if (!spend(matching_work(v.as_text().size(), asked.size) + call_work(v.as_text().size() + asked.source.size()))) return left();
      return answer_of(asked.matches(v.as_text()));
    }
    case opcode::regex: return match(at, v);
    case opcode::fused_regex: return match_fused(at, v);
    default: return left();   // no test of a value
  }
}

answer executor::branch_test(const instruction& at, std::uint32_t index) {
  switch (at.what) {
    case opcode::fixed: return answer_of(at.index != 0);
    case opcode::choose_test: {
      answer chosen = run_test(index + 1);
      if (chosen == answer::open) return chosen;
      std::uint32_t first = frame_.code[index + 1].end;
      return run_test(chosen == answer::yes ? first : frame_.code[first].end);
    }
    case opcode::equal_values:
    case opcode::order_values: {
      value left = value_at(index + 1);
      value right = value_at(frame_.code[index + 1].end);
      if (at.what == opcode::equal_values) return equal_to(left, right);
      return order_of(left, right, at.detail);
    }
    case opcode::contained: {
      value sought = value_at(index + 1);
      value container = value_at(frame_.code[index + 1].end);
      return contained(sought, container);
    }
    case opcode::all:
    case opcode::exists:
    case opcode::exists_one: return quantify(at, index);
    case opcode::bind_test:
      locals_[frame_.local_base + at.local] = value_at(index + 1);
      return run_test(frame_.code[index + 1].end);
    case opcode::shared:
      if (memo_stamps_[at.index] != generation_) {
        const std::uint8_t before = frame_.doubts;
        frame_.doubts = 0;
        const answer given = run_test(index + 1);
        memos_[at.index] = {given, frame_.doubts};
        frame_.doubts |= before;
        if (frame_.limited) return left();   // the next one that asks must hit the limit, too
        memo_stamps_[at.index] = generation_;
        return given;
      }
      frame_.doubts |= memos_[at.index].doubts;
      return memos_[at.index].given;
    case opcode::invariant:
    case opcode::per_element: return run_test(index + 1);
    default: return left();   // no test
  }
}

answer executor::doubt(value v) {
  if (!v.is_unknown()) return left();
  const unknown_set& set = v.as_unknown();
  for (std::size_t i = 0; i < set.count; ++i) frame_.doubts |= static_cast<std::uint8_t>(1u << static_cast<int>(set.paths[i].reason));
  return set.count > 0 ? answer::open : left();
}

// Of two operands of a call: unknowns merge, and an unknown outranks an error that is one.
answer executor::doubt(value a, value b) {
  if (a.is_unknown() && !b.is_error()) doubt(a);
  if (b.is_unknown() && !a.is_error()) doubt(b);
  return a.is_error() || b.is_error() ? left() : answer::open;
}

answer executor::equal_to(value v, value constant) {
  if (is_open(v) || is_open(constant)) return doubt(v, constant);
  std::uint64_t visited = 0;
  value same = noted(equals(memory_, v, constant, visited));
  if (!spend(visited + text_work(v))) return left();
  return same.is(value_kind::boolean) ? answer_of(same.as_boolean()) : doubt(same);
}

answer executor::ordered(value a, value b, std::uint8_t asked) {
  if (is_open(a) || is_open(b)) return doubt(a, b);
  auto compared = compare(a, b);
  if (!compared || !spend(text_work(a))) return left();
  return answer_of(in_order(*compared, 0, asked));
}

answer executor::holds(value container, value text) {
  if (is_open(container)) return doubt(container);
  if (container.is(value_kind::map)) {
    value found;
    return answer_of(container.as_map().find(text, found));
  }
  if (!container.is(value_kind::list)) return left();
  const list_view& list = container.as_list();
  const value* elements = list.at_hand().data();
  std::size_t size = list.at_hand().size();
  if (size == 0) {
    elements = list.elements();
    if (elements == nullptr && is_unsure(list)) return left();
    size = list.size();
  }
  const std::string_view sought = text.as_text();
  if (!spend(size + (sought.size() >> 4))) return left();
  if (const text_set* set = size > text_set::few ? list.texts() : nullptr) return answer_of(set->has(sought));
  const std::uint8_t before = frame_.doubts;
  bool all_known = true;
  for (std::size_t i = 0; i < size; ++i) {
    const value element = elements != nullptr ? elements[i] : list.at(i);
    if (element.is(value_kind::string)) {
      if (same_text(element.as_text(), sought)) return settled(before, answer::yes);
    } else if (is_open(element)) {
      doubt(noted(element));
      all_known = false;
    }
  }
  return all_known ? answer::no : answer::open;   // their doubts are told
}

answer executor::contained(value sought, value container) {
  if (sought.is(value_kind::string)) return holds(container, sought);
  if (is_open(sought) || is_open(container)) return doubt(sought, container);
  if (container.is(value_kind::map)) {
    value found;
    return answer_of(is_key(sought) && container.as_map().find(sought, found));
  }
  if (!container.is(value_kind::list)) return left();
  const list_view& list = container.as_list();
  if (is_unsure(list)) return left();
  const std::uint8_t before = frame_.doubts;
  std::uint64_t visited = 0;
  bool all_known = true;
  for (std::size_t i = 0; i < list.size(); ++i) {
    value same = noted(equals(memory_, sought, list.at(i), visited));
    if (!spend(visited)) return left();
    if (same.is_true()) return settled(before, answer::yes);
    if (same.is_false()) continue;
    doubt(same);
    all_known = false;
  }
  return all_known ? answer::no : answer::open;
}

answer executor::is_present(value v) {
  if (is_absent(v)) return answer::no;
  if (v.is_error() && v.as_error().code == evaluation_error_code::not_offered) return answer::no;
  return is_open(v) ? doubt(v) : answer::yes;
}

}  // namespace sekimori::cel::flat
