// cel: estimate_cost: the walk over a tree. Entry points: estimate_cost, explain_cost.
#include "cel/cost/estimator.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cel/check/unify.hpp"
#include "cel/cost/rules.hpp"

namespace sekimori::cel {
namespace {

// What a presence test adds for the branch of the choice that it is asked of; see the counterpart in
// evaluate/meter.cpp.
cost_range branch_cost(const expression& operand) {
  const expression& root = root_of(operand);
  if (!is_choice(root)) return {};
  if (is_optional_map(root)) return exactly(cost::read);
  auto branch = [](const expression& e) {
    if (!is_attribute(e) || (e.kind == expression_kind::select && e.test_only)) return exactly(cost::read);
    return branch_cost(e);
  };
  return either(branch(*root.arguments[1]), branch(*root.arguments[2]));
}

}  // namespace

cost_estimator::cost_estimator(const compiled& program, const cost_options& options)
    : program_(program), options_(options), found_(program.node_count + 1) {
  for (const size_hint& hint : options.hints) hints_.emplace_back(hint.path, size_estimate{hint.min, hint.max});
  std::stable_sort(hints_.begin(), hints_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

cost_estimate cost_estimator::run() {
  cost_estimate made;
  made.cost = cost(*program_.root);
  attribute(made);
  return made;
}

cost_range cost_estimator::cost(const expression& e) {
  cost_range made = cost_of(e);
  found(e).cost = made;
  return made;
}

cost_range cost_estimator::cost_of(const expression& e) {
  switch (e.kind) {
    case expression_kind::literal: return exactly(is_named_constant(e) ? cost::read : 0);
    case expression_kind::identifier:
      if (!e.local) found(e).where = memory_.make<place>(nullptr, e.name.front() == '.' ? e.name.substr(1) : e.name);
      return exactly(cost::read);
    case expression_kind::select: return e.optional ? optional_select(e) : select(e);
    case expression_kind::call: return call(e);
    case expression_kind::list: return parts(e, cost::make_list);
    case expression_kind::map: return parts(e, cost::make_map);
    case expression_kind::object: return parts(e, cost::make_object);
    case expression_kind::comprehension: return comprehension(e);
  }
  return {};
}

cost_range cost_estimator::parts(const expression& e, std::uint64_t base) {
  cost_range sum = exactly(base);
  for (const expression* part : e.arguments) sum = add(sum, cost(*part));
  return sum;
}

cost_range cost_estimator::select(const expression& e) {
  cost_range sum = exactly(!e.test_only || options_.presence_tests ? cost::read : 0);
  if (e.test_only) sum = add(sum, branch_cost(*e.operand));
  sum = add(sum, cost(*e.operand));
  if (!is_attribute(*e.operand)) sum = add(sum, cost::read);
  found(e).where = inside(place_of(*e.operand), e.name);
  return sum;
}

// x.?field is a call of its own: 1 for it, and what it selects from.
cost_range cost_estimator::optional_select(const expression& e) {
  cost_range sum = add(cost(*e.operand), cost::call);
  if (!is_attribute(*e.operand)) sum = add(sum, cost::read);
  found(e).size = size_at(&e, nullptr, e.checked_type);
  return sum;
}

// Goes down while one part has more than half of the whole.
void cost_estimator::attribute(cost_estimate& made) const {
  const expression* at = program_.root;
  for (;;) {
    const expression* next = nullptr;
    auto look = [&](const expression* part) {
      if (part == nullptr) return;
      std::uint64_t most = found(*part).cost.max;
      std::uint64_t whole = found(*at).cost.max;
      if (whole == unbounded ? most == unbounded : most > whole / 2) next = next != nullptr ? next : part;
    };
    look(at->operand);
    // Where nothing bounds how often a loop runs, its body is not the first to blame.
    bool loops = at->kind == expression_kind::comprehension && at->macro != macro_kind::bind && !is_optional_map(*at);
    if (next == nullptr && loops && found(*at).cost.max == unbounded) {
      const size_estimate* range = found(*at->operand).size;
      if (range == nullptr || range->max == unbounded) break;
    }
    look(at->condition);
    for (const expression* argument : at->arguments) look(argument);
    look(at->body);
    if (next == nullptr) break;
    at = next;
  }
  made.costliest = at;
  made.of_costliest = found(*at).cost;
  auto size = [&](const expression* part) {
    if (part == nullptr) return;
    const size_estimate* known = found(*part).size;
    std::uint64_t most = known != nullptr ? known->max : unbounded;
    if (made.size_of == nullptr || most > made.largest_size) {
      made.size_of = part;
      made.largest_size = most;
    }
  };
  bool sized = at->kind == expression_kind::call || (at->kind == expression_kind::comprehension && at->macro != macro_kind::bind);
  if (!sized) return;
  size(at->operand);
  if (at->kind == expression_kind::call) {
    for (const expression* argument : at->arguments) size(argument);
  }
}

cost_estimate estimate_cost(const compiled& program, const cost_options& options) {
  if (!program.checked) return {{0, unbounded}, program.root, {0, unbounded}, nullptr, 0};
  return cost_estimator(program, options).run();
}

std::string explain_cost(const compiled& program, const cost_estimate& estimate) {
  auto number = [](std::uint64_t n) { return n == unbounded ? std::string("any number") : std::to_string(n); };
  auto text = [&](const expression& e) {
    const std::string& whole = program.text.text;
    std::size_t begin = std::min<std::size_t>(e.where.begin, whole.size());
    return cut_utf8(std::string_view(whole).substr(begin, e.where.end - begin), 60);
  };
  std::string said = estimate.cost.max == unbounded ? "nothing bounds the cost" : "it can cost up to " + number(estimate.cost.max);
  if (estimate.costliest == nullptr) return said;
  const expression& costly = *estimate.costliest;
  bool whole = estimate.costliest == program.root;
  if (!whole) said += fmt::format(", most of it in `{}`", text(costly));
  if (estimate.size_of == nullptr) return said;
  bool loops = costly.kind == expression_kind::comprehension;
  std::string_view verb = loops ? "runs over" : "reads";
  std::string operand = text(*estimate.size_of);
  if (estimate.largest_size == unbounded) {
    return said + fmt::format("{} {} `{}`, of which no size is known", whole ? ": it" : ", which", verb, operand);
  }
  return said + fmt::format("{} {} `{}`, of size {} or less", whole ? ": it" : ", which", verb, operand, number(estimate.largest_size));
}

}  // namespace sekimori::cel
