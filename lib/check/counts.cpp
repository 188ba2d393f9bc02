// check: counts by index.
#include "check/counts.hpp"

#include <algorithm>

namespace sekimori::check {
namespace {

void count(verdict_counts& to, verdict outcome, bool waived) {
  switch (outcome) {
    case verdict::pass: ++to.pass; break;
    case verdict::fail: ++to.fail; break;
    case verdict::undetermined: ++to.undetermined; break;
    case verdict::error: ++to.error; break;
    case verdict::not_applicable: ++to.not_applicable; break;
  }
  if (waived) ++to.waived;
}

void sum(verdict_counts& to, const verdict_counts& more) {
  to.pass += more.pass;
  to.fail += more.fail;
  to.undetermined += more.undetermined;
  to.error += more.error;
  to.not_applicable += more.not_applicable;
  to.waived += more.waived;
}

bool any(const verdict_counts& of) { return of.pass + of.fail + of.undetermined + of.error + of.not_applicable > 0; }

}  // namespace

counter::counter(const plan::policy_plan& plan, std::size_t nodes, std::size_t inputs)
    : plan_(plan), programs_(plan.programs.size()), not_adopted_(plan.programs.size()), scopes_(nodes + 1), inputs_(inputs) {}

counter::of_cloud& counter::cloud(std::string_view name) {
  auto found = std::find_if(clouds_.begin(), clouds_.end(), [&](const of_cloud& one) { return one.name == name; });
  if (found != clouds_.end()) return *found;
  clouds_.push_back({std::string(name), {}, {}});
  return clouds_.back();
}

void counter::at(const inventory::resource& one, std::uint32_t node) {
  resource_ = &one;
  input_ = &inputs_[one.input];
  cloud_ = static_cast<std::size_t>(&cloud(one.cloud) - clouds_.data());
  scope_ = node == no_node ? scopes_.size() - 1 : node;
}

void counter::resource(bool mapped) {
  of_input& input = inputs_[resource_->input];
  ++input.resources;
  ++clouds_[cloud_].examined.resources;
  if (mapped) {
    ++input.mapped;
    ++input.mapped_types[resource_->type_index];
    ++clouds_[cloud_].examined.mapped;
  } else {
    ++input.unmapped[resource_->type_index];
  }
}

void counter::judged(std::uint32_t program, verdict outcome, bool waived, decide_by settle, bool limit) {
  input_->judged = true;
  count(programs_[program], outcome, waived);
  count(clouds_[cloud_].verdicts, outcome, waived);
  count(scopes_[scope_], outcome, waived);
  if (outcome == verdict::undetermined) ++settled_[static_cast<std::size_t>(settle)];
  if (limit) ++limits_;
}

void counter::assumed(verdict outcome) {
  if (outcome == verdict::pass) ++assumed_pass_;
  if (outcome == verdict::fail) ++assumed_fail_;
}

void counter::not_adopted(std::uint32_t program) {
  input_->passed_over = true;
  ++not_adopted_[program];
}

void counter::add(const counter& other) {
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    sum(programs_[i], other.programs_[i]);
    not_adopted_[i] += other.not_adopted_[i];
  }
  for (std::size_t i = 0; i < scopes_.size(); ++i) sum(scopes_[i], other.scopes_[i]);
  for (const of_cloud& one : other.clouds_) {
    of_cloud& to = cloud(one.name);
    to.examined.resources += one.examined.resources;
    to.examined.mapped += one.examined.mapped;
    sum(to.verdicts, one.verdicts);
  }
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    inputs_[i].resources += other.inputs_[i].resources;
    inputs_[i].mapped += other.inputs_[i].mapped;
    for (const auto& [type, number] : other.inputs_[i].mapped_types) inputs_[i].mapped_types[type] += number;
    inputs_[i].judged = inputs_[i].judged || other.inputs_[i].judged;
    inputs_[i].passed_over = inputs_[i].passed_over || other.inputs_[i].passed_over;
    for (const auto& [type, number] : other.inputs_[i].unmapped) inputs_[i].unmapped[type] += number;
  }
  for (std::size_t i = 0; i < settled_.size(); ++i) settled_[i] += other.settled_[i];
  limits_ += other.limits_;
  assumed_pass_ += other.assumed_pass_;
  assumed_fail_ += other.assumed_fail_;
}

void counter::write(const rules::organisation* organisation, const rule_descriptions& rules, const std::vector<std::string_view>& types,
                    const std::vector<input_record*>& readable, report_summary& to) const {
  std::vector<bool> seen(plan_.model->rules.size());
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    const rules::checked_rule& rule = *plan_.programs[i].rule;
    if (not_adopted_[i] > 0) {
      seen[static_cast<std::size_t>(&rule - plan_.model->rules.data())] = true;
      to.examined.not_adopted[rule.full_id] += not_adopted_[i];
    }
    if (!any(programs_[i])) continue;
    seen[static_cast<std::size_t>(&rule - plan_.model->rules.data())] = true;
    sum(to.total, programs_[i]);
    sum(to.by_rule[rule.full_id], programs_[i]);
    sum(to.by_category[rule.source->category.text], programs_[i]);
  }
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    if (any(scopes_[i])) to.by_scope[i + 1 == scopes_.size() ? std::string() : organisation->nodes()[i].id.text] = scopes_[i];
  }
  for (const of_cloud& one : clouds_) {
    if (any(one.verdicts)) to.by_cloud[one.name] = one.verdicts;
    if (one.examined.resources == 0) continue;
    to.examined.by_cloud[one.name] = one.examined;
    to.examined.resources += one.examined.resources;
    to.examined.mapped += one.examined.mapped;
  }
  to.examined.unmapped = to.examined.resources - to.examined.mapped;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    input_record& record = *readable[i];
    record.resources = inputs_[i].resources;
    record.mapped = inputs_[i].mapped;
    record.mapped_types.clear();
    if (inputs_[i].passed_over && !inputs_[i].judged) record.status = "nothing_examined";   // its resources are of types that rules speak of
    record.unmapped.clear();
    for (const auto& [type, number] : inputs_[i].mapped_types) record.mapped_types[std::string(types[type])] = number;
    for (const auto& [type, number] : inputs_[i].unmapped) {
      record.unmapped[std::string(types[type])] = number;
      to.examined.unmapped_types[std::string(types[type])] += number;
    }
  }
  to.assumed_pass = assumed_pass_;
  to.assumed_fail = assumed_fail_;
  for (std::size_t i = 0; i < settled_.size(); ++i) {
    if (settled_[i] > 0) to.undetermined_by[std::string(name_of(static_cast<decide_by>(i)))] = settled_[i];
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) to.examined.rules_without_resources.push_back(rules.without_resources(i));
  }
}

tally counter::worst() const {
  tally made;
  made.limits = limits_;
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    if (!any(programs_[i])) continue;
    const auto level = static_cast<std::size_t>(plan_.programs[i].rule->source->level);
    made.failing[level] += programs_[i].fail - programs_[i].waived;
    made.undetermined[level] += programs_[i].undetermined;
    made.errors += programs_[i].error;
  }
  return made;
}

}  // namespace sekimori::check
