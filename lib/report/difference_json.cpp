// report: what changed between two reports as JSON, sekimori.diff/v1 (rulesets/schemas/diff-v1.schema.json). Entry point:
// difference_json.
#include "report/difference.hpp"
#include "report/native.hpp"

namespace sekimori {
namespace {

void write_report(json_writer& out, member_name name, const report& of) {
  out.begin_object(name);
  out.text("file", of.file);
  out.text("digest", of.digest);
  if (of.now.empty()) {
    out.key("now");
    out.null();
  } else {
    out.text("now", of.now);
  }
  out.text_if("report_for", of.report_for);
  if (of.only_changed) out.flag("only_changed", true);
  out.number("listed", of.summary.listed);
  out.number("not_listed", of.summary.not_listed);
  write_policy(out, of.policy);
  out.end_object();
}

// How a finding stands in one of the reports.
void write_side(json_writer& out, member_name name, const finding& of) {
  out.begin_object(name);
  out.text("id", of.id);
  out.text("rule", of.ruleset + "/" + of.rule);
  out.text("input", of.input);
  out.text("address", of.resource.address);
  out.text("verdict", name_of(of.outcome));
  out.text("disposition", name_of(of.state));
  out.text("severity", name_of(of.level));
  out.end_object();
}

void write_texts(json_writer& out, member_name name, const std::vector<localized_text>& texts) {
  out.begin_array(name);
  for (const localized_text& one : texts) out.localized(one);
  out.end_array();
}

}  // namespace

std::string difference_json(const report_difference& shown) {
  text_blocks text;
  json_writer out(text);
  out.begin_object();
  out.text("schema", "sekimori.diff/v1");
  out.localized("disclaimer", disclaimer());
  write_report(out, "before", *shown.before);
  write_report(out, "after", *shown.after);
  write_texts(out, "not_compared", shown.not_compared);
  write_texts(out, "cautions", shown.cautions);
  out.begin_object("counts");
  for (std::size_t i = 0; i < difference_classes; ++i) {
    out.key_of(name_of(static_cast<difference_class>(i)));
    out.number(shown.counts[i]);
  }
  out.end_object();
  out.begin_array("findings");
  for (const difference_entry& one : shown.entries) {
    const finding& of = one.shown();
    out.begin_object();
    out.text("class", name_of(one.what));
    // Of the report that does not have it.
    if (one.before == nullptr || one.after == nullptr) out.text("because", check::name_of(one.why));
    if (one.after != nullptr) out.flag("known", one.known);
    if (one.before != nullptr) write_side(out, "before", *one.before);
    if (one.after != nullptr) write_side(out, "after", *one.after);
    out.text("type", of.resource.type);
    out.text_if("kind", of.resource.kind);
    out.text_if("cloud", of.resource.cloud);
    out.text_if("scope", of.scope);
    out.text_if("owner", of.owner);
    out.text_if("operator", of.operated_by);
    out.localized("title", of.about().title);
    out.localized("message", of.message);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text.whole();
}

}  // namespace sekimori
