// cel: loops of flat code. Entry points: executor::quantify, open_range, bind.
#include "cel/flat/leaf_test.hpp"
#include "cel/flat/marks.hpp"

namespace sekimori::cel::flat {

// The values that a source has for the elements; nullptr: it is another's, or they do not stand together.
const value* executor::values_of(const instruction& at, const loop_range& over, std::uint32_t element) {
  if (at.local != element || over.list == nullptr) return nullptr;
  if (at.from == source::column) return column_of(at.index);
  return at.from == source::local ? over.elements : nullptr;
}

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
    opened.elements = opened.list->at_hand().data();
    opened.size = opened.list->at_hand().size();
    if (opened.size > 0) return true;
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
  if (goes_in_blocks(at, over)) {
    // Where something is open the loop is gone through again, for the reasons.
    const answer given = quantify_blocks(at, over);
    if (given != answer::open || frame_.limited) return given;
  }
  const std::uint8_t before = frame_.doubts;
  const answer deciding = at.what == opcode::all ? answer::no : answer::yes;
  answer joined = at.what == opcode::all ? answer::yes : answer::no;
  std::size_t witnesses = 0;
  // One test of the element or of a field of it needs no variable.
  const instruction& body = frame_.code[over.body];
  const value* values = tests_value(body.what) ? values_of(body, over, element_of(at)) : nullptr;
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!spend(at.weight)) return left();
    answer given;
    if (values != nullptr) {
      given = value_test(body, noted(over.sensitive ? values[i].marked_sensitive(true) : values[i]));
      if (body.negated) given = denied(given);
    } else {
      bind(at, over, i);
      given = leaf_test(over.body);
    }
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
