// cel: see program.hpp. The frame of lowering; tests, values and paths have files of their own.
#include "cel/flat/lower.hpp"

#include <algorithm>
#include <atomic>
#include <functional>

namespace sekimori::cel::flat {

bool is_operator(const expression& e, std::string_view name, std::size_t arguments) {
  return e.kind == expression_kind::call && e.operand == nullptr && e.name == name && e.arguments.size() == arguments;
}

// A host may declare overloads of a standard name for other types; the standard one is asked first.
bool is_standard(const expression& e, std::string_view overload_id) {
  return !e.candidates.empty() && e.candidates.front()->id == overload_id;
}

bool holds_locals(const expression& e, int bound, int depth) {
  if (depth > 250) return true;
  if (e.kind == expression_kind::identifier) return e.local && e.slot >= bound;
  const int inside = e.kind == expression_kind::comprehension ? bound + (e.variable2.empty() ? 1 : 2) : bound;
  if (e.operand != nullptr && holds_locals(*e.operand, bound, depth + 1)) return true;
  for (const expression* part : {e.condition, e.body, e.body2}) {
    if (part != nullptr && holds_locals(*part, inside, depth + 1)) return true;
  }
  return std::any_of(e.arguments.begin(), e.arguments.end(), [&](const expression* one) { return holds_locals(*one, bound, depth + 1); });
}

std::uint64_t locals_in(const expression& e, int bound, int depth) {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  if (depth > 250) return all;
  if (e.kind == expression_kind::identifier) return !e.local || e.slot < bound ? 0 : e.slot - bound < 64 ? std::uint64_t{1} << (e.slot - bound) : all;
  const int inside = e.kind == expression_kind::comprehension ? bound + (e.variable2.empty() ? 1 : 2) : bound;
  std::uint64_t found = e.operand != nullptr ? locals_in(*e.operand, bound, depth + 1) : 0;
  for (const expression* part : {e.condition, e.body, e.body2}) {
    if (part != nullptr) found |= locals_in(*part, inside, depth + 1);
  }
  for (const expression* argument : e.arguments) found |= locals_in(*argument, bound, depth + 1);
  return found;
}

std::uint32_t node_count_of(const expression& e, int depth) {
  if (depth > 250) return UINT16_MAX;
  std::uint32_t count = 1;
  for (const expression* part : {e.operand, e.condition, e.body, e.body2}) {
    if (part != nullptr) count += node_count_of(*part, depth + 1);
  }
  for (const expression* argument : e.arguments) count += node_count_of(*argument, depth + 1);
  return count;
}

std::size_t lowering::emit(opcode what, bool negated) {
  instruction made;
  made.what = what;
  made.negated = negated;
  made_.code.push_back(made);
  close(made_.code.size() - 1);
  return made_.code.size() - 1;
}

const lowering::bound* lowering::bound_of(const expression& identifier) const {
  auto from_innermost = static_cast<std::size_t>(identifier.slot);
  if (!identifier.local || from_innermost >= locals_.size()) return nullptr;
  return &locals_[locals_.size() - 1 - from_innermost];
}

bool lowering::enter(const expression& e, std::size_t loop) {
  const instruction& at = made_.code[loop];
  bound made;
  made.loop = loop;
  made.local = static_cast<std::uint16_t>(locals_.size());
  if (locals_.size() + 2 >= 60) return false;
  const std::uint32_t list = at.from == source::slot ? at.index : no_slot;
  if (!e.variable2.empty()) {
    locals_.push_back(made);
    ++made.local;
  }
  made.list = list;
  made.element = true;
  locals_.push_back(made);
  return true;
}

void lowering::leave(const expression& e) { locals_.resize(locals_.size() - (e.variable2.empty() ? 1 : 2)); }

bool lowering::run() {
  const expression& root = *made_.text->root;
  made_.is_test = made_.text->result_type != nullptr && made_.text->result_type->kind == type_kind::boolean;
  // What may be of any type is a value.
  return made_.is_test ? test(root, false) : value_of(root);
}

namespace {
std::atomic<std::uint64_t> last_serial = 0;
constexpr std::uint32_t shared_hints = 1024;
}  // namespace

pool::pool(bool of_one) : serial(++last_serial), alone(of_one), hints(of_one ? shared_hints : 0) {}

std::uint32_t pool::hint_of(std::string_view key) {
  return alone ? static_cast<std::uint32_t>(std::hash<std::string_view>()(key) % shared_hints) : hints++;
}

void pool::fuse(std::span<program*> programs) {
  // One search of a set takes as long as about four searches one by one (docs/performance.md); a bit each in `detail`.
  constexpr std::size_t fewest = 4, most = 64;
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_slot;
  auto each = [&](auto&& visit) {
    for (program* one : programs) {
      for (instruction& at : one->code) {
        if (at.what == opcode::regex && at.from == source::slot) visit(at);
      }
    }
  };
  each([&](const instruction& at) {
    auto& found = by_slot[at.index];
    if (found.size() < most && std::find(found.begin(), found.end(), at.index2()) == found.end()) found.push_back(at.index2());
  });
  std::map<std::uint32_t, std::uint32_t> made;
  for (auto& [slot, found] : by_slot) {
    if (found.size() < fewest || fused.size() >= UINT16_MAX) continue;
    made[slot] = static_cast<std::uint32_t>(fused.size());
    fused.push_back({slot, found});
  }
  each([&](instruction& at) {
    auto set = made.find(at.index);
    if (set == made.end()) return;
    const auto& members = fused[set->second].regexes;
    const auto position = std::find(members.begin(), members.end(), at.index2());
    if (position == members.end()) return;
    at.what = opcode::fused_regex;
    at.weight = static_cast<std::uint16_t>(set->second);
    at.detail = static_cast<std::uint8_t>(position - members.begin());
  });
}

void pool::close(std::span<program*> programs) {
  for (program* one : programs) {
    auto& code = one->code;
    for (std::size_t i = 0; i < code.size();) {
      if (code[i].what != opcode::shared || memo_uses[code[i].index] != 1) {
        ++i;
        continue;
      }
      // The test behind it takes its place.
      code[i + 1].negated = code[i + 1].negated != code[i].negated;
      code.erase(code.begin() + static_cast<std::ptrdiff_t>(i));
      for (instruction& at : code) {
        if (at.end > i) --at.end;
      }
    }
  }
  slot_names.clear();
  column_names.clear();
  memo_names.clear();
  regex_names.clear();
  call_names.clear();
  auto shrink = [](auto&... grown) { (grown.shrink_to_fit(), ...); };
  shrink(slots, columns, patterns, regexes, sets, calls, expressions);
}

program lower(compiled_ptr source, std::shared_ptr<pool> shared, const limits& bounds, const placement& where) {
  program made;
  made.text = std::move(source);
  if (!made.text->checked || !lowering(made, *shared, bounds, where).run()) made.code.clear();
  // Nothing but a call of the evaluator is nothing won.
  if (!made.code.empty() && made.code.front().what == opcode::general) made.code.clear();
  made.code.shrink_to_fit();
  made.shared = std::move(shared);
  return made;
}

}  // namespace sekimori::cel::flat
