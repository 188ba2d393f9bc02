// cel: loops a part of the condition at a time, for up to 64 elements at once, instead of an element at a time: what is asked
// of a field is then a tight loop over its column, and what does not depend on an outer loop is asked once. Entry points:
// executor::quantify_blocks, executor::test_block.
//
// More elements may be asked than an element at a time would: that never makes an answer, as what takes more work than the
// limits allow is open. None that would be asked is left out without its work. Why an answer is open is not told here.
#include <algorithm>
#include <bit>

#include "cel/flat/leaf_test.hpp"
#include "cel/flat/marks.hpp"

namespace sekimori::cel::flat {
namespace {

constexpr std::size_t block_size = 64;

std::uint64_t first_bits(std::size_t count) { return count >= block_size ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1; }

}  // namespace

// Elements by bit; what is neither is open, or was not asked.
struct executor::block {
  std::uint64_t yes = 0, no = 0;
  void add(std::size_t bit, answer given) {
    yes |= std::uint64_t{given == answer::yes} << bit;
    no |= std::uint64_t{given == answer::no} << bit;
  }
  bool has(answer sought) const { return sought == answer::yes ? yes != 0 : sought == answer::no && no != 0; }
};

// The block's elements, from `first` on.
struct executor::block_range {
  const instruction& loop;
  const loop_range& over;
  std::size_t first;
  std::uint32_t element;    // the local
};

// What a test has said of a block of a loop's elements.
struct executor::kept_block {
  std::uint64_t known = 0, yes = 0, no = 0;
  std::uint64_t work = 0;
};

answer executor::quantify_blocks(const instruction& at, const loop_range& over) {
  const std::uint8_t before = frame_.doubts;
  const std::uint64_t work = work_;
  const bool unique = at.what == opcode::exists_one;
  const answer deciding = at.what == opcode::all ? answer::no : answer::yes;
  std::size_t witnesses = 0;
  bool open = false;
  for (std::size_t first = 0; first < over.size; first += block_size) {
    const std::size_t count = std::min(block_size, over.size - first);
    const block found = block_of(at, over, first, count, unique ? answer::open : deciding);
    if (frame_.limited) return left();
    if (!unique && found.has(deciding)) return settled(before, deciding);
    witnesses += static_cast<std::size_t>(std::popcount(found.yes));
    open = open || (found.yes | found.no) != first_bits(count);
  }
  frame_.doubts = before;
  if (open) {
    work_ = work;   // it is asked again
    return answer::open;
  }
  return unique ? answer_of(witnesses == 1) : deciding == answer::yes ? answer::no : answer::yes;
}

// Elements that a filter takes, onto the scratch stack. False: open.
bool executor::filter_blocks(const instruction& at, const loop_range& over) {
  for (std::size_t first = 0; first < over.size; first += block_size) {
    const std::size_t count = std::min(block_size, over.size - first);
    const block found = block_of(at, over, first, count, answer::open);
    if (frame_.limited || (found.yes | found.no) != first_bits(count)) return false;
    for (std::uint64_t taken = found.yes; taken != 0; taken &= taken - 1) {
      const value element = over.elements[first + static_cast<std::size_t>(std::countr_zero(taken))];
      scratch_.push_back(over.sensitive ? element.marked_sensitive(true) : element);
    }
  }
  return true;
}

executor::block executor::block_of(const instruction& at, const loop_range& over, std::size_t first, std::size_t count, answer stop) {
  if (!spend(at.weight * count)) return {};
  return test_block(over.body, {at, over, first, element_of(at)}, first_bits(count), stop);
}

// The elements `live`. One that gives `stop` ends it.
executor::block executor::test_block(std::uint32_t index, const block_range& in, std::uint64_t live, answer stop) {
  const instruction& at = frame_.code[index];
  const answer stop_before = at.negated ? denied(stop) : stop;
  block found;
  switch (at.what) {
    case opcode::all_of:
    case opcode::any_of: found = join_block(at, index, in, live, stop_before); break;
    case opcode::invariant: found = invariant_block(index + 1, live); break;
    case opcode::per_element: found = per_element_block(at, index + 1, in, live); break;
    case opcode::order_values: {
      const instruction &left = frame_.code[index + 1], &right = frame_.code[left.end];
      if (!operand_fits(left, in) || !operand_fits(right, in)) return elements_block(index, in, live, stop);
      if (values_of(left, in) == nullptr && values_of(right, in) == nullptr) return invariant_block(index, live);
      found = ordered_block(at, left, right, in, live);
      break;
    }
    default: {
      const value* values = tests_value(at.what) ? values_of(at, in) : nullptr;
      if (values == nullptr) return elements_block(index, in, live, stop);
      found = values_block(at, values, in, live, stop_before);
    }
  }
  if (at.negated) std::swap(found.yes, found.no);
  return found;
}

executor::block executor::join_block(const instruction& at, std::uint32_t index, const block_range& in, std::uint64_t live, answer stop) {
  const answer deciding = at.what == opcode::all_of ? answer::no : answer::yes;
  std::uint64_t decided = 0, agreed = live;
  for (std::uint32_t next = index + 1; next < at.end && decided != live; next = frame_.code[next].end) {
    const std::uint64_t asked = live & ~decided;
    // The other answer is the whole's only where the last part gives it and all before it have.
    const bool stops = stop == deciding || (frame_.code[next].end >= at.end && agreed == asked);
    const block found = test_block(next, in, asked, stops ? stop : answer::open);
    decided |= deciding == answer::no ? found.no : found.yes;
    agreed &= deciding == answer::no ? found.yes : found.no;
    if (frame_.limited || (stop == deciding && decided != 0)) break;
  }
  return deciding == answer::no ? block{agreed, decided} : block{decided, agreed};
}

// What does not read the loop's variable is the same for all; each is charged for it.
executor::block executor::invariant_block(std::uint32_t index, std::uint64_t live) {
  const std::uint64_t work = work_;
  const answer given = leaf_test(index);
  spend((work_ - work) * static_cast<std::uint64_t>(std::popcount(live) - 1));
  return {given == answer::yes ? live : 0, given == answer::no ? live : 0};
}

// What reads nothing but the element: said once, however often an outer loop comes by.
executor::block executor::per_element_block(const instruction& at, std::uint32_t index, const block_range& in, std::uint64_t live) {
  if (kept_runs_[at.index] != frame_.run) {
    kept_runs_[at.index] = frame_.run;
    kept_[at.index] = memory_.make_array<kept_block>((in.over.size + block_size - 1) / block_size).data();
  }
  kept_block& kept = kept_[at.index][in.first / block_size];
  if ((kept.known & live) != 0 && !spend(kept.work)) return {};
  if (const std::uint64_t asked = live & ~kept.known; asked != 0) {
    const std::uint64_t work = work_;
    const block found = test_block(index, in, asked, answer::open);
    if (frame_.limited) return {};
    kept.known |= asked;
    kept.yes |= found.yes;
    kept.no |= found.no;
    kept.work += work_ - work;
  }
  return {kept.yes & live, kept.no & live};
}

// One element after the other.
executor::block executor::elements_block(std::uint32_t index, const block_range& in, std::uint64_t live, answer stop) {
  block found;
  for (; live != 0; live &= live - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(live));
    bind(in.loop, in.over, in.first + bit);
    const answer given = leaf_test(index);
    found.add(bit, given);
    if (frame_.limited || (given == stop && given != answer::open)) break;
  }
  return found;
}

const value* executor::values_of(const instruction& at, const block_range& in) {
  const value* values = values_of(at, in.over, in.element);
  return values != nullptr ? values + in.first : nullptr;
}

bool executor::operand_fits(const instruction& at, const block_range& in) {
  if (at.what != opcode::read) return false;
  const bool of_loop = (at.from == source::column || at.from == source::local) && at.local >= in.loop.local;
  return !of_loop || values_of(at, in) != nullptr;
}

// Comparing integers as they come, without a branch for each: the loop that conditions over lists of objects spend their time in.
template <class Holds>
executor::block executor::integers_block(const value* values, std::uint64_t live, std::uint64_t& others, Holds holds) {
  std::uint64_t yes = 0, integers = 0;
  for (std::size_t i = 0, count = block_size - static_cast<std::size_t>(std::countl_zero(live)); i < count; ++i) {
    integers |= std::uint64_t{values[i].is(value_kind::integer)} << i;
    yes |= std::uint64_t{holds(values[i].as_integer())} << i;
  }
  others = live & ~integers;
  return {yes & live & integers, ~yes & live & integers};
}

// Each value compared with one.
executor::block executor::ordered_values(const value* values, value with, operation asked, bool turned, std::uint64_t live) {
  block found;
  std::uint64_t others = live;
  if (with.is(value_kind::integer)) {
    const std::int64_t bound = with.as_integer();
    switch (asked) {
      case operation::less: found = integers_block(values, live, others, [&](std::int64_t one) { return one < bound; }); break;
      case operation::less_equal: found = integers_block(values, live, others, [&](std::int64_t one) { return one <= bound; }); break;
      case operation::greater: found = integers_block(values, live, others, [&](std::int64_t one) { return one > bound; }); break;
      default: found = integers_block(values, live, others, [&](std::int64_t one) { return one >= bound; });
    }
  }
  for (; others != 0; others &= others - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(others));
    const value one = noted(values[bit]);
    found.add(bit, turned ? ordered(with, one, static_cast<std::uint8_t>(backward(asked))) : ordered(one, with, static_cast<std::uint8_t>(asked)));
  }
  return found;
}

executor::block executor::values_block(const instruction& at, const value* values, const block_range& in, std::uint64_t live, answer stop) {
  if (at.what == opcode::order) return ordered_values(values, at.constant, static_cast<operation>(at.detail), false, live);
  block found;
  const bool sensitive = in.over.sensitive && at.from == source::local;
  for (; live != 0; live &= live - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(live));
    const answer given = value_test(at, noted(sensitive ? values[bit].marked_sensitive(true) : values[bit]));
    found.add(bit, given);
    if (frame_.limited || (given == stop && given != answer::open)) break;
  }
  return found;
}

executor::block executor::ordered_block(const instruction& at, const instruction& left, const instruction& right, const block_range& in, std::uint64_t live) {
  const value *lefts = values_of(left, in), *rights = values_of(right, in);
  const auto asked = static_cast<operation>(at.detail);
  if (rights == nullptr) return ordered_values(lefts, read(right), asked, false, live);
  if (lefts == nullptr) return ordered_values(rights, read(left), backward(asked), true, live);
  block found;
  for (; live != 0; live &= live - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(live));
    found.add(bit, order_of(noted(lefts[bit]), noted(rights[bit]), at.detail));
  }
  return found;
}

}  // namespace sekimori::cel::flat
