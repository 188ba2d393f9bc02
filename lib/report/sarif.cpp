// report: SARIF 2.1.0, the full profile. Entry point: render_sarif. A pure function of the report.
// Everything listed is a result: `kind` says fail, open (undetermined) or review (evaluation error), waived violations
// carry a suppression. Whatever was not read, examined or decided is a notification of the tool as well.
#include "report/sarif.hpp"

#include <algorithm>

#include "base/words.hpp"
#include "report/formats.hpp"
#include "report/native.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

std::string_view kind_of(verdict outcome) {
  switch (outcome) {
    case verdict::pass: return "pass";
    case verdict::fail: return "fail";
    case verdict::undetermined: return "open";
    case verdict::error: return "review";
    case verdict::not_applicable: return "notApplicable";
  }
  return "review";
}

std::string both(const localized_text& text) {
  if (text.ja.empty() || text.ja == text.en) return text.en;
  return text.en.empty() ? text.ja : text.ja + "\n" + text.en;
}

std::string both(word_pair text) { return both(localized_text{std::string(text.ja), std::string(text.en)}); }

}  // namespace

// Braces are placeholders and [text](target) is a link in SARIF's messages; a name in an input must be neither.
std::string sarif_message(std::string_view text) {
  std::string message;
  const bool has_link = text.find("](") != std::string_view::npos;
  for (char c : text) {
    if (has_link && (c == '[' || c == ']')) message += '\\';
    message += c;
    if (c == '{' || c == '}') message += c;
  }
  return message;
}

std::string sarif_uri(std::string_view file) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string uri = !file.empty() && file.front() == '/' ? "file://" : "";
  for (char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                       c == '.' || c == '~' || c == '/';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += hex[byte >> 4];
      uri += hex[byte & 15];
    }
  }
  return uri;
}

void sarif_report::message(member_name name, std::string_view text) {
  out_.begin_object(name);
  out_.text("text", sarif_message(text));
  out_.end_object();
}

std::uint64_t sarif_report::artifact_index(const std::string& file) const {
  for (std::size_t i = 0; i < report_.inputs.size(); ++i) {
    if (report_.inputs[i].file == file) return i;
  }
  return report_.inputs.size();
}

void sarif_report::physical_location(const std::string& file, std::uint32_t line, std::uint32_t column) {
  if (file.empty()) return;
  out_.begin_object("physicalLocation");
  out_.begin_object("artifactLocation");
  out_.text("uri", sarif_uri(file));
  const std::uint64_t index = artifact_index(file);
  if (index < report_.inputs.size()) out_.number("index", index);
  out_.end_object();
  if (line > 0) {
    out_.begin_object("region");
    out_.number("startLine", line);
    if (column > 0) out_.number("startColumn", column);
    out_.end_object();
  }
  out_.end_object();
}

void sarif_report::notification(std::string_view id, std::string_view level, std::string_view text) {
  out_.begin_object();
  out_.begin_object("descriptor");
  out_.text("id", id);
  out_.end_object();
  out_.text("level", level);
  message("message", text);
  out_.end_object();
}

void sarif_report::notifications(const std::vector<diagnostic>& diagnostics) {
  for (const diagnostic& shown : diagnostics) {
    out_.begin_object();
    out_.begin_object("descriptor");
    out_.text("id", shown.code);
    out_.end_object();
    out_.text("level", shown.level == diagnostic_level::error ? "error" : "warning");
    std::string text = shown.message;
    if (!shown.expected.empty()) text += "; expected: " + shown.expected;
    if (!shown.help.empty()) text += "; help: " + shown.help;
    message("message", text);
    if (!shown.file.empty()) {
      out_.begin_array("locations");
      out_.begin_object();
      physical_location(shown.file, shown.line, shown.column);
      out_.end_object();
      out_.end_array();
    }
    out_.end_object();
  }
}

void sarif_report::invocations() {
  const std::vector<std::string>& causes = report_.outcome.causes;
  // Violations are no failure of the tool; whatever it could not read, evaluate or examine is.
  const bool successful =
      report_.outcome.exit_code != 2 && std::none_of(causes.begin(), causes.end(), is_gap);
  out_.begin_array("invocations");
  out_.begin_object();
  out_.flag("executionSuccessful", successful);
  out_.key("exitCode");
  out_.signed_number(report_.outcome.exit_code);
  out_.text("exitCodeDescription", both(exit_code_meaning(report_.outcome.exit_code)));
  out_.begin_array("toolExecutionNotifications");
  notifications(report_.diagnostics);
  for (const input_record& input : report_.inputs) notifications(input.diagnostics);
  for (const localized_text& gap : gaps_of(report_)) notification("not-examined", "warning", both(gap));
  for (const settle_group& group : outline_.undetermined) {
    const localized_text text = {"判定保留(情報不足) " + grouped(group.total) + " 件: " + std::string(advice_of(group.settle).ja),
                                 grouped(group.total) + " undetermined: " + std::string(advice_of(group.settle).en)};
    notification("undetermined-" + std::string(name_of(group.settle)), "warning", both(text));
  }
  for (const rule_group& group : outline_.errors) {
    const localized_text text = {"評価エラー " + grouped(group.findings.size()) + " 件: " + group.name,
                                 grouped(group.findings.size()) + " evaluation error(s) in " + group.name};
    notification("evaluation-error", "error", both(text));
  }
  out_.end_array();
  out_.end_object();
  out_.end_array();
}

void sarif_report::artifacts() {
  out_.begin_array("artifacts");
  for (const input_record& input : report_.inputs) {
    out_.begin_object();
    out_.begin_object("location");
    out_.text("uri", sarif_uri(input.file));
    out_.end_object();
    constexpr std::string_view algorithm = "sha256:";
    if (input.digest.compare(0, algorithm.size(), algorithm) == 0) {
      out_.begin_object("hashes");
      out_.text("sha-256", input.digest.substr(algorithm.size()));
      out_.end_object();
    }
    out_.begin_object("properties");
    out_.text("format", input.format);
    out_.text_if("formatVersion", input.format_version);
    out_.text("stage", input.stage);
    out_.text("status", input.status);
    out_.number("resources", input.resources);
    out_.number("mapped", input.mapped);
    out_.end_object();
    out_.end_object();
  }
  out_.end_array();
}

void sarif_report::logical_location(const resource_identity& resource) {
  out_.begin_array("logicalLocations");
  out_.begin_object();
  const std::size_t dot = resource.address.rfind('.');
  out_.text("name", dot == std::string::npos || dot + 1 == resource.address.size() ? resource.address
                                                                                    : resource.address.substr(dot + 1));
  out_.text("fullyQualifiedName", resource.address);
  out_.text("kind", "resource");
  out_.begin_object("properties");
  out_.text("type", resource.type);
  out_.text_if("neutralKind", resource.kind);
  out_.text_if("cloud", resource.cloud);
  out_.text("identity", resource.identity);
  out_.end_object();
  out_.end_object();
  out_.end_array();
}

void sarif_report::suppressions(const finding& found) {
  // Either every result of a run says how it stands, or none does.
  out_.begin_array("suppressions");
  if (found.state != disposition::active) {
    out_.begin_object();
    out_.text("kind", "external");
    out_.text("status", found.state == disposition::waived ? "accepted" : "underReview");
    std::string reason = both(word_of(found.state));
    for (const waiver_record& waiver : report_.waivers) {
      if (waiver.id == found.waiver && !both(waiver.reason).empty()) reason = both(waiver.reason);
    }
    out_.text("justification", reason);
    out_.begin_object("properties");
    out_.text_if("waiver", found.waiver);
    out_.text_if("expires", found.waiver_expires);
    out_.end_object();
    out_.end_object();
  }
  out_.end_array();
}

std::string sarif_report::text_of(const finding& found) const {
  localized_text text = found.message;
  const localized_text& title = found.about().title;
  auto with_forecast = [&](localized_text told) {
    for (const localized_text& one : forecast_of(found)) told.ja += " (" + one.ja + ")", told.en += " (" + one.en + ")";
    return both(told);
  };
  if (found.outcome == verdict::fail && !(text.ja.empty() && text.en.empty())) return with_forecast(std::move(text));
  const word_pair word = word_of(found.outcome);
  text = {std::string(word.ja) + ": " + title.in("ja"), std::string(word.en) + ": " + title.in("en")};
  for (const unknown_item& item : found.unknown) {
    const std::string place = (item.resource.empty() ? "" : item.resource + " # ") + item.path;
    text.ja += "; " + place + " (" + std::string(reason_word(item.reason).ja) + ")";
    text.en += "; " + place + " (" + std::string(reason_word(item.reason).en) + ")";
  }
  if (!found.error.empty()) {
    text.ja += "; " + found.error;
    text.en += "; " + found.error;
  }
  return with_forecast(std::move(text));
}

void sarif_report::result(const finding& found) {
  out_.begin_object();
  const std::string rule = found.ruleset + "/" + found.rule;
  out_.text("ruleId", rule);
  out_.number("ruleIndex", rules_.index_of(rule));
  out_.text("kind", kind_of(found.outcome));
  if (report_.baseline != nullptr) out_.text("baselineState", found.baseline == baseline_state::changed ? "updated" : found.baseline == baseline_state::unchanged ? "unchanged" : "new");
  // The standard wants `none` for every kind but fail.
  out_.text("level", found.outcome == verdict::fail ? sarif_level(found.level) : "none");
  message("message", text_of(found));
  out_.begin_array("locations");
  out_.begin_object();
  physical_location(found.location.file.empty() ? found.input : found.location.file, found.location.line, found.location.column);
  logical_location(found.resource);
  out_.begin_object("properties");
  out_.text("locationKind", found.location.line > 0 ? "line" : "file");
  out_.text_if("pointer", found.location.pointer);
  out_.end_object();
  out_.end_object();
  out_.end_array();
  out_.begin_object("fingerprints");
  out_.text("sekimori/v1", found.id);
  out_.end_object();
  out_.begin_object("partialFingerprints");
  out_.text("sekimoriResourceRule/v1", found.id);
  out_.end_object();
  suppressions(found);
  result_properties(found);
  out_.end_object();
}

void sarif_report::result_properties(const finding& found) {
  out_.begin_object("properties");
  out_.text("verdict", name_of(found.outcome));
  out_.text("disposition", name_of(found.state));
  out_.text("severity", name_of(found.level));
  out_.text_if("scope", found.scope);
  out_.text_if("owner", found.owner);
  out_.text_if("operator", found.operated_by);
  out_.localized("message", found.message);
  out_.begin_array("why");
  for (const explained_clause& clause : found.why) {
    out_.begin_object();
    out_.text("assert", clause.assert_id);
    out_.text("clause", clause.clause);
    out_.text("path", clause.path);
    if (clause.masked) out_.flag("masked", true);
    if (!clause.masked) out_.text_if("actual", clause.actual);
    if (!clause.masked) out_.text_if("expected", clause.expected);
    out_.end_object();
  }
  out_.end_array();
  out_.begin_array("unknown");
  for (const unknown_item& item : found.unknown) {
    out_.begin_object();
    out_.text_if("resource", item.resource);
    out_.text("path", item.path);
    out_.text("reason", item.reason);
    out_.end_object();
  }
  out_.end_array();
  if (found.settle != decide_by::none) out_.text("decideBy", name_of(found.settle));
  out_.text_if("residual", found.residual);
  if (!found.assumes.empty()) out_.texts("assumes", found.assumes);
  out_.end_object();
}

void sarif_report::run_properties() {
  const examined_summary& examined = report_.summary.examined;
  const verdict_counts& total = report_.summary.total;
  out_.begin_object("properties");
  out_.localized("disclaimer", disclaimer());
  out_.texts("stage", stages_of(report_));
  out_.text("now", report_.now);
  out_.text_if("reportFor", report_.report_for);
  if (const std::vector<localized_text> cautions = cautions_of(report_); !cautions.empty()) {
    out_.begin_array("cautions");
    for (const localized_text& one : cautions) out_.localized(one);
    out_.end_array();
  }
  out_.texts("causes", report_.outcome.causes);
  write_baseline(out_, report_);
  out_.begin_object("examined");
  out_.number("resources", examined.resources);
  out_.number("mapped", examined.mapped);
  out_.number("unmapped", examined.unmapped);
  out_.begin_object("unmappedTypes");
  for (const auto& [type, count] : examined.unmapped_types) {
    out_.key_of(type);
    out_.number(count);
  }
  out_.end_object();
  out_.begin_array("rulesWithoutResources");
  for (const std::shared_ptr<const not_examined>& rule : examined.rules_without_resources) out_.text(rule->rule);
  out_.end_array();
  if (!examined.not_adopted.empty()) {
    out_.begin_object("notAdopted");
    for (const auto& [rule, count] : examined.not_adopted) {
      out_.key_of(rule);
      out_.number(count);
    }
    out_.end_object();
  }
  out_.end_object();
  out_.begin_object("total");
  out_.number("pass", total.pass);
  out_.number("fail", total.fail);
  out_.number("undetermined", total.undetermined);
  out_.number("error", total.error);
  out_.number("notApplicable", total.not_applicable);
  out_.number("waived", total.waived);
  out_.end_object();
  out_.number("notListed", report_.summary.not_listed);
  out_.begin_object("policy");
  out_.text("engineVersion", report_.policy.engine_version);
  out_.text_if("organisationDigest", report_.policy.organisation_digest);
  out_.begin_array("ruleSets");
  for (const policy_record::rule_set& set : report_.policy.rule_sets) {
    out_.begin_object();
    out_.text("id", set.id);
    out_.text("version", set.version);
    out_.text("digest", set.digest);
    out_.end_object();
  }
  out_.end_array();
  out_.end_object();
  out_.end_object();
}

void sarif_report::write() {
  out_.begin_object();
  out_.text("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
  out_.text("version", "2.1.0");
  out_.begin_array("runs");
  out_.begin_object();
  rules_.write_driver(out_, report_);
  out_.begin_object("automationDetails");
  out_.text("id", "sekimori/" + (report_.report_for.empty() ? "" : visible(report_.report_for) + "/"));
  message("description", both(disclaimer()));
  out_.end_object();
  invocations();
  artifacts();
  out_.text("columnKind", "unicodeCodePoints");
  out_.begin_array("results");
  for (const finding& found : report_.findings) result(found);
  out_.end_array();
  run_properties();
  out_.end_object();
  out_.end_array();
  out_.end_object();
}

std::string render_sarif(const report& shown) {
  text_blocks text;
  sarif_report writer(text, shown);
  writer.write();
  return text.whole();
}

}  // namespace sekimori
