#include "exec_shapes/shapes.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "cel/flat/executor.hpp"

namespace sekimori::exec_shapes {
namespace {

namespace flat = cel::flat;
using exec::truth;
using flat::opcode;

// The variables and the evaluator that a pass works with; its memory is reset for each instance.
class workspace {
 public:
  explicit workspace(cases& of) : evaluator(memory, cel::limits{}), of_(of) {
    evaluator.set_host(static_cast<rules::relation_host*>(&of.access));
    evaluator.set_now(of.now);
    evaluator.set_metering(false);
  }
  void begin(const instance& one) {
    memory.reset();
    seen = one.variables;
    of_.access.at(*one.of);
  }
  void parameters(const instance& one, const plan::rule_program& program) {
    seen[rules::slot_params] = value::map((*one.parameters)[program.rule->ruleset].get());
    evaluator.reset_steps();
  }

  arena memory{64 * 1024};
  cel::evaluator evaluator;
  std::vector<value> seen;
  std::vector<truth> asserts;

 private:
  cases& of_;
};

// As exec::executor joins them. `ask` is given the condition's number: 0 for `when`, then the asserts.
template <class Ask>
verdict judge(const plan::rule_program& program, std::vector<truth>& asserts, Ask&& ask) {
  truth when = truth::yes;
  asserts.clear();
  if (program.when.text != nullptr) when = ask(std::size_t{0}, program.when);
  if (when == truth::no || when == truth::not_offered) return verdict::not_applicable;
  for (std::size_t i = 0; i < program.asserts.size(); ++i) asserts.push_back(ask(i + 1, program.asserts[i]));
  return exec::join_rule(when, asserts);
}

class tree final : public shape {
 public:
  explicit tree(cases& of) : of_(of), work_(of) {}
  void run(std::vector<verdict>& verdicts) override {
    for (auto& one : of_.instances) {
      work_.begin(one);
      for (auto& candidate : one.entry->programs) {
        auto& program = of_.plan->programs[candidate.program];
        work_.parameters(one, program);
        verdicts.push_back(judge(program, work_.asserts, [&](std::size_t, auto& condition) { return exec::truth_of(work_.evaluator.evaluate(*condition.text, work_.seen)); }));
      }
    }
  }

 private:
  cases& of_;
  workspace work_;
};

// Lowered conditions by program: `when`, then the asserts.
using condition_list = std::vector<std::vector<flat::program>>;

enum class pooling { none, one };

condition_list lower_all(const cases& of, pooling how, const std::shared_ptr<flat::pool>& shared) {
  condition_list made;
  for (auto& program : of.plan->programs) {
    std::vector<std::uint32_t> spaces(rules::variable_count);
    auto& kinds = of.plan->model->kinds;
    for (std::uint32_t i = 0; i < kinds.size(); ++i) {
      if (kinds[i].get() == program.variant->kind) spaces[rules::slot_resource] = i + 1;
    }
    spaces[rules::slot_params] = program.rule->ruleset;
    auto& conditions = made.emplace_back();
    auto add = [&](const cel::compiled_ptr& text) {
      if (text == nullptr) return void(conditions.emplace_back());
      auto pool = how == pooling::one ? shared : std::make_shared<flat::pool>();
      conditions.push_back(flat::lower(text, pool, cel::limits{}, {spaces, false}));
      if (how == pooling::none) pool->close({});
    };
    add(program.when.text);
    for (auto& assertion : program.asserts) add(assertion.text);
  }
  return made;
}

truth ask_flat(flat::executor& executor, const flat::program& condition, const cel::compiled& text, workspace& work) {
  switch (executor.test(condition)) {
    case flat::answer::yes: return truth::yes;
    case flat::answer::no: return truth::no;
    case flat::answer::open: break;
  }
  if (const std::uint8_t found = executor.doubts(); found != 0 && (found & flat::executor::unclear) == 0) return truth::unknown;
  return exec::truth_of(work.evaluator.evaluate(text, work.seen));
}

class alone final : public shape {
 public:
  explicit alone(cases& of) : of_(of), work_(of), conditions_(lower_all(of, pooling::none, nullptr)) {
    for (auto& program : conditions_) {
      auto& of_program = executors_.emplace_back();
      for (std::size_t i = 0; i < program.size(); ++i) of_program.push_back(std::make_unique<flat::executor>(work_.evaluator, cel::limits{}));
    }
  }
  void run(std::vector<verdict>& verdicts) override {
    for (auto& one : of_.instances) {
      work_.begin(one);
      for (auto& candidate : one.entry->programs) {
        auto& program = of_.plan->programs[candidate.program];
        work_.parameters(one, program);
        verdicts.push_back(judge(program, work_.asserts, [&](std::size_t number, auto& condition) {
          auto& executor = *executors_[candidate.program][number];
          executor.begin(work_.seen);
          return ask_flat(executor, conditions_[candidate.program][number], *condition.text, work_);
        }));
      }
    }
  }

 private:
  cases& of_;
  workspace work_;
  condition_list conditions_;
  std::vector<std::vector<std::unique_ptr<flat::executor>>> executors_;
};

// --- code written anew -------------------------------------------------------------------------------
std::uint64_t cost_of(const std::vector<flat::instruction>& code, std::uint32_t index) {
  const flat::instruction& at = code[index];
  std::uint64_t sum = 1, factor = 1;
  switch (at.what) {
    case opcode::all: case opcode::exists: case opcode::exists_one: case opcode::map_list: case opcode::filter: factor = 10; break;
    case opcode::regex: case opcode::fused_regex: sum = 12; break;
    case opcode::call: case opcode::concatenate: case opcode::contains: case opcode::pattern: sum = 4; break;
    case opcode::general: sum = 60; break;
    default: break;
  }
  for (std::uint32_t next = index + 1; next < at.end; next = code[next].end) sum += factor * cost_of(code, next);
  return sum;
}

// Copies an instruction with what belongs to it; `children` may put what belongs to it in another order, `before` may emit
// an instruction that then holds it.
template <class Children, class Before>
void copy(const std::vector<flat::instruction>& from, std::uint32_t at, std::vector<flat::instruction>& to, Children&& children, Before&& before) {
  const std::size_t holder = to.size();
  const bool held = before(at, to);
  const std::size_t place = to.size();
  to.push_back(from[at]);
  std::vector<std::uint32_t> inside;
  for (std::uint32_t next = at + 1; next < from[at].end; next = from[next].end) inside.push_back(next);
  children(from[at], inside);
  for (auto next : inside) copy(from, next, to, children, before);
  to[place].end = static_cast<std::uint32_t>(to.size());
  if (held) to[holder].end = to[place].end;
}

bool joins(opcode what) { return what == opcode::all_of || what == opcode::any_of; }

// The conditions of a rule with its number.
struct placed { std::size_t program; flat::program* condition; };

std::vector<placed> placed_in(condition_list& all) {
  std::vector<placed> made;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (auto& condition : all[i]) made.push_back({i, &condition});
  }
  return made;
}

std::vector<placed> placed_in(plan::policy_plan& plan) {
  std::vector<placed> made;
  for (std::size_t i = 0; i < plan.programs.size(); ++i) {
    made.push_back({i, &plan.programs[i].when});
    for (auto& assertion : plan.programs[i].asserts) made.push_back({i, &assertion});
  }
  return made;
}

void order_by_cost(const std::vector<placed>& all) {
  for (auto& [program, condition] : all) {
    if (!condition->lowered()) continue;
    auto& code = condition->code;
    std::vector<flat::instruction> made;
    copy(
        code, 0, made,
        [&](auto& of, auto& inside) {
          if (joins(of.what)) std::stable_sort(inside.begin(), inside.end(), [&](auto a, auto b) { return cost_of(code, a) < cost_of(code, b); });
        },
        [](std::uint32_t, auto&) { return false; });
    code = std::move(made);
  }
}

// Tests that are a condition or a part of && and || in it, outside of loops.
void each_test(const flat::program& of, std::uint32_t at, auto&& visit) {
  if (!joins(of.code[at].what)) return visit(at);
  for (std::uint32_t next = at + 1; next < of.code[at].end; next = of.code[next].end) each_test(of, next, visit);
}

// Tests that two conditions ask and that cost at least `least`.
void share_all(const cases& of, flat::pool& shared, const std::vector<placed>& all, std::uint64_t least) {
  std::map<std::string, std::pair<std::uint32_t, int>> names;   // number, uses
  for (bool counting : {true, false}) {
    for (auto& [program, condition] : all) {
      if (!condition->lowered() || !condition->is_test) continue;
      auto& about = of.plan->programs[program];
      const std::string place = (about.variant->kind != nullptr ? about.variant->kind->name : "") + " " + std::to_string(about.rule->ruleset) + " ";
      std::map<std::uint32_t, std::uint32_t> memo_at;
      each_test(*condition, 0, [&](std::uint32_t at) {
        if (condition->code[at].what == opcode::shared || cost_of(condition->code, at) < least) return;
        auto& found = names[place + flat::dump(*condition, at, rules::variable_names)];
        if (counting) ++found.second;
        else if (found.second > 1) memo_at[at] = found.first == 0 ? found.first = ++shared.memos : found.first;
      });
      if (memo_at.empty()) continue;
      std::vector<flat::instruction> made;
      copy(
          condition->code, 0, made, [](auto&, auto&) {},
          [&](std::uint32_t at, auto& to) {
            auto memo = memo_at.find(at);
            if (memo == memo_at.end()) return false;
            to.push_back({.what = opcode::shared, .index = memo->second - 1, .constant = {}});
            return true;
          });
      condition->code = std::move(made);
    }
  }
}

enum class change { none, memo, costly, order };
constexpr std::uint64_t costly = 4;

void apply(change what, const cases& of, flat::pool& shared, const std::vector<placed>& to) {
  switch (what) {
    case change::none: break;
    case change::memo: return share_all(of, shared, to, 0);
    case change::costly: return share_all(of, shared, to, costly);
    case change::order: return order_by_cost(to);
  }
}

class used final : public shape {
 public:
  used(cases& of, change what) : of_(of), work_(of), executor_(work_.evaluator, cel::limits{}) {
    if (what == change::none) return;
    // A plan of its own, which was made as one that can be written to.
    plan_ = plan::make_plan(of.plan->model);
    auto& own = const_cast<plan::policy_plan&>(*plan_);
    apply(what, of, *own.conditions, placed_in(own));
  }
  void run(std::vector<verdict>& verdicts) override {
    for (auto& one : of_.instances) {
      work_.begin(one);
      executor_.begin(work_.seen);
      for (auto& candidate : one.entry->programs) {
        auto& program = plan_->programs[candidate.program];
        work_.parameters(one, program);
        verdicts.push_back(executor_.judge(program, candidate));
      }
    }
  }

 private:
  cases& of_;
  std::shared_ptr<const plan::policy_plan> plan_ = of_.plan;
  workspace work_;
  exec::executor executor_;
};

class pooled final : public shape {
 public:
  pooled(cases& of, change what, bool dispatch) : of_(of), work_(of), dispatch_(dispatch), conditions_(lower_all(of, pooling::one, pool_)) {
    pool_->close({});
    apply(what, of, *pool_, placed_in(conditions_));
  }

  void run(std::vector<verdict>& verdicts) override {
    for (auto& one : of_.instances) {
      work_.begin(one);
      executor_.begin(work_.seen);
      if (dispatch_) {
        for (auto& candidate : one.entry->programs) ask(one, candidate.program, verdicts);
      } else {
        const rules::checked_kind* kind = one.entry->kind != nullptr ? one.entry->kind->kind : nullptr;
        for (std::uint32_t i = 0; i < of_.plan->programs.size(); ++i) {
          auto& variant = *of_.plan->programs[i].variant;
          if (variant.admission != nullptr || variant.kind != kind) continue;
          if (kind == nullptr && std::find(variant.types.begin(), variant.types.end(), one.of->type) == variant.types.end()) continue;
          ask(one, i, verdicts);
        }
      }
    }
  }

 private:
  void ask(const instance& one, std::uint32_t index, std::vector<verdict>& verdicts) {
    auto& program = of_.plan->programs[index];
    work_.parameters(one, program);
    verdicts.push_back(judge(program, work_.asserts, [&](std::size_t number, auto& condition) { return ask_flat(executor_, conditions_[index][number], *condition.text, work_); }));
  }

  cases& of_;
  workspace work_;
  bool dispatch_;
  std::shared_ptr<flat::pool> pool_ = std::make_shared<flat::pool>();
  condition_list conditions_;
  flat::executor executor_{work_.evaluator, cel::limits{}};
};

// Blocks of neighbours that have the same rules; what was read of each is kept while the block is worked.
class batched final : public shape {
 public:
  explicit batched(cases& of) : of_(of), conditions_(lower_all(of, pooling::one, pool_)) {
    pool_->close({});
    for (std::size_t i = 0; i < most; ++i) {
      work_.push_back(std::make_unique<workspace>(of));
      executors_.push_back(std::make_unique<flat::executor>(work_.back()->evaluator, cel::limits{}));
    }
  }

  void run(std::vector<verdict>& verdicts) override {
    auto& all = of_.instances;
    for (std::size_t first = 0; first < all.size();) {
      std::size_t last = first;
      while (last < all.size() && last - first < most && all[last].entry == all[first].entry) ++last;
      auto& candidates = all[first].entry->programs;
      const std::size_t begin = verdicts.size();
      verdicts.resize(begin + (last - first) * candidates.size());
      for (std::size_t i = first; i < last; ++i) {
        work_[i - first]->begin(all[i]);
        executors_[i - first]->begin(work_[i - first]->seen);
      }
      for (std::size_t k = 0; k < candidates.size(); ++k) {
        auto& program = of_.plan->programs[candidates[k].program];
        for (std::size_t i = first; i < last; ++i) {
          auto& work = *work_[i - first];
          work.parameters(all[i], program);
          of_.access.at(*all[i].of);
          verdicts[begin + (i - first) * candidates.size() + k] = judge(program, work.asserts, [&](std::size_t number, auto& condition) {
            return ask_flat(*executors_[i - first], conditions_[candidates[k].program][number], *condition.text, work);
          });
        }
      }
      first = last;
    }
  }

 private:
  static constexpr std::size_t most = 64;
  cases& of_;
  std::shared_ptr<flat::pool> pool_ = std::make_shared<flat::pool>();
  condition_list conditions_;
  std::vector<std::unique_ptr<workspace>> work_;
  std::vector<std::unique_ptr<flat::executor>> executors_;
};

}  // namespace

const std::vector<std::string_view>& shape_names() {
  static const std::vector<std::string_view> names = {"tree", "flat", "pool", "memo", "order", "batch", "no_dispatch", "used", "used_memo", "used_costly", "used_order"};
  return names;
}

std::unique_ptr<shape> make_shape(std::string_view name, cases& of) {
  if (name == "tree") return std::make_unique<tree>(of);
  if (name == "flat") return std::make_unique<alone>(of);
  if (name == "pool") return std::make_unique<pooled>(of, change::none, true);
  if (name == "memo") return std::make_unique<pooled>(of, change::memo, true);
  if (name == "order") return std::make_unique<pooled>(of, change::order, true);
  if (name == "batch") return std::make_unique<batched>(of);
  if (name == "no_dispatch") return std::make_unique<pooled>(of, change::none, false);
  if (name == "used") return std::make_unique<used>(of, change::none);
  if (name == "used_memo") return std::make_unique<used>(of, change::memo);
  if (name == "used_costly") return std::make_unique<used>(of, change::costly);
  if (name == "used_order") return std::make_unique<used>(of, change::order);
  std::abort();
}

}  // namespace sekimori::exec_shapes
