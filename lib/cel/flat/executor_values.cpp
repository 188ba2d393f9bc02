// cel: values of flat code. Entry point: executor::run_value.

#include "cel/evaluate/arithmetic.hpp"
#include "cel/evaluate/machine.hpp"
#include "cel/flat/executor.hpp"
#include "cel/flat/marks.hpp"
#include "value/containers.hpp"

namespace sekimori::cel::flat {
namespace {

constexpr std::size_t largest_made = std::size_t{1} << 26;   // as the evaluator's
constexpr std::uint64_t work_of_a_call = 3;

bool is_text(value v) { return v.is(value_kind::string) || v.is(value_kind::bytes); }

}  // namespace

value executor::run_value(std::uint32_t index) {
  const instruction& at = frame_.code[index];
  switch (at.what) {
    case opcode::read: return read(at);
    case opcode::field: {
      value holder = value_at(index + 1);
      if (at.detail != 0 && is_absent(holder)) return holder;
      if (holder.is_unknown()) return holder;
      return holder.is(value_kind::map) ? key_of(holder, at.constant.as_text(), hints_[at.index], true) : open_value();
    }
    case opcode::element: {
      value container = value_at(index + 1);
      value key = value_at(frame_.code[index + 1].end);
      return element(container, key);
    }
    case opcode::call: return call(at, index);
    case opcode::concatenate: return concatenate(at, index);
    case opcode::arithmetic: return arithmetic_value(at, index);
    case opcode::choose: {
      answer chosen = run_test(index + 1);
      if (chosen == answer::open) return open_value();
      std::uint32_t first = frame_.code[index + 1].end;
      return value_at(chosen == answer::yes ? first : frame_.code[first].end);
    }
    case opcode::or_else: {
      const bool by_slot = at.from == source::slot;
      value found = by_slot ? slot_value(at.index) : value_at(index + 1);
      const bool missing = is_absent(found) || (found.is_error() && found.as_error().code == evaluation_error_code::not_offered);
      return missing ? value_at(by_slot ? index + 1 : frame_.code[index + 1].end) : found;
    }
    case opcode::list: {
      auto elements = memory_.make_array<value>(at.local);
      std::uint32_t next = index + 1;
      for (std::size_t i = 0; i < at.local; ++i, next = frame_.code[next].end) {
        elements[i] = value_at(next);
        if (is_open(elements[i])) return open_value();
      }
      return value::list(memory_.make<arena_list>(std::span<const value>(elements)));
    }
    case opcode::map_list:
    case opcode::filter: return transform(at, index);
    case opcode::bind:
      locals_[frame_.local_base + at.local] = value_at(index + 1);
      return value_at(frame_.code[index + 1].end);
    case opcode::boolean: {
      answer given = run_test(index + 1);
      return given == answer::open ? open_value() : value::boolean(given == answer::yes);
    }
    case opcode::general: return general(at);
    default: return open_value();
  }
}

value executor::general(const instruction& at) {
  // The evaluator counts its own steps from here; a limit of its is open, and limits are asked for again as a whole.
  const std::uint64_t before = full_.steps();
  value found = full_.evaluate(*frame_.running->text, *pool_->expressions[at.index], variables_);
  spend(full_.steps() - before);
  return noted(found);
}

value executor::element(value container, value key) {
  if (is_open(container) || is_open(key)) return open_value();
  if (container.is(value_kind::map)) {
    if (key.is(value_kind::string)) {
      std::uint32_t nowhere = UINT32_MAX;
      return key_of(container, key.as_text(), nowhere, true);
    }
    value found;
    if (!container.as_map().type_name().empty() || !is_key(key) || !container.as_map().find(key, found)) return open_value();
    return container.sensitive() ? found.marked_sensitive(true) : found;
  }
  if (!container.is(value_kind::list) || !key.is(value_kind::integer)) return open_value();
  const list_view& list = container.as_list();
  if (is_unsure(list) || key.as_integer() < 0 || static_cast<std::uint64_t>(key.as_integer()) >= list.size()) return open_value();
  value found = list.at(static_cast<std::size_t>(key.as_integer()));
  return container.sensitive() ? found.marked_sensitive(true) : found;
}

value executor::call(const instruction& at, std::uint32_t index) {
  const call_target& target = pool_->calls[at.index];
  value arguments[4];
  std::uint32_t next = index + 1;
  for (std::size_t i = 0; i < target.count; ++i, next = frame_.code[next].end) {
    value v = value_at(next);
    if (is_open(v) || (v.is(value_kind::list) && is_unsure(v.as_list()))) return open_value();
    if (is_text(v)) spend(v.as_text().size() >> 4);
    arguments[i] = v;
  }
  for (const call_target::row& row : target.rows) {
    bool takes = true;
    for (std::size_t i = 0; i < target.count && takes; ++i) {
      takes = row.kinds[i] != 0 ? (row.kinds[i] >> static_cast<int>(arguments[i].kind()) & 1) != 0 : accepts(row.target->parameters[i], arguments[i]);
    }
    if (!takes) continue;
    call_context context = full_.context_of(0);   // its errors are not kept
    value made = row.target->body(context, std::span<const value>(arguments, target.count));
    spend(work_of_a_call + context.work + (is_text(made) ? made.as_text().size() >> 4 : 0));
    return noted(made);
  }
  return open_value();
}

value executor::concatenate(const instruction& at, std::uint32_t index) {
  // The texts stand in the scratch stack: a part may itself join texts.
  const std::size_t first = scratch_.size();
  std::size_t size = 0;
  std::uint32_t next = index + 1;
  for (std::size_t i = 0; i < at.local; ++i, next = frame_.code[next].end) {
    value part = value_at(next);
    if (!part.is(value_kind::string)) {
      scratch_.resize(first);
      return open_value();
    }
    size += part.as_text().size();
    scratch_.push_back(part);
  }
  // Joined one by one every part but the last is copied again for each that follows.
  if (!spend(((size * at.local) >> 6) + 1) || size > largest_made) {
    scratch_.resize(first);
    frame_.limited = frame_.limited || size > largest_made;
    return open_value();
  }
  char* text = static_cast<char*>(memory_.allocate(size == 0 ? 1 : size, 1));
  char* to = text;
  for (std::size_t i = first; i < scratch_.size(); ++i) {
    std::string_view part = scratch_[i].as_text();
    to += part.copy(to, part.size());
  }
  scratch_.resize(first);
  return value::string({text, size});
}

value executor::arithmetic_value(const instruction& at, std::uint32_t index) {
  value left = value_at(index + 1);
  value right = value_at(frame_.code[index + 1].end);
  if (is_open(left) || is_open(right)) return open_value();
  // What joins texts or lists by `+` without a sign of it in the types is left to the evaluator.
  value made = arithmetic(memory_, static_cast<operation>(at.detail), left, right, 0);
  return made.is_null() ? open_value() : made;
}

value executor::transform(const instruction& at, std::uint32_t index) {
  loop_range over;
  if (!open_range(at, index, over) || over.shape != nullptr) return open_value();
  if (over.entries != nullptr && at.from == source::slot && (at.detail & binds_element) == 0 && over.size > 0) return open_value();
  const std::size_t first = scratch_.size();
  const bool blocks = goes_in_blocks(at, over) && over.elements != nullptr;
  if (blocks && !filter_blocks(at, over)) {
    scratch_.resize(first);
    return open_value();
  }
  for (std::size_t i = 0; i < over.size && !blocks; ++i) {
    bool fits = spend(at.weight);
    if (fits) bind(at, over, i);
    std::uint32_t body = over.body;
    answer taken = answer::yes;
    if (fits && (at.what == opcode::filter || (at.detail & has_condition) != 0)) {
      taken = run_test(body);
      body = frame_.code[body].end;
    }
    if (!fits || frame_.limited || taken == answer::open) {
      scratch_.resize(first);
      return open_value();
    }
    if (taken == answer::no) continue;
    value made = at.what == opcode::filter ? locals_[frame_.local_base + at.local] : value_at(body);
    if (is_open(made)) {
      scratch_.resize(first);
      return open_value();
    }
    scratch_.push_back(made);
  }
  auto elements = memory_.make_array<value>(scratch_.size() - first);
  for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = scratch_[first + i];
  scratch_.resize(first);
  return value::list(memory_.make<arena_list>(std::span<const value>(elements)));
}

}  // namespace sekimori::cel::flat
