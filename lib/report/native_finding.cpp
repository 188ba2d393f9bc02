// report: a finding of the native JSON. Entry points: write_finding, written_words.
#include "report/native.hpp"
#include "report/text_blocks.hpp"

namespace sekimori {

namespace {

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

}  // namespace

written_words::written_words(json_writer::layout chosen) : layout_(chosen), depth_(chosen == json_writer::layout::one_line ? 1 : 3) {}

std::string written_words::apart(void (*members)(json_writer& out, const rule_words& words), const rule_words& words) const {
  text_blocks text;
  json_writer out(text, depth_, layout_);
  members(out, words);
  return text.whole();
}

const written_words::parts& written_words::of(const finding& found) {
  auto [at, fresh] = written_.try_emplace(found.words.get());
  parts& made = at->second;
  if (!fresh) return made;
  const rule_words& words = found.about();
  made.title = apart([](json_writer& out, const rule_words& of) { out.localized("title", of.title); }, words);
  made.reasons = apart([](json_writer& out, const rule_words& of) {
    out.localized("why_it_matters", of.why_it_matters);
    out.localized("fix", of.fix);
  }, words);
  made.clauses = apart([](json_writer& out, const rule_words& of) { write_clauses(out, of.clauses); }, words);
  return made;
}

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
  if (found.baseline != baseline_state::none) {
    out.text("baseline", name_of(found.baseline));
    out.flag("known", found.known);
  }
  if (found.baseline == baseline_state::changed) {
    out.begin_object("before");
    out.text("verdict", name_of(found.before.outcome));
    out.text("disposition", name_of(found.before.state));
    out.text("severity", name_of(found.before.level));
    out.end_object();
  }
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
  if (!found.forecast.empty()) {
    out.begin_array("forecast");
    for (const auto& [name, day] : found.forecast) {
      out.begin_object();
      out.text("register", name);
      out.text("as_of", day);
      out.end_object();
    }
    out.end_array();
  }
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

}  // namespace sekimori
