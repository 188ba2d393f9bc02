// check: one run.
#include "check/run.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <span>

#include "base/diagnostics.hpp"
#include "check/account_resources.hpp"
#include "check/baseline.hpp"
#include "check/blocks.hpp"
#include "check/completeness.hpp"
#include "check/inputs.hpp"
#include "check/outcome.hpp"
#include "check/profile.hpp"
#include "check/waiver_resources.hpp"
#include "check/worker.hpp"
#include "exec/budget.hpp"
#include "inventory/line_stream.hpp"
#include "sekimori/version.h"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

// Resources judged at one go: few enough that threads end together, and that little is explained which is then over the
// limit of findings.
constexpr std::size_t block_size = 32;
constexpr std::size_t most_threads = 1024;

cel::limits limits_of(const check_options& options) {
  cel::limits set;
  set.steps = options.limits.steps;
  set.cost = options.limits.cost;
  set.policy_cost = options.limits.policy_cost;
  set.regex_bytes = options.limits.regex_bytes;
  set.regex_size = options.limits.regex_size;
  return set;
}

class run {
 public:
  run(const plan::policy_plan& plan, const rules::organisation* organisation, input_reading& inputs, const check_options& options, const run_overrides& overrides,
      finding_sink* sink, const rule_descriptions& descriptions)
      : plan_(plan), organisation_(organisation), descriptions_(descriptions), options_(options), overrides_(overrides), sink_(sink), inputs_(inputs),
        inventory_(inputs.into()), scopes_(*plan.model, organisation, overrides.parameters, options.now, overrides.scope),
        waivers_(organisation, options.now, plan), admission_(inventory_, *plan.model, options.namespace_name) {}

  report execute(const std::string& organisation_digest) {
    if (options_.profile != nullptr) options_.profile->clear();
    describe_policy(organisation_digest);
    if (options_.baseline != nullptr) baseline_.emplace(made_, options_);
    if (sink_ != nullptr) sink_->begin(made_);
    if (resolve_nodes()) examine();
    if (baseline_) baseline_->end(made_, worst_);
    made_.outcome = outcome_of(made_, worst_, options_);
    if (sink_ != nullptr) sink_->end(made_);
    return std::move(made_);
  }

 private:
  void examine() {
    auto& read = inputs_.finish(*plan_.model);
    made_.inputs = read.records;
    for (auto index : read.added) readable_.push_back(&made_.inputs[index]);
    if (overrides_.close_relations) inventory_.close_all();
    place_inputs(read);
    add_named();
    scopes_of_.resize(readable_.size());
    declared_ = completeness(*plan_.model, organisation_, inventory_, inputs_.stated(), stated_scopes_, input_of_, made_.inputs);
    for (auto& table : overrides_.tables != nullptr ? *overrides_.tables : inputs_.tables()) registers_.add(table);
    begin_inputs();
    admission_.begin();
    judge(inventory_.concurrent() ? options_.threads : 1);
    inventory_.set_named({});
    readable_.resize(read.added.size());
    finish_inputs();
    describe_scopes();
  }

  // Accounts and waivers are judged after all others, and count among the inputs' resources nowhere.
  void add_named() {
    std::vector<inventory::inventory::named_text> texts;
    if (asks_of_accounts(plan_)) {
      std::vector<std::string> names;
      for (auto* record : readable_) names.push_back(record->file);
      texts.push_back({"accounts", account_resources(inventory_, organisation_, scope_, names)});
    }
    if (organisation_ != nullptr && asks_of_waivers(plan_)) texts.push_back(waiver_resources(*organisation_, *plan_.model, scope_));
    std::erase_if(texts, [](auto& one) { return one.text.empty(); });
    inventory_.set_named(texts);
    named_.resize(texts.size());
    first_named_ = readable_.size();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      named_[i].file = texts[i].name;
      readable_.push_back(&named_[i]);
    }
  }

  // Whose inputs are, as inputs documents say, and which accounts what they do not place can be in.
  void place_inputs(const read_result& read) {
    const std::vector<stated_inputs>& stated = inputs_.stated();
    input_of_.resize(made_.inputs.size());
    for (std::uint32_t i = 0; i < read.added.size(); ++i) input_of_[read.added[i]] = i;
    check_declared_kinds(*plan_.model, stated, made_.inputs);
    stated_scopes_.resize(stated.size());
    scopes_of_.resize(readable_.size());
    for (std::size_t i = 0; i < stated.size(); ++i) {
      const rules::located_string& said = stated[i].said->scope;
      if (said.text.empty()) continue;
      stated_scopes_[i] = stated_scope(said, made_.inputs[stated[i].document]);
      // Of a scope that nobody knows: it could be any.
      rules::placement anywhere;
      if (organisation_ != nullptr) organisation_->place({}, {}, {}, anywhere);
      for (const std::size_t record : stated[i].records) {
        if (input_of_[record]) scopes_of_[*input_of_[record]] = stated_scopes_[i] ? std::span<const std::uint32_t>(&*stated_scopes_[i], 1) : anywhere.nodes;
      }
    }
    std::vector<inventory::account_candidates> candidates(readable_.size());
    for (std::size_t i = 0; organisation_ != nullptr && i < candidates.size(); ++i) {
      if (scopes_of_[i].size() == 1) candidates[i] = accounts_within(scopes_of_[i].front());
      else if (scopes_of_[i].empty() && scope_) candidates[i] = accounts_within(*scope_);
    }
    inventory_.set_candidates(std::move(candidates));
  }

  inventory::account_candidates accounts_within(std::uint32_t node) const {
    inventory::account_candidates made;
    for (std::uint32_t i = 0; i < organisation_->nodes().size(); ++i) {
      if (!organisation_->is_within(i, node)) continue;
      for (auto& one : organisation_->nodes()[i].accounts) made[one.cloud].push_back(rules::organisation::compared_account(one.cloud, one.account.text));
    }
    return made;
  }

  // Nothing: the organisation has none that is called so, or it is not below the one that the caller says; `document` is told.
  std::optional<std::uint32_t> stated_scope(const rules::located_string& said, input_record& document) const {
    std::string wrong, help;
    const auto found = organisation_ != nullptr ? organisation_->find(said.text) : std::nullopt;
    if (!found) {
      std::vector<std::string_view> known;
      for (std::size_t i = 0; organisation_ != nullptr && i < organisation_->nodes().size(); ++i) known.push_back(organisation_->nodes()[i].id.text);
      wrong = "the organisation has no scope `" + said.text + "`";
      help = organisation_ == nullptr ? "give an organisation document with --org" : did_you_mean(said.text, known);
    } else if (scope_ && !organisation_->is_within(*found, *scope_)) {
      wrong = "the scope `" + said.text + "` is not in `" + options_.scope + "`, which all inputs are said to be of";
      help = "leave out --scope, or the input";
    }
    if (wrong.empty()) return found;
    document.diagnostics.push_back(make_diagnostic(diagnostic_code::scope_unknown, *said.source, said.where, wrong, {"", help}));
    document.status = "unreadable";
    return std::nullopt;
  }

  void describe_policy(const std::string& organisation_digest) {
    if (options_.now) made_.now = japan_time(*options_.now);
    made_.report_for = options_.report_for;
    made_.only_changed = options_.only_changed;
    made_.policy.engine_version = SKM_VERSION_STRING;
    made_.policy.organisation_digest = organisation_digest;
    for (auto& ruleset : plan_.model->rulesets) made_.policy.rule_sets.push_back({ruleset.id, ruleset.version, ruleset.digest});
    made_.rules = descriptions_.rules();
    for (auto& one : plan_.model->rejected) {
      made_.diagnostics.push_back(one.why);
      made_.summary.examined.rules_without_resources.push_back(std::make_shared<const not_examined>(not_examined{one.rule, one.title, one.needs, {one.needs, one.needs}}));
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

  void begin_inputs() {
    for (auto& record : made_.inputs) {
      record.resources = record.mapped = 0;
      record.mapped_types.clear();
      record.unmapped.clear();
    }
  }

  void finish_inputs() {
    for (auto* record : readable_) {
      const bool examined = record->mapped > 0 || record->listed != nullptr;
      if (record->status != "unreadable" && !examined) record->status = "nothing_examined";
    }
    if (!report_for_) return;
    // Nothing of others: an input none of whose resources is that node's is not named. One that could not be
    // read might be the node's, so it stays, and verdicts may rest on any register.
    std::vector<input_record> kept;
    for (auto& record : made_.inputs) {
      bool others = record.status != "unreadable" && record.resources == 0 && record.listed == nullptr;
      if (!others) kept.push_back(std::move(record));
    }
    made_.inputs = std::move(kept);
  }

  // The verdicts on every resource, in blocks.
  void judge(std::size_t threads) {
    value now = options_.now ? value::timestamp(*options_.now, 0) : make_unknown(kept_, {}, "now", unknown_reason::register_missing);
    run_context context{plan_, organisation_, options_, inventory_, admission_, waivers_, scopes_, readable_, scope_, report_for_, limits_of(options_), now, {}, {}};
    context.first_named = static_cast<std::uint32_t>(first_named_);
    for (auto type : inventory_.types()) {
      auto found = plan_.by_type.find(std::string(type));
      context.by_type.push_back(found != plan_.by_type.end() ? &found->second : nullptr);
    }
    if (options_.limits.cost != cel::limits::no_limit) {
      for (auto& program : plan_.programs) context.counted.push_back(exec::may_cost_more(program, options_.limits.cost));
    }
    registers_.finish({today(), options_.include_planned});
    made_.includes_planned = registers_.shows_planned();
    context.registers = &registers_;
    context.declared = declared_.any() ? &declared_ : nullptr;
    context.scopes_of = scopes_of_;
    context.observer = overrides_.observer;
    std::vector<std::unique_ptr<worker>> workers;
    auto in_turn = [&](std::span<const inventory::resource* const> resources) {
      const std::size_t blocks = (resources.size() + block_size - 1) / block_size;
      const std::size_t wanted = std::clamp<std::size_t>(std::min(threads, blocks), 1, most_threads);
      while (workers.size() < wanted) workers.push_back(std::make_unique<worker>(context));
      std::vector<block_result> results(blocks);
      in_blocks(
          blocks, wanted,
          [&](std::size_t by, std::size_t block) {
            const std::size_t first = block * block_size;
            results[block] = workers[by]->examine(resources.subspan(first, std::min(block_size, resources.size() - first)));
          },
          [&](std::size_t block) {
            context.taken.fetch_add(results[block].listed, std::memory_order_relaxed);
            take(results[block]);
          });
    };
    std::vector<const inventory::resource*> held;        // of inputs that are held whole, until one comes that is not
    for (const inventory::segment& part : inventory_.segments()) {
      for (std::size_t i = part.first; i < part.last; ++i) held.push_back(&inventory_.resources()[i]);
      if (part.lines == nullptr) continue;
      in_turn(held);
      held.clear();
      for (auto some = part.lines->next(); !some.empty(); some = part.lines->next()) in_turn(some);
      changed_meanwhile(*part.lines);
    }
    in_turn(held);
    counter all(plan_, organisation_ != nullptr ? organisation_->nodes().size() : 0, readable_.size());
    waiver_table::uses used = waivers_.no_uses();
    for (auto& one : workers) {
      all.add(one->counts());
      for (std::size_t i = 0; i < used.size(); ++i) used[i] += one->waivers_used()[i];
    }
    all.write(organisation_, descriptions_, inventory_.types(), readable_, made_.summary);
    worst_ = all.worst();
    made_.waivers = waivers_.records(report_for_, used);
    if (options_.profile == nullptr) return;
    profiler took(plan_.programs.size());
    for (auto& one : workers) took.add(*one->profile());
    *options_.profile = took.write(plan_);
  }

  // In Japan, where a day begins nine hours before it does in UTC.
  std::optional<std::int64_t> today() const {
    constexpr std::int64_t offset = 9 * 3'600, day = 86'400;
    if (!options_.now) return std::nullopt;
    const std::int64_t seconds = *options_.now + offset;
    return seconds / day - (seconds % day < 0 ? 1 : 0);
  }

  // What was told of a stream when it was read again: others than the first time.
  void changed_meanwhile(const inventory::line_stream& lines) {
    if (lines.problems().empty()) return;
    input_record& record = *readable_[lines.input()];
    record.status = "unreadable";
    record.diagnostics.insert(record.diagnostics.end(), lines.problems().begin(), lines.problems().end());
  }

  void take(block_result& from) {
    const std::uint64_t room = options_.limits.findings_listed - made_.summary.listed;
    const std::uint64_t listed = std::min(room, from.listed);
    from.findings.resize(listed);
    for (std::size_t i = 0; i < from.findings.size(); ++i) {
      finding& one = from.findings[i];
      // Only what is listed is looked for in the text.
      const line_column at = inventory_.position(*from.of[i]);
      one.location.line = at.line;
      one.location.column = at.column;
      note_scope(one.scope);
      if (baseline_) baseline_->take(one);
      if (sink_ != nullptr) sink_->take(one);
      else made_.findings.push_back(std::move(one));   // here, where the other threads go on
    }
    from.findings = std::vector<finding>();   // gives the memory back; `= {}` would keep it
    made_.summary.listed += listed;
    made_.summary.not_listed += from.listed - listed;
    for (auto& one : from.diagnostics) made_.diagnostics.push_back(std::move(one));
  }

  void describe_scopes() {
    if (organisation_ == nullptr) return;
    std::string day = options_.now ? japan_date(*options_.now) : std::string();
    std::set<std::uint32_t> shown;
    for (auto node : scopes_used_) {
      for (std::optional<std::uint32_t> at = node; at;) {
        if (report_for_ && !organisation_->is_within(*at, *report_for_)) break;
        shown.insert(*at);
        at = parent_of(*organisation_, *at);
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

  // The node of a finding that is listed.
  void note_scope(const std::string& id) {
    if (id.empty() || id == last_scope_) return;
    last_scope_ = id;
    if (auto node = organisation_->find(id)) scopes_used_.insert(*node);
  }

  const plan::policy_plan& plan_;
  const rules::organisation* organisation_;
  const rule_descriptions& descriptions_;
  const check_options& options_;
  const run_overrides& overrides_;
  finding_sink* sink_;         // null: findings are kept in the report
  report made_;
  arena kept_;                 // lives as long as the run
  input_reading& inputs_;
  inventory::inventory& inventory_;
  scope_table scopes_;
  waiver_table waivers_;
  admission admission_;
  registers::register_data registers_;
  tally worst_;
  std::optional<baseline_comparison> baseline_;
  std::set<std::uint32_t> scopes_used_;
  std::string last_scope_;     // neighbours mostly share it
  std::optional<std::uint32_t> scope_, report_for_;
  std::vector<input_record*> readable_;
  std::vector<input_record> named_;   // of what is only named
  std::size_t first_named_ = 0;       // the index of the first of them
  completeness declared_;
  std::vector<std::optional<std::uint32_t>> stated_scopes_;      // by entry of an inputs document
  std::vector<std::optional<std::uint32_t>> input_of_;           // by record, its number in the inventory
  std::vector<std::span<const std::uint32_t>> scopes_of_;        // by input
};

}  // namespace

report run_check(const plan::policy_plan& plan, const rules::organisation* organisation, const std::string& organisation_digest, input_reading& inputs,
                 const check_options& options, const run_overrides& overrides, finding_sink* sink, const rule_descriptions& descriptions) {
  return run(plan, organisation, inputs, options, overrides, sink, descriptions).execute(organisation_digest);
}

report run_check(const plan::policy_plan& plan, const rules::organisation* organisation, const std::string& organisation_digest,
                 const std::vector<input>& inputs, const check_options& options, const run_overrides& overrides, finding_sink* sink,
                 const rule_descriptions* descriptions) {
  inventory::inventory all;
  input_reading reading(inputs, options, all);
  const rule_descriptions own(*plan.model);
  return run_check(plan, organisation, organisation_digest, reading, options, overrides, sink, descriptions != nullptr ? *descriptions : own);
}

}  // namespace sekimori::check
