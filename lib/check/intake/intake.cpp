// check: see intake.hpp. Conditions are evaluated as a check would evaluate them, with the scope as the system says it and
// everything that a resource could say unknown.
#include "check/intake/intake.hpp"

#include <algorithm>
#include <map>

#include "base/diagnostics.hpp"
#include "check/book/rule_reads.hpp"
#include "check/scopes.hpp"
#include "rules/host.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

// Nothing stands yet: whatever is asked about other resources is not known.
class nothing_yet final : public rules::relation_host {
 public:
  value related(value, std::string_view, arena& memory) override { return unknown(memory, "related"); }
  value references_to(std::string_view, std::string_view, value, arena& memory) override { return unknown(memory, "references_to"); }
  value held(std::string_view, arena& memory) override { return unknown(memory, "held"); }
  value all_held(std::string_view, arena& memory) override { return unknown(memory, "all_held"); }

 private:
  static value unknown(arena& memory, std::string_view of) { return make_unknown(memory, {}, of, unknown_reason::not_configured); }
};

class sheet_maker {
 public:
  sheet_maker(const rules::model_ptr& model, const rules::system_document& system, intake_sheet& to, std::optional<std::int64_t> now)
      : model_(*model), system_(system), sheet_(to), scopes_(model_, to.organisation.get(), {}, now), evaluator_(memory_, {}), matrix_(control_matrix_of(model_, false)),
        compared_(comparison_of(model, matrix_)), variables_(rules::variable_count) {
    const std::uint32_t node = sheet_.node;
    scope_ = &scopes_.view({&node, 1});
    evaluator_.set_host(static_cast<rules::relation_host*>(&host_));
    for (auto [slot, name] : {std::pair(rules::slot_resource, "resource"), std::pair(rules::slot_meta, "meta"), std::pair(rules::slot_part, "part"), std::pair(rules::slot_each, "each"), std::pair(rules::slot_data, "data")}) {
      variables_[slot] = make_unknown(memory_, {}, name, unknown_reason::not_configured);
    }
    variables_[rules::slot_now] = now ? value::timestamp(*now, 0) : make_unknown(memory_, {}, "now", unknown_reason::register_missing);
    evaluator_.set_now(variables_[rules::slot_now]);
    variables_[rules::slot_scope] = value::map(scope_->scope.get());
    for (auto& document : model_.documents->rulesets) {
      for (auto& one : document.parameters) declared_[document.id.text + "/" + one.name.text] = &one;
    }
    gather_types();
  }

  void make() {
    sheet_.kubernetes = matrix_.kubernetes;
    for (std::size_t i = 0; i < matrix_.rows.size(); ++i) sheet_.controls.push_back(control(matrix_.rows[i], compared_[i]));
    decide();
  }

 private:
  // What the system uses, as types: kinds that share a type with one of them are about it, too.
  void gather_types() {
    for (auto& kind : model_.kinds) {
      const bool used = std::any_of(system_.kinds.begin(), system_.kinds.end(), [&](auto& one) { return one.text == kind->name; });
      if (!used) continue;
      for (auto& mapping : kind->from) types_.insert(mapping.type);
    }
  }

  // Every system has accounts and people.
  bool concerns(const std::string& type) const {
    return system_.kinds.empty() || type.starts_with("account:") || rules::registers_of_type(type).any() || types_.count(type) != 0;
  }

  bool concerns(const rules::checked_variant& variant) const {
    if (variant.kind == nullptr) return std::any_of(variant.types.begin(), variant.types.end(), [&](auto& type) { return concerns(type); });
    return std::any_of(variant.kind->from.begin(), variant.kind->from.end(), [&](auto& mapping) { return concerns(mapping.type); });
  }

  intake_control control(const matrix_row& row, const compared_row& compared) {
    intake_control made;
    made.rule = row.rule;
    made.ruleset = row.ruleset;
    const rule_reads reads = reads_of(*row.rule);
    for (auto& name : reads.parameters) {
      const std::string full = row.ruleset + "/" + name;
      const auto& all = sheet_.organisation->parameters(sheet_.node);
      const auto found = all.find(full);
      const auto declared = declared_.find(full);
      if (found == all.end() || declared == declared_.end()) continue;
      made.parameters.push_back({name, full, rules::text_of(declared->second->title), &found->second, declared->second->direction});
    }
    const auto* adopted = sheet_.organisation->adopted(sheet_.node);
    if (adopted != nullptr && !std::binary_search(adopted->begin(), adopted->end(), row.rule->full_id)) {
      made.found = intake_class::not_adopted;
      return made;
    }
    classify(made);
    if (made.found != intake_class::applies && made.found != intake_class::depends) return made;
    for (auto& candidate : system_.clouds) {
      const auto cloud = static_cast<std::size_t>(std::find(known_clouds.begin(), known_clouds.end(), candidate.text) - known_clouds.begin());
      made.clouds.push_back(offer_of(row, compared, cloud));
    }
    return made;
  }

  void classify(intake_control& made) {
    bool used = false, asked = false, open = false;
    for (auto& variant : made.rule->variants) {
      if (!concerns(variant)) continue;
      used = true;
      variables_[rules::slot_params] = value::map((*scope_->parameters)[made.rule->ruleset].get());
      const outcome when = variant.when ? evaluate(*variant.when) : outcome{};
      if (when.is.is_false()) {
        add_condition(made, variant.when->text.text);
        continue;
      }
      if (!when.scope.empty()) {
        open = true;
        add_condition(made, variant.when->text.text);
        made.missing.insert(when.scope.begin(), when.scope.end());
        continue;
      }
      for (auto& one : variant.asserts) {
        if (!one.condition) continue;
        const outcome found = evaluate(*one.condition);
        if (found.is.is_true()) {
          add_condition(made, one.condition->text.text);
          continue;
        }
        made.missing.insert(found.scope.begin(), found.scope.end());
        if (!found.scope.empty()) add_condition(made, one.condition->text.text);
        (found.scope.empty() ? asked : open) = true;
      }
    }
    made.found = asked ? intake_class::applies : open ? intake_class::depends : used ? intake_class::does_not_apply : intake_class::not_used;
    if (made.found == intake_class::applies && made.missing.empty()) made.conditions.clear();
    if (made.found != intake_class::not_used) return;
    for (auto& variant : made.rule->variants) {
      if (variant.kind != nullptr) add_condition(made, variant.kind->name);
      for (auto& type : variant.types) add_condition(made, type);
    }
  }

  struct outcome {
    value is = value::boolean(true);
    std::set<std::string> scope;      // fields that the system does not say
  };

  outcome evaluate(const cel::compiled& condition) {
    evaluator_.reset_steps();
    outcome made{evaluator_.evaluate(condition, variables_), {}};
    if (!made.is.is_unknown()) return made;
    const unknown_set& why = made.is.as_unknown();
    constexpr std::string_view prefix = "scope.";
    for (std::size_t i = 0; i < why.count; ++i) {
      if (why.paths[i].path.starts_with(prefix)) made.scope.emplace(why.paths[i].path.substr(prefix.size()));
    }
    return made;
  }

  static void add_condition(intake_control& to, const std::string& text) {
    if (std::find(to.conditions.begin(), to.conditions.end(), text) == to.conditions.end()) to.conditions.push_back(text);
  }

  static intake_offer offer_without_types(matrix_answer answer) {
    switch (answer) {
      case matrix_answer::not_needed: return intake_offer::native;
      case matrix_answer::not_offered: return intake_offer::not_offered;
      case matrix_answer::not_read: return intake_offer::not_read;
      default: return intake_offer::unanswered;
    }
  }

  intake_cloud offer_of(const matrix_row& row, const compared_row& compared, std::size_t cloud) const {
    const matrix_cell& cell = row.cells[cloud];
    intake_cloud made;
    made.cloud = cloud;
    made.plan = cell.plan;
    made.inventory = cell.inventory;
    made.registers = cell.registers;
    for (std::size_t i = 0; i < row.rule->clauses.size(); ++i) {
      const auto& clouds = row.rule->clause_clouds[i];
      const bool here = clouds.empty() || std::find(clouds.begin(), clouds.end(), known_clouds[cloud]) != clouds.end();
      if (here && row.rule->clauses[i].verified) made.clauses.push_back(row.rule->clauses[i]);
    }
    if (!cell.is_asked()) {
      made.gap = cell.gap;
      made.offer = offer_without_types(cell.answer);
      return made;
    }
    for (auto& type : compared.cells[cloud].types) {
      if (concerns(type.type)) made.types.push_back(type);
    }
    if (made.types.empty()) made.types = compared.cells[cloud].types;
    auto every = [&](brought answer) { return std::all_of(made.types.begin(), made.types.end(), [&](auto& one) { return one.answer == answer; }); };
    made.offer = every(brought::not_at_all) ? intake_offer::never : every(brought::native) ? intake_offer::native : intake_offer::with_settings;
    return made;
  }

  void decide() {
    std::map<std::string, std::vector<std::string>> missing, entries, gaps, unread;
    std::vector<std::string> unused;
    for (auto& one : sheet_.controls) {
      if (one.found == intake_class::not_used) unused.push_back(one.rule->source->id.text);
      if (one.found != intake_class::applies && one.found != intake_class::depends) continue;
      const std::string& id = one.rule->source->id.text;
      for (auto& field : one.missing) missing[field].push_back(id);
      for (auto& parameter : one.parameters) {
        if (parameter.to_fill()) entries[parameter.full_name].push_back(id);
      }
      for (auto& cloud : one.clouds) {
        if (cloud.offer == intake_offer::not_read) unread[std::string(known_clouds[cloud.cloud])].push_back(id);
        if (cloud.offer == intake_offer::not_offered || cloud.offer == intake_offer::unanswered) gaps[std::string(known_clouds[cloud.cloud])].push_back(id);
      }
    }
    for (auto& [subject, rules] : missing) sheet_.decisions.push_back({intake_decision::about::missing, subject, {}, rules});
    for (auto& [subject, names] : entries) sheet_.decisions.push_back({intake_decision::about::entries, subject, rules::text_of(declared_[subject]->title), names});
    if (!unused.empty()) sheet_.decisions.push_back({intake_decision::about::kinds, "kinds", {}, unused});
    for (auto& [subject, rules] : gaps) sheet_.decisions.push_back({intake_decision::about::not_offered, subject, {}, rules});
    for (auto& [subject, rules] : unread) sheet_.decisions.push_back({intake_decision::about::not_read, subject, {}, rules});
  }

  const rules::model& model_;
  const rules::system_document& system_;
  intake_sheet& sheet_;
  scope_table scopes_;
  const scope_view* scope_ = nullptr;
  arena memory_;
  nothing_yet host_;
  cel::evaluator evaluator_;
  control_matrix matrix_;
  std::vector<compared_row> compared_;
  std::vector<value> variables_;
  std::set<std::string> types_;
  std::map<std::string, const rules::parameter*> declared_;   // "baseline.network/admin_ports"
};

}  // namespace

std::string_view name_of(intake_class of) {
  switch (of) {
    case intake_class::applies: return "applies";
    case intake_class::depends: return "depends";
    case intake_class::does_not_apply: return "does_not_apply";
    case intake_class::not_used: return "not_used";
    case intake_class::not_adopted: break;
  }
  return "not_adopted";
}

std::string_view name_of(intake_offer of) {
  switch (of) {
    case intake_offer::native: return "native";
    case intake_offer::with_settings: return "with_settings";
    case intake_offer::never: return "never";
    case intake_offer::not_offered: return "not_offered";
    case intake_offer::not_read: return "not_read";
    case intake_offer::unanswered: break;
  }
  return "unanswered";
}

std::uint64_t intake_sheet::count(intake_class of) const {
  return static_cast<std::uint64_t>(std::count_if(controls.begin(), controls.end(), [&](auto& one) { return one.found == of; }));
}

std::uint64_t intake_sheet::count(std::size_t cloud, intake_offer of) const {
  return static_cast<std::uint64_t>(std::count_if(controls.begin(), controls.end(), [&](auto& one) { return !one.clouds.empty() && one.clouds[cloud].offer == of; }));
}

result<intake_sheet> intake_of(const rules::model_ptr& model, const rules::system_document& system, const rules::organisation_document* organisation,
                               const std::vector<rules::profile_document>& profiles, std::optional<std::int64_t> now) {
  std::vector<diagnostic> problems;
  const rules::located_string& id = system.scope.id;
  rules::organisation_document whole;
  whole.header = system.header;
  if (organisation != nullptr) whole = *organisation;
  std::vector<std::string_view> scopes, kinds;
  for (auto& node : whole.nodes) scopes.push_back(node.id.text);
  for (auto& kind : model->kinds) kinds.push_back(kind->name);
  if (organisation == nullptr && !system.under.text.empty()) {
    problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *system.under.source, system.under.where, "`under` names a scope, and no organisation was given", {"", "give the organisation document with --org"}));
  } else if (organisation != nullptr && system.under.text.empty()) {
    problems.push_back(make_diagnostic(diagnostic_code::missing_key, *id.source, id.where, "the system does not say which scope of the organisation it goes under", {"`under:` with the id of a scope", ""}));
  } else if (organisation != nullptr && std::find(scopes.begin(), scopes.end(), system.under.text) == scopes.end()) {
    problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *system.under.source, system.under.where, "the organisation has no scope `" + system.under.text + "`", {"", did_you_mean(system.under.text, scopes)}));
  }
  for (auto& kind : system.kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind.text) != kinds.end()) continue;
    problems.push_back(make_diagnostic(diagnostic_code::unknown_kind, *kind.source, kind.where, "no loaded document declares the kind `" + kind.text + "`", {"", did_you_mean(kind.text, kinds)}));
  }
  if (!problems.empty()) return problems;
  whole.nodes.push_back(system.scope);
  auto built = rules::organisation::build(whole, rules::all_rulesets(*model->documents), profiles);
  if (!built) return std::move(built.diagnostics());
  intake_sheet made;
  made.organisation = std::make_shared<const rules::organisation>(std::move(built).value());
  made.node = static_cast<std::uint32_t>(whole.nodes.size() - 1);
  for (auto& one : system.clouds) made.clouds.push_back(one.text);
  for (auto& one : system.kinds) made.kinds.push_back(one.text);
  if (const auto above = made.organisation->find(system.under.text)) made.approver = made.organisation->owner(*above);
  sheet_maker(model, system, made, now).make();
  return made;
}

}  // namespace sekimori::check
