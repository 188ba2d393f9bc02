// exec: residuals of rules. Entry point: residual_of.
#include "exec/residual.hpp"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <vector>

#include "exec/executor.hpp"

namespace sekimori::exec {

namespace {

// A millisecond or so for a finding, and what somebody can still read.
constexpr std::uint64_t most_work = 20'000;
constexpr std::uint32_t most_nodes = 2'000;

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
    return {by.program, by.derived ? std::span<const value>(derived_) : neutral_->variables(), by.nullable};
  }

 private:
  const kind_object* neutral_;
  std::vector<value> derived_;
};

// What remains of a rule as one expression, `!when || (assert && assert)`, of trees that live elsewhere.
class joined {
 public:
  explicit joined(const cel::compiled& like) : made_(std::make_shared<cel::compiled>()) {
    made_->memory = std::make_shared<arena>();
    made_->types = like.types;
    made_->objects = like.objects;
    made_->checked = true;
    yes_ = like.result_type;
  }

  const cel::expression* call(std::string_view name, std::initializer_list<const cel::expression*> given) {
    auto* made = made_->memory->make<cel::expression>();
    made->kind = cel::expression_kind::call;
    made->name = name;
    made->checked_type = yes_;
    auto arguments = made_->memory->make_array<cel::expression*>(given.size());
    std::size_t at = 0;
    // The tree's type has no const in its spans; nothing writes through them.
    for (const cel::expression* one : given) arguments[at++] = const_cast<cel::expression*>(one);
    made->arguments = arguments;
    return made;
  }

  // The largest of what the parts need.
  void include(const cel::compiled& part) {
    made_->node_count = std::max(made_->node_count, part.node_count);
    made_->local_depth = std::max(made_->local_depth, part.local_depth);
  }

  cel::compiled_ptr over(const cel::expression* root) {
    made_->root = root;
    made_->result_type = yes_;
    return made_;
  }

 private:
  std::shared_ptr<cel::compiled> made_;
  const cel::type* yes_ = nullptr;
};

}  // namespace

std::string residual_of(const plan::rule_program& program, const cel::environment& names, cel::evaluator& evaluator,
                        std::span<const value> variables, const kind_object* neutral, cel::residual_texts* texts) {
  const kind_definitions definitions(neutral);
  auto reduce = [&](const cel::compiled_ptr& condition) {
    cel::residual_options options;
    options.nodes = most_nodes;
    options.work = most_work;
    options.condition = true;
    options.definitions = &definitions;
    options.texts = texts;
    evaluator.reset_steps();
    return cel::residual_of(names, condition, variables, evaluator, options);
  };
  auto known = [&](const cel::residual& left) { return truth_of(left.known); };   // unknown where something remains

  const cel::compiled* unless = nullptr;   // an unknown `when`
  std::string text;
  if (program.variant->when) {
    const cel::residual when = reduce(program.variant->when);
    if (known(when) != truth::yes) unless = program.variant->when.get();
  }
  std::vector<const cel::compiled*> asserts;
  for (const auto& assertion : program.variant->asserts) {
    const cel::residual left = reduce(assertion.condition);
    const truth found = known(left);
    if (found == truth::yes || found == truth::not_offered) continue;
    asserts.push_back(assertion.condition.get());
    text = left.text;
    // Then only a `when` that turns out false keeps this from being a violation or an error.
    if (found != truth::no && found != truth::error) continue;
    if (unless == nullptr) return {};
    asserts.clear();
    break;
  }
  if (unless == nullptr && asserts.size() < 2) return text;

  joined all(unless != nullptr ? *unless : *asserts[0]);
  const cel::expression* root = nullptr;
  for (const cel::compiled* one : asserts) {
    all.include(*one);
    root = root == nullptr ? one->root : all.call("_&&_", {root, one->root});
  }
  if (unless != nullptr) {
    all.include(*unless);
    const cel::expression* outside = all.call("!_", {unless->root});
    root = root == nullptr ? outside : all.call("_||_", {outside, root});
  }
  return reduce(all.over(root)).text;
}

}  // namespace sekimori::exec
