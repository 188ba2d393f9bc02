// plan: see trees.hpp. Costs and statistics.
#include "plan/trees.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sekimori::plan {
namespace {

namespace flat = cel::flat;
using flat::opcode;

constexpr std::uint64_t elements = 10;    // of a list that a loop goes over
constexpr std::uint64_t evaluator = 60;   // a part that the evaluator answers
constexpr std::uint64_t considerable = 40;  // less is no reason for a warning

std::uint64_t own_cost(opcode what) {
  switch (what) {
    case opcode::fixed: case opcode::all_of: case opcode::any_of: case opcode::read: case opcode::boolean: case opcode::bind: case opcode::bind_test: return 0;
    case opcode::starts_with: case opcode::ends_with: case opcode::one_of: case opcode::arithmetic: case opcode::element: return 2;
    case opcode::contains: case opcode::pattern: case opcode::fused_regex: case opcode::concatenate: case opcode::call: return 4;
    case opcode::holds_text: case opcode::contained: return elements / 2;
    case opcode::regex: return 12;
    case opcode::general: return evaluator;
    default: return 1;
  }
}

bool is_loop(opcode what) {
  return what == opcode::all || what == opcode::exists || what == opcode::exists_one || what == opcode::map_list || what == opcode::filter;
}

std::uint64_t cost_of(const flat::program& of, std::uint32_t index, int depth) {
  const flat::instruction& at = of.code[index];
  std::uint64_t sum = own_cost(at.what);
  std::uint32_t next = index + 1;
  if (is_loop(at.what) && at.from == flat::source::child && next < at.end) {
    sum += cost_of(of, next, depth + 1);
    next = of.code[next].end;
  }
  for (; next < at.end; next = of.code[next].end) sum += cost_of(of, next, depth + 1) * (is_loop(at.what) ? elements : 1);
  return sum;
}

bool asks_evaluator(const flat::program& of) {
  return !of.lowered() || std::any_of(of.code.begin(), of.code.end(), [](auto& at) { return at.what == opcode::general; });
}

template <class Visit>
void each_condition(const rule_program& of, Visit&& visit) {
  if (of.when.text) visit(of.when);
  for (auto& assertion : of.asserts) visit(assertion);
}

}  // namespace

tree_statistics examine(const policy_plan& of) {
  tree_statistics made;
  made.slots = of.conditions->slots.size();
  for (auto& program : of.programs) {
    rule_cost& cost = made.programs.emplace_back();
    each_condition(program, [&](const flat::program& condition) {
      ++cost.conditions;
      ++made.conditions;
      const bool whole = !asks_evaluator(condition);
      made.lowered += whole;
      cost.to_evaluator += !whole;
      cost.cost += condition.lowered() ? cost_of(condition, 0, 0) : evaluator;
      for (auto& at : condition.code) {
        if (at.what == opcode::shared) ++made.shared[at.index];
        made.fused += at.what == opcode::fused_regex;
      }
    });
  }
  std::size_t asked = 0;
  std::set<std::string> dominating;
  for (auto& [type, entries] : of.by_type) {
    std::uint64_t sum = 0, most = 0;
    std::size_t count = 0, costly = 0;
    for (auto& entry : entries) {
      for (auto& one : entry.programs) {
        ++count;
        const std::uint64_t cost = made.programs[one.program].cost;
        sum += cost;
        if (cost > most) {
          most = cost;
          costly = one.program;
        }
      }
    }
    if (count == 0) continue;
    ++made.types;
    asked += count;
    if (count > 1 && most >= considerable && most > sum - most) dominating.insert(of.programs[costly].rule->full_id);
  }
  if (made.types > 0) made.asked = static_cast<double>(asked) / static_cast<double>(made.types);
  if (!of.programs.empty() && made.types > 0) made.pruned = 1 - made.asked / static_cast<double>(of.programs.size());
  for (auto index : of.admission) {
    made.warnings.push_back(fmt::format("{}: no type finds this rule; what it matches is asked of each object", of.programs[index].rule->full_id));
  }
  for (auto& rule : dominating) made.warnings.push_back(fmt::format("{}: costs more than all other rules of a type together", rule));
  std::sort(made.warnings.begin(), made.warnings.end());
  return made;
}

}  // namespace sekimori::plan
