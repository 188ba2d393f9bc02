// report: the rules of a SARIF file's driver, their help in both languages. Entry point: sarif_rules. A pure function of
// the report's rules: no text of a rule holds anything of a resource.
#include <algorithm>

#include "base/text.hpp"
#include "base/words.hpp"
#include "report/sarif.hpp"

namespace sekimori {

namespace {

// GitHub refuses longer ones.
constexpr std::size_t description_limit = 1024;

std::string cut(std::string_view text) {
  std::size_t offset = 0, count = 0;
  while (offset < text.size() && count < description_limit - 1) {
    decode_utf8(text, offset);
    ++count;
  }
  return offset == text.size() ? std::string(text) : std::string(text.substr(0, offset)) + "…";
}

std::string both(const localized_text& text, std::string_view otherwise) {
  if (text.ja.empty() && text.en.empty()) return std::string(otherwise);
  if (text.ja.empty() || text.ja == text.en) return text.en;
  return text.en.empty() ? text.ja : text.ja + " / " + text.en;
}

std::string escaped_markdown(std::string_view text) {
  static constexpr std::string_view special = "\\`*_[]<>#|";
  std::string escaped;
  for (char c : text) {
    if (special.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string_view security_severity(severity level) {
  switch (level) {
    case severity::critical: return "9.5";
    case severity::high: return "8.0";
    case severity::medium: return "5.5";
    case severity::low: return "2.5";
    case severity::info: return "";
  }
  return "";
}

void add_part(std::string& text, std::string& markdown, std::string_view label, const std::string& part) {
  if (part.empty()) return;
  if (!text.empty()) text += '\n';
  text += std::string(label) + ": " + part;
  markdown += "**" + std::string(label) + "**: " + escaped_markdown(part) + "\n\n";
}

}  // namespace

std::string_view sarif_level(severity level) {
  switch (level) {
    case severity::critical:
    case severity::high: return "error";
    case severity::medium: return "warning";
    case severity::low:
    case severity::info: return "note";
  }
  return "warning";
}

sarif_rules::sarif_rules(const report& shown) {
  for (const report_rule& rule : *shown.rules) add(rule);
  for (const finding& found : shown.findings) {
    if (places_.count(found.ruleset + "/" + found.rule) > 0) continue;
    add({found.ruleset, found.rule, found.category, found.level, found.about().title, found.about().why_it_matters, found.about().fix, {}});
  }
}

void sarif_rules::add(report_rule rule) {
  if (places_.try_emplace(rule.ruleset + "/" + rule.id, rules_.size()).second) rules_.push_back(std::move(rule));
}

std::uint64_t sarif_rules::index_of(const std::string& name) const { return places_.at(name); }

void sarif_rules::write_rule(json_writer& out, const report_rule& rule) const {
  const std::string name = rule.ruleset + "/" + rule.id;
  std::string text, markdown;
  add_part(text, markdown, "理由", rule.why.ja);
  add_part(text, markdown, "対処", rule.fix.ja);
  add_part(text, markdown, "Why", rule.why.en);
  add_part(text, markdown, "Fix", rule.fix.en);
  if (text.empty()) {
    text = both(rule.title, name);
    markdown = escaped_markdown(text);
  }
  out.begin_object();
  out.text("id", name);
  out.text("name", rule.id);
  out.begin_object("shortDescription");
  out.text("text", cut(both(rule.title, name)));
  out.end_object();
  out.begin_object("fullDescription");
  out.text("text", cut(both(rule.why, both(rule.title, name))));
  out.end_object();
  out.begin_object("help");
  out.text("text", text);
  out.text("markdown", markdown);
  out.end_object();
  out.begin_object("defaultConfiguration");
  out.text("level", sarif_level(rule.level));
  out.end_object();
  out.begin_object("properties");
  out.text_if("security-severity", security_severity(rule.level));
  out.text("precision", "very-high");
  out.begin_array("tags");
  out.text("security");
  if (!rule.category.empty() && rule.category != "security") out.text(rule.category);
  std::vector<std::string> used;
  for (const clause_reference& clause : rule.clauses) {
    const std::string tag = clause.standard + ":" + clause.clause;
    // Ten tags are kept by GitHub; the schema wants each of them once.
    if (!clause.verified || used.size() == 8 || std::find(used.begin(), used.end(), tag) != used.end()) continue;
    out.text(tag);
    used.push_back(tag);
  }
  out.end_array();
  out.text("severity", name_of(rule.level));
  out.localized("title", rule.title);
  out.localized("why", rule.why);
  out.localized("fix", rule.fix);
  out.begin_array("clauses");
  for (const clause_reference& clause : rule.clauses) {
    out.begin_object();
    out.text("standard", clause.standard);
    out.text("clause", clause.clause);
    out.text("status", clause.verified ? "verified" : "unverified");
    out.end_object();
  }
  out.end_array();
  out.end_object();
  out.end_object();
}

void sarif_rules::write_driver(json_writer& out, const report& shown) const {
  out.begin_object("tool");
  out.begin_object("driver");
  out.text("name", "Sekimori");
  out.text("fullName", "Sekimori " + shown.policy.engine_version);
  out.text("version", shown.policy.engine_version.empty() ? "unknown" : shown.policy.engine_version);
  out.begin_object("shortDescription");
  out.text("text", disclaimer().ja + " / " + disclaimer().en);
  out.end_object();
  out.begin_array("rules");
  for (const report_rule& rule : rules_) write_rule(out, rule);
  out.end_array();
  out.end_object();
  out.end_object();
}

}  // namespace sekimori
