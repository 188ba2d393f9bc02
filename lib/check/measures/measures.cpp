// check: see measures.hpp. Rules are measured side by side, each by one thread; what is told is in the order of the documents.
#include "check/measures/measures.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "base/diagnostics.hpp"
#include "check/blocks.hpp"
#include "check/measures/coverage.hpp"
#include "check/measures/mutation.hpp"
#include "check/rule_tests.hpp"
#include "rules/documents.hpp"

namespace sekimori::check {
namespace {

struct placed_test {
  const rules::tests_document& document;
  const rules::rule_test& test;
  std::size_t index;               // among the results
};

// One rule with its tests; null: tests that name no rule.
struct rule_job {
  const rules::checked_rule* rule = nullptr;
  std::vector<placed_test> tests;
  coverage_table covered;
  rule_measure measure;
};

class rule_watcher final : public judgement_observer {
 public:
  rule_watcher(rule_job& job, const measure_options& options) : job_(job), coverage_(options.coverage) {
    if (options.mutation) mutants_ = std::make_unique<mutated_rule>(*job.rule);
  }

  void maps(const rules::checked_kind& kind, const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::span<const value> variables) override {
    const bool read = std::any_of(job_.rule->variants.begin(), job_.rule->variants.end(), [&](auto& one) { return one.kind == &kind; });
    if (coverage_ && read) cover(mapping, evaluator, variables, job_.covered);
  }
  void asks(const asked_rule& asked) override {
    if (asked.program.rule != job_.rule) return;
    if (coverage_) cover(asked, job_.covered);
    if (mutants_ != nullptr) mutants_->asks(asked);
  }
  void begin() {
    if (mutants_ != nullptr) mutants_->begin();
  }
  void finish(const rules::rule_test& test) {
    if (mutants_ != nullptr) mutants_->finish(test);
  }

  void write(rule_measure& to) const {
    if (coverage_) count_conditions(to);
    if (mutants_ != nullptr) mutants_->write(to);
  }

 private:
  void count_conditions(rule_measure& to) const {
    const rules::checked_variant* before = nullptr;
    for (auto& first : job_.rule->variants) {
      if (before != nullptr && before->subject == first.subject) continue;
      before = &first;
      auto count = [&](auto&& condition_of) {
        std::vector<const cel::compiled*> programs;
        for (auto& variant : job_.rule->variants) {
          if (variant.subject != first.subject) continue;
          if (auto* program = condition_of(variant)) programs.push_back(program);
        }
        if (!programs.empty()) count_parts(programs, true, job_.covered, to.coverage, to.untested);
      };
      count([](auto& variant) { return variant.when.get(); });
      for (std::size_t i = 0; i < first.asserts.size(); ++i) {
        count([i](auto& variant) { return variant.asserts[i].condition.get(); });
      }
    }
  }

  rule_job& job_;
  bool coverage_;
  std::unique_ptr<mutated_rule> mutants_;
};

class measuring {
 public:
  measuring(const rules::loaded_documents& documents, rules::model_ptr model, const measure_options& options)
      : documents_(documents), model_(model), plan_(plan::make_plan(std::move(model))), descriptions_(*model_), options_(options) {}

  // Whether there is a rule of that name.
  bool choose() {
    std::unordered_map<std::string, std::size_t> by_id;
    for (auto& rule : model_->rules) {
      if (!options_.rule.empty() && rule.full_id != options_.rule && rule.source->id.text != options_.rule) continue;
      by_id.emplace(rule.full_id, jobs_.size());
      jobs_.emplace_back().rule = &rule;
    }
    const bool found = !jobs_.empty();
    jobs_.emplace_back();
    for (auto& document : documents_.tests) {
      for (auto& test : document.tests) {
        auto at = by_id.find(document.rule_set.text + "/" + test.rule.text);
        if (at == by_id.end() && !options_.rule.empty()) continue;
        jobs_[at == by_id.end() ? jobs_.size() - 1 : at->second].tests.push_back({document, test, tests_++});
      }
    }
    return found;
  }

  measures run() {
    measures made;
    made.tests.resize(tests_);
    in_blocks(
        jobs_.size(), std::clamp<std::size_t>(options_.threads, 1, jobs_.size()), [&](std::size_t, std::size_t block) { work(jobs_[block], made.tests); },
        [](std::size_t) {});
    if (!options_.coverage && !options_.mutation) return made;
    coverage_table all;
    std::vector<const rules::checked_rule*> rules;
    for (auto& job : jobs_) {
      if (job.rule == nullptr) continue;
      rules.push_back(job.rule);
      all.add(job.covered);
      made.coverage.add(job.measure.coverage);
      made.mutation.add(job.measure.mutation);
      made.rules.push_back(std::move(job.measure));
    }
    if (!options_.coverage) return made;
    made.kinds = measure_kinds(rules, all);
    for (auto& one : made.kinds) made.kinds_coverage.add(one.coverage);
    return made;
  }

 private:
  void work(rule_job& job, std::vector<rule_test_result>& results) {
    const bool measured = job.rule != nullptr && (options_.coverage || options_.mutation);
    std::unique_ptr<rule_watcher> watcher;
    if (measured) watcher = std::make_unique<rule_watcher>(job, options_);
    for (auto& one : job.tests) {
      if (measured) watcher->begin();
      results[one.index] = run_rule_test(*plan_, descriptions_, one.document, one.test, watcher.get());
      if (measured) watcher->finish(one.test);
    }
    if (!measured) return;
    job.measure.rule = job.rule->full_id;
    job.measure.tests = job.tests.size();
    watcher->write(job.measure);
  }

  const rules::loaded_documents& documents_;
  rules::model_ptr model_;
  std::shared_ptr<const plan::policy_plan> plan_;
  rule_descriptions descriptions_;
  const measure_options& options_;
  std::vector<rule_job> jobs_;
  std::size_t tests_ = 0;
};

}  // namespace

result<measures> measure_rules(const std::vector<std::string>& paths, const measure_options& options) {
  auto loaded = rules::load_documents(paths);
  if (!loaded) return std::move(loaded.diagnostics());
  auto documents = std::make_shared<const rules::loaded_documents>(std::move(loaded).value());
  const std::string path = paths.empty() ? std::string() : paths.front();
  if (documents->tests.empty()) {
    return make_diagnostic(diagnostic_code::nothing_found, path, "no rule tests were found", {"files with `sekimori: rule-tests/v1`", ""});
  }
  auto model = rules::check_documents(documents);
  if (!model) return std::move(model.diagnostics());
  measuring all(*documents, model.value(), options);
  if (!all.choose() && !options.rule.empty()) {
    std::vector<std::string_view> known;
    for (auto& rule : model.value()->rules) {
      known.push_back(rule.full_id);
      known.push_back(rule.source->id.text);
    }
    return make_diagnostic(diagnostic_code::nothing_found, path, "there is no rule `" + options.rule + "`", {"the id of a loaded rule", did_you_mean(options.rule, known)});
  }
  return {all.run(), std::move(model.diagnostics())};
}

}  // namespace sekimori::check

namespace sekimori {

result<std::vector<rule_test_result>> run_rule_tests(const std::vector<std::string>& paths) {
  auto made = check::measure_rules(paths, {});
  if (!made) return std::move(made.diagnostics());
  return {std::move(made.value().tests), std::move(made.diagnostics())};
}

}  // namespace sekimori
