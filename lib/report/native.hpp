// report: the parts of the native JSON, sekimori.report/v1 (rulesets/schemas/report-v1.schema.json). native.cpp writes the
// members of a report, native_finding.cpp a finding, native_writers.cpp the whole of it in its two layouts.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "report/json_writer.hpp"
#include "sekimori/report.hpp"

namespace sekimori {

void write_opening(json_writer& out);
void write_time(json_writer& out, const report& shown);
void write_outcome(json_writer& out, const report& shown);
void write_cautions(json_writer& out, const report& shown);   // nothing where there are none
void write_baseline(json_writer& out, const report& shown);   // likewise
void write_policy(json_writer& out, const policy_record& policy);
void write_inputs(json_writer& out, const std::vector<input_record>& inputs);
void write_summary(json_writer& out, const report_summary& summary);
void write_rules(json_writer& out, const std::vector<report_rule>& rules);
void write_scopes(json_writer& out, const std::vector<report_scope>& scopes);
void write_waivers(json_writer& out, const std::vector<waiver_record>& waivers);
void write_diagnostics(json_writer& out, const std::vector<diagnostic>& diagnostics);
void write_clauses(json_writer& out, const std::vector<clause_reference>& clauses);

// What all findings of a rule say alike, written once: members of a finding, in the order in which they stand.
class written_words {
 public:
  struct parts { std::string title, reasons, clauses; };

  explicit written_words(json_writer::layout chosen);
  const parts& of(const finding& found);

 private:
  std::string apart(void (*members)(json_writer& out, const rule_words& words), const rule_words& words) const;

  json_writer::layout layout_;
  std::size_t depth_;     // of a finding: in the list of a report, or a line itself
  std::unordered_map<const rule_words*, parts> written_;
};

void write_finding(json_writer& out, const finding& found, const written_words::parts& words);

}  // namespace sekimori
