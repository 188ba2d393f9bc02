// cel: runs flat code. Entry points: executor::test, executor::find.
#include "cel/flat/executor.hpp"

#include <cstring>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/evaluate/regex.hpp"
#include "cel/flat/marks.hpp"
#include "cel/flat/same_text.hpp"
#include "value/compare.hpp"
#include "value/containers.hpp"

namespace sekimori::cel::flat {

const evaluation_error open_error{evaluation_error_code::invalid_argument, "left to the evaluator"};
const evaluation_error absent_error{evaluation_error_code::no_such_key, "not there"};

namespace {

std::uint64_t text_work(value v) { return (v.is(value_kind::string) || v.is(value_kind::bytes) ? v.as_text().size() : 0) >> 4; }

}  // namespace

void executor::forget_all() {
  for (auto* stamps : {&slot_stamps_, &column_stamps_, &memo_stamps_}) std::fill(stamps->begin(), stamps->end(), 0u);
  generation_ = 1;
}

// One run of a program. A run inside another is rare: only it keeps what it must put back.
class executor::run_scope {
 public:
  run_scope(executor& of, const program& asked) : of_(of), fits_(asked.lowered()) {
    if (!fits_) return;
    if (of.frame_.running != nullptr) {
      nest(asked);
      return;
    }
    if (of.pool_ != asked.shared.get()) of.attach(asked);
    of.work_ = 0;
    of.frame_ = {&asked, asked.code.data(), 0, false, false};
  }
  ~run_scope() {
    if (nested_) of_.frame_ = outer_;
    else if (fits_) of_.frame_.running = nullptr;
  }
  run_scope(const run_scope&) = delete;
  run_scope& operator=(const run_scope&) = delete;
  bool fits() const { return fits_; }

 private:
  [[gnu::noinline, gnu::cold]] void nest(const program& asked) {
    // What is read once for each begin() is of one pool.
    fits_ = of_.pool_ == asked.shared.get() && of_.frame_.local_base + 2 * locals_of_a_run <= most_locals;
    if (!fits_) return;
    nested_ = true;
    outer_ = of_.frame_;
    of_.frame_ = {&asked, asked.code.data(), outer_.local_base + locals_of_a_run, false, false};
  }

  executor& of_;
  bool fits_, nested_ = false;
  frame outer_;
};

answer executor::test(const program& asked) {
  run_scope run(*this, asked);
  doubts_ = unclear;
  if (!run.fits()) return answer::open;
  answer given = answer::open;
  if (asked.is_test) {
    given = run_test(0);
  } else if (value found = run_value(0); found.is(value_kind::boolean)) {
    given = found.as_boolean() ? answer::yes : answer::no;
  } else {
    doubt(found);
  }
  if (frame_.limited) return answer::open;
  doubts_ = frame_.doubts;
  return given;
}

value executor::find(const program& asked) {
  run_scope run(*this, asked);
  if (!run.fits()) return open_value();
  value found = open_value();
  if (asked.is_test) {
    answer given = run_test(0);
    if (given != answer::open) found = value::boolean(given == answer::yes);
  } else {
    found = run_value(0);
  }
  return frame_.limited || frame_.sensitive ? open_value() : found;
}

// --- sources ------------------------------------------------------------------------------------------

value executor::read_other(const instruction& at) {
  if (at.from == source::variable) return at.local < variables_.size() ? noted(variables_[at.local]) : open_value();
  if (at.from == source::constant) return at.constant;
  return value_at(static_cast<std::uint32_t>(&at - frame_.code) + 1);
}

// What a declared type says of a field that is not there, or has its default, is the evaluator's to know.
value executor::key_of(value map, std::string_view key, std::uint32_t& hint, bool typed) {
  value found;
  const map_view& view = map.as_map();
  const bool there = view.find_near(key, hint, found);
  if ((typed || !there || found.is_null()) && !view.type_name().empty()) return open_value();
  if (!there) return absent_value();
  return map.sensitive() ? found.marked_sensitive(true) : found;
}

value executor::read_slot(std::uint32_t index) {
  const slot& asked = pool_->slots[index];
  value parent = asked.parent != no_slot ? slot_value(asked.parent) : asked.variable < variables_.size() ? variables_[asked.variable] : open_value();
  value& found = slot_values_[index];   // nothing that runs meanwhile makes the tables grow
  slot_stamps_[index] = generation_;
  if (!parent.is(value_kind::map)) {
    if (parent.is_unknown()) return found = parent;
    const bool nothing = is_absent(parent) && asked.parent != no_slot && pool_->slots[asked.parent].optional;
    return noted(found = nothing ? absent_value() : open_value());
  }
  const map_view& view = parent.as_map();
  if (asked.field >= 0) {
    // A field may read itself on the way: until it is read it is open.
    value read;
    slot_values_[index] = open_value();
    const bool there = view.field(static_cast<std::uint32_t>(asked.field), read) || view.find(asked.key, read);
    found = there ? read : absent_value();
  } else {
    const bool there = view.find_near(asked.key.as_text(), hints_[index], found);
    const bool typed = asked.optional || asked.presence || !there || found.is_null();
    if (typed && !view.type_name().empty()) return found = open_value();
    if (!there) {
      // What a strict read of it gives, where that is an unknown.
      value missing = asked.optional || asked.presence ? value::null() : view.missing(asked.key);
      return found = missing.is_unknown() ? missing : absent_value();
    }
  }
  if (parent.sensitive()) found = found.marked_sensitive(true);
  return found.is_error() ? noted(found) : found;
}

const value* executor::read_column(std::uint32_t index) {
  const column& asked = pool_->columns[index];
  value over = slot_value(asked.list);
  const list_view& list = over.as_list();
  const std::size_t size = list.size();
  auto values = memory_.make_array<value>(size == 0 ? 1 : size);
  for (std::size_t i = 0; i < size; ++i) {
    value element = list.at(i);
    if (over.sensitive()) element = element.marked_sensitive(true);
    values[i] = noted(element).is(value_kind::map) ? key_of(element, asked.key, hints_[pool_->slots.size() + index], asked.presence) : open_value();
  }
  column_values_[index] = values.data();
  column_stamps_[index] = generation_;
  return values.data();
}

// --- tests --------------------------------------------------------------------------------------------

namespace {
inline answer answer_of(bool holds) { return holds ? answer::yes : answer::no; }

inline bool in_order(std::int64_t a, std::int64_t b, std::uint8_t asked) {
  switch (static_cast<operation>(asked)) {
    case operation::less: return a < b;
    case operation::less_equal: return a <= b;
    case operation::greater: return a > b;
    default: return a >= b;
  }
}
}  // namespace

// The tests that most conditions are made of, wherever one is asked for: a call for each would take longer than they do.
[[gnu::always_inline]] inline answer executor::leaf_test(std::uint32_t index) {
  const instruction& at = frame_.code[index];
  bool holds;
  switch (at.what) {
    case opcode::fixed: holds = at.index != 0; break;
    case opcode::is_true: {
      value v = read(at);
      if (!v.is(value_kind::boolean)) return doubt(v);
      if (v.sensitive()) frame_.sensitive = true;
      holds = v.as_boolean();
      break;
    }
    case opcode::present: {
      answer given = is_present(read(at));
      if (given == answer::open) return given;
      holds = given == answer::yes;
      break;
    }
    case opcode::equal_text: {
      value v = read(at);
      if (is_open(v)) return doubt(v);
      holds = v.is(value_kind::string) && same_text(v.as_text(), at.constant.as_text());
      if (at.constant.as_text().size() >= 64 && !spend(at.constant.as_text().size() >> 6)) return left();
      break;
    }
    case opcode::equal_boolean: {
      value v = read(at);
      if (is_open(v)) return doubt(v);
      holds = v.is(value_kind::boolean) && v.as_boolean() == at.constant.as_boolean();
      break;
    }
    case opcode::one_of: {
      value v = read(at);
      if (is_open(v)) return doubt(v);
      const text_set& set = pool_->sets[at.index2()];
      holds = v.is(value_kind::string) && set.has(v.as_text());
      if (!spend((set.texts().size() >> 3) + 1)) return left();
      break;
    }
    case opcode::starts_with: {
      value v = read(at);
      if (!v.is(value_kind::string)) return doubt(v);
      std::string_view text = v.as_text(), part = at.constant.as_text();
      holds = part.size() <= text.size() && same_text(text.substr(0, part.size()), part);
      if (!spend(call_work(text.size() + part.size()))) return left();
      break;
    }
    case opcode::order: {
      value v = read(at);
      if (!v.is(value_kind::integer) || !at.constant.is(value_kind::integer)) {
        answer given = ordered(v, at.constant, at.detail);
        if (given == answer::open) return given;
        holds = given == answer::yes;
      } else {
        holds = in_order(v.as_integer(), at.constant.as_integer(), at.detail);
      }
      break;
    }
    case opcode::order_values: {
      value left = value_at(index + 1);
      value right = value_at(frame_.code[index + 1].end);
      if (!left.is(value_kind::integer) || !right.is(value_kind::integer)) {
        answer given = ordered(left, right, at.detail);
        if (given == answer::open) return given;
        holds = given == answer::yes;
      } else {
        holds = in_order(left.as_integer(), right.as_integer(), at.detail);
      }
      break;
    }
    case opcode::all_of:
    case opcode::any_of: {
      const answer given = join_tests(at, index, at.what == opcode::all_of ? answer::no : answer::yes);
      if (given == answer::open) return given;
      holds = given == answer::yes;
      break;
    }
    default: {
      const answer given = branch_test(at, index);
      if (given == answer::open) return given;
      holds = given == answer::yes;
      break;
    }
  }
  return answer_of(holds != at.negated);
}

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

answer executor::branch_test(const instruction& at, std::uint32_t index) {
  switch (at.what) {
    case opcode::choose_test: {
      answer chosen = run_test(index + 1);
      if (chosen == answer::open) return chosen;
      std::uint32_t first = frame_.code[index + 1].end;
      return run_test(chosen == answer::yes ? first : frame_.code[first].end);
    }
    case opcode::equal_integer: {
      value v = read(at);
      if (v.is(value_kind::integer)) return answer_of(v.as_integer() == at.constant.as_integer());
      return equal_to(v, at.constant);
    }
    case opcode::equal: return equal_to(read(at), at.constant);
    case opcode::equal_values: {
      value left = value_at(index + 1);
      value right = value_at(frame_.code[index + 1].end);
      return equal_to(left, right);
    }
    case opcode::ends_with:
    case opcode::contains: {
      value v = read(at);
      if (!v.is(value_kind::string)) return doubt(v);
      std::string_view text = v.as_text(), part = at.constant.as_text();
      if (!spend(call_work(text.size() + part.size()))) return left();
      if (at.what == opcode::ends_with) return answer_of(text.ends_with(part));
      return answer_of(part.size() <= text.size() && (part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr));
    }
    case opcode::holds_text: return holds(read(at), at.constant);
    case opcode::contained: {
      value sought = value_at(index + 1);
      value container = value_at(frame_.code[index + 1].end);
      return contained(sought, container);
    }
    case opcode::pattern: {
      value v = read(at);
      if (!v.is(value_kind::string)) return doubt(v);
      const pattern& asked = pool_->patterns[at.index2()];
      if (asked.size > bounds_.regex_size || asked.source.size() > bounds_.regex_bytes) return left();
      if (!spend(matching_work(v.as_text().size(), asked.size) + call_work(v.as_text().size() + asked.source.size()))) return left();
      return answer_of(asked.matches(v.as_text()));
    }
    case opcode::regex: return match(at);
    case opcode::fused_regex: return match_fused(at);
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
  const value* elements = list.elements();
  if (elements == nullptr && is_unsure(list)) return left();
  const std::string_view sought = text.as_text();
  const std::size_t size = list.size();
  if (!spend(size + (sought.size() >> 4))) return left();
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

// --- loops --------------------------------------------------------------------------------------------

bool executor::open_range(const instruction& at, std::uint32_t index, loop_range& opened) {
  value over;
  if (at.from == source::slot) {
    over = slot_value(at.index);
    opened.body = index + 1;
    if ((at.detail & empty_if_absent) != 0 && is_absent(over)) return true;
  } else {
    over = value_at(index + 1);
    opened.body = frame_.code[index + 1].end;
  }
  opened.sensitive = over.sensitive();
  if (over.is(value_kind::list)) {
    opened.list = &over.as_list();
    opened.size = opened.list->size();
    opened.elements = opened.list->elements();
    if (opened.elements == nullptr && is_unsure(*opened.list)) opened.shape = opened.list->relation();
  } else if (over.is(value_kind::map)) {
    opened.entries = over.as_map().entries();
    opened.size = over.as_map().size();
  } else {
    opened.instead = over;
    return false;
  }
  return true;
}

void executor::bind(const instruction& at, const loop_range& over, std::size_t i) {
  std::uint32_t local = frame_.local_base + at.local;
  const bool both = (at.detail & binds_both) != 0;
  if (over.list != nullptr) {
    if (both) locals_[local++] = value::integer(static_cast<std::int64_t>(i));
    positions_[local] = static_cast<std::uint32_t>(i);
    if ((at.detail & binds_element) == 0) return;
    value element = over.elements != nullptr ? over.elements[i] : over.list->at(i);
    locals_[local] = noted(over.sensitive ? element.marked_sensitive(true) : element);
  } else {
    const map_entry& entry = over.entries[i];
    locals_[local] = over.sensitive ? entry.key.marked_sensitive(true) : entry.key;
    if (both) locals_[local + 1] = noted(over.sensitive ? entry.mapped.marked_sensitive(true) : entry.mapped);
  }
}

answer executor::quantify(const instruction& at, std::uint32_t index) {
  loop_range over;
  if (!open_range(at, index, over)) return doubt(over.instead);
  // Columns are of lists.
  if (over.entries != nullptr && at.from == source::slot && (at.detail & (binds_element | binds_both)) == 0 && over.size > 0) return left();
  const bool unique = at.what == opcode::exists_one;
  if (unique && over.shape != nullptr) return left();
  const std::uint8_t before = frame_.doubts;
  const answer deciding = at.what == opcode::all ? answer::no : answer::yes;
  answer joined = at.what == opcode::all ? answer::yes : answer::no;
  std::size_t witnesses = 0;
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!spend(at.weight)) return left();
    bind(at, over, i);
    answer given = leaf_test(over.body);
    if (frame_.limited) return left();
    if (given == deciding && over.certain(i)) {
      if (!unique) return settled(before, given);
      ++witnesses;
    } else if (given == answer::open || given == deciding) {
      // Why a member is only possible is the evaluator's to tell, and so are doubts where errors win.
      if (given == deciding || unique) left();
      joined = answer::open;
    }
  }
  if (over.shape != nullptr && over.shape->open) joined = left();
  if (!unique || joined == answer::open) return joined;
  return answer_of(witnesses == 1);
}

}  // namespace sekimori::cel::flat
