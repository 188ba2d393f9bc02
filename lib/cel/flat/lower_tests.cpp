// cel: tests of flat code: what gives yes or no. Entry point: lowering::test.
#include <algorithm>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/flat/lower.hpp"
#include "cel/regex_size.hpp"

namespace sekimori::cel::flat {
namespace {

constexpr int deepest = 48;   // levels of code in code; the evaluator bounds its own depth

bool scalar(value v) {
  switch (v.kind()) {
    case value_kind::boolean:
    case value_kind::integer:
    case value_kind::unsigned_integer:
    case value_kind::floating:
    case value_kind::string:
    case value_kind::null:
    case value_kind::timestamp:
    case value_kind::duration: return true;
    default: return false;
  }
}

}  // namespace

// How a part of a loop's condition depends on the loops around it; `fixed`: there is nothing to say of it.
opcode lowering::independence(const expression& e) const {
  if (locals_.empty() || wrapped_ == locals_.size() || e.kind == expression_kind::literal) return opcode::fixed;
  const bound& innermost = locals_.back();
  if (!innermost.element) return opcode::fixed;
  const instruction& loop = made_.code[innermost.loop];
  const std::size_t own = locals_.size() - loop.local;
  const std::uint64_t read = locals_in(e), mine = (std::uint64_t{1} << own) - 1;
  if ((read & mine) == 0) return opcode::invariant;
  const bool inner = std::any_of(locals_.begin(), locals_.end() - static_cast<std::ptrdiff_t>(own), [](const bound& one) { return one.element; });
  return inner && (read & ~mine) == 0 && loop.from == source::slot ? opcode::per_element : opcode::fixed;
}

bool lowering::test(const expression& e, bool negated) {
  const opcode mark = independence(e);
  if (mark == opcode::fixed) return plain_test(e, negated);
  const std::size_t outside = std::exchange(wrapped_, locals_.size());
  const std::size_t at = emit(mark);
  if (mark == opcode::per_element) made_.code[at].index = pool_.kept++;
  const bool done = plain_test(e, negated);
  wrapped_ = outside;
  close(at);
  return done;
}

// Whether a part of the condition is asked of a column, or is marked as above.
bool lowering::gains_by_blocks(std::size_t loop) const {
  const instruction& at = made_.code[loop];
  const std::uint32_t element = element_of(at);
  auto of_element = [&](const instruction& one) { return (one.from == source::column || one.from == source::local) && one.local == element; };
  for (std::uint32_t next = body_of(loop); next < at.end;) {
    const instruction& one = made_.code[next];
    if (one.what == opcode::all_of || one.what == opcode::any_of) {
      ++next;
      continue;
    }
    if (one.what == opcode::invariant || one.what == opcode::per_element || (tests_value(one.what) && of_element(one))) return true;
    if (one.what == opcode::order_values && (of_element(made_.code[next + 1]) || of_element(made_.code[made_.code[next + 1].end]))) return true;
    next = one.end;
  }
  return false;
}

bool lowering::plain_test(const expression& e, bool negated) {
  if (++depth_ > deepest) return false;
  struct leave_level { int& depth; ~leave_level() { --depth; } } level{depth_};
  if (e.kind == expression_kind::literal) {
    if (!e.constant.is(value_kind::boolean)) return false;
    std::size_t at = emit(opcode::fixed);
    made_.code[at].index = e.constant.as_boolean() != negated ? 1 : 0;
    return true;
  }
  if (e.kind == expression_kind::select && e.test_only) return presence(e, negated);
  if (e.kind == expression_kind::comprehension) return where_.shares && locals_.empty() ? shared_part(e, negated) : quantifier(e, negated);
  if (e.kind != expression_kind::call) return truth_of_value(e, negated);
  switch (operation_of(e.name)) {
    case operation::logical_and: return join(e, true, negated);
    case operation::logical_or: return join(e, false, negated);
    case operation::logical_not: return test(*e.arguments[0], !negated);
    case operation::equal: return comparison(e, operation::equal, negated);
    case operation::not_equal: return comparison(e, operation::equal, !negated);
    case operation::less:
    case operation::less_equal:
    case operation::greater:
    case operation::greater_equal: return comparison(e, operation_of(e.name), negated);
    case operation::in: return containment(e, negated);
    case operation::conditional: {
      std::size_t at = emit(opcode::choose_test, negated);
      for (const expression* part : e.arguments) {
        if (!test(*part, false)) return false;
      }
      close(at);
      return true;
    }
    case operation::function:
    case operation::matches: break;
    default: return truth_of_value(e, negated);
  }
  const bool of_constant = e.operand != nullptr && e.arguments.size() == 1 && e.arguments[0]->kind == expression_kind::literal &&
                           e.arguments[0]->constant.is(value_kind::string);
  if (of_constant && is_standard(e, "starts_with_string")) return text_test(e, opcode::starts_with, negated);
  if (of_constant && is_standard(e, "ends_with_string")) return text_test(e, opcode::ends_with, negated);
  if (of_constant && is_standard(e, "contains_string")) return text_test(e, opcode::contains, negated);
  if (e.name == "matches" && (e.operand != nullptr ? e.arguments.size() == 1 : e.arguments.size() == 2)) {
    if (e.arguments.back()->kind == expression_kind::literal && regex_test(e, negated)) return true;
    return truth_of_value(e, negated);
  }
  if (e.operand != nullptr && e.name == "hasValue" && e.arguments.empty()) {
    bool optional = false;
    std::uint32_t slot = slot_of(*e.operand, optional);
    if (slot != no_slot && optional) {
      instruction& at = made_.code[emit(opcode::present, negated)];
      at.from = source::slot;
      at.index = slot;
      return true;
    }
  }
  return truth_of_value(e, negated);
}

namespace {

// The variables that a part reads, each with its space.
void add_spaces(const expression& e, const placement& where, std::string& to, int depth = 0) {
  if (depth > 250) return;
  if (e.kind == expression_kind::identifier && !e.local && e.slot >= 0) {
    const auto slot = static_cast<std::size_t>(e.slot);
    to += ' ' + std::to_string(slot) + ':' + std::to_string(slot < where.spaces.size() ? where.spaces[slot] : 0);
  }
  for (const expression* part : {e.operand, e.condition, e.body, e.body2}) {
    if (part != nullptr) add_spaces(*part, where, to, depth + 1);
  }
  for (const expression* argument : e.arguments) add_spaces(*argument, where, to, depth + 1);
}

}  // namespace

// A loop that other conditions ask as well. Cheaper parts are not worth the look-up (docs/performance.md).
bool lowering::shared_part(const expression& e, bool negated) {
  std::string name = unparse(e);
  add_spaces(e, where_, name);
  auto [at, fresh] = pool_.memo_names.try_emplace(std::move(name), pool_.memos);
  if (fresh) {
    ++pool_.memos;
    pool_.memo_uses.push_back(0);
  }
  const std::size_t kept = emit(opcode::shared, negated);
  made_.code[kept].index = at->second;
  if (!quantifier(e, false)) return false;
  ++pool_.memo_uses[at->second];
  close(kept);
  return true;
}

// a && b && c is one instruction: no order of its parts changes Kleene's answer.
bool lowering::join(const expression& e, bool conjunction, bool negated) {
  std::size_t at = emit(conjunction ? opcode::all_of : opcode::any_of, negated);
  if (!join_sides(e, e.name, negated)) return false;
  close(at);
  return true;
}

bool lowering::join_sides(const expression& e, std::string_view name, bool negated) {
  if (++depth_ > deepest) return false;
  for (const expression* side : e.arguments) {
    bool done = is_operator(*side, name, 2) ? join_sides(*side, name, negated) : test(*side, false);
    if (!done) return false;
  }
  --depth_;
  return true;
}

bool lowering::truth_of_value(const expression& e, bool negated) {
  std::size_t at = emit(opcode::is_true, negated);
  if (!operand(e, at)) return false;
  close(at);
  return true;
}

bool lowering::presence(const expression& e, bool negated) {
  // The path with its last step: has(a.b) is whether a.b leads to a value.
  expression path = e;
  path.test_only = false;
  std::size_t at = emit(opcode::present, negated);
  bool optional = false;
  instruction filled = made_.code[at];
  if (std::uint32_t slot = slot_of(path, optional); slot != no_slot) {
    filled.from = source::slot;
    filled.index = slot;
    pool_.slots[slot].presence = true;
  } else if (!source_of(path, filled) && !column_of(path, filled)) {
    if (e.field != nullptr || e.slot >= 0) return false;
    filled.from = source::child;
  }
  made_.code[at] = filled;
  if (filled.from == source::column) pool_.columns[filled.index].presence = true;
  if (filled.from == source::child) {
    std::size_t field = emit(opcode::field);
    made_.code[field].constant = value::string(e.name);
    made_.code[field].index = pool_.hint_of(e.name);
    made_.code[field].detail = passes_absence(*e.operand);
    if (!optional_path(*e.operand)) return false;
    close(field);
  }
  close(at);
  return true;
}

bool lowering::comparison(const expression& e, operation asked, bool negated) {
  const bool order = asked != operation::equal;
  const expression *left = e.arguments[0], *right = e.arguments[1];
  bool swapped = left->kind == expression_kind::literal;
  if (swapped) std::swap(left, right);
  if (right->kind == expression_kind::literal && left->kind != expression_kind::literal && scalar(right->constant)) {
    value constant = right->constant;
    opcode what = order ? opcode::order : opcode::equal;
    if (!order && constant.is(value_kind::string)) what = opcode::equal_text;
    if (!order && constant.is(value_kind::integer)) what = opcode::equal_integer;
    if (!order && constant.is(value_kind::boolean)) what = opcode::equal_boolean;
    std::size_t at = emit(what, negated);
    made_.code[at].constant = constant;
    if (order) made_.code[at].detail = static_cast<std::uint8_t>(swapped ? backward(asked) : asked);
    if (!operand(*left, at)) return false;
    close(at);
    return true;
  }
  std::size_t at = emit(order ? opcode::order_values : opcode::equal_values, negated);
  if (order) made_.code[at].detail = static_cast<std::uint8_t>(asked);
  if (!value_of(*e.arguments[0]) || !value_of(*e.arguments[1])) return false;
  close(at);
  return true;
}

bool lowering::containment(const expression& e, bool negated) {
  const expression &sought = *e.arguments[0], &container = *e.arguments[1];
  // Elements that are literals of texts: a set.
  bool texts = container.kind == expression_kind::list && container.optional_at.empty() && !container.arguments.empty();
  for (const expression* element : container.arguments) {
    texts = texts && container.kind == expression_kind::list && element->kind == expression_kind::literal && element->constant.is(value_kind::string);
  }
  if (texts && sought.kind != expression_kind::literal) {
    std::vector<std::string_view> elements;
    for (const expression* element : container.arguments) elements.push_back(element->constant.as_text());
    std::size_t at = emit(opcode::one_of, negated);
    made_.code[at].constant = value::integer(static_cast<std::int64_t>(pool_.sets.size()));
    pool_.sets.emplace_back(std::move(elements));
    if (!operand(sought, at)) return false;
    close(at);
    return true;
  }
  if (sought.kind == expression_kind::literal && sought.constant.is(value_kind::string) && container.kind != expression_kind::list) {
    std::size_t at = emit(opcode::holds_text, negated);
    made_.code[at].constant = sought.constant;
    if (!operand(container, at)) return false;
    close(at);
    return true;
  }
  std::size_t at = emit(opcode::contained, negated);
  if (!value_of(sought) || !value_of(container)) return false;
  close(at);
  return true;
}

bool lowering::text_test(const expression& e, opcode what, bool negated) {
  std::size_t at = emit(what, negated);
  made_.code[at].constant = e.arguments[0]->constant;
  if (!operand(*e.operand, at)) return false;
  close(at);
  return true;
}

bool lowering::regex_test(const expression& e, bool negated) {
  value literal = e.arguments.back()->constant;
  if (!literal.is(value_kind::string) || !refused_regex(literal.as_text(), bounds_).empty()) return false;
  const expression& text = e.operand != nullptr ? *e.operand : *e.arguments[0];
  if (text.kind == expression_kind::literal) return false;
  std::size_t mark = made_.code.size();
  std::size_t at = emit(opcode::regex, negated);
  auto [known, fresh] = pool_.regex_names.try_emplace(literal.as_text());
  if (fresh) {
    if (auto simple = simplify(literal.as_text())) {
      simple->size = regex_size(literal.as_text());
      simple->source = literal.as_text();
      known->second = {opcode::pattern, static_cast<std::uint32_t>(pool_.patterns.size())};
      pool_.patterns.push_back(std::move(*simple));
    } else {
      known->second = {opcode::regex, static_cast<std::uint32_t>(pool_.regexes.size())};
      pool_.regexes.push_back({literal.as_text(), regex_size(literal.as_text())});
    }
  }
  made_.code[at].what = known->second.first;
  made_.code[at].constant = value::integer(known->second.second);
  if (operand(text, at)) {
    close(at);
    return true;
  }
  made_.code.resize(mark);
  return false;
}

bool lowering::quantifier(const expression& e, bool negated) {
  if (e.macro == macro_kind::bind) {
    std::size_t at = emit(opcode::bind_test, negated);
    if (!value_of(*e.operand)) return false;
    if (locals_.size() + 1 >= 60) return false;
    made_.code[at].local = static_cast<std::uint16_t>(locals_.size());
    locals_.push_back({static_cast<std::uint16_t>(locals_.size()), no_slot, at, false});
    bool done = test(*e.body, false);
    locals_.pop_back();
    close(at);
    return done;
  }
  opcode what;
  switch (e.macro) {
    case macro_kind::all: what = opcode::all; break;
    case macro_kind::exists: what = opcode::exists; break;
    case macro_kind::exists_one: what = opcode::exists_one; break;
    default: return truth_of_value(e, negated);
  }
  const std::size_t mark = made_.code.size();
  const std::size_t level = locals_.size();
  const int depth = depth_;
  std::size_t at = emit(what, negated);
  bool done = range(*e.operand, at) && enter(e, at);
  if (done) {
    const auto first = static_cast<std::uint16_t>(level);
    made_.code[at].local = first;
    if (!e.variable2.empty()) made_.code[at].detail |= binds_both;
    made_.code[at].weight = static_cast<std::uint16_t>(std::min<std::uint32_t>(node_count_of(*e.body) + 1, UINT16_MAX));
    done = test(*e.body, false);
    leave(e);
  }
  close(at);
  // One test by itself is as fast an element at a time, and the loop ends earlier.
  if (done && !tests_value(made_.code[body_of(at)].what) && gains_by_blocks(at)) made_.code[at].detail |= in_blocks;
  if (done) return true;
  // Outside every loop the whole of it is left to the evaluator.
  locals_.resize(level);
  depth_ = depth;
  made_.code.resize(mark);
  if (!locals_.empty()) return false;
  std::size_t instead = emit(opcode::is_true, negated);
  if (!general(e)) return false;
  close(instead);
  return true;
}

}  // namespace sekimori::cel::flat
