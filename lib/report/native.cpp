// report: the members of the native JSON, sekimori.report/v1 (rulesets/schemas/report-v1.schema.json), but its findings.
// Entry points: native.hpp's. Every other format says what this one says.
#include "report/native.hpp"

#include "report/outline.hpp"
#include "sekimori/register.hpp"

namespace sekimori {

namespace {

void write(json_writer& out, const verdict_counts& counts) {
  out.begin_object();
  out.number("pass", counts.pass);
  out.number("fail", counts.fail);
  out.number("undetermined", counts.undetermined);
  out.number("error", counts.error);
  out.number("not_applicable", counts.not_applicable);
  out.number("waived", counts.waived);
  out.end_object();
}

void write(json_writer& out, member_name name, const std::map<std::string, verdict_counts>& groups) {
  out.begin_object(name);
  for (const auto& [group, counts] : groups) {
    out.key_of(group);
    write(out, counts);
  }
  out.end_object();
}

void write(json_writer& out, member_name name, const std::map<std::string, std::uint64_t>& counts) {
  out.begin_object(name);
  for (const auto& [what, count] : counts) {
    out.key_of(what);
    out.number(count);
  }
  out.end_object();
}

}  // namespace

void write_diagnostics(json_writer& out, const std::vector<diagnostic>& diagnostics) {
  out.begin_array("diagnostics");
  for (const diagnostic& shown : diagnostics) {
    out.begin_object();
    out.text("level", shown.level == diagnostic_level::error ? "error" : "warning");
    out.text("code", shown.code);
    out.text("message", shown.message);
    out.text("file", shown.file);
    if (shown.line > 0) {
      out.number("line", shown.line);
      out.number("column", shown.column);
      out.text("source_line", shown.source_line);
    }
    out.text_if("expected", shown.expected);
    out.text_if("help", shown.help);
    out.end_object();
  }
  out.end_array();
}

void write_clauses(json_writer& out, const std::vector<clause_reference>& clauses) {
  out.begin_array("clauses");
  for (const clause_reference& clause : clauses) {
    out.begin_object();
    out.text("standard", clause.standard);
    out.text("clause", clause.clause);
    out.localized("title", clause.title);
    out.text("status", clause.verified ? "verified" : "unverified");
    out.end_object();
  }
  out.end_array();
}

void write_opening(json_writer& out) {
  out.text("schema", "sekimori.report/v1");
  out.localized("disclaimer", disclaimer());
}

void write_time(json_writer& out, const report& shown) {
  if (shown.now.empty()) {
    out.key("now");
    out.null();
  } else {
    out.text("now", shown.now);
  }
  out.text_if("report_for", shown.report_for);
  if (shown.only_changed) out.flag("only_changed", true);
}

void write_outcome(json_writer& out, const report& shown) {
  out.begin_object("outcome");
  out.number("exit_code", static_cast<std::uint64_t>(shown.outcome.exit_code < 0 ? 0 : shown.outcome.exit_code));
  out.localized("meaning", exit_code_meaning(shown.outcome.exit_code));
  out.texts("causes", shown.outcome.causes);
  out.begin_array("texts");
  for (const localized_text& text : shown.outcome.texts) {
    out.begin_object();
    out.text_if("ja", text.ja);
    out.text_if("en", text.en);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_cautions(json_writer& out, const report& shown) {
  const std::vector<localized_text> cautions = cautions_of(shown);
  if (cautions.empty()) return;
  out.begin_array("cautions");
  for (const localized_text& one : cautions) out.localized(one);
  out.end_array();
}

void write_baseline(json_writer& out, const report& shown) {
  if (shown.baseline == nullptr) return;
  const baseline_record& of = *shown.baseline;
  out.begin_object("baseline");
  out.text("file", of.file);
  out.text("digest", of.digest);
  out.text_if("now", of.now);
  out.number("listed", of.listed);
  out.number("not_listed", of.not_listed);
  out.number("new", of.appeared);
  out.number("unchanged", of.unchanged);
  out.number("changed", of.changed);
  out.number("fixed", of.fixed);
  out.number("not_asked", of.not_asked);
  out.number("not_seen", of.not_seen);
  out.number("known_violations", of.known_violations);
  out.number("known_undetermined", of.known_undetermined);
  out.end_object();
}

void write_policy(json_writer& out, const policy_record& policy) {
  out.begin_object("policy");
  out.text("engine_version", policy.engine_version);
  out.begin_array("rule_sets");
  for (const policy_record::rule_set& set : policy.rule_sets) {
    out.begin_object();
    out.text("id", set.id);
    out.text("version", set.version);
    out.text("digest", set.digest);
    out.end_object();
  }
  out.end_array();
  out.text_if("organisation_digest", policy.organisation_digest);
  out.end_object();
}

void write_inputs(json_writer& out, const std::vector<input_record>& inputs) {
  out.begin_array("inputs");
  for (const input_record& input : inputs) {
    out.begin_object();
    out.text("file", input.file);
    out.text("format", input.format);
    out.text_if("format_version", input.format_version);
    out.text("stage", input.stage);
    out.text("status", input.status);
    out.text("digest", input.digest);
    if (input.listed != nullptr) {
      out.begin_object("register");
      out.text("name", input.listed->name);
      out.text_if("as_of", input.listed->as_of);
      out.number("rows", input.listed->rows);
      write(out, "converted", input.listed->converted);
      out.texts("columns_not_read", input.listed->columns_not_read);
      out.texts("references_not_checked", input.listed->references_not_checked);
      out.end_object();
    }
    out.number("resources", input.resources);
    out.number("mapped", input.mapped);
    write(out, "mapped_types", input.mapped_types);
    write(out, "unmapped", input.unmapped);
    out.flag("incomplete", input.incomplete);
    out.text_if("scope", input.scope);
    out.text_if("taken_at", input.taken_at);
    out.text_if("declared_by", input.declared_by);
    if (!input.complete.empty()) out.texts("complete", input.complete);
    out.begin_array("notes");
    for (const localized_text& note : input.notes) out.localized(note);
    out.end_array();
    write_diagnostics(out, input.diagnostics);
    out.end_object();
  }
  out.end_array();
}

void write_summary(json_writer& out, const report_summary& summary) {
  const examined_summary& examined = summary.examined;
  out.begin_object("summary");
  out.begin_object("examined");
  out.number("resources", examined.resources);
  out.number("mapped", examined.mapped);
  out.number("unmapped", examined.unmapped);
  out.begin_object("by_cloud");
  for (const auto& [cloud, counts] : examined.by_cloud) {
    out.key_of(cloud);
    out.begin_object();
    out.number("resources", counts.resources);
    out.number("mapped", counts.mapped);
    out.end_object();
  }
  out.end_object();
  write(out, "unmapped_types", examined.unmapped_types);
  out.begin_array("rules_without_resources");
  for (const std::shared_ptr<const not_examined>& rule : examined.rules_without_resources) {
    out.begin_object();
    out.text("rule", rule->rule);
    out.localized("title", rule->title);
    out.text("needs", rule->needs);
    out.end_object();
  }
  out.end_array();
  if (!examined.not_adopted.empty()) write(out, "not_adopted", examined.not_adopted);
  out.end_object();
  out.key("total");
  write(out, summary.total);
  write(out, "by_rule", summary.by_rule);
  write(out, "by_category", summary.by_category);
  write(out, "by_cloud", summary.by_cloud);
  write(out, "by_scope", summary.by_scope);
  write(out, "undetermined_by", summary.undetermined_by);
  out.begin_object("assumed");
  out.number("pass", summary.assumed_pass);
  out.number("fail", summary.assumed_fail);
  out.end_object();
  out.number("listed", summary.listed);
  out.number("not_listed", summary.not_listed);
  out.end_object();
}

void write_rules(json_writer& out, const std::vector<report_rule>& rules) {
  out.begin_array("rules");
  for (const report_rule& rule : rules) {
    out.begin_object();
    out.text("ruleset", rule.ruleset);
    out.text("id", rule.id);
    if (!rule.replaces.empty()) out.texts("replaces", rule.replaces);
    out.text("severity", name_of(rule.level));
    out.text("category", rule.category);
    out.localized("title", rule.title);
    out.localized("why", rule.why);
    out.localized("fix", rule.fix);
    write_clauses(out, rule.clauses);
    out.end_object();
  }
  out.end_array();
}

void write_scopes(json_writer& out, const std::vector<report_scope>& scopes) {
  out.begin_array("scopes");
  for (const report_scope& scope : scopes) {
    out.begin_object();
    out.text("id", scope.id);
    out.text_if("parent", scope.parent);
    out.text_if("type", scope.node_type);
    out.localized("title", scope.title);
    out.text_if("owner", scope.owner);
    out.text_if("operator", scope.operated_by);
    out.end_object();
  }
  out.end_array();
}

void write_waivers(json_writer& out, const std::vector<waiver_record>& waivers) {
  out.begin_array("waivers");
  for (const waiver_record& waiver : waivers) {
    out.begin_object();
    out.text("id", waiver.id);
    out.text("rule", waiver.rule);
    out.text_if("scope", waiver.scope);
    out.text_if("resource", waiver.resource);
    out.text("approver", waiver.approver);
    out.text("expires", waiver.expires);
    out.text("status", waiver.status);
    out.localized("reason", waiver.reason);
    out.number("findings", waiver.findings);
    out.end_object();
  }
  out.end_array();
}

}  // namespace sekimori
