// check: one run.
#include "check/run.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "check/access.hpp"
#include "check/admission.hpp"
#include "check/counts.hpp"
#include "check/inputs.hpp"
#include "check/instances.hpp"
#include "check/outcome.hpp"
#include "check/scopes.hpp"
#include "check/waivers.hpp"
#include "exec/admission_variables.hpp"
#include "exec/budget.hpp"
#include "exec/executor.hpp"
#include "exec/explain.hpp"
#include "exec/residual.hpp"
#include "sekimori/version.h"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

using inventory::resource;

class run {
 public:
  run(const plan::policy_plan& plan, const rules::organisation* organisation, const check_options& options, const run_overrides& overrides)
      : plan_(plan), organisation_(organisation), options_(options), overrides_(overrides), evaluator_(memory_, limits_of(options)), executor_(evaluator_, limits_of(options)),
        admission_limits_(exec::kubernetes_limits(limits_of(options))), admission_evaluator_(memory_, admission_limits_), admission_executor_(admission_evaluator_, admission_limits_),
        access_(inventory_), scopes_(*plan.model, organisation, overrides.parameters, kept_), waivers_(organisation, options.now), count_(made_.summary),
        admission_(inventory_, *plan.model, options.namespace_name) {
    evaluator_.set_host(static_cast<rules::relation_host*>(&access_));
    now_ = options.now ? value::timestamp(*options.now, 0) : make_unknown(kept_, {}, "now", unknown_reason::register_missing);
    evaluator_.set_now(now_);
    admission_evaluator_.set_host(static_cast<rules::relation_host*>(&access_));
    admission_evaluator_.set_now(now_);
    // Counted is only what could be over the budget, in source order.
    evaluator_.set_metering(false);
    if (options.limits.cost == cel::limits::no_limit) return;
    for (auto& program : plan_.programs) counted_.push_back(exec::may_cost_more(program, options.limits.cost));
  }

  report execute(const std::vector<input>& inputs, const std::string& organisation_digest) {
    describe_policy(organisation_digest);
    if (!resolve_nodes()) {
      made_.outcome = outcome_of(made_, tally_, options_);
      return std::move(made_);
    }
    auto read = read_inputs(inputs, options_, inventory_);
    made_.inputs = std::move(read.records);
    for (auto index : read.added) readable_.push_back(&made_.inputs[index]);
    inventory_.link();
    if (overrides_.close_relations) inventory_.close_all();
    begin_inputs();
    admission_.begin();
    for (auto& one : inventory_.resources()) examine(one);
    finish_inputs();
    count_.finish(*plan_.model);
    describe_scopes();
    made_.waivers = waivers_.records(report_for_);
    made_.outcome = outcome_of(made_, tally_, options_);
    return std::move(made_);
  }

 private:
  static cel::limits limits_of(const check_options& options) {
    cel::limits set;
    set.steps = options.limits.steps;
    set.cost = options.limits.cost;
    set.policy_cost = options.limits.policy_cost;
    set.regex_bytes = options.limits.regex_bytes;
    set.regex_size = options.limits.regex_size;
    return set;
  }

  void describe_policy(const std::string& organisation_digest) {
    if (options_.now) made_.now = japan_time(*options_.now);
    made_.report_for = options_.report_for;
    made_.policy.engine_version = SKM_VERSION_STRING;
    made_.policy.organisation_digest = organisation_digest;
    for (auto& ruleset : plan_.model->rulesets) made_.policy.rule_sets.push_back({ruleset.id, ruleset.version, ruleset.digest});
    for (auto& rule : plan_.model->rules) {
      auto& source = *rule.source;
      report_rule shown;
      shown.ruleset = plan_.model->rulesets[rule.ruleset].id;
      shown.id = source.id.text;
      shown.category = source.category.text;
      shown.level = source.level;
      shown.title = rules::text_of(source.title);
      shown.why = rules::text_of(source.why);
      shown.fix = rules::text_of(source.fix);
      shown.clauses = rule.clauses;
      made_.rules.push_back(std::move(shown));
    }
    for (auto& one : plan_.model->rejected) {
      made_.diagnostics.push_back(one.why);
      made_.summary.examined.rules_without_resources.push_back({one.rule, one.title, one.needs});
    }
  }

  bool resolve_nodes() {
    auto resolve = [&](const std::string& id, std::optional<std::uint32_t>& to) {
      if (id.empty()) return true;
      if (organisation_ != nullptr) to = organisation_->find(id);
      if (to) return true;
      std::vector<std::string_view> known;
      if (organisation_ != nullptr) {
        for (auto& node : organisation_->nodes()) known.push_back(node.id.text);
      }
      made_.diagnostics.push_back(make_diagnostic(diagnostic_code::scope_unknown, std::string(), "the organisation has no scope `" + id + "`",
                                                  {"", organisation_ == nullptr ? "give an organisation document with --org" : did_you_mean(id, known)}));
      return false;
    };
    return resolve(options_.scope, scope_) && resolve(options_.report_for, report_for_);
  }

  // --- inputs --------------------------------------------------------------------------------------
  void begin_inputs() {
    for (auto& record : made_.inputs) {
      record.resources = record.mapped = 0;
      record.unmapped.clear();
    }
  }

  void finish_inputs() {
    for (auto* record : readable_) {
      if (record->status != "unreadable" && record->mapped == 0) record->status = "nothing_examined";
    }
    if (!report_for_) return;
    // Nothing of others: an input none of whose resources is that node's is not named. One that could not be
    // read might be the node's, so it stays.
    std::vector<input_record> kept;
    for (auto& record : made_.inputs) {
      bool others = record.status != "unreadable" && record.resources == 0;
      if (!others) kept.push_back(std::move(record));
    }
    made_.inputs = std::move(kept);
  }

  // --- scope ---------------------------------------------------------------------------------------
  rules::placement placement_of(const resource& one, value found) {
    if (organisation_ == nullptr) return {};
    if (scope_) return {{*scope_}, false, {}};
    std::map<std::string, std::string> tags;
    if (found.is(value_kind::map)) {
      auto& map = found.as_map();
      auto* entries = map.entries();
      for (std::size_t i = 0; i < map.size(); ++i) {
        if (entries[i].key.is(value_kind::string) && entries[i].mapped.is(value_kind::string) && !entries[i].mapped.sensitive()) {
          tags[std::string(entries[i].key.as_text())] = std::string(entries[i].mapped.as_text());
        }
      }
    }
    return organisation_->place(one.cloud, inventory_.account(one, memory_), tags);
  }

  bool is_reported(const std::vector<std::uint32_t>& nodes) const {
    if (!report_for_) return true;
    if (nodes.empty()) return false;
    return std::all_of(nodes.begin(), nodes.end(), [&](auto node) { return organisation_->is_within(node, *report_for_); });
  }

  struct listed_finding {
    std::uint32_t program;
    finding made;
  };

  // --- one resource --------------------------------------------------------------------------------
  value meta_of(const resource& one, value tags) {
    auto text = [&](std::string_view s) { return value::string(s); };
    const auto region = inventory_.region(one, memory_).name;
    std::vector<value> fields = {text(one.type), text(one.address), text(one.name), text(one.provider), text(one.cloud), text(one.module),
                                 text(name_of(one.what)),
                                 region.empty() ? make_unknown(memory_, one.address, "region", unknown_reason::computed) : text(region),
                                 text(readable_[one.input]->file), tags};
    meta_ = std::make_unique<exec::record_object>("meta", std::vector<std::string_view>(std::begin(rules::meta_fields), std::end(rules::meta_fields)), fields);
    return value::map(meta_.get());
  }

  void examine(const resource& one) {
    if (!one.evaluated || (options_.only_changed && one.what == inventory::action::no_op)) return;
    memory_.reset();
    value tags = inventory_.tags(one, memory_);
    auto placed = placement_of(one, tags);
    if (!is_reported(placed.nodes)) return;
    if (placed.contradiction) {
      made_.diagnostics.push_back(make_diagnostic(diagnostic_code::scope_unknown, std::string(), std::string(one.address) + ": " + placed.contradiction_text,
                                                  {"", "correct the tag, or the account mapping of the organisation document", diagnostic_level::warning}));
    }
    if (one.manifest != nullptr) return examine_manifest(one, scopes_.view(placed.nodes));
    auto& record = *readable_[one.input];
    auto entries = plan_.by_type.find(std::string(one.type));
    bool mapped = entries != plan_.by_type.end();
    ++record.resources;
    if (mapped) ++record.mapped;
    else ++record.unmapped[std::string(one.type)];
    count_.resource(std::string(one.type), std::string(one.cloud), mapped);
    if (!mapped) return;

    access_.at(one);
    auto& scope = scopes_.view(placed.nodes);
    std::vector<value> variables(rules::variable_count);
    variables[rules::slot_meta] = meta_of(one, tags);
    variables[rules::slot_scope] = value::map(scope.scope.get());
    variables[rules::slot_now] = now_;
    std::vector<listed_finding> found;
    for (auto& entry : entries->second) {
      if (entry.programs.empty()) continue;
      if (entry.mapping == nullptr) {
        variables[rules::slot_resource] = access_.attributes(nullptr, memory_);
        judge(one, entry, scope, variables, nullptr, nullptr, {}, found);
      } else {
        examine_kind(one, entry, scope, variables, found);
      }
    }
    list(found);
  }

  void list(std::vector<listed_finding>& found) {
    // Programs stand in rule order; kinds do not.
    std::stable_sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.program < b.program; });
    for (auto& listed : found) {
      if (made_.findings.size() < options_.limits.findings_listed) {
        made_.findings.push_back(std::move(listed.made));
        ++made_.summary.listed;
      } else {
        ++made_.summary.not_listed;
      }
    }
  }

  bool is_listed(verdict outcome) const {
    return outcome == verdict::fail || outcome == verdict::undetermined || outcome == verdict::error ||
           std::find(options_.include.begin(), options_.include.end(), outcome) != options_.include.end();
  }

  // --- one object of Kubernetes ---------------------------------------------------------------------
  void examine_manifest(const resource& one, const scope_view& scope) {
    admission_object seen = admission_.view(one, memory_);
    struct candidate { std::uint32_t program; value asked; };
    std::vector<candidate> candidates;
    for (auto index : policies_over(seen)) {
      value asked = admission_.asked(*plan_.programs[index].variant->admission, seen, memory_);
      if (!asked.is_false()) candidates.push_back({index, asked});
    }
    auto& record = *readable_[one.input];
    ++record.resources;
    if (candidates.empty()) ++record.unmapped[std::string(one.type)];
    else ++record.mapped;
    count_.resource(std::string(one.type), std::string(one.cloud), !candidates.empty());
    std::vector<listed_finding> found;
    for (auto& [index, asked] : candidates) judge_manifest(one, seen, scope, index, asked, found);
    list(found);
  }

  // The programs that can speak of such an object, found once for each type.
  const std::vector<std::uint32_t>& policies_over(const admission_object& seen) {
    auto [at, fresh] = policies_by_type_.try_emplace(std::string(seen.of->type));
    if (fresh) {
      for (auto index : plan_.admission) {
        if (admission::speaks_of(*plan_.programs[index].variant->admission, seen)) at->second.push_back(index);
      }
    }
    return at->second;
  }

  void judge_manifest(const resource& one, const admission_object& seen, const scope_view& scope, std::uint32_t index, value asked,
                      std::vector<listed_finding>& found) {
    auto& program = plan_.programs[index];
    auto& policy = *program.variant->admission;
    value chosen = admission_.chosen(policy, seen, memory_);
    verdict outcome = verdict::not_applicable;
    exec::explanation why;
    if (!chosen.is_false()) {
      value belongs = !asked.is_unknown() ? chosen : chosen.is_unknown() ? merge_unknowns(memory_, asked, chosen) : asked;
      bool first = true;
      // The worst of what the parameters give, one by one.
      for (value parameters : admission_.parameters(policy, seen, memory_)) {
        exec::admission_values values;
        values[rules::slot_object] = seen.object;
        values[rules::slot_request] = seen.request;
        values[rules::slot_admission_params] = parameters;
        values[rules::slot_namespace_object] = seen.namespace_object;
        exec::explanation next;
        verdict told = judge_with(one, program, policy, values, belongs, next);
        if (!first && rank(told) <= rank(outcome)) continue;
        first = false;
        outcome = told;
        why = std::move(next);
      }
    }
    static const plan::dispatch_entry no_kind;
    record_verdict(one, no_kind, scope, index, outcome, std::move(why), {}, is_listed(outcome), found);
  }

  verdict judge_with(const resource& one, const plan::rule_program& program, const rules::checked_admission& policy,
                     const exec::admission_values& values, value belongs, exec::explanation& why) {
    exec::admission_variables fast(policy, admission_evaluator_, false);
    fast.begin(values);
    admission_evaluator_.reset_steps();
    admission_evaluator_.reset_cost();
    admission_executor_.begin(fast.values());
    verdict outcome = admission_executor_.judge(program);
    // The programs that run leave out the signs of `!` and nothing else, so that below the half no budget is used up.
    const std::uint64_t spent = admission_evaluator_.cost() + fast.cost();
    const bool cheap = spent < admission_limits_.cost / 2 && spent < admission_limits_.policy_cost / 2;
    if (!is_listed(outcome) && belongs.is_true() && cheap) return outcome;
    exec::admission_variables explaining(policy, admission_evaluator_, true);
    explaining.begin(values);
    admission_evaluator_.reset_steps();
    admission_evaluator_.reset_cost();
    const exec::policy_budget budget{.whole = admission_limits_.policy_cost};
    why = exec::explain(program, admission_evaluator_, explaining.values(), &explaining, one.address, &budget);
    return belongs.is_true() ? why.outcome : doubt(belongs, one, why);
  }

  static int rank(verdict outcome) {
    switch (outcome) {
      case verdict::fail: return 4;
      case verdict::error: return 3;
      case verdict::undetermined: return 2;
      case verdict::pass: return 1;
      case verdict::not_applicable: break;
    }
    return 0;
  }

  void examine_kind(const resource& one, const plan::dispatch_entry& entry, const scope_view& scope, std::vector<value> variables, std::vector<listed_finding>& found) {
    auto& mapping = *entry.mapping->mapping;
    variables[rules::slot_resource] = access_.attributes(&mapping.facts, memory_);
    exec::part_object parts(mapping, access_, memory_);
    variables[rules::slot_part] = value::map(&parts);
    exec::kind_object fast(*entry.kind, *entry.mapping, evaluator_, executor_), explaining(*entry.kind, *entry.mapping, evaluator_);
    for (auto& item : instances_of(mapping, evaluator_, variables)) {
      exec::record_object each("each", {"key", "value", "index"}, {item.key, item.element, item.index});
      variables[rules::slot_each] = value::map(&each);
      fast.begin(variables);
      judge(one, entry, scope, variables, &fast, &explaining, item.id, found);
    }
  }

  void judge(const resource& one, const plan::dispatch_entry& entry, const scope_view& scope, std::vector<value> variables,
             const exec::kind_object* fast, exec::kind_object* explaining, const std::string& id, std::vector<listed_finding>& found) {
    value belongs = value::boolean(true);
    if (entry.mapping != nullptr && entry.mapping->when.text) {
      belongs = evaluator_.evaluate(*entry.mapping->when.text, variables);
      if (belongs.is_false()) return;
    }
    std::vector<value> seen = variables;
    if (fast != nullptr) seen[rules::slot_resource] = value::map(fast);
    executor_.begin(seen);
    bool explained = false;   // the explaining object is set up for this instance only where something is listed
    for (auto& candidate : entry.programs) {
      const auto index = candidate.program;
      auto& program = plan_.programs[index];
      if (fast != nullptr) seen[rules::slot_resource] = value::map(fast);
      seen[rules::slot_params] = value::map(scope.parameters[program.rule->ruleset].get());
      evaluator_.reset_steps();
      bool counted = !counted_.empty() && counted_[index];
      verdict outcome = counted ? verdict::pass : executor_.judge(program, candidate);
      exec::explanation why;
      bool listed = is_listed(outcome) || !belongs.is_true() || counted;
      if (listed) {
        if (explaining != nullptr && !explained) explaining->begin(variables);
        explained = true;
        if (explaining != nullptr) seen[rules::slot_resource] = value::map(explaining);
        evaluator_.reset_steps();
        evaluator_.set_metering(counted);
        why = exec::explain(program, evaluator_, seen, explaining, one.address);
        evaluator_.set_metering(false);
        outcome = why.outcome;
        if (!belongs.is_true()) outcome = doubt(belongs, one, why);
        listed = is_listed(outcome);
        const bool shown = outcome == verdict::undetermined && belongs.is_true() && made_.findings.size() + found.size() < options_.limits.findings_listed;
        if (shown) why.residual = exec::residual_of(program, *plan_.model->mapping_names, evaluator_, seen, explaining);
      }
      record_verdict(one, entry, scope, index, outcome, std::move(why), id, listed, found);
    }
  }

  // Whether the resource is of the kind at all is not known: a pass stands, anything else is undetermined.
  verdict doubt(value belongs, const resource& one, exec::explanation& why) {
    if (why.outcome == verdict::pass || why.outcome == verdict::not_applicable) return why.outcome;
    if (belongs.is_unknown()) {
      exec::add_unknowns(belongs, one.address, why.unknown);
      why.message = {};
      why.why.clear();
      why.error.clear();
      return why.outcome = verdict::undetermined;
    }
    why.error = belongs.is_error() ? "kind: " + std::string(belongs.as_error().message) : "kind: `when` is not a bool";
    return why.outcome = verdict::error;
  }

  void record_verdict(const resource& one, const plan::dispatch_entry& entry, const scope_view& scope, std::uint32_t program,
                      verdict outcome, exec::explanation why, const std::string& id, bool listed, std::vector<listed_finding>& found) {
    auto& rule = *plan_.programs[program].rule;
    finding made;
    made.rule = rule.source->id.text;
    made.level = rule.source->level;
    made.outcome = outcome;
    made.resource.address = std::string(one.address) + (id.empty() ? "" : "#" + id);
    if (outcome == verdict::undetermined) made.settle = exec::settled_by(why.unknown);
    std::string scope_id;
    if (scope.certain()) {
      scope_id = organisation_->nodes()[scope.nodes.front()].id.text;
      if (outcome == verdict::fail) waivers_.apply(made, scope.nodes.front(), rule.full_id);
    }
    bool waived = made.state == disposition::waived;
    count_.judged(rule.full_id, rule.source->category.text, std::string(one.cloud), scope_id, outcome, waived, made.settle);
    auto level = static_cast<std::size_t>(made.level);
    if (outcome == verdict::fail && !waived) ++tally_.failing[level];
    if (outcome == verdict::undetermined) ++tally_.undetermined[level];
    if (outcome == verdict::error) ++tally_.errors;
    if (why.limit) ++tally_.limits;
    if (!listed) return;
    if (made_.findings.size() + found.size() < options_.limits.findings_listed) describe(one, entry, scope, rule, std::move(why), id, made);
    found.push_back({program, std::move(made)});
  }

  void describe(const resource& one, const plan::dispatch_entry& entry, const scope_view& scope, const rules::checked_rule& rule,
                exec::explanation why, const std::string& id, finding& made) {
    auto& source = *rule.source;
    made.ruleset = plan_.model->rulesets[rule.ruleset].id;
    made.input = readable_[one.input]->file;
    made.category = source.category.text;
    made.resource.type = one.type;
    made.resource.kind = entry.kind != nullptr ? entry.kind->kind->name : std::string();
    made.resource.cloud = one.cloud;
    std::string instance_suffix = id.empty() ? std::string() : "#" + id;
    std::string located = made.input + "|" + std::string(one.address) + instance_suffix;
    const std::string native_id(inventory_.native_id(one, memory_));
    made.resource.identity = native_id.empty() ? located : native_id + instance_suffix;
    if (!native_id.empty()) made.resource.aliases.push_back(located);
    if (!one.previous_address.empty()) made.resource.aliases.push_back(made.input + "|" + std::string(one.previous_address) + instance_suffix);
    made.id = sha256_base32({"skm-finding/1", made.ruleset, made.rule, made.resource.identity});
    made.title = rules::text_of(source.title);
    made.why_it_matters = rules::text_of(source.why);
    made.fix = rules::text_of(source.fix);
    made.message = std::move(why.message);
    made.asserts = std::move(why.asserts);
    for (auto& assertion : source.asserts) {
      bool wanted = std::find(made.asserts.begin(), made.asserts.end(), assertion.id.text) != made.asserts.end();
      if (wanted) add_required(made.required, rules::text_of(assertion.required));
    }
    made.why = std::move(why.why);
    made.unknown = std::move(why.unknown);
    made.residual = std::move(why.residual);
    made.error = std::move(why.error);
    made.location = {made.input, one.line, one.column, std::string(one.pointer)};
    for (std::size_t i = 0; i < rule.clauses.size(); ++i) {
      auto& clouds = rule.clause_clouds[i];
      if (clouds.empty() || std::find(clouds.begin(), clouds.end(), one.cloud) != clouds.end()) made.clauses.push_back(rule.clauses[i]);
    }
    if (scope.certain()) {
      auto node = scope.nodes.front();
      made.scope = organisation_->nodes()[node].id.text;
      made.scope_title = title_path(node);
      made.owner = organisation_->owner(node);
      made.operated_by = organisation_->operated_by(node);
      scopes_used_.insert(node);
    }
  }

  // "福祉局 / 市民申請システム / 本番": a node's own title says little; the root's says nothing.
  localized_text title_path(std::uint32_t node) const {
    std::string day = options_.now ? japan_date(*options_.now) : std::string();
    localized_text path = organisation_->title(node, day);
    for (auto at = parent_of(node); at && parent_of(*at); at = parent_of(*at)) {
      auto above = organisation_->title(*at, day);
      path = {above.in("ja") + " / " + path.in("ja"), above.in("en") + " / " + path.in("en")};
    }
    return path;
  }

  std::optional<std::uint32_t> parent_of(std::uint32_t node) const {
    auto& parent = organisation_->nodes()[node].parent;
    return parent.empty() ? std::nullopt : organisation_->find(parent);
  }

  static void add_required(localized_text& to, const localized_text& more) {
    if (!more.ja.empty()) to.ja += (to.ja.empty() ? "" : "\n") + more.ja;
    if (!more.en.empty()) to.en += (to.en.empty() ? "" : "\n") + more.en;
  }

  void describe_scopes() {
    if (organisation_ == nullptr) return;
    std::string day = options_.now ? japan_date(*options_.now) : std::string();
    std::set<std::uint32_t> shown;
    for (auto node : scopes_used_) {
      for (std::optional<std::uint32_t> at = node; at;) {
        if (report_for_ && !organisation_->is_within(*at, *report_for_)) break;
        shown.insert(*at);
        at = parent_of(*at);
      }
    }
    if (report_for_) shown.insert(*report_for_);
    for (auto index : shown) {
      auto& node = organisation_->nodes()[index];
      report_scope made;
      made.id = node.id.text;
      made.parent = report_for_ && index == *report_for_ ? std::string() : node.parent;
      made.node_type = node.node_type;
      made.owner = organisation_->owner(index);
      made.operated_by = organisation_->operated_by(index);
      made.title = organisation_->title(index, day);
      made_.scopes.push_back(std::move(made));
    }
  }

  const plan::policy_plan& plan_;
  const rules::organisation* organisation_;
  const check_options& options_;
  const run_overrides& overrides_;
  report made_;
  arena kept_;                 // lives as long as the run: params, scope, now
  arena memory_{64 * 1024};    // one resource at a time
  inventory::inventory inventory_;
  cel::evaluator evaluator_;
  exec::executor executor_;
  cel::limits admission_limits_;           // of policies of Kubernetes, whose cost is always counted
  cel::evaluator admission_evaluator_;
  exec::executor admission_executor_;
  std::vector<bool> counted_;   // by program; empty: there is no budget
  inventory_access access_;
  scope_table scopes_;
  waiver_table waivers_;
  counter count_;
  admission admission_;
  std::map<std::string, std::vector<std::uint32_t>> policies_by_type_;
  tally tally_;
  value now_;
  std::unique_ptr<exec::record_object> meta_;
  std::optional<std::uint32_t> scope_, report_for_;
  std::vector<input_record*> readable_;
  std::set<std::uint32_t> scopes_used_;
};

}  // namespace

report run_check(const plan::policy_plan& plan, const rules::organisation* organisation, const std::string& organisation_digest,
                 const std::vector<input>& inputs, const check_options& options, const run_overrides& overrides) {
  return run(plan, organisation, options, overrides).execute(inputs, organisation_digest);
}

}  // namespace sekimori::check
