// cel: macros run directly over lists, maps and relations; what they absorb is what CEL's folds
// would. Entry point: machine::comprehension. Knows no documents.
#include <algorithm>

#include "cel/cost/rules.hpp"
#include "cel/cost/shape.hpp"
#include "cel/evaluate/machine.hpp"
#include "value/containers.hpp"

namespace sekimori::cel {

// Takes the variables bound inside it away again.
class machine::scope {
 public:
  explicit scope(machine& of) : of_(of), locals_(of.locals_.size()), scratch_(of.scratch_.size()), bindings_(of.bindings_.size()) {}
  ~scope() { leave(); }
  scope(const scope&) = delete;
  scope& operator=(const scope&) = delete;
  void leave() {
    of_.locals_.resize(locals_);
    of_.scratch_.resize(scratch_);
    of_.bindings_.resize(bindings_);
  }
  void next_element() { of_.locals_.resize(locals_); }
  std::size_t first_in_scratch() const { return scratch_; }

 private:
  machine& of_;
  std::size_t locals_;
  std::size_t scratch_;
  std::size_t bindings_;
};

// What the fold that cel-go makes of a macro costs beside its range, condition and body. It makes its
// result where that is first read, and once a step failed only reads it.
class machine::fold {
 public:
  fold(machine& of, const expression& e, std::uint64_t before_body)
      : of_(of), cost_(fold_of(e.macro)), before_body_(before_body) {}
  // A step whose condition says whether it takes the element.
  void condition(value v) {
    if (v.is(value_kind::boolean) && v.as_boolean()) return;
    if (v.is_false()) start();
    else settled(v.is_unknown());
  }
  void begin_body() {
    start();
    of_.spend(failed_ ? cost::read : before_body_);
  }
  bool failed() const { return failed_; }
  void end_body(value made) {
    if (failed_) return;
    if (!made.is_error()) of_.spend(cost_.step - before_body_);
    failed_ = made.is_error();
  }
  void finish() {
    start();
    of_.spend(cost_.finish);
  }

 private:
  void start() {
    if (!started_) of_.spend(cost_.start);
    started_ = true;
  }
  void settled(bool unknown) {
    started_ = true;
    failed_ = !unknown;
  }

  machine& of_;
  const fold_cost cost_;
  const std::uint64_t before_body_;
  bool started_ = false;
  bool failed_ = false;
};

value machine::comprehension(const expression& e) {
  if (e.macro == macro_kind::bind) return bind(e);
  if (e.macro == macro_kind::opt_map || e.macro == macro_kind::opt_flat_map) return optional_map(e);
  if (e.macro == macro_kind::sort_by) spend(cost::make_list + cost::read);
  value over = eval(*e.operand);
  if (blocked(over)) return over;
  bool relations = e.macro == macro_kind::all || e.macro == macro_kind::exists || e.macro == macro_kind::exists_one;
  range opened;
  value failed;
  if (!open_range(over, opened, failed, e, relations)) return failed;
  switch (e.macro) {
    case macro_kind::all: return quantifier(e, opened, false);
    case macro_kind::exists: return quantifier(e, opened, true);
    case macro_kind::exists_one: return exists_one(e, opened);
    case macro_kind::map:
    case macro_kind::transform_list: return map_list(e, opened);
    case macro_kind::filter: return filter(e, opened);
    case macro_kind::transform_map:
    case macro_kind::transform_map_entry: return transform_map(e, opened);
    case macro_kind::sort_by: return sort_by(e, opened);
    default: return value::null();
  }
}

bool machine::open_range(value over, range& opened, value& failed, const expression& e, bool relation_allowed) {
  opened.sensitive = over.sensitive();
  if (over.is(value_kind::map) && e.macro != macro_kind::sort_by) {
    opened.entries = over.as_map().entries();
    opened.size = over.as_map().size();
  } else if (over.is(value_kind::list)) {
    opened.list = &over.as_list();
    opened.size = opened.list->size();
  } else {
    failed = no_overload(e, std::span<const value>(&over, 1));
    return false;
  }
  value open = unsure(over);
  if (!open.is_unknown()) return true;
  if (!relation_allowed) {
    failed = open;
    return false;
  }
  opened.shape = relation_of(over);
  return true;
}

void machine::bind_one(value bound) {
  if (frame_.traced != nullptr && bound.sensitive()) frame_.traced->reads_sensitive = true;
  locals_.push_back(bound);
}

void machine::bind_element(const expression& e, const range& over, std::size_t i) {
  bool both = !e.variable2.empty();
  if (over.list != nullptr) {
    if (both) bind_one(value::integer(static_cast<std::int64_t>(i)));
    value element = over.list->at(i);
    bind_one(over.sensitive ? element.marked_sensitive(true) : element);
  } else {
    const map_entry& entry = over.entries[i];
    bind_one(over.sensitive ? entry.key.marked_sensitive(true) : entry.key);
    if (both) bind_one(over.sensitive ? entry.mapped.marked_sensitive(true) : entry.mapped);
  }
}

value machine::undecided(const expression& e, const range& over, std::size_t i, value given, undecided_parts& parts) {
  if (!blocked(given)) given = no_overload(e, std::span<const value>(&given, 1));
  if (over.certain(i) || is_limit(given)) return given;
  if (given.is_unknown()) parts.add(given);
  return why(*over.shape, i);
}

// all (deciding: false) and exists (deciding: true). A member that is only possible decides nothing,
// and what an open relation may still hold could decide.
value machine::quantifier(const expression& e, const range& over, bool deciding) {
  undecided_parts parts(memory);
  const fold_cost costs_of = fold_of(e.macro);
  scope inside(*this);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    spend(costs_of.condition + costs_of.step);
    bind_element(e, over, i);
    value v = eval(*e.body);
    inside.next_element();
    if (v.is(value_kind::boolean)) {
      if (v.as_boolean() != deciding) continue;
      if (over.certain(i)) {
        // The condition before the next element ends the loop.
        spend(costs_of.finish + (i + 1 < over.size ? costs_of.condition : 0));
        return v;
      }
      v = why(*over.shape, i);
    } else {
      v = undecided(e, over, i, v, parts);
    }
    if (parts.add(v)) return v;
  }
  spend(costs_of.finish);
  if (over.shape != nullptr && over.shape->open) parts.add(why(*over.shape));
  return parts.or_else(value::boolean(!deciding));
}

// Strict: an error anywhere is the result, unless something is unknown. Two certain witnesses settle
// it as false whatever is still open.
value machine::exists_one(const expression& e, const range& over) {
  undecided_parts parts(memory);
  std::size_t witnesses = 0;
  bool failed = false;
  bool sum_failed = false;
  const fold_cost costs_of = fold_of(e.macro);
  scope inside(*this);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    bind_element(e, over, i);
    value v = eval(*e.body);
    inside.next_element();
    if (v.is(value_kind::boolean)) {
      if (!v.as_boolean()) continue;
      spend(sum_failed ? cost::read : costs_of.step);
      if (over.certain(i)) {
        ++witnesses;
        continue;
      }
      v = why(*over.shape, i);
    } else {
      v = undecided(e, over, i, v, parts);
    }
    failed = failed || v.is_error();
    sum_failed = v.is_error();
    if (parts.add(v)) return v;
  }
  spend(costs_of.finish);
  if (over.shape != nullptr && over.shape->open) parts.add(why(*over.shape));
  if (witnesses >= 2 && !failed) return value::boolean(false);
  return parts.or_else(value::boolean(witnesses == 1));
}

bool machine::taken(const expression& e, fold& counted, undecided_parts& open, value& failed) {
  if (e.condition == nullptr) return true;
  value condition = eval(*e.condition);
  counted.condition(condition);
  if (condition.is_unknown()) open.add(condition);
  else if (condition.is_error()) join(condition, failed);
  else if (!condition.is(value_kind::boolean)) join(no_overload(e, std::span<const value>(&condition, 1)), failed);
  return condition.is_true();
}

// map and transformList. An unknown element of the result is a leaf; an unknown condition leaves the
// size open, so the whole is unknown.
value machine::map_list(const expression& e, const range& over) {
  value failed;
  undecided_parts open(memory);
  fold counted(*this, e, cost::read);
  scope inside(*this);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    bind_element(e, over, i);
    if (taken(e, counted, open, failed)) {
      counted.begin_body();
      meter::pause not_asked(costs, counted.failed());
      value made = eval(*e.body);
      counted.end_body(made);
      if (made.is_error()) join(made, failed);
      scratch_.push_back(made);
    }
    inside.next_element();
    if (is_limit(failed)) return failed;
  }
  counted.finish();
  if (open.any()) return open.or_else(value::null());
  if (failed.is_error()) return failed;
  std::size_t first = inside.first_in_scratch();
  return make_list(memory, std::span<const value>(scratch_.data() + first, scratch_.size() - first));
}

value machine::filter(const expression& e, const range& over) {
  undecided_parts parts(memory);
  fold counted(*this, e, cost::read);
  scope inside(*this);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    bind_element(e, over, i);
    std::size_t element = locals_.size() - (e.variable2.empty() ? 1 : 2);
    value condition = eval(*e.body);
    counted.condition(condition);
    if (condition.is_true()) {
      counted.begin_body();
      counted.end_body(locals_[element]);
      scratch_.push_back(locals_[element]);
    } else if (!condition.is_false()) {
      if (!blocked(condition)) condition = no_overload(e, std::span<const value>(&condition, 1));
      if (parts.add(condition)) return condition;
    }
    inside.next_element();
  }
  counted.finish();
  if (parts.any()) return parts.or_else(value::null());
  std::size_t first = inside.first_in_scratch();
  return make_list(memory, std::span<const value>(scratch_.data() + first, scratch_.size() - first));
}

value machine::transform_map(const expression& e, const range& over) {
  value failed;
  undecided_parts open(memory);
  fold counted(*this, e, e.macro == macro_kind::transform_map ? 2 * cost::read : cost::read);
  scope inside(*this);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    bind_element(e, over, i);
    value key = locals_[locals_.size() - 2];
    if (taken(e, counted, open, failed)) {
      counted.begin_body();
      meter::pause not_asked(costs, counted.failed());
      value made = eval(*e.body);
      counted.end_body(made);
      if (made.is_error()) {
        join(made, failed);
      } else if (e.macro == macro_kind::transform_map) {
        scratch_.push_back(key);
        scratch_.push_back(made);
      } else if (made.is_unknown()) {
        open.add(made);
      } else if (!made.is(value_kind::map)) {
        join(no_overload(e, std::span<const value>(&made, 1)), failed);
      } else {
        const map_entry* entries = made.as_map().entries();
        for (std::size_t k = 0; k < made.as_map().size(); ++k) {
          scratch_.push_back(entries[k].key);
          scratch_.push_back(entries[k].mapped);
        }
      }
    }
    inside.next_element();
    if (is_limit(failed)) return failed;
  }
  counted.finish();
  if (open.any()) return open.or_else(value::null());
  if (failed.is_error()) return failed;
  charge((scratch_.size() - inside.first_in_scratch()) / 2);  // keys are put in order
  if (over_limit()) return limit_error(e);
  return map_of(inside.first_in_scratch(), e.id, {});
}

namespace {

// cel-go sorts by a list of the keys, whose type decides the cost of comparing them.
std::uint64_t sort_cost(const expression& e, std::size_t size, bool checked) {
  const type* key = e.body->checked_type;
  if (!checked || key == nullptr || key->kind == type_kind::dyn) return cost::call;
  bool texts = key->kind == type_kind::string || key->kind == type_kind::bytes;
  std::uint64_t comparisons = multiply(size, size);
  return add(cost::call + cost::make_list, texts ? scale(comparisons, 21, 10) : scale(comparisons, 2, 1));
}

}  // namespace

value machine::sort_by(const expression& e, const range& over) {
  undecided_parts parts(memory);
  fold counted(*this, e, cost::read);
  spend(cost::read);
  scope inside(*this);
  auto pairs = memory.make_array<map_entry>(over.size);
  for (std::size_t i = 0; i < over.size; ++i) {
    if (!step()) return limit_error(e);
    bind_element(e, over, i);
    pairs[i].mapped = locals_.back();
    counted.begin_body();
    {
      meter::pause not_asked(costs, counted.failed());
      pairs[i].key = eval(*e.body);
    }
    counted.end_body(pairs[i].key);
    inside.next_element();
    if (parts.add(pairs[i].key)) return pairs[i].key;
    // One kind of key that has an order; NaN has none, and needs none when it is alone.
    bool alone = over.size == 1 && pairs[i].key.is(value_kind::floating);
    if (!parts.any() && (pairs[i].key.kind() != pairs[0].key.kind() || (!alone && !compare(pairs[i].key, pairs[i].key).has_value()))) {
      const value kinds[] = {pairs[0].key, pairs[i].key};
      parts.add(no_overload(e, kinds));
    }
  }
  counted.finish();
  if (!counted.failed()) spend(sort_cost(e, over.size, frame_.program->checked));
  if (parts.any()) return parts.or_else(value::null());
  std::uint64_t work = over.size / 16;
  for (std::size_t size = over.size; size > 1; size /= 2) charge(work);
  if (over_limit()) return limit_error(e);
  // Places break ties, so the order is stable without the buffer that std::stable_sort takes.
  auto places = memory.make_array<std::uint32_t>(over.size);
  for (std::size_t i = 0; i < over.size; ++i) places[i] = static_cast<std::uint32_t>(i);
  std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
    int order = compare(pairs[a].key, pairs[b].key).value_or(0);
    return order != 0 ? order < 0 : a < b;
  });
  auto sorted = memory.make_array<value>(over.size);
  for (std::size_t i = 0; i < over.size; ++i) sorted[i] = pairs[places[i]].mapped;
  return value::list(memory.make<arena_list>(sorted));
}

// The bound value is a value like any other: an error or an unknown in it counts where it is used.
value machine::bind(const expression& e) {
  if (costs.counting()) return lazy_bind(e);
  value bound = eval(*e.operand);
  if (is_limit(bound)) return bound;
  scope inside(*this);
  bind_one(bound);
  return eval(*e.body);
}

value machine::optional_map(const expression& e) {
  // The name, or the one that cel-go binds what is more than a name to.
  if (!is_single_name(*e.operand)) spend(cost::make_list + cost::read);
  value target = eval(*e.operand);
  if (!target.is_error()) spend(cost::call);
  if (blocked(target)) return target;
  if (!target.is(value_kind::optional)) return no_overload(e, std::span<const value>(&target, 1));
  if (target.some() == nullptr) {
    spend(cost::call);
    return target;
  }
  spend(cost::make_list);
  scope inside(*this);
  if (costs.counting()) bindings_.push_back({locals_.size(), nullptr, cost::read + cost::call});
  bind_one(*target.some());
  value made = eval(*e.body);
  if (e.macro == macro_kind::opt_map && !made.is_error()) spend(cost::call);
  if (blocked(made)) return made;
  return e.macro == macro_kind::opt_map ? to_optional(made) : made;
}

}  // namespace sekimori::cel
