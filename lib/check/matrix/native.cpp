// check: see native.hpp. Defaults are not guessed from expressions: the rules are asked of a planned resource of which nothing
// is set, so that a default counts exactly where a check would count it.
#include "check/matrix/native.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "base/cloud_types.hpp"
#include "check/matrix/question.hpp"
#include "check/run.hpp"
#include "plan/program.hpp"
#include "rules/checked_paths.hpp"

namespace sekimori::check {
namespace {

using cel::expression;
using cel::expression_kind;

// Fields of kinds, by kind and index.
using field_set = std::set<std::pair<const rules::checked_kind*, std::size_t>>;

class field_reader {
 public:
  explicit field_reader(const rules::model& model) {
    for (auto& one : model.kinds) kinds_["kind." + one->name] = one.get();
  }

  void read(const expression* e, field_set& to) const {
    if (e == nullptr) return;
    if (e->kind == expression_kind::select && e->operand->checked_type != nullptr) {
      const auto kind = kinds_.find(e->operand->checked_type->name);
      if (kind != kinds_.end()) field(*kind->second, e->name, to);
    }
    for (const expression* part : {e->operand, e->condition, e->body, e->body2}) read(part, to);
    for (const expression* argument : e->arguments) read(argument, to);
  }

 private:
  void field(const rules::checked_kind& kind, std::string_view name, field_set& to) const {
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
      if (kind.fields[i].name != name || !to.insert({&kind, i}).second) continue;
      if (kind.fields[i].derived) read(kind.fields[i].derived->root, to);
    }
  }

  std::map<std::string, const rules::checked_kind*, std::less<>> kinds_;
};

// Whether rules hold of a planned resource of which nothing is set, one run for each type.
class bare_resources {
 public:
  explicit bare_resources(const rules::model_ptr& model) : plan_(plan::make_plan(model)), descriptions_(*plan_->model) {}

  bool satisfies(const std::string& type, const std::string& rule) {
    auto [at, fresh] = verdicts_.try_emplace(type);
    if (fresh) at->second = run(type);
    const auto found = at->second.find(rule);
    return found != at->second.end() && found->second;
  }

 private:
  std::map<std::string, bool> run(const std::string& type) const {
    const std::string plan = R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[{"address":")" + type + R"(.bare","mode":"managed","type":")" + type +
                             R"(","name":"bare","provider_name":"test/test","change":{"actions":["create"],"before":null,"after":{},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}}],)"
                             R"("configuration":{"root_module":{"resources":[{"address":")" + type + R"(.bare","mode":"managed","type":")" + type + R"(","name":"bare","expressions":{}}]}}})";
    check_options options;
    options.include = {verdict::pass};
    const report made = run_check(*plan_, nullptr, {}, {input::text("bare", plan)}, options, {}, nullptr, &descriptions_);
    std::map<std::string, bool> all;
    for (const finding& one : made.findings) {
      if (one.resource.type != type) continue;   // of the account that it is in
      const auto at = all.try_emplace(one.ruleset + "/" + one.rule, true).first;
      at->second = at->second && one.outcome == verdict::pass;
    }
    return all;
  }

  std::shared_ptr<const plan::policy_plan> plan_;
  rule_descriptions descriptions_;
  std::map<std::string, std::map<std::string, bool>> verdicts_;
};

class comparer {
 public:
  comparer(const rules::model_ptr& model) : model_(*model), fields_(model_), bare_(model) {}

  compared_row of(const matrix_row& row) {
    compared_row made{&row, {}};
    for (std::size_t cloud = 0; cloud < known_clouds.size(); ++cloud) {
      const matrix_cell& cell = row.cells[cloud];
      for (auto& type : cell.plan ? cell.plan_types : cell.inventory_types) made.cells[cloud].types.push_back(type_of(*row.rule, type, cloud, cell.plan));
      auto& types = made.cells[cloud].types;
      auto every = [&](brought answer) { return std::all_of(types.begin(), types.end(), [&](auto& one) { return one.answer == answer; }); };
      made.cells[cloud].answer = types.empty() ? without_types(cell.answer) : every(brought::not_at_all) ? brought::not_at_all : every(brought::native) ? brought::native : brought::with_settings;
    }
    return made;
  }

 private:
  // By what the rule says of the cloud.
  static brought without_types(matrix_answer answer) {
    return answer == matrix_answer::not_needed ? brought::native : answer == matrix_answer::not_read ? brought::not_read : brought::not_at_all;
  }

  compared_type type_of(const rules::checked_rule& rule, const std::string& type, std::size_t cloud, bool planned) {
    compared_type made{type, brought::native, {}};
    bool always = true, never = false;
    for (auto& variant : rule.variants) {
      const rules::checked_mapping* mapping = nullptr;
      if (variant.kind != nullptr) {
        for (auto& one : variant.kind->from) mapping = one.type == type ? &one : mapping;
      }
      if (mapping == nullptr && std::find(variant.types.begin(), variant.types.end(), type) == variant.types.end()) continue;
      question asks(model_, known_clouds[cloud], planned ? material::plan : material::inventory, variant.kind, mapping);
      for (auto& one : variant.asserts) {
        const asked found = asks.of(variant, one);
        if (found == asked::missing || found == asked::elsewhere) continue;
        always = always && found == asked::always;
        never = never || found == asked::never;
        if (found != asked::always && found != asked::never) attributes(one, type, mapping, cloud, planned, made.attributes);
      }
    }
    if (never) made.answer = brought::not_at_all;
    else if (!always && !(planned && bare_.satisfies(type, rule.full_id))) made.answer = brought::with_settings;   // an export has no defaults: it tells what is
    if (made.answer != brought::with_settings) made.attributes.clear();
    return made;
  }

  void attributes(const rules::checked_assert& one, const std::string& type, const rules::checked_mapping* mapping, std::size_t cloud, bool planned, std::set<std::string>& to) const {
    field_set read;
    fields_.read(one.condition->root, read);
    for (auto& [kind, field] : read) {
      for (auto& from : kind->from) {
        if (from.fields[field] == nullptr) continue;
        // Of the type itself, and of what an account of this cloud can hold.
        const bool own = mapping == &from, held = from.cloud == known_clouds[cloud] && mapping != nullptr && !has(*kind, *mapping) &&
                                                  seen_in(from.type, planned ? material::plan : material::inventory);
        if (!own && !held) continue;
        for (auto& path : rules::attribute_paths(from, field)) to.insert(path.type == type ? path.path : path.type + "." + path.path);
      }
    }
  }

  static bool has(const rules::checked_kind& kind, const rules::checked_mapping& mapping) {
    return std::any_of(kind.from.begin(), kind.from.end(), [&](auto& one) { return &one == &mapping; });
  }

  const rules::model& model_;
  field_reader fields_;
  bare_resources bare_;
};

}  // namespace

std::string_view name_of(brought answer) {
  switch (answer) {
    case brought::native: return "native";
    case brought::with_settings: return "with_settings";
    case brought::not_read: return "not_read";
    case brought::not_at_all: break;
  }
  return "not_at_all";
}

std::vector<compared_row> comparison_of(const rules::model_ptr& model, const control_matrix& matrix) {
  comparer compares(model);
  std::vector<compared_row> made;
  for (auto& row : matrix.rows) made.push_back(compares.of(row));
  return made;
}

}  // namespace sekimori::check
