// report: the native JSON, sekimori.report/v1 (rulesets/schemas/report-v1.schema.json). Entry point: render_native.
// A pure function of the report; every other format says what this one says. The same in lines: line_writer, whose
// first and last line hold the members of the report, and the lines between them its findings.
#include <unordered_map>

#include "report/formats.hpp"
#include "report/json_writer.hpp"
#include "report/outline.hpp"

namespace sekimori {

namespace {

void write(json_writer& out, std::string_view name, const verdict_counts& counts) {
  out.begin_object(name);
  out.number("pass", counts.pass);
  out.number("fail", counts.fail);
  out.number("undetermined", counts.undetermined);
  out.number("error", counts.error);
  out.number("not_applicable", counts.not_applicable);
  out.number("waived", counts.waived);
  out.end_object();
}

void write(json_writer& out, std::string_view name, const std::map<std::string, verdict_counts>& groups) {
  out.begin_object(name);
  for (const auto& [group, counts] : groups) write(out, group, counts);
  out.end_object();
}

void write(json_writer& out, std::string_view name, const std::map<std::string, std::uint64_t>& counts) {
  out.begin_object(name);
  for (const auto& [what, count] : counts) out.number(what, count);
  out.end_object();
}

void write(json_writer& out, std::string_view name, const std::vector<diagnostic>& diagnostics) {
  out.begin_array(name);
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

void write(json_writer& out, std::string_view name, const std::vector<clause_reference>& clauses) {
  out.begin_array(name);
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
    out.number("resources", input.resources);
    out.number("mapped", input.mapped);
    write(out, "unmapped", input.unmapped);
    out.flag("incomplete", input.incomplete);
    out.begin_array("notes");
    for (const localized_text& note : input.notes) out.localized(note);
    out.end_array();
    write(out, "diagnostics", input.diagnostics);
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
    out.begin_object(cloud);
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
  out.end_object();
  write(out, "total", summary.total);
  write(out, "by_rule", summary.by_rule);
  write(out, "by_category", summary.by_category);
  write(out, "by_cloud", summary.by_cloud);
  write(out, "by_scope", summary.by_scope);
  write(out, "undetermined_by", summary.undetermined_by);
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
    out.text("severity", name_of(rule.level));
    out.text("category", rule.category);
    out.localized("title", rule.title);
    out.localized("why", rule.why);
    out.localized("fix", rule.fix);
    write(out, "clauses", rule.clauses);
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

void write_resource(json_writer& out, const resource_identity& resource) {
  out.begin_object("resource");
  out.text("address", resource.address);
  out.text("type", resource.type);
  out.text_if("kind", resource.kind);
  out.text_if("cloud", resource.cloud);
  out.text("identity", resource.identity);
  out.texts("aliases", resource.aliases);
  out.end_object();
}

void write_evidence(json_writer& out, const finding& found) {
  if (!found.required.ja.empty() || !found.required.en.empty()) out.localized("required", found.required);
  for (const explained_clause& clause : found.why) {
    if (clause.masked || clause.actual.empty()) continue;
    out.text("actual", clause.actual);
    break;
  }
  out.begin_array("why");
  for (const explained_clause& clause : found.why) {
    out.begin_object();
    out.text("assert", clause.assert_id);
    out.text("clause", clause.clause);
    out.text("path", clause.path);
    if (clause.masked) {
      out.flag("masked", true);
    } else {
      out.text_if("actual", clause.actual);
      out.text_if("expected", clause.expected);
    }
    out.end_object();
  }
  out.end_array();
  out.begin_array("unknown");
  for (const unknown_item& item : found.unknown) {
    out.begin_object();
    out.text_if("resource", item.resource);
    out.text("path", item.path);
    out.text("reason", item.reason);
    out.end_object();
  }
  out.end_array();
}

// What all findings of a rule say alike, written once: members of a finding, in the order in which they stand.
class written_words {
 public:
  struct parts { std::string title, reasons, clauses; };

  explicit written_words(json_writer::layout chosen) : layout_(chosen), depth_(chosen == json_writer::layout::one_line ? 1 : 3) {}

  const parts& of(const finding& found) {
    auto [at, fresh] = written_.try_emplace(found.words.get());
    if (!fresh) return at->second;
    const rule_words& words = found.about();
    json_writer(at->second.title, depth_, layout_).localized("title", words.title);
    json_writer reasons(at->second.reasons, depth_, layout_);
    reasons.localized("why_it_matters", words.why_it_matters);
    reasons.localized("fix", words.fix);
    json_writer clauses(at->second.clauses, depth_, layout_);
    write(clauses, "clauses", words.clauses);
    return at->second;
  }

 private:
  json_writer::layout layout_;
  std::size_t depth_;     // of a finding: in the list of a report, or a line itself
  std::unordered_map<const rule_words*, parts> written_;
};

void write_finding(json_writer& out, const finding& found, const written_words::parts& words) {
  out.begin_object();
  out.text("id", found.id);
  out.text("rule", found.rule);
  out.text("ruleset", found.ruleset);
  out.text("input", found.input);
  write_resource(out, found.resource);
  out.text("verdict", name_of(found.outcome));
  out.text("disposition", name_of(found.state));
  out.text("severity", name_of(found.level));
  out.text("category", found.category);
  if (!found.scope.empty()) {
    out.begin_object("scope");
    out.text("id", found.scope);
    out.localized("title", found.scope_title);
    out.end_object();
  }
  out.text_if("owner", found.owner);
  out.text_if("operator", found.operated_by);
  out.members(words.title);
  out.localized("message", found.message);
  out.members(words.reasons);
  out.texts("asserts", found.asserts);
  write_evidence(out, found);
  if (found.settle != decide_by::none) out.text("decide_by", name_of(found.settle));
  out.text_if("residual", found.residual);
  out.text_if("error", found.error);
  out.texts("assumes", found.assumes);
  out.begin_object("location");
  out.text("file", found.location.file);
  if (found.location.line > 0) {
    out.number("line", found.location.line);
    if (found.location.column > 0) out.number("column", found.location.column);
  }
  out.text_if("pointer", found.location.pointer);
  out.end_object();
  out.members(words.clauses);
  if (!found.waiver.empty()) {
    out.begin_object("waiver");
    out.text("id", found.waiver);
    out.text_if("expires", found.waiver_expires);
    out.end_object();
  }
  out.end_object();
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
}

class lines final : public finding_sink {
 public:
  lines(void (*write)(void*, std::string_view), void* to) : write_(write), to_(to), words_(one_line) {}

  void begin(const report& known) override {
    json_writer out(text_, one_line);
    out.begin_object();
    write_opening(out);
    write_time(out, known);
    write_policy(out, known.policy);
    write_rules(out, *known.rules);
    out.end_object();
  }

  void take(const finding& next) override {
    json_writer out(text_, one_line);
    write_finding(out, next, words_.of(next));
    if (text_.size() < block) return;
    write_(to_, text_);
    text_.clear();
  }

  void end(const report& made) override {
    json_writer out(text_, one_line);
    out.begin_object();
    out.texts("stage", stages_of(made));
    write_outcome(out, made);
    write_inputs(out, made.inputs);
    write_summary(out, made.summary);
    write_scopes(out, made.scopes);
    write_waivers(out, made.waivers);
    write(out, "diagnostics", made.diagnostics);
    out.end_object();
    write_(to_, text_);
    text_.clear();
  }

 private:
  static constexpr json_writer::layout one_line = json_writer::layout::one_line;
  static constexpr std::size_t block = 256 * 1024;
  void (*write_)(void*, std::string_view);
  void* to_;
  std::string text_;
  written_words words_;
};

}  // namespace

std::unique_ptr<finding_sink> line_writer(void (*write)(void*, std::string_view), void* to) { return std::make_unique<lines>(write, to); }

std::string render_lines(const report& shown) {
  std::string text;
  lines all([](void* to, std::string_view more) { *static_cast<std::string*>(to) += more; }, &text);
  all.begin(shown);
  for (const finding& found : shown.findings) all.take(found);
  all.end(shown);
  return text;
}

std::string render_native(const report& shown) {
  std::string text;
  json_writer out(text);
  out.begin_object();
  write_opening(out);
  out.texts("stage", stages_of(shown));
  write_time(out, shown);
  write_outcome(out, shown);
  write_policy(out, shown.policy);
  write_inputs(out, shown.inputs);
  write_summary(out, shown.summary);
  write_rules(out, *shown.rules);
  write_scopes(out, shown.scopes);
  write_waivers(out, shown.waivers);
  out.begin_array("findings");
  written_words words(json_writer::layout::indented);
  for (const finding& found : shown.findings) write_finding(out, found, words.of(found));
  out.end_array();
  write(out, "diagnostics", shown.diagnostics);
  out.end_object();
  return text;
}

}  // namespace sekimori
