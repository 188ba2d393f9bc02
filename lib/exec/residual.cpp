// exec: residuals of rules. Entry point: residual_of.
#include "exec/residual.hpp"

#include <vector>

#include "cel/residual.hpp"
#include "exec/executor.hpp"

namespace sekimori::exec {

using plan::truth;

namespace {

class kind_definitions final : public cel::field_definitions {
 public:
  explicit kind_definitions(const kind_object* neutral) : neutral_(neutral) {
    if (neutral == nullptr) return;
    derived_.assign(neutral->variables().begin(), neutral->variables().end());
    derived_[rules::slot_resource] = value::map(neutral);
  }
  bool defines(const map_view& object) const override { return &object == neutral_; }
  definition of(const map_view&, std::string_view field) const override {
    const auto by = neutral_->computation_of(field);
    return {by.program, by.derived ? std::span<const value>(derived_) : neutral_->variables()};
  }

 private:
  const kind_object* neutral_;
  std::vector<value> derived_;
};

struct part {
  truth known = truth::unknown;
  std::string text;   // empty: cannot be written
};

}  // namespace

std::string residual_of(const plan::rule_program& program, const cel::environment& names, cel::evaluator& evaluator,
                        std::span<const value> variables, const kind_object* neutral) {
  const kind_definitions definitions(neutral);
  auto reduce = [&](const cel::compiled_ptr& condition) {
    cel::residual_options options;
    options.condition = true;
    options.definitions = &definitions;
    evaluator.reset_steps();
    const cel::residual left = cel::residual_of(names, condition, variables, evaluator, options);
    return part{left.program == nullptr ? truth_of(left.known) : truth::unknown, left.text};
  };
  std::string unless;
  if (program.variant->when) {
    const part when = reduce(program.variant->when);
    if (when.known != truth::yes && when.text.empty()) return {};
    if (when.known != truth::yes) unless = "!(" + when.text + ")";
  }
  std::vector<std::string> asserts;
  for (const auto& assertion : program.variant->asserts) {
    const part left = reduce(assertion.condition);
    if (left.known == truth::yes || left.known == truth::not_offered) continue;
    if (left.known == truth::no) {
      // Only a `when` that is not known keeps this from being a violation.
      asserts = {};
      if (unless.empty()) return {};
      return unless;
    }
    if (left.text.empty()) return {};
    asserts.push_back(left.text);
  }
  std::string text;
  for (const std::string& one : asserts) text += (text.empty() ? "" : " && ") + (asserts.size() > 1 ? "(" + one + ")" : one);
  if (unless.empty() || text.empty()) return text;
  return unless + " || " + (asserts.size() > 1 ? text : "(" + text + ")");
}

}  // namespace sekimori::exec
