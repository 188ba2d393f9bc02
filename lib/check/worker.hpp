// check: one thread of a run: judges resources, counts their verdicts and makes the findings that are listed. Entry
// point: worker::examine.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "check/access.hpp"
#include "check/counts.hpp"
#include "check/description.hpp"
#include "check/holdings.hpp"
#include "check/instances.hpp"
#include "check/manifest_judge.hpp"
#include "check/meta.hpp"
#include "check/profile.hpp"
#include "check/run_context.hpp"
#include "exec/executor.hpp"
#include "exec/explain.hpp"
#include "exec/residual.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

// Nothing of it is shared. A verdict that is not listed, or beyond the limit of findings, is not explained: the fast
// executor's answer counts.
class worker {
 public:
  explicit worker(const run_context& of);

  // The resources from index `first` to before `last`.
  block_result examine(std::span<const inventory::resource* const> resources);

  const counter& counts() const { return counts_; }
  const waiver_table::uses& waivers_used() const { return waivers_used_; }
  // Null where nobody asks for one.
  const profiler* profile() const { return profile_.get(); }

 private:
  // The two views of a neutral object and its parts, kept from resource to resource.
  struct neutral_objects {
    neutral_objects(const plan::dispatch_entry& entry, exec::resource_access& access, cel::evaluator& evaluator, exec::executor& executor)
        : parts(*entry.mapping->mapping, access, evaluator.memory()), fast(*entry.kind, *entry.mapping, evaluator, executor),
          explaining(*entry.kind, *entry.mapping, evaluator) {}
    exec::part_object parts;
    exec::kind_object fast, explaining;
  };

  void examine(const inventory::resource& one, block_result& into);
  const scope_view* scope_of(const inventory::resource& one, block_result& into);
  std::optional<std::uint32_t> own_scope(const inventory::resource& one, block_result& into);
  bool is_adopted(std::uint32_t program, const scope_view& scope);
  void ask_policies(const inventory::resource& one, const scope_view& scope, block_result& into);
  void examine_type(const inventory::resource& one, const std::vector<plan::dispatch_entry>& entries, const scope_view& scope, block_result& into);
  void examine_kind(const plan::dispatch_entry& entry, const finding_place& at, block_result& into);
  // `objects` is null for rules over provider types. `variables_` are those of the mapping.
  void judge(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, block_result& into);
  void show(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, value belongs);
  // Verdicts at `at` that would be others without what somebody declares, of a kind or of a register: they say so and are counted.
  void note_assumptions(const plan::dispatch_entry& entry, neutral_objects* objects, const finding_place& at, block_result& into);
  // What the rule comes to without it; nothing: the resource may be none that it is asked of.
  std::optional<verdict> without_declarations(const plan::dispatch_entry& entry, const plan::candidate& candidate, neutral_objects* objects, const finding_place& at);
  void record(const finding_place& at, std::uint32_t program, verdict outcome, decide_by settle, bool limit, exec::explanation* why, block_result& into);
  // Of what a rule reads, the registers that are older than `now`.
  void note_forecasts(std::uint32_t program, const finding_place& at, finding& made);
  void sort(block_result& into);
  // Whether what comes next could still be listed: what stands before is told at least as far as it is taken over.
  bool has_room(const block_result& so_far) const;

  const run_context& of_;
  arena memory_{64 * 1024};    // one resource at a time
  cel::evaluator evaluator_;
  exec::executor executor_;
  inventory_access access_;
  closing closing_;
  holdings holdings_;
  meta_object meta_;
  exec::record_object each_;
  manifest_judge manifests_;
  counter counts_;
  std::unique_ptr<profiler> profile_;
  describer describer_;
  cel::residual_texts residuals_;
  cel::trace traced_;                          // of one explanation after the other
  waiver_table::uses waivers_used_;
  std::vector<value> variables_, seen_;        // of mappings, and of rules
  std::unordered_map<const plan::dispatch_entry*, std::unique_ptr<neutral_objects>> objects_;
  std::vector<std::uint32_t> programs_;        // of the resource at hand's findings, which are the last of the block's
  struct decided {
    const plan::candidate* candidate;
    verdict outcome;
    std::size_t found;                         // among the block's findings; none: it is not listed
  };
  std::vector<decided> decided_;               // of the instance at hand, what could rest on a declaration
  std::set<std::uint32_t> instances_rest_on_;  // what said which instances there are
  bool room_ = false;                          // findings of the resource at hand are made
  std::vector<rules::tag> tags_;               // of the resource at hand, those that are known
  std::string address_;                        // of the instance at hand, where waivers are asked about it
  rules::placement placed_;
  std::uint32_t own_scope_ = 0;                // what `placed_` leads to where the resource names it
  const scope_view* scope_ = nullptr;          // of `placed_`
};

}  // namespace sekimori::check
