// check: see mutation.hpp.
#include "check/measures/mutation.hpp"

#include <utility>

#include "base/diagnostics.hpp"
#include "check/rule_tests.hpp"

namespace sekimori::check {
namespace {

constexpr std::size_t when_condition = 0;   // then the asserts

cel::compiled_ptr& condition_of(rules::checked_variant& variant, std::size_t condition) {
  return condition == when_condition ? variant.when : variant.asserts[condition - 1].condition;
}

// Null: it is no expression of the rule's language.
cel::compiled_ptr compiled(const rules::checked_variant& variant, const std::string& text, const std::shared_ptr<arena>& trees) {
  cel::environment::compile_options options;
  options.expected = const_cast<cel::environment&>(*variant.names).types().simple(cel::type_kind::boolean);
  options.constants = diagnostic_level::error;
  options.memory = trees;
  auto made = variant.names->compile(cel::plain_text(text, "mutant"), options);
  return made ? made.value() : nullptr;
}

}  // namespace

mutated_rule::mutated_rule(const rules::checked_rule& rule) : rule_(rule) {
  for (std::size_t first = 0; first < rule.variants.size(); ++first) {
    if (first > 0 && rule.variants[first - 1].subject == rule.variants[first].subject) continue;
    for (std::size_t condition = 0; condition <= rule.variants[first].asserts.size(); ++condition) mutate(first, condition);
    drop_when(first);
  }
}

mutated_rule::mutant& mutated_rule::add(std::string kind, std::string change, diagnostic told) {
  auto& made = mutants_.emplace_back();
  made.kind = std::move(kind);
  made.change = std::move(change);
  made.told = std::move(told);
  made.variants = rule_.variants;
  return made;
}

void mutated_rule::mutate(std::size_t of, std::size_t condition) {
  auto originals = rule_.variants;
  if (!condition_of(originals[of], condition)) return;
  const cel::compiled& first = *condition_of(originals[of], condition);
  const auto changes = cel::mutants_of(*first.root, first.text.text);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto told = make_diagnostic(diagnostic_code::change_unnoticed, first.text, changes[i].where, "no test notices that " + changes[i].change,
                                {"", "", diagnostic_level::warning});
    auto& made = add(std::string(cel::name_of(changes[i].kind)), changes[i].change, std::move(told));
    for (std::size_t k = of; k < originals.size() && originals[k].subject == originals[of].subject; ++k) {
      const cel::compiled& text = *condition_of(originals[k], condition);
      // One text changes in the same way wherever it is compiled; over the kinds that Kyverno rewrites it for it is another text.
      std::string changed = changes[i].text;
      if (text.text.text != first.text.text) {
        const auto own = cel::mutants_of(*text.root, text.text.text);
        if (own.size() != changes.size()) continue;
        changed = own[i].text;
      }
      auto& to = condition_of(made.variants[k], condition);
      to = compiled(originals[k], changed, trees_);
      if (to == nullptr) {
        ++not_compiled_;
        mutants_.pop_back();
        break;
      }
    }
  }
}

void mutated_rule::drop_when(std::size_t of) {
  auto& first = rule_.variants[of];
  if (!first.when) return;
  const span whole{0, static_cast<std::uint32_t>(first.when->text.text.size())};
  auto& made = add("when", "`when` was left out", make_diagnostic(diagnostic_code::change_unnoticed, first.when->text, whole, "no test notices that `when` was left out",
                                                                 {"", "", diagnostic_level::warning}));
  for (auto& variant : made.variants) {
    if (variant.subject == first.subject) variant.when = nullptr;
  }
}

void mutated_rule::begin() {
  own_ = {};
  for (auto& one : mutants_) {
    one.seen = {};
    if (!one.programs.empty()) continue;
    for (auto& variant : one.variants) {
      auto& program = one.programs.emplace_back();
      program.rule = &rule_;
      program.variant = &variant;
    }
  }
}

void mutated_rule::asks(const asked_rule& asked) {
  const auto which = static_cast<std::size_t>(asked.program.variant - rule_.variants.data());
  judge(asked.program, asked, own_);
  for (auto& one : mutants_) {
    if (!one.caught) judge(one.programs[which], asked, one.seen);
  }
}

void mutated_rule::judge(const plan::rule_program& program, const asked_rule& asked, result& to) {
  asked.evaluator.reset_steps();
  asked.evaluator.reset_cost();
  auto why = exec::explain(program, asked.evaluator, asked.variables, asked.computed, asked.address, traced_, asked.budget);
  if (!asked.belongs.is_true()) exec::doubt(asked.belongs, asked.address, why);
  if (to.any && badness(why.outcome) <= badness(to.outcome)) return;
  to.any = true;
  to.outcome = why.outcome;
  to.settle = why.outcome == verdict::undetermined ? exec::settled_by(why.unknown) : decide_by::none;
  to.message = std::move(why.message);
}

void mutated_rule::finish(const rules::rule_test& test) {
  for (auto& one : mutants_) {
    if (one.caught) continue;
    one.caught = one.seen.outcome != own_.outcome || (!test.message_ja.empty() && one.seen.message.ja != own_.message.ja) ||
                 (!test.message_en.empty() && one.seen.message.en != own_.message.en) || (!test.decide_by.empty() && one.seen.settle != own_.settle);
  }
}

void mutated_rule::write(rule_measure& to) const {
  to.not_compiled = not_compiled_;
  to.mutation.all = mutants_.size();
  for (auto& one : mutants_) {
    if (one.caught) ++to.mutation.reached;
    else to.survivors.push_back({one.kind, one.change, one.told});
  }
}

}  // namespace sekimori::check
