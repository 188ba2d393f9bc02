// plan: see program.hpp.
#include <array>
#include <utility>

#include "plan/program.hpp"

namespace sekimori::plan {
namespace {

namespace flat = cel::flat;

class planner {
 public:
  explicit planner(rules::model_ptr model) : made_(std::make_shared<policy_plan>()) {
    made_->model = std::move(model);
    made_->conditions = std::make_shared<flat::pool>();
  }

  std::shared_ptr<const policy_plan> run() {
    auto& model = *made_->model;
    for (auto& kind : model.kinds) add_kind(*kind);
    for (auto& rule : model.rules) {
      for (auto& variant : rule.variants) add_rule(rule, variant);
    }
    // Kinds that no loaded rule speaks of stay in: their resources count as mapped.
    for (std::size_t i = 0; i < model.kinds.size(); ++i) {
      auto& kind = *model.kinds[i];
      for (auto& mapping : kind.from) {
        made_->by_type[mapping.type].push_back({made_->kinds[i].get(), add_mapping(kind, mapping), candidates(over_kind_[&kind], mapping.type)});
      }
    }
    for (auto& [type, programs] : over_type_) made_->by_type[type].push_back({nullptr, nullptr, candidates(programs, type)});
    close();
    return made_;
  }

 private:
  // Variables that hold different things in different programs: the neutral object of a kind, a rule set's parameters.
  struct spaces {
    std::array<std::uint32_t, rules::variable_count> numbers{};
    flat::placement placement(bool shares) const { return {numbers, shares}; }
  };

  std::uint32_t space_of(const rules::checked_kind* kind) const {
    if (kind == nullptr) return 0;
    for (std::uint32_t i = 0; i < made_->model->kinds.size(); ++i) {
      if (made_->model->kinds[i].get() == kind) return i + 1;
    }
    return 0;
  }

  flat::program lowered(const cel::compiled_ptr& text, const spaces& in) {
    return flat::lower(text, made_->conditions, cel::limits{}, in.placement(true));
  }

  void add_kind(const rules::checked_kind& kind) {
    auto made = std::make_unique<kind_program>();
    made->kind = &kind;
    spaces in;
    in.numbers[rules::slot_resource] = space_of(&kind);
    for (auto& field : kind.fields) made->derived.push_back(field.derived ? lowered(field.derived, in) : flat::program());
    made_->kinds.push_back(std::move(made));
  }

  const mapping_program* add_mapping(const rules::checked_kind& kind, const rules::checked_mapping& mapping) {
    auto made = std::make_unique<mapping_program>();
    made->mapping = &mapping;
    auto lower_here = [&](const cel::compiled_ptr& text) { return text ? flat::lower(text, mappings_, cel::limits{}) : flat::program(); };
    made->when = lower_here(mapping.when);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) made->fields.push_back(i < mapping.fields.size() ? lower_here(mapping.fields[i]) : flat::program());
    made_->mappings.push_back(std::move(made));
    return made_->mappings.back().get();
  }

  void add_rule(const rules::checked_rule& rule, const rules::checked_variant& variant) {
    rule_program made;
    made.rule = &rule;
    made.variant = &variant;
    const auto index = static_cast<std::uint32_t>(made_->programs.size());
    spaces in;
    in.numbers[rules::slot_resource] = space_of(variant.kind);
    in.numbers[rules::slot_params] = rule.ruleset;
    auto add = [&](const cel::compiled_ptr& text) {
      if (text && variant.admission == nullptr) {
        flat::program lower = lowered(text, in);
        // What reads a register is the evaluator's: flat code knows nothing of keys that may be there.
        if (variant.registers.any()) lower.code.clear();
        return lower;
      }
      flat::program left;
      left.text = text;
      return left;
    };
    made.when = add(variant.when);
    made.asserts.reserve(variant.asserts.size());
    for (auto& assertion : variant.asserts) made.asserts.push_back(add(assertion.condition));
    made_->programs.push_back(std::move(made));
    if (variant.admission != nullptr) {
      made_->admission.push_back(index);
    } else if (variant.kind != nullptr) {
      over_kind_[variant.kind].push_back(index);
    } else {
      for (auto& type : variant.types) over_type_[type].push_back(index);
    }
  }

  std::vector<candidate> candidates(const std::vector<std::uint32_t>& programs, std::string_view type) const {
    std::vector<candidate> made;
    made.reserve(programs.size());
    for (auto index : programs) {
      auto& program = made_->programs[index];
      candidate one{index, 0, program.when.text != nullptr};
      if (one.asks_when && decided_by_type(program.when, type) == flat::answer::yes) one.asks_when = false;
      for (std::size_t i = 0; i < program.asserts.size() && i < 64; ++i) {
        if (decided_by_type(program.asserts[i], type) != flat::answer::yes) one.open |= std::uint64_t{1} << i;
      }
      made.push_back(one);
    }
    return made;
  }

  void fuse(const std::vector<std::uint32_t>& programs) {
    std::vector<flat::program*> together;
    for (auto index : programs) {
      together.push_back(&made_->programs[index].when);
      for (auto& assertion : made_->programs[index].asserts) together.push_back(&assertion);
    }
    made_->conditions->fuse(together);
  }

  void close() {
    std::vector<flat::program*> all;
    for (auto& program : made_->programs) {
      all.push_back(&program.when);
      for (auto& assertion : program.asserts) all.push_back(&assertion);
    }
    for (auto& kind : made_->kinds) {
      for (auto& field : kind->derived) all.push_back(&field);
    }
    made_->conditions->close(all);
    mappings_->close({});
    made_->programs.shrink_to_fit();
    for (auto& [kind, programs] : over_kind_) fuse(programs);
    // Rules over one type; one that is about several is fused with those of the first.
    for (auto& [type, programs] : over_type_) fuse(programs);
  }

  std::shared_ptr<policy_plan> made_;
  // One for all mappings: a worker that goes from one to another keeps what it has compiled.
  std::shared_ptr<flat::pool> mappings_ = std::make_shared<flat::pool>();
  std::unordered_map<const rules::checked_kind*, std::vector<std::uint32_t>> over_kind_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> over_type_;
};

}  // namespace

std::shared_ptr<const policy_plan> make_plan(rules::model_ptr model) { return planner(std::move(model)).run(); }

}  // namespace sekimori::plan
