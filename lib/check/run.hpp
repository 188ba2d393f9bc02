// check: one run: inputs, rules and organisation -> report. Entry point: run_check. Knows no output
// format.
#pragma once

#include <map>
#include <string>

#include "check/inputs.hpp"
#include "check/observer.hpp"
#include "check/rule_descriptions.hpp"
#include "plan/program.hpp"
#include "registers/data.hpp"
#include "rules/organisation.hpp"
#include "sekimori/policy.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// What a test of a rule sets beside the options.
struct run_overrides {
  bool close_relations = false;                      // every relation is complete
  std::map<std::string, std::string> parameters;     // "baseline.network/admin_ports" -> JSON
  rules::scope_texts scope;                          // what it says stands before what the organisation says
  const std::vector<registers::register_table>* tables = nullptr;   // registers; null: those among the inputs
  judgement_observer* observer = nullptr;            // by one thread only
};

// `organisation` and `sink` may be null. `organisation_digest` is what the report names it by. `descriptions` are those of
// the plan's model, for all runs of it.
report run_check(const plan::policy_plan& plan, const rules::organisation* organisation, const std::string& organisation_digest, input_reading& inputs,
                 const check_options& options, const run_overrides& overrides, finding_sink* sink, const rule_descriptions& descriptions);
// Of inputs that nobody has begun to read; `descriptions` null: made for this run.
report run_check(const plan::policy_plan& plan, const rules::organisation* organisation, const std::string& organisation_digest,
                 const std::vector<input>& inputs, const check_options& options,
                 const run_overrides& overrides = {}, finding_sink* sink = nullptr,
                 const rule_descriptions* descriptions = nullptr);

}  // namespace sekimori::check
