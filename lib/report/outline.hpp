// report: what formats for people share: findings put in order and in groups, and the sentences that sum them up.
// Entry point: outline_of. Knows no format.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sekimori/report.hpp"

namespace sekimori {

// Findings of one rule with one severity, in the report's order. Points into the report.
struct rule_group {
  std::string name;   // "baseline.network/NET-01"
  severity level = severity::info;
  std::vector<const finding*> findings;
  const finding& first() const { return *findings.front(); }
};

// Undetermined verdicts that the same thing settles.
struct settle_group {
  decide_by settle = decide_by::none;
  std::uint64_t total = 0;         // counts those that are not listed too
  std::vector<rule_group> rules;
};

// What one owner and operator have to do.
struct actor_group {
  std::string owner;               // either may be empty: not known
  std::string operated_by;
  std::uint64_t by_severity[5] = {};  // listed violations that need action, by severity
  std::uint64_t violations = 0;
  std::uint64_t undetermined = 0;
  std::uint64_t errors = 0;
  std::vector<rule_group> rules;   // of the violations, most severe first
};

struct report_outline {
  std::vector<rule_group> violations;   // active and disputed, most severe first, then in the order of the rules
  std::vector<rule_group> waived;
  std::vector<settle_group> undetermined;
  std::vector<rule_group> errors;
  std::vector<rule_group> others;       // pass and not_applicable, where they were asked for
  std::vector<actor_group> actors;      // those with the most severe violations first
  std::uint64_t action_needed = 0;      // violations without a waiver, those that are not listed too
  std::uint64_t by_severity[5] = {};    // of these; of the listed ones where the rules' counts do not tell
};

report_outline outline_of(const report& shown);
// Of the resources of a group.
std::set<std::string> clouds_of(const rule_group& group);
// Causes of an outcome that mean that something was not read, not evaluated or not examined.
bool is_gap(std::string_view cause);

// The opening words of documents about rules, for which nothing was submitted and nothing examined.
localized_text rules_disclaimer();

// The distinct stages of the inputs, in their order: "plan", "inventory".
std::vector<std::string> stages_of(const report& shown);
localized_text exit_code_meaning(int exit_code);
// Whether the run stops what was checked, as its exit code has it, and why: the first sentence of a report.
localized_text stop_sentence(const report& shown);
// One sentence that says what was found, what could not be decided and what was not looked at.
localized_text headline_of(const report& shown, const report_outline& outline);
// "重大 1、高 2" and "critical 1, high 2"; empty where all are 0.
localized_text severity_list(const std::uint64_t (&by_severity)[5]);
// Rules that met no resource, most severe first, each with its severity; critical where the report does not list the rule, as it could be of any.
std::vector<std::pair<severity, const not_examined*>> rules_not_put(const report& shown);
// What was not looked at, a sentence for each; empty: everything was.
std::vector<localized_text> gaps_of(const report& shown);
// What stands at the top: registers that are older than `now`, appointments that are not announced, the baseline.
std::vector<localized_text> cautions_of(const report& shown);
// Of the baseline: of which day it is, what is not counted for being in it, and how it was made otherwise; empty: there was none.
std::vector<localized_text> baseline_sentences(const report& shown);
// "新規", "変化あり: 判定保留(情報不足) → 違反"; empty: there was no baseline.
localized_text standing_of(const finding& found);
// "予定: 台帳 people は 2027-03-01 現在", a line for each register; empty: the verdict is no forecast.
std::vector<localized_text> forecast_of(const finding& found);
// What a register held: "people、2027-03-01 現在、12 行、変換したセル 3".
localized_text listed_of(const input_record& input);
// What an inputs document says of an input; empty: nothing.
localized_text stated_of(const input_record& input);
// "1,234"
std::string grouped(std::uint64_t number);
// "2026年11月24日(火) 09:00:00 (+09:00)" and "2026-11-24 (Tue) 09:00:00 +09:00"; as given where it has another form.
localized_text date_for_people(std::string_view rfc3339);

}  // namespace sekimori
