// check: what every worker of a run reads, and what one resource's verdicts become. Entry point: run_context.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "check/admission.hpp"
#include "check/completeness.hpp"
#include "check/observer.hpp"
#include "check/scopes.hpp"
#include "check/waivers.hpp"
#include "inventory/inventory.hpp"
#include "plan/program.hpp"
#include "registers/data.hpp"
#include "rules/organisation.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// Shared by the threads of a run: nothing but `taken` changes while they work, and the table of scopes, which locks.
struct run_context {
  const plan::policy_plan& plan;
  const rules::organisation* organisation;   // may be null
  const check_options& options;
  const inventory::inventory& inventory;
  const admission& manifests;
  const waiver_table& waivers;
  scope_table& scopes;
  std::vector<input_record*> readable;       // by resource::input
  std::optional<std::uint32_t> scope, report_for;
  cel::limits limits;
  value now;
  std::vector<const std::vector<plan::dispatch_entry>*> by_type;   // by resource::type_index; null: no rule speaks of it
  std::vector<bool> counted;                 // by program: could be over the budget of cost; empty: there is none
  std::uint32_t first_named = 0xffffffff;    // the first input of what is only named; else no input's number
  const registers::register_data* registers = nullptr;   // never null while somebody works
  const completeness* declared = nullptr;    // likewise
  std::vector<std::span<const std::uint32_t>> scopes_of;   // by resource::input, the nodes that an inputs document says it is of; empty: it does not
  judgement_observer* observer = nullptr;    // mostly null
  std::atomic<std::uint64_t> taken{0};       // verdicts to be listed in blocks that are taken over, all of them earlier ones

  bool is_listed(verdict outcome) const {
    return outcome == verdict::fail || outcome == verdict::undetermined || outcome == verdict::error ||
           std::find(options.include.begin(), options.include.end(), outcome) != options.include.end();
  }
};

// What a block of resources adds to the report, in input order.
struct block_result {
  std::vector<finding> findings;         // the first of those that are to be listed: at least as many as there is room for
  std::vector<const inventory::resource*> of;   // the resource of each
  std::uint64_t listed = 0;              // all that are to be listed
  std::vector<diagnostic> diagnostics;
};

}  // namespace sekimori::check
