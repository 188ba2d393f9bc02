// cel: calls: the logical operators, the other operators, and overloads chosen by the kinds of the
// arguments. Entry point: machine::call. Knows no documents.
#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "cel/cost/shape.hpp"
#include "cel/evaluate/machine.hpp"
#include "value/compare.hpp"
#include "value/containers.hpp"

namespace sekimori::cel {

namespace {

// Texts cost by their size, so that no loop over texts outlasts the step limit: a function's body looks at each
// character, where comparing and joining go over the bytes at once.
constexpr std::size_t read_a_step = 16;
constexpr std::size_t copied_a_step = 64;
constexpr std::uint64_t visited_a_step = 8;  // values compared
constexpr std::uint64_t work_of_a_call = 3;
constexpr std::size_t largest_made = std::size_t{1} << 26;

bool has_text(value v) { return v.is(value_kind::string) || v.is(value_kind::bytes); }

std::uint64_t reading_work(value v) { return has_text(v) ? v.as_text().size() / read_a_step : 0; }
std::uint64_t comparing_work(value a, value b) {
  return has_text(a) && has_text(b) ? std::min(a.as_text().size(), b.as_text().size()) / copied_a_step : 0;
}

// Functions that hand their argument on as it is, or ask of members only: what is not sure about a list is theirs.
bool takes_unsure_lists(const expression& e) {
  return e.name == "dyn" || e.name == "type" || e.name == "optional.of" || e.name == "sets.contains" || e.name == "sets.equivalent" ||
         e.name == "sets.intersects";
}

}  // namespace

value machine::call(const expression& e) {
  operation op = operation_of(e.name);
  switch (op) {
    case operation::logical_and: return logical(e, false);
    case operation::logical_or: return logical(e, true);
    case operation::conditional: return conditional(e);
    case operation::logical_not:
    case operation::negate: return unary(e, op);
    case operation::index: return index(e, false);
    case operation::optional_index: return index(e, true);
    case operation::or_else: return or_else(e);
    case operation::function:
    case operation::matches: return function(e, op);
    default: return binary(e, op);
  }
}

// The value that decides wins from either side; then unknown, then error, then the other boolean.
value machine::logical(const expression& e, bool deciding) {
  value joined = value::boolean(!deciding);
  for (const expression* side : e.arguments) {
    value v = eval(*side);
    if (v.is(value_kind::boolean)) {
      if (v.as_boolean() == deciding) return v;
    } else {
      if (!blocked(v)) v = no_overload(e, std::span<const value>(&v, 1));
      if (join(v, joined)) return joined;
    }
  }
  return joined;
}

value machine::conditional(const expression& e) {
  if (e.arguments.size() != 3) return no_overload(e, {});
  value condition = eval(*e.arguments[0]);
  if (blocked(condition)) return condition;
  if (!condition.is(value_kind::boolean)) return no_overload(e, std::span<const value>(&condition, 1));
  return eval_part(*e.arguments[condition.as_boolean() ? 1 : 2]);
}

value machine::unary(const expression& e, operation op) {
  if (e.arguments.size() != 1) return no_overload(e, {});
  bool free = free_sign_ == &e;
  if (costs.counting() && !free && repeats(e, frame_.program->text.text)) {
    free_sign_ = e.arguments[0];
    free = true;
  }
  value v = eval(*e.arguments[0]);
  if (!free && (op == operation::logical_not || !v.is_error())) spend_call(e, std::span<const value>(&v, 1), value::null());
  if (blocked(v)) return v;
  if (op == operation::logical_not) {
    if (v.is(value_kind::boolean)) return value::boolean(!v.as_boolean());
  } else {
    value result = negated(memory, v, e.id);
    if (!result.is_null()) return result;
  }
  return no_overload(e, std::span<const value>(&v, 1));
}

value machine::binary(const expression& e, operation op) {
  if (e.arguments.size() != 2) return no_overload(e, {});
  value sides[2];
  value joined;
  {
    meter::pause after_error(costs);
    for (int i = 0; i < 2; ++i) {
      sides[i] = eval(*e.arguments[static_cast<std::size_t>(i)]);
      if (join(sides[i], joined)) return joined;
      if (sides[i].is_error()) after_error.begin();
    }
  }
  // An error on the left ends the call, and so does one on the right of a value.
  bool equality = op == operation::equal || op == operation::not_equal;
  bool called = equality || !(sides[0].is_error() || (sides[1].is_error() && !sides[0].is_unknown()));
  if (called) spend_call(e, sides, value::null());
  if (blocked(joined)) return joined;
  const value a = sides[0];
  const value b = sides[1];
  if (frame_.traced != nullptr) {
    note_sensitive(a);
    note_sensitive(b);
  }
  switch (op) {
    case operation::equal:
    case operation::not_equal: {
      std::uint64_t visited = 0;
      value same = equals(memory, a, b, visited);
      charge(visited / visited_a_step + comparing_work(a, b));
      if (over_limit()) return limit_error(e);
      return op == operation::not_equal && same.is(value_kind::boolean) ? value::boolean(!same.as_boolean()) : same;
    }
    case operation::less:
    case operation::less_equal:
    case operation::greater:
    case operation::greater_equal: {
      auto order = compare(a, b);
      if (!order) {
        // No order because one is not a number, as against no such comparison.
        bool both_numbers = compare(a, value::integer(0)).has_value() || a.is(value_kind::floating);
        both_numbers = both_numbers && (compare(b, value::integer(0)).has_value() || b.is(value_kind::floating));
        return both_numbers ? value::boolean(false) : no_overload(e, sides);
      }
      charge(comparing_work(a, b));
      switch (op) {
        case operation::less: return value::boolean(*order < 0);
        case operation::less_equal: return value::boolean(*order <= 0);
        case operation::greater: return value::boolean(*order > 0);
        default: return value::boolean(*order >= 0);
      }
    }
    case operation::in: return contained(e, a, b);
    default: break;
  }
  if (op == operation::add && a.kind() == b.kind() && (has_text(a) || a.is(value_kind::list))) return concatenate(e, a, b);
  value result = arithmetic(memory, op, a, b, e.id);
  return result.is_null() ? no_overload(e, sides) : result;
}

value machine::concatenate(const expression& e, value a, value b) {
  if (a.is(value_kind::list)) {
    value open = value::null();
    for (value side : {a, b}) join(unsure(side), open);
    if (blocked(open)) return open;
    const list_view& left = a.as_list();
    const list_view& right = b.as_list();
    std::size_t size = left.size() + right.size();
    charge(size / 4);
    if (over_limit()) return limit_error(e);
    auto elements = memory.make_array<value>(size);
    for (std::size_t i = 0; i < left.size(); ++i) elements[i] = left.at(i).marked_sensitive(left.at(i).sensitive() || a.sensitive());
    for (std::size_t i = 0; i < right.size(); ++i) elements[left.size() + i] = right.at(i).marked_sensitive(right.at(i).sensitive() || b.sensitive());
    return value::list(memory.make<arena_list>(elements));
  }
  std::size_t size = a.as_text().size() + b.as_text().size();
  charge(size / copied_a_step);
  if (over_limit() || size > largest_made) return limit_error(e);
  char* text = static_cast<char*>(memory.allocate(size == 0 ? 1 : size, 1));
  a.as_text().copy(text, a.as_text().size());
  b.as_text().copy(text + a.as_text().size(), b.as_text().size());
  return a.is(value_kind::string) ? value::string({text, size}) : value::bytes({text, size});
}

value machine::contained(const expression& e, value sought, value container) {
  if (container.is(value_kind::map)) {
    value found;
    const bool there = is_key(sought) && container.as_map().find(sought, found);
    return there && found.is_unknown() && container.as_map().relation() != nullptr ? found : value::boolean(there);
  }
  if (!container.is(value_kind::list)) {
    const value sides[] = {sought, container};
    return no_overload(e, sides);
  }
  const list_view& list = container.as_list();
  const relation_shape* shape = list.relation();
  undecided_parts parts(memory);
  std::uint64_t visited = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    value same = equals(memory, sought, list.at(i), visited);
    if (same.is_false()) continue;
    bool certain = shape == nullptr || shape->certain == nullptr || shape->certain[i];
    if (same.is_true() && certain) {
      charge(visited / visited_a_step);
      return over_limit() ? limit_error(e) : same;
    }
    if (!certain && !is_limit(same)) same = why(*shape, i);
    if (parts.add(same)) return same;
    if (steps + visited / visited_a_step - first_step_ > limits_.steps) return limit_error(e);
  }
  charge(visited / visited_a_step);
  if (over_limit()) return limit_error(e);
  if (shape != nullptr && shape->open) parts.add(why(*shape));
  return parts.or_else(value::boolean(false));
}

value machine::function(const expression& e, operation op) {
  std::size_t count = e.arguments.size() + (e.operand != nullptr ? 1 : 0);
  value few[4];
  std::span<value> arguments = count <= 4 ? std::span<value>(few, count) : memory.make_array<value>(count);
  value joined;
  bool failed = false;
  meter::pause after_error(costs);
  bool passes_unsure = takes_unsure_lists(e);
  for (std::size_t i = 0; i < count; ++i) {
    const expression* argument = e.operand == nullptr ? e.arguments[i] : i == 0 ? e.operand : e.arguments[i - 1];
    value v = eval(*argument);
    arguments[i] = v;
    if ((v.is(value_kind::list) || v.is(value_kind::map)) && !passes_unsure) v = unsure(v);
    if (join(v, joined)) return joined;
    if (v.is_error()) {
      failed = true;
      after_error.begin();
    }
    charge(reading_work(v));
  }
  if (blocked(joined)) {
    if (!failed) spend_call(e, arguments, joined);
    return joined;
  }
  if (over_limit()) return limit_error(e);
  if (frame_.traced != nullptr) {
    for (value used : arguments) note_sensitive(used);
  }
  value result = dispatch(e, op, arguments);
  spend_call(e, arguments, result);
  return result;
}

// optional.or(other), optional.orValue(other): the other is evaluated only where it is needed.
value machine::or_else(const expression& e) {
  if (e.operand == nullptr || e.arguments.size() != 1) return no_overload(e, {});
  value first = eval(*e.operand);
  if (blocked(first)) return first;
  if (!first.is(value_kind::optional)) {
    // A host may give a meaning to what is no optional; it sees the receiver alone.
    for (const overload* candidate : e.candidates) {
      if (candidate->body == nullptr || !candidate->instance || !accepts(candidate->parameters[0], first)) continue;
      call_context context = context_of(e.id);
      return candidate->body(context, std::span<const value>(&first, 1));
    }
    return no_overload(e, std::span<const value>(&first, 1));
  }
  bool as_value = e.name == "orValue";
  if (first.some() != nullptr) return as_value ? *first.some() : first;
  value other = eval(*e.arguments[0]);
  if (as_value || blocked(other) || other.is(value_kind::optional)) return other;
  const value both[] = {first, other};
  return no_overload(e, both);
}

value machine::dispatch(const expression& e, operation op, std::span<const value> arguments) {
  if (op == operation::matches && arguments.size() == 2 && arguments[0].is(value_kind::string) && arguments[1].is(value_kind::string)) {
    return match(e, arguments);
  }
  bool instance = e.operand != nullptr;
  for (const overload* candidate : e.candidates) {
    if (candidate->instance != instance || candidate->parameters.size() != arguments.size() || candidate->body == nullptr) continue;
    bool all = true;
    for (std::size_t i = 0; i < arguments.size() && all; ++i) all = accepts(candidate->parameters[i], arguments[i]);
    if (!all) continue;
    call_context context = context_of(e.id);
    value result = candidate->body(context, arguments);
    charge(work_of_a_call + context.work + reading_work(result));
    return over_limit() ? limit_error(e) : result;
  }
  return no_overload(e, arguments);
}

value machine::match(const expression& e, std::span<const value> arguments) {
  value failed;
  const known_regex* pattern = regexes_.find(arguments[1].as_text(), memory, e.id, failed);
  if (pattern == nullptr) return failed;
  std::string_view text = arguments[0].as_text();
  // Charged alike whether the pattern was still compiled or not, so that a limit is hit at the same place each time.
  bool constant = e.arguments.back()->kind == expression_kind::literal;
  charge(matching_work(text.size(), pattern->size) + (constant ? 0 : compiling_work(pattern->size)));
  if (over_limit()) return limit_error(e);
  return value::boolean(re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern->compiled));
}

// Names types only: an operand may be a secret.
value machine::no_overload(const expression& e, std::span<const value> arguments) {
  std::string given;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) given += i + 1 == arguments.size() ? " and " : ", ";
    given += type_name_of(arguments[i]);
  }
  std::string message;
  std::string_view name = e.name;
  bool binary = name.size() >= 3 && name.front() == '_' && name.back() == '_';
  if (e.kind == expression_kind::select) {
    message = given + " has no field `" + std::string(name) + "`";
  } else if (e.kind == expression_kind::comprehension) {
    message = "the macro does not take " + given + " here";
  } else if (e.kind != expression_kind::call) {
    message = "an entry with `?` takes an optional, not " + given;
  } else if (name == "_[_]" || name == "_[?_]") {
    message = "no element of " + given;
  } else if (name == "_?_:_") {
    message = "the condition of `? :` is " + given + ", not bool";
  } else if (binary || name == "!_" || name == "-_" || name == "@in") {
    std::string_view sign = binary ? name.substr(1, name.size() - 2) : name == "@in" ? "in" : name.substr(0, 1);
    message = "`" + std::string(sign) + "` does not take " + given;
  } else {
    message = "no matching overload of `" + std::string(name) + "` for (" + given + ")";
  }
  return fail(e, evaluation_error_code::no_matching_overload, message);
}

}  // namespace sekimori::cel
