// report: `sekimori intake` as JSON (sekimori.intake/v1). Entry point: intake_json.
#include "report/book/book_words.hpp"
#include "report/intake/intake_words.hpp"
#include "report/intake/intake_writers.hpp"
#include "report/json_writer.hpp"
#include "report/outline.hpp"
#include "sekimori/report.hpp"

namespace sekimori {
namespace {

using check::intake_class;
using check::intake_offer;

std::string_view name_of(check::intake_decision::about what) {
  switch (what) {
    case check::intake_decision::about::missing: return "missing";
    case check::intake_decision::about::entries: return "entries";
    case check::intake_decision::about::kinds: return "kinds";
    case check::intake_decision::about::not_read: return "not_read";
    case check::intake_decision::about::not_offered: break;
  }
  return "not_offered";
}

void write_cloud(json_writer& out, const check::intake_cloud& of) {
  out.begin_object();
  out.text("cloud", known_clouds[of.cloud]);
  out.text("offer", check::name_of(of.offer));
  if (!of.gap.ja.empty() || !of.gap.en.empty()) out.localized("reason", of.gap);
  out.flag("plan", of.plan);
  out.flag("inventory", of.inventory);
  out.texts("registers", {of.registers.begin(), of.registers.end()});
  out.begin_array("types");
  for (auto& type : of.types) {
    out.begin_object();
    out.text("type", type.type);
    out.text("answer", check::name_of(type.answer));
    out.texts("attributes", {type.attributes.begin(), type.attributes.end()});
    out.end_object();
  }
  out.end_array();
  std::vector<std::string> clauses;
  for (auto& one : of.clauses) clauses.push_back(one.standard + ":" + one.clause);
  out.texts("clauses", clauses);
  out.end_object();
}

void write_control(json_writer& out, const check::intake_control& of) {
  const rules::rule& rule = *of.rule->source;
  out.begin_object();
  out.text("rule", of.rule->full_id);
  out.localized("title", rules::text_of(rule.title));
  out.text("severity", name_of(rule.level));
  out.text("class", check::name_of(of.found));
  out.texts("missing", {of.missing.begin(), of.missing.end()});
  out.texts("conditions", of.conditions);
  out.localized("waiver", waiver_words(rule.waiver));
  out.begin_array("parameters");
  for (auto& one : of.parameters) {
    out.begin_object();
    out.text("name", one.name);
    if (!one.title.ja.empty() || !one.title.en.empty()) out.localized("title", one.title);
    out.text("value", one.value->json);
    out.text_if("set_by", one.value->set_by);
    out.text_if("profile", one.value->profile);
    out.flag("to_fill", one.to_fill());
    out.end_object();
  }
  out.end_array();
  out.begin_array("clouds");
  for (auto& one : of.clouds) write_cloud(out, one);
  out.end_array();
  out.end_object();
}

}  // namespace

std::string intake_json(const check::intake_sheet& shown) {
  text_blocks text;
  json_writer out(text);
  const rules::scope_node& node = shown.organisation->nodes()[shown.node];
  out.begin_object();
  out.text("schema", "sekimori.intake/v1");
  out.localized("disclaimer", rules_disclaimer());
  out.begin_object("system");
  out.text("id", node.id.text);
  out.localized("title", shown.organisation->title(shown.node, {}));
  out.text("owner", shown.organisation->owner(shown.node));
  out.text_if("under", node.parent);
  out.text_if("profile", node.profile.text);
  out.text_if("zone", shown.organisation->inherited(shown.node, &rules::scope_node::zone));
  out.text_if("classification", shown.organisation->inherited(shown.node, &rules::scope_node::classification));
  out.text_if("environment", shown.organisation->inherited(shown.node, &rules::scope_node::environment));
  out.texts("clouds", shown.clouds);
  out.texts("kinds", shown.kinds);
  out.end_object();
  out.begin_object("summary");
  for (const intake_class one : {intake_class::applies, intake_class::depends, intake_class::does_not_apply, intake_class::not_used, intake_class::not_adopted}) {
    out.key_of(check::name_of(one));
    out.number(shown.count(one));
  }
  out.number("kubernetes_rules", shown.kubernetes);
  out.begin_array("clouds");
  for (std::size_t cloud = 0; cloud < shown.clouds.size(); ++cloud) {
    out.begin_object();
    out.text("cloud", shown.clouds[cloud]);
    for (const intake_offer one : {intake_offer::native, intake_offer::with_settings, intake_offer::never, intake_offer::not_offered, intake_offer::not_read, intake_offer::unanswered}) {
      out.key_of(check::name_of(one));
      out.number(shown.count(cloud, one));
    }
    out.end_object();
  }
  out.end_array();
  out.end_object();
  out.begin_array("decisions");
  for (auto& one : shown.decisions) {
    out.begin_object();
    out.text("about", name_of(one.what));
    out.text("subject", one.subject);
    out.localized("what", asked_words(one));
    out.localized("who", approver_of(one, shown));
    out.texts("rules", one.rules);
    out.end_object();
  }
  out.end_array();
  out.begin_array("controls");
  for (auto& one : shown.controls) write_control(out, one);
  out.end_array();
  out.end_object();
  return text.whole();
}

}  // namespace sekimori
