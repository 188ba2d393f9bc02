// cel: runs flat code. Entry points: executor::test, executor::find.
#include "cel/flat/executor.hpp"

#include <algorithm>

#include "cel/flat/leaf_test.hpp"
#include "cel/flat/marks.hpp"

namespace sekimori::cel::flat {

const evaluation_error open_error{evaluation_error_code::invalid_argument, "left to the evaluator"};
const evaluation_error absent_error{evaluation_error_code::no_such_key, "not there"};

void executor::forget_all() {
  for (auto* stamps : {&slot_stamps_, &column_stamps_, &memo_stamps_}) std::fill(stamps->begin(), stamps->end(), 0u);
  generation_ = 1;
}

// --- runs ---------------------------------------------------------------------------------------------

// A run inside another: the other's frame is put back after it.
class executor::nested_run {
 public:
  nested_run(executor& of, const program& asked) : of_(of), outer_(of.frame_) {
    of_.frame_ = {&asked, asked.code.data(), outer_.local_base + locals_of_a_run};
    of_.frame_.run = ++of_.runs_;
  }
  ~nested_run() { of_.frame_ = outer_; }
  nested_run(const nested_run&) = delete;
  nested_run& operator=(const nested_run&) = delete;

  // What is read once for each begin() is of one pool.
  static bool fits(const executor& of, const program& asked) {
    return of.pool_ == asked.shared.get() && of.frame_.local_base + 2 * locals_of_a_run <= most_locals;
  }

 private:
  executor& of_;
  frame outer_;
};

class executor::outermost_run {
 public:
  outermost_run(executor& of, const program& asked) : of_(of) {
    if (of.attached_ != asked.shared->serial) of.attach(*asked.shared);
    of.work_ = 0;
    of.frame_ = {&asked, asked.code.data()};
    of.frame_.run = ++of.runs_;
  }
  ~outermost_run() { of_.frame_.running = nullptr; }
  outermost_run(const outermost_run&) = delete;
  outermost_run& operator=(const outermost_run&) = delete;

 private:
  executor& of_;
};

[[gnu::always_inline]] inline answer executor::answer_of_root(const program& asked) {
  answer given = answer::open;
  if (asked.is_test) {
    given = leaf_test(0);
  } else if (value found = run_value(0); found.is(value_kind::boolean)) {
    given = answer_of(found.as_boolean());
  } else {
    doubt(found);
  }
  if (frame_.limited) return answer::open;
  doubts_ = frame_.doubts;
  return given;
}

answer executor::test(const program& asked) {
  doubts_ = unclear;
  if (!asked.lowered()) return answer::open;
  if (frame_.running != nullptr) return test_nested(asked);
  outermost_run run(*this, asked);
  return answer_of_root(asked);
}

answer executor::test_nested(const program& asked) {
  if (!nested_run::fits(*this, asked)) return answer::open;
  nested_run run(*this, asked);
  return answer_of_root(asked);
}

[[gnu::always_inline]] inline value executor::value_of_root(const program& asked) {
  value found = open_value();
  if (asked.is_test) {
    const answer given = leaf_test(0);
    if (given != answer::open) found = value::boolean(given == answer::yes);
  } else {
    found = run_value(0);
  }
  return frame_.limited || frame_.sensitive ? open_value() : found;
}

value executor::find(const program& asked) {
  if (!asked.lowered()) return open_value();
  if (frame_.running != nullptr) return find_nested(asked);
  outermost_run run(*this, asked);
  return value_of_root(asked);
}

value executor::find_nested(const program& asked) {
  if (!nested_run::fits(*this, asked)) return open_value();
  nested_run run(*this, asked);
  return value_of_root(asked);
}

// --- sources ------------------------------------------------------------------------------------------

value executor::read_other(const instruction& at) {
  if (at.from == source::constant) return at.constant;
  return value_at(static_cast<std::uint32_t>(&at - frame_.code) + 1);
}

// What a declared type says of a field that is not there, or has its default, is the evaluator's to know.
value executor::key_of(value map, std::string_view key, std::uint32_t& hint, bool typed) {
  value found;
  const map_view& view = map.as_map();
  if (!find_at_hand(view, key, hint, found)) {
    const bool there = view.find_near(key, hint, found);
    if ((typed || !there || found.is_null()) && !view.type_name().empty()) return open_value();
    if (!there) return absent_value();
  }
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
  if (find_at_hand(view, asked.key.as_text(), hints_[asked.hint], found)) {
    // Nothing more to ask of it.
  } else if (asked.field >= 0) {
    // A field may read itself on the way: until it is read it is open.
    value read;
    slot_values_[index] = open_value();
    const bool there = view.field(static_cast<std::uint32_t>(asked.field), read) || view.find(asked.key, read);
    found = there ? read : absent_value();
  } else {
    const bool there = view.find_near(asked.key.as_text(), hints_[asked.hint], found);
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
  const value* known = over.sensitive() ? nullptr : list.column(asked.key, absent_value());
  column_values_[index] = known != nullptr ? known : project(over, asked);
  if (!frame_.limited) column_stamps_[index] = generation_;   // the next one that asks must hit the limit, too
  return column_values_[index];
}

const value* executor::project(value over, const column& asked) {
  const list_view& list = over.as_list();
  const std::size_t size = list.size();
  auto values = memory_.make_array<value>(size == 0 ? 1 : size);
  for (std::size_t i = 0; i < size; ++i) {
    value element = list.at(i);
    if (over.sensitive()) element = element.marked_sensitive(true);
    values[i] = noted(element).is(value_kind::map) ? key_of(element, asked.key, hints_[asked.hint], asked.presence) : open_value();
  }
  return values.data();
}

}  // namespace sekimori::cel::flat
