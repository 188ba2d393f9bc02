// check: one thread of a run.
#include "check/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/diagnostics.hpp"
#include "registers/dates.hpp"

namespace sekimori::check {

using inventory::resource;

namespace {

constexpr std::size_t no_finding = static_cast<std::size_t>(-1);
constexpr std::size_t declarations_told = 20;      // in one finding

}  // namespace

worker::worker(const run_context& of)
    : of_(of), evaluator_(memory_, of.limits), executor_(evaluator_, of.limits), access_(of.inventory), closing_(of.declared, memory_),
      holdings_(of, evaluator_, access_, closing_), meta_(of.inventory, memory_),
      each_("each", {"key", "value", "index"}, {}), manifests_(of, memory_),
      counts_(of.plan, of.organisation != nullptr ? of.organisation->nodes().size() : 0, of.readable.size()), describer_(of, memory_),
      waivers_used_(of.waivers.no_uses()), variables_(rules::variable_count), seen_(rules::variable_count) {
  if (of.options.profile != nullptr) profile_ = std::make_unique<profiler>(of.plan.programs.size());
  evaluator_.set_host(static_cast<rules::relation_host*>(&access_));
  access_.use(holdings_);
  access_.use(closing_);
  evaluator_.set_now(of.now);
  manifests_.set_host(&access_);
  // Counted is only what could be over the budget, in source order.
  evaluator_.set_metering(false);
}

block_result worker::examine(std::span<const inventory::resource* const> resources) {
  block_result made;
  for (const resource* one : resources) examine(*one, made);
  return made;
}

bool worker::has_room(const block_result& so_far) const {
  return of_.taken.load(std::memory_order_relaxed) + so_far.listed < of_.options.limits.findings_listed;
}

void worker::examine(const resource& one, block_result& into) {
  if (!one.evaluated || (of_.options.only_changed && one.what == inventory::action::no_op)) return;
  memory_.reset();
  meta_.at(one, of_.readable[one.input]->file);
  const scope_view* scope = scope_of(one, into);
  if (scope == nullptr) return;
  counts_.at(one, scope->certain() ? scope->nodes.front() : counter::no_node);
  room_ = has_room(into);
  const auto* entries = of_.by_type[one.type_index];
  const bool has_policies = one.manifest != nullptr && !of_.plan.admission.empty() && manifests_.begin(one);
  if (one.input < of_.first_named) counts_.resource(has_policies || entries != nullptr);
  if (has_policies) ask_policies(one, *scope, into);
  if (entries != nullptr) examine_type(one, *entries, *scope, into);
  sort(into);
  into.of.resize(into.findings.size(), &one);
}

// The node that the resource itself names.
std::optional<std::uint32_t> worker::own_scope(const resource& one, block_result& into) {
  const std::string said(of_.inventory.scope(one));
  if (said.empty()) return std::nullopt;
  const auto found = of_.organisation->find(said);
  if (!found) {
    std::vector<std::string_view> known;
    for (auto& node : of_.organisation->nodes()) known.push_back(node.id.text);
    into.diagnostics.push_back(make_diagnostic(diagnostic_code::scope_unknown, of_.readable[one.input]->file,
                                               std::string(one.address) + ": the organisation has no scope `" + said + "`",
                                               {"", did_you_mean(said, known), diagnostic_level::warning}));
  }
  return found;
}

// Null: the report is another node's.
const scope_view* worker::scope_of(const resource& one, block_result& into) {
  const std::span<const std::uint32_t> said = one.input < of_.scopes_of.size() ? of_.scopes_of[one.input] : std::span<const std::uint32_t>();
  if (!said.empty()) {
    placed_.nodes = said;
    placed_.contradiction = false;
  } else if (of_.organisation == nullptr || of_.scope) {
    if (of_.scope) placed_.nodes = {&*of_.scope, 1};
  } else if (const auto own = own_scope(one, into)) {
    placed_.contradiction = false;
    own_scope_ = *own;
    placed_.nodes = {&own_scope_, 1};
  } else {
    tags_.clear();
    const value found = meta_.tags();
    if (found.is(value_kind::map)) {
      auto& map = found.as_map();
      auto* entries = map.entries();
      for (std::size_t i = 0; i < map.size(); ++i) {
        if (!entries[i].key.is(value_kind::string)) continue;
        if (entries[i].mapped.is_unknown()) tags_.push_back({entries[i].key.as_text(), {}, false});
        else if (entries[i].mapped.is(value_kind::string) && !entries[i].mapped.sensitive()) tags_.push_back({entries[i].key.as_text(), entries[i].mapped.as_text()});
      }
    }
    // What stands for an account that is given to a node is that node's, whoever's configuration makes it.
    std::string_view account = of_.inventory.own_account(one, memory_);
    if (!of_.organisation->node_of(one.cloud, account)) account = of_.inventory.account(one, memory_);
    of_.organisation->place(one.cloud, account, tags_, placed_, found.is_unknown());
  }
  // Neighbours mostly share it.
  if (scope_ == nullptr || !std::equal(placed_.nodes.begin(), placed_.nodes.end(), scope_->nodes.begin(), scope_->nodes.end())) scope_ = &of_.scopes.view(placed_.nodes);
  if (of_.report_for) {
    auto nodes = placed_.nodes;
    bool reported = !nodes.empty() && std::all_of(nodes.begin(), nodes.end(), [&](auto node) { return of_.organisation->is_within(node, *of_.report_for); });
    if (!reported) return nullptr;
  }
  if (placed_.contradiction) {
    into.diagnostics.push_back(make_diagnostic(diagnostic_code::scope_unknown, std::string(), std::string(one.address) + ": " + placed_.contradiction_text,
                                               {"", "correct the tag, or the account mapping of the organisation document", diagnostic_level::warning}));
  }
  return scope_;
}

// The findings of the resource at hand in rule order: programs stand in it, kinds do not.
void worker::sort(block_result& into) {
  if (!std::is_sorted(programs_.begin(), programs_.end())) {
    std::vector<std::size_t> order(programs_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return programs_[a] < programs_[b]; });
    const std::size_t first = into.findings.size() - programs_.size();
    std::vector<finding> sorted;
    for (auto index : order) sorted.push_back(std::move(into.findings[first + index]));
    std::move(sorted.begin(), sorted.end(), into.findings.begin() + static_cast<std::ptrdiff_t>(first));
  }
  programs_.clear();
}

// The manifest that manifests_ is at.
void worker::ask_policies(const resource& one, const scope_view& scope, block_result& into) {
  const finding_place at{one, nullptr, scope, {}};
  for (std::size_t i = 0; i < manifests_.candidates(); ++i) {
    if (!is_adopted(manifests_.program(i), scope)) continue;
    profiler::measure measured(profile_.get(), manifests_.program(i));
    auto judged = manifests_.judge(i, room_);
    measured.explained = judged.explained;
    measured.open = true;   // their conditions are no flat code
    record(at, judged.program, judged.outcome, judged.settle, judged.limit, judged.explained ? &judged.why : nullptr, into);
  }
}

// Whether a scope that the resource may belong to adopts the rule; counted where none does.
bool worker::is_adopted(std::uint32_t program, const scope_view& scope) {
  if (scope.adopted == nullptr) return true;
  if ((*scope.adopted)[static_cast<std::size_t>(of_.plan.programs[program].rule - of_.plan.model->rules.data())]) return true;
  counts_.not_adopted(program);
  return false;
}

void worker::examine_type(const resource& one, const std::vector<plan::dispatch_entry>& entries, const scope_view& scope, block_result& into) {
  access_.at(one);
  variables_[rules::slot_meta] = value::map(&meta_);
  variables_[rules::slot_scope] = value::map(scope.scope.get());
  variables_[rules::slot_now] = of_.now;
  variables_[rules::slot_data] = of_.registers->all();
  for (auto& entry : entries) {
    if (entry.programs.empty()) continue;
    variables_[rules::slot_part] = variables_[rules::slot_each] = value::null();
    if (entry.mapping != nullptr) {
      examine_kind(entry, {one, entry.kind->kind, scope, {}}, into);
      continue;
    }
    access_.at(one);
    closing_.begin();
    instances_rest_on_.clear();
    variables_[rules::slot_resource] = access_.attributes(nullptr, memory_);
    judge(entry, nullptr, {one, nullptr, scope, {}}, into);
  }
}

void worker::examine_kind(const plan::dispatch_entry& entry, const finding_place& at, block_result& into) {
  auto& mapping = *entry.mapping->mapping;
  variables_[rules::slot_resource] = access_.attributes(&mapping.facts, memory_);
  auto& objects = objects_[&entry];
  if (objects == nullptr) objects = std::make_unique<neutral_objects>(entry, access_, evaluator_, executor_);
  objects->parts.begin();
  variables_[rules::slot_part] = value::map(&objects->parts);
  access_.at(at.resource, at.kind);
  closing_.begin();
  instances_rest_on_.clear();
  const bool shown = of_.observer != nullptr && of_.observer->watches(at.resource);
  if (shown) of_.observer->maps(*at.kind, mapping, evaluator_, variables_);
  auto instance_of = [&](value key, value element, value index, std::string_view id) {
    each_.set(0, key);
    each_.set(1, element);
    each_.set(2, index);
    variables_[rules::slot_each] = value::map(&each_);
    objects->fast.begin(variables_);
    if (shown && of_.observer->watches(at.resource, id)) of_.observer->maps(*at.kind, mapping, evaluator_, variables_);
    judge(entry, objects.get(), {at.resource, at.kind, at.scope, id}, into);
  };
  if (mapping.each.empty()) return instance_of(value::null(), value::null(), value::null(), {});
  const auto instances = instances_of(mapping, evaluator_, variables_, each_);
  instances_rest_on_ = closing_.used();
  for (auto& item : instances) instance_of(item.key, item.element, item.index, item.suffix);
}

void worker::judge(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, block_result& into) {
  value belongs = value::boolean(true);
  if (entry.mapping != nullptr && entry.mapping->when.text) {
    // kind_object::begin() has set these variables.
    belongs = executor_.mappings().find(entry.mapping->when);
    if (cel::flat::is_open(belongs)) belongs = evaluator_.evaluate(*entry.mapping->when.text, variables_);
    if (belongs.is_false()) return;
  }
  if (of_.observer != nullptr) show(entry, objects, at, belongs);
  exec::kind_object* fast = objects != nullptr ? &objects->fast : nullptr;
  exec::kind_object* explaining = objects != nullptr ? &objects->explaining : nullptr;
  seen_ = variables_;
  bool begun = false;           // the explaining object is set up for this instance only where something is explained
  std::uint64_t steps = 0;      // of this instance, its fields included
  decided_.clear();
  const rules::register_set declared_registers = of_.registers->complete();
  const rules::register_set of_type = rules::registers_of_type(at.resource.type);
  // What came to `outcome`, and is the last finding where it is `listed`.
  auto keep = [&](const plan::candidate& candidate, verdict outcome, bool listed) {
    if (outcome == verdict::undetermined || (of_.declared == nullptr && declared_registers.none())) return;
    const bool reads = ((of_.plan.programs[candidate.program].variant->registers | of_type) & declared_registers).any();
    if (reads || of_.declared != nullptr) decided_.push_back({&candidate, outcome, listed ? into.findings.size() - 1 : no_finding});
  };
  if (fast != nullptr) seen_[rules::slot_resource] = value::map(fast);
  executor_.begin(seen_);
  for (auto& candidate : entry.programs) {
    const auto index = candidate.program;
    auto& program = of_.plan.programs[index];
    if (!is_adopted(index, at.scope)) continue;
    profiler::measure measured(profile_.get(), index);
    if (fast != nullptr) seen_[rules::slot_resource] = value::map(fast);
    seen_[rules::slot_params] = value::map((*at.scope.parameters)[program.rule->ruleset].get());
    evaluator_.reset_steps();
    const bool counted = !of_.counted.empty() && of_.counted[index];
    verdict outcome = counted ? verdict::pass : executor_.judge(program, candidate);
    measured.open = !counted && executor_.was_open();
    steps += evaluator_.steps();
    if (!counted && belongs.is_true()) {
      if (!of_.is_listed(outcome)) {
        record(at, index, outcome, decide_by::none, false, nullptr, into);
        keep(candidate, outcome, false);
        continue;
      }
      // Explaining shares nothing between rules, so that it counts each rule's steps anew: far below the limit it
      // can't come to another verdict.
      const bool certain = outcome != verdict::error && !executor_.limited() && steps <= of_.limits.steps / 2;
      if (certain && !room_) {
        const decide_by settle = outcome == verdict::undetermined ? exec::settled_by(executor_, program, evaluator_, seen_) : decide_by::none;
        record(at, index, outcome, settle, false, nullptr, into);
        keep(candidate, outcome, false);
        continue;
      }
    }
    if (explaining != nullptr) {
      if (!begun) explaining->begin(variables_);
      seen_[rules::slot_resource] = value::map(explaining);
    }
    begun = measured.explained = true;
    evaluator_.reset_steps();
    evaluator_.set_metering(counted);
    exec::explanation why = exec::explain(program, evaluator_, seen_, explaining, at.resource.address, traced_);
    evaluator_.set_metering(false);
    outcome = why.outcome;
    if (!belongs.is_true()) outcome = exec::doubt(belongs, at.resource.address, why);
    if (outcome == verdict::undetermined && belongs.is_true() && room_) {
      why.residual = exec::residual_of(program, *of_.plan.model->mapping_names, evaluator_, seen_, explaining, &residuals_);
    }
    const decide_by settle = outcome == verdict::undetermined ? exec::settled_by(why.unknown) : decide_by::none;
    record(at, index, outcome, settle, why.limit, &why, into);
    const bool listed = room_ && of_.is_listed(outcome);
    if (listed) note_forecasts(index, at, into.findings.back());
    if (belongs.is_true()) keep(candidate, outcome, listed);
  }
  if (!decided_.empty()) note_assumptions(entry, objects, at, into);
}

void worker::note_forecasts(std::uint32_t program, const finding_place& at, finding& made) {
  const rules::register_set read = of_.plan.programs[program].variant->registers | rules::registers_of_type(at.resource.type);
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i] && of_.registers->is_forecast(i)) made.forecast.emplace_back(rules::register_declarations[i]->name, registers::format_day(*of_.registers->as_of(i)));
  }
}

std::optional<verdict> worker::without_declarations(const plan::dispatch_entry& entry, const plan::candidate& candidate, neutral_objects* objects,
                                                    const finding_place& at) {
  const plan::rule_program& program = of_.plan.programs[candidate.program];
  closing_.begin();
  value belongs = value::boolean(true);
  if (objects != nullptr) {              // nothing that was worked out before may be kept
    objects->parts.begin();
    objects->fast.begin(variables_);
    if (entry.mapping->when.text) {
      belongs = executor_.mappings().find(entry.mapping->when);
      if (cel::flat::is_open(belongs)) belongs = evaluator_.evaluate(*entry.mapping->when.text, variables_);
    }
  }
  if (belongs.is_false()) return std::nullopt;
  seen_ = variables_;
  if (objects != nullptr) seen_[rules::slot_resource] = value::map(&objects->fast);
  seen_[rules::slot_params] = value::map((*at.scope.parameters)[program.rule->ruleset].get());
  seen_[rules::slot_data] = of_.registers->all_open();
  executor_.begin(seen_);
  evaluator_.reset_steps();
  exec::explanation doubted;
  doubted.outcome = executor_.judge(program, candidate);
  return belongs.is_true() ? doubted.outcome : exec::doubt(belongs, at.resource.address, doubted);
}

void worker::note_assumptions(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, block_result& into) {
  const std::set<std::uint32_t> used = closing_.used();
  const registers::register_data& all = *of_.registers;
  const rules::register_set of_type = rules::registers_of_type(at.resource.type);
  closing_.withhold(true);
  for (const decided& one : decided_) {
    const rules::register_set declared = (of_.plan.programs[one.candidate->program].variant->registers | of_type) & all.complete();
    if (used.empty() && declared.none()) continue;
    const auto otherwise = without_declarations(entry, *one.candidate, objects, at);
    if (otherwise == one.outcome && instances_rest_on_.empty()) continue;
    counts_.assumed(one.outcome);
    if (one.found == no_finding) continue;
    std::vector<std::string>& assumes = into.findings[one.found].assumes;
    for (std::size_t i = 0; i < declared.size(); ++i) {
      if (!declared[i]) continue;
      const std::string by = all.declared_by(i);
      assumes.push_back(fmt::format("data.{} complete ({}{}{})", rules::register_declarations[i]->name, registers::format_day(*all.as_of(i)), by.empty() ? "" : ", ", by));
    }
    std::set<std::uint32_t> claims = instances_rest_on_;
    claims.insert(closing_.used().begin(), closing_.used().end());
    for (const std::uint32_t claim : claims) {
      if (assumes.size() < declarations_told) assumes.push_back(closing_.text(claim));
    }
    if (claims.size() > declarations_told) assumes.push_back(fmt::format("... ({})", claims.size()));   // of all accounts, say
  }
  closing_.withhold(false);
  closing_.begin();
  for (const std::uint32_t claim : used) closing_.keep(claim);
  if (objects != nullptr) objects->parts.begin();
}

// Every rule over the instance at hand, in source order, to who looks on.
void worker::show(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, value belongs) {
  if (!of_.observer->watches(at.resource, at.instance)) return;
  seen_ = variables_;
  if (objects != nullptr) {
    objects->explaining.begin(variables_);
    seen_[rules::slot_resource] = value::map(&objects->explaining);
  }
  for (auto& candidate : entry.programs) {
    auto& program = of_.plan.programs[candidate.program];
    seen_[rules::slot_params] = value::map((*at.scope.parameters)[program.rule->ruleset].get());
    const exec::kind_object* explaining = objects != nullptr ? &objects->explaining : nullptr;
    of_.observer->asks({program, evaluator_, seen_, explaining, explaining, belongs, at.resource.address});
  }
}

// `why` may be null where there is no room.
void worker::record(const finding_place& at, std::uint32_t program, verdict outcome, decide_by settle, bool limit, exec::explanation* why,
                    block_result& into) {
  const rules::waiver_document* waiver = nullptr;
  if (outcome == verdict::fail && at.scope.certain() && of_.waivers.concerns(program)) {
    address_.assign(at.resource.address).append(at.instance);
    waiver = of_.waivers.find(program, at.scope.nodes.front(), address_, waivers_used_);
  }
  counts_.judged(program, outcome, waiver != nullptr, settle, limit);
  if (!of_.is_listed(outcome)) return;
  ++into.listed;
  if (!room_) return;
  exec::explanation none;
  programs_.push_back(program);
  describer_.describe(at, program, outcome, settle, std::move(why != nullptr ? *why : none), waiver, into.findings.emplace_back());
}

}  // namespace sekimori::check
