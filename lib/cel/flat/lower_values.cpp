// cel: values of flat code. Entry point: lowering::value_of.
#include <algorithm>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/evaluator.hpp"
#include "cel/flat/lower.hpp"

namespace sekimori::cel::flat {
namespace {

// Functions that the library brings: what they make of constants is the same each time.
bool is_ours(const overload* asked) {
  auto among = [&](std::span<const function_row> rows) {
    for (const function_row& row : rows) {
      if (asked >= row.overloads.data() && asked < row.overloads.data() + row.overloads.size()) return true;
    }
    return false;
  };
  if (among(standard_pack())) return true;
  for (const pack& one : packs()) {
    if (one.name != "cloud" && among(one.rows)) return true;
  }
  return false;
}

bool is_constant(const expression& e, int depth) {
  if (depth > 16) return false;
  if (e.kind == expression_kind::literal) return true;
  if (e.kind == expression_kind::list) {
    return e.optional_at.empty() && std::all_of(e.arguments.begin(), e.arguments.end(), [&](const expression* one) { return is_constant(*one, depth + 1); });
  }
  if (e.kind != expression_kind::call || e.candidates.empty()) return false;
  if (e.operand != nullptr && !is_constant(*e.operand, depth + 1)) return false;
  return std::all_of(e.candidates.begin(), e.candidates.end(), is_ours) &&
         std::all_of(e.arguments.begin(), e.arguments.end(), [&](const expression* one) { return is_constant(*one, depth + 1); });
}

// The kinds of values that a declared parameter takes, as dispatch.cpp reads the declaration. 0: by name.
std::uint32_t kinds_of(std::string_view parameter) {
  constexpr std::uint32_t every = UINT32_MAX & ~(1u << static_cast<int>(value_kind::error)) & ~(1u << static_cast<int>(value_kind::unknown));
  struct row { std::string_view name; value_kind kind; };
  static constexpr row rows[] = {{"bool", value_kind::boolean}, {"int", value_kind::integer}, {"uint", value_kind::unsigned_integer},
                                 {"double", value_kind::floating}, {"string", value_kind::string}, {"bytes", value_kind::bytes},
                                 {"list", value_kind::list}, {"map", value_kind::map}, {"type", value_kind::type},
                                 {"timestamp", value_kind::timestamp}, {"duration", value_kind::duration}, {"optional_type", value_kind::optional}};
  if (parameter.size() == 1 || parameter == "dyn" || parameter == "any") return every;
  std::string_view name = parameter.substr(0, parameter.find('('));
  for (const row& one : rows) {
    if (one.name == name) return 1u << static_cast<int>(one.kind);
  }
  return 0;
}

bool is_text(const expression& e) { return e.checked_type != nullptr && e.checked_type->kind == type_kind::string; }

// The operands of a + b + c where one of them is known to be a text.
void chain(const expression& e, std::vector<const expression*>& parts, int depth = 0) {
  if (is_operator(e, "_+_", 2) && depth < 40) {
    chain(*e.arguments[0], parts, depth + 1);
    chain(*e.arguments[1], parts, depth + 1);
  } else {
    parts.push_back(&e);
  }
}

}  // namespace

bool lowering::value_of(const expression& e) {
  if (++depth_ > 48) return false;
  struct leave_level { int& depth; ~leave_level() { --depth; } } level{depth_};
  instruction path;
  path.what = opcode::read;
  if (source_of(e, path)) {
    std::size_t at = emit(opcode::read);
    const std::uint32_t end = made_.code[at].end;
    made_.code[at] = path;
    made_.code[at].end = end;
    if (path.from == source::constant) made_.code[at].constant = e.constant;
    return true;
  }
  switch (e.kind) {
    case expression_kind::select:
      if (!e.test_only && !e.optional && e.slot < 0 && e.field == nullptr) {
        std::size_t at = emit(opcode::field);
        made_.code[at].constant = value::string(e.name);
        made_.code[at].index = pool_.hint_of(e.name);
        if (!value_of(*e.operand)) return false;
        close(at);
        return true;
      }
      break;
    case expression_kind::call: return call_value(e);
    case expression_kind::list: return list_of(e);
    case expression_kind::comprehension: return transformed(e);
    default: break;
  }
  bool is_test = e.kind == expression_kind::select && e.test_only;
  if (!is_test) return general(e);
  std::size_t at = emit(opcode::boolean);
  if (!test(e, false)) return false;
  close(at);
  return true;
}

// A part by the evaluator, which does not know our locals.
bool lowering::general(const expression& e) {
  if (!locals_.empty() && holds_locals(e, 0)) return false;
  std::size_t at = emit(opcode::general);
  made_.code[at].index = static_cast<std::uint32_t>(pool_.expressions.size());
  pool_.expressions.push_back(&e);
  return true;
}

bool lowering::fold(const expression& e) {
  if (e.kind != expression_kind::call && e.kind != expression_kind::list) return false;
  if (!is_constant(e, 0)) return false;
  if (made_.folded == nullptr) made_.folded = std::make_unique<arena>(256);
  evaluator once(*made_.folded, bounds_);
  value found = once.evaluate(*made_.text, e, {});
  constexpr std::uint64_t nothing = 100;   // what takes more steps than this is counted where it is evaluated
  if (found.is_error() || found.is_unknown() || once.steps() > nothing) return false;
  std::size_t at = emit(opcode::read);
  made_.code[at].from = source::constant;
  made_.code[at].constant = found;
  return true;
}

call_target lowering::target_of(const expression& e, std::size_t count) {
  call_target target;
  target.count = static_cast<std::uint8_t>(std::min<std::size_t>(count, UINT8_MAX));
  for (const overload* candidate : e.candidates) {
    if (candidate->instance != (e.operand != nullptr) || candidate->parameters.size() != count || candidate->body == nullptr || count > 4) continue;
    call_target::row row{candidate, {}};
    for (std::size_t i = 0; i < count; ++i) row.kinds[i] = kinds_of(candidate->parameters[i]);
    target.rows.push_back(row);
  }
  return target;
}

bool lowering::call_value(const expression& e) {
  if (fold(e)) return true;
  operation op = operation_of(e.name);
  switch (op) {
    case operation::logical_and:
    case operation::logical_or:
    case operation::logical_not:
    case operation::equal:
    case operation::not_equal:
    case operation::less:
    case operation::less_equal:
    case operation::greater:
    case operation::greater_equal:
    case operation::in: {
      std::size_t at = emit(opcode::boolean);
      if (!test(e, false)) return false;
      close(at);
      return true;
    }
    case operation::conditional: {
      std::size_t at = emit(opcode::choose);
      if (!test(*e.arguments[0], false) || !value_of(*e.arguments[1]) || !value_of(*e.arguments[2])) return false;
      close(at);
      return true;
    }
    case operation::add:
      if (concatenation(e)) return true;
      [[fallthrough]];
    case operation::subtract:
    case operation::multiply:
    case operation::divide:
    case operation::modulo: {
      if (e.arguments.size() != 2) return general(e);
      std::size_t at = emit(opcode::arithmetic);
      made_.code[at].detail = static_cast<std::uint8_t>(op);
      if (!value_of(*e.arguments[0]) || !value_of(*e.arguments[1])) return false;
      close(at);
      return true;
    }
    case operation::index: {
      std::size_t at = emit(opcode::element);
      if (!value_of(*e.arguments[0]) || !value_of(*e.arguments[1])) return false;
      close(at);
      return true;
    }
    case operation::or_else: return or_else(e) || general(e);
    case operation::negate:
    case operation::optional_index:
    case operation::function:
    case operation::matches: break;
  }
  // What has no body is the evaluator's own; what matches by a pattern made at run time needs its cache.
  if (op != operation::function) return general(e);
  const std::size_t count = e.arguments.size() + (e.operand != nullptr ? 1 : 0);
  const std::string_view overloads(reinterpret_cast<const char*>(e.candidates.data()), e.candidates.size_bytes());
  auto [known, fresh] = pool_.call_names.try_emplace({overloads, count * 2 + (e.operand != nullptr ? 1 : 0)}, static_cast<std::uint32_t>(pool_.calls.size()));
  if (fresh) pool_.calls.push_back(target_of(e, count));
  const std::uint32_t target = known->second;
  if (pool_.calls[target].rows.empty()) return general(e);
  const std::size_t mark = made_.code.size();
  std::size_t at = emit(opcode::call);
  made_.code[at].index = target;
  bool done = e.operand == nullptr || value_of(*e.operand);
  for (const expression* argument : e.arguments) done = done && value_of(*argument);
  close(at);
  if (done) return true;
  made_.code.resize(mark);
  return general(e);
}

bool lowering::concatenation(const expression& e) {
  std::vector<const expression*> parts;
  chain(e, parts);
  if (parts.size() > UINT16_MAX || std::none_of(parts.begin(), parts.end(), [](const expression* one) { return is_text(*one); })) return false;
  const std::size_t mark = made_.code.size();
  std::size_t at = emit(opcode::concatenate);
  made_.code[at].local = static_cast<std::uint16_t>(parts.size());
  for (const expression* part : parts) {
    if (!value_of(*part)) {
      made_.code.resize(mark);
      return false;
    }
  }
  close(at);
  return true;
}

// Whether what follows a path is not there where the path does not lead anywhere: after a `.?`.
bool passes_absence(const expression& path) {
  for (const expression* at = &path; at->kind == expression_kind::select && !at->test_only; at = at->operand) {
    if (at->optional) return true;
  }
  return false;
}

// x.?a.b where `x` is no path from a variable.
bool lowering::optional_path(const expression& e) {
  if (!passes_absence(e)) return value_of(e);
  instruction path;
  path.what = opcode::read;
  bool optional = false;
  if (std::uint32_t slot = slot_of(e, optional); slot != no_slot) {
    path.from = source::slot;
    path.index = slot;
  } else if (!column_of(e, path)) {
    if (e.slot >= 0 || e.field != nullptr) return false;
    std::size_t at = emit(opcode::field);
    made_.code[at].constant = value::string(e.name);
    made_.code[at].index = pool_.hint_of(e.name);
    made_.code[at].detail = passes_absence(*e.operand);
    if (!optional_path(*e.operand)) return false;
    close(at);
    return true;
  }
  std::size_t at = emit(opcode::read);
  path.end = made_.code[at].end;
  made_.code[at] = path;
  return true;
}

// path.?a.orValue(b)
bool lowering::or_else(const expression& e) {
  if (e.name != "orValue" || e.operand == nullptr || e.arguments.size() != 1) return false;
  bool optional = false;
  const bool by_slot = slot_of(*e.operand, optional) != no_slot && optional;
  if (!by_slot && !passes_absence(*e.operand)) return false;
  const std::size_t mark = made_.code.size();
  const int depth = depth_;
  std::size_t at = emit(opcode::or_else);
  bool done = true;
  if (by_slot) {
    made_.code[at].from = source::slot;
    made_.code[at].index = slot_of(*e.operand, optional);
  } else {
    done = optional_path(*e.operand);
  }
  if (done && value_of(*e.arguments[0])) {
    close(at);
    return true;
  }
  depth_ = depth;
  made_.code.resize(mark);
  return false;
}

bool lowering::list_of(const expression& e) {
  if (!e.optional_at.empty() || e.arguments.size() > 1000) return general(e);
  if (fold(e)) return true;
  const std::size_t mark = made_.code.size();
  std::size_t at = emit(opcode::list);
  made_.code[at].local = static_cast<std::uint16_t>(e.arguments.size());
  for (const expression* element : e.arguments) {
    if (!value_of(*element)) {
      made_.code.resize(mark);
      return general(e);
    }
  }
  close(at);
  return true;
}

bool lowering::transformed(const expression& e) {
  const std::size_t mark = made_.code.size();
  const std::size_t level = locals_.size();
  const int depth = depth_;
  bool done = false;
  std::size_t at = 0;
  switch (e.macro) {
    case macro_kind::all:
    case macro_kind::exists:
    case macro_kind::exists_one:
      at = emit(opcode::boolean);
      done = test(e, false);
      break;
    case macro_kind::bind:
      at = emit(opcode::bind);
      if (!value_of(*e.operand) || locals_.size() + 1 >= 60) break;
      made_.code[at].local = static_cast<std::uint16_t>(level);
      locals_.push_back({static_cast<std::uint16_t>(level), no_slot, at, false});
      done = value_of(*e.body);
      break;
    case macro_kind::map:
    case macro_kind::filter:
      if (!e.variable2.empty()) break;
      at = emit(e.macro == macro_kind::map ? opcode::map_list : opcode::filter);
      if (!range(*e.operand, at) || !enter(e, at)) break;
      made_.code[at].local = static_cast<std::uint16_t>(level);
      made_.code[at].weight = static_cast<std::uint16_t>(std::min<std::uint32_t>(node_count_of(e) + 1, UINT16_MAX));
      if (e.macro == macro_kind::filter) {
        made_.code[at].detail |= binds_element;
        done = test(e.body != nullptr ? *e.body : *e.condition, false);
      } else {
        if (e.condition != nullptr) made_.code[at].detail |= has_condition;
        done = (e.condition == nullptr || test(*e.condition, false)) && value_of(*e.body);
      }
      break;
    default: break;
  }
  locals_.resize(level);
  depth_ = depth;
  if (done) {
    close(at);
    if (made_.code[at].what == opcode::filter && gains_by_blocks(at)) made_.code[at].detail |= in_blocks;
    return true;
  }
  made_.code.resize(mark);
  return general(e);
}

}  // namespace sekimori::cel::flat
