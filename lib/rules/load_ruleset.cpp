// rules: ruleset/v1 -> ruleset_document. Entry point: load_ruleset. Leaves expressions as text.
#include <array>

#include "rules/decoder.hpp"
#include "rules/organisation.hpp"
#include "rules/parameter_type.hpp"

namespace sekimori::rules {
namespace {

constexpr std::array<std::pair<std::string_view, tighten>, 7> directions = {{
    {"superset", tighten::superset}, {"subset", tighten::subset}, {"increase", tighten::increase},
    {"decrease", tighten::decrease}, {"enable", tighten::enable}, {"fixed", tighten::fixed},
    {"entry", tighten::entry}}};

parameter load_parameter(decoder& from, const node& key, const node& body) {
  parameter made;
  made.name = from.located(key);
  const mapping_node read = from.open(&body, "a parameter",
      {{"type", required}, {"default", required}, {"basis"}, {"tighten"}, {"bounds"}, {"as_of"}, {"review_by"}, {"title"}});
  made.type = from.text(read.find("type"), "type");
  made.initial = from.data(read.find("default"));
  made.basis = from.choice(read.find("basis"), "basis", {"clause", "ours"});
  if (made.basis.empty()) made.basis = "ours";
  std::vector<std::string_view> words;
  for (const auto& [name, direction] : directions) words.push_back(name);
  const std::string chosen = from.choice(read.find("tighten"), "tighten", words);
  for (const auto& [name, direction] : directions) {
    if (name == chosen) made.direction = direction;
  }
  if (read.has("bounds")) {
    made.bounds = from.data(read.find("bounds"));
    if (made.direction != tighten::entry) {
      from.report(diagnostic_code::exclusive_keys, read.find_key("bounds")->where,
                  "`bounds` goes with `tighten: entry` only", "",
                  "remove it; the other directions are bounded by the value that stands above");
    }
  }
  made.as_of = from.plain(read.find("as_of"), "as_of", calendar_day);
  const located_string review = from.text(read.find("review_by"), "review_by", calendar_day);
  made.review_by = review.text;
  if (review.source && review.text < made.as_of) {
    from.report(diagnostic_code::validity, review.where, "`review_by` is before `as_of`, " + made.as_of, "a day that is not before it");
  }
  made.title = from.words(read.find("title"), "title");
  if (!made.type.source) return made;

  std::string expected;
  const auto type = parse_parameter_type(made.type.text);
  if (!type) {
    from.report(diagnostic_code::bad_form, made.type.where,
                in_ticks(made.type.text) + " is not a type that a parameter can have",
                "bool, int, double, string, dyn, list(T) or map(string, T)");
    return made;
  }
  if (!direction_fits(made.direction, *type, expected)) {
    from.report(diagnostic_code::parameter_value, read.find_key("tighten") ? read.find("tighten")->where : made.type.where,
                "`tighten: " + chosen + "` does not fit a parameter of type " + made.type.text, expected);
  }
  if (read.has("default")) {
    for (diagnostic& mistake : check_parameter(made, made.initial)) from.problems().push_back(std::move(mistake));
  }
  return made;
}

waiver_terms load_waiver_terms(decoder& from, const node* body) {
  waiver_terms made;
  if (body == nullptr || body->kind == node_kind::refused) return made;
  if (body->kind == node_kind::scalar && kind_of(*body) == scalar_kind::string) {
    if (body->text != "none") {
      from.report(diagnostic_code::not_one_of, body->where, in_ticks(body->text) + " is not a value of `waiver`",
                  "none, or {approver: floor_owner, max_days: 90}");
    }
    return made;
  }
  if (body->kind != node_kind::mapping) {
    from.report(diagnostic_code::wrong_type, body->where,
                "`waiver` must be none or a mapping, but " + std::string(describe(*body)) + " is given",
                "none, or {approver: floor_owner, max_days: 90}");
    return made;
  }
  const mapping_node read = from.open(body, "`waiver`", {{"approver", required}, {"max_days", required}});
  made.allowed = true;
  made.approver = from.choice(read.find("approver"), "approver", {"floor_owner", "scope_owner"});
  made.max_days = from.whole_number(read.find("max_days"), "max_days", 1, 3660);
  return made;
}

std::vector<assertion> load_asserts(decoder& from, const mapping_node& rule_read, const std::string& what, std::map<std::string, span>& seen) {
  std::vector<assertion> made;
  if (const node* several = rule_read.find("asserts")) {
    for (const std::string_view other : {"assert", "message", "required"}) {
      if (!rule_read.has(other)) continue;
      from.report(diagnostic_code::exclusive_keys, rule_read.find_key(other)->where,
                  "`" + std::string(other) + "` and `asserts` exclude each other", "",
                  "move it into an item of `asserts`, each with id, assert and message");
    }
    const std::vector<const node*> items = from.list(several, "asserts", false);
    made.reserve(items.size());
    for (const node* item : items) {
      const mapping_node read = from.open(item, "an item of `asserts`",
          {{"id", required}, {"assert", required}, {"message", required}, {"required"}});
      assertion one;
      one.id = from.text(read.find("id"), "id", local_id);
      one.condition = from.expression(read.find("assert"), "assert");
      one.message = from.words(read.find("message"), "message");
      one.required = from.words(read.find("required"), "required");
      from.unique(seen, one.id, "asserts of this rule");
      made.push_back(std::move(one));
    }
    return made;
  }
  std::string missing;
  if (!rule_read.has("assert") && !rule_read.meant("assert") && !rule_read.meant("asserts")) missing = "`assert`";
  if (!rule_read.has("message") && !rule_read.meant("message") && !rule_read.meant("asserts")) missing += missing.empty() ? "`message`" : " and `message`";
  if (!missing.empty()) {
    from.report(diagnostic_code::missing_key, rule_read.first_key(), what + " needs " + missing + " as well",
                "`assert` with `message`, or `asserts` with a list of {id, assert, message}");
  }
  assertion one;
  if (const node* condition = rule_read.find("assert")) {
    one.id = {"assert", from.source(), rule_read.find_key("assert")->where};
    one.condition = from.expression(condition, "assert");
  }
  one.message = from.words(rule_read.find("message"), "message");
  one.required = from.words(rule_read.find("required"), "required");
  if (one.id.source) {
    from.unique(seen, one.id, "asserts of this rule");
    made.push_back(std::move(one));
  }
  return made;
}

// What `read` (a rule, or an item of `also`) is asked of. `asserts`: the ids of the rule's asserts so far.
rule_subject load_subject(decoder& from, const mapping_node& read, const std::string& what, std::map<std::string, span>& asserts) {
  rule_subject made;
  made.kinds = from.one_or_more(read.find("kind"), "kind", word);
  made.types = from.one_or_more(read.find("type"), "type", resource_type);
  if (read.has("kind") && read.has("type")) {
    from.report(diagnostic_code::exclusive_keys, read.find_key("type")->where, "`kind` and `type` exclude each other", "",
                "keep `kind` for a rule over every cloud, or `type` for one over a provider's own types");
  } else if (!read.has("kind") && !read.has("type") && !read.meant("kind") && !read.meant("type")) {
    from.report(diagnostic_code::missing_key, read.first_key(), what + " needs `kind` or `type` as well",
                "`kind:` with neutral kinds, or `type:` with provider types");
  }
  made.when = from.optional_expression(read.find("when"), "when");
  made.asserts = load_asserts(from, read, what, asserts);
  return made;
}

rule load_rule(decoder& from, const node& body) {
  rule made{};
  const mapping_node read = from.open(&body, "a rule",
      {{"id", required}, {"replaces"}, {"title", required}, {"severity", required}, {"category", required},
       {"clauses"}, {"why", required}, {"fix", required}, {"waiver", required}, {"kind"}, {"type"}, {"when"},
       {"assert"}, {"message"}, {"required"}, {"asserts"}, {"also"}, {"gaps"}});
  if (!read) return made;
  made.id = from.text(read.find("id"), "id", rule_id);
  made.replaces = from.texts(read.find("replaces"), "replaces", rule_reference);
  made.title = from.words(read.find("title"), "title");
  const std::string level = from.choice(read.find("severity"), "severity", {"critical", "high", "medium", "low", "info"});
  parse_severity(level, made.level);
  made.category = from.text(read.find("category"), "category", local_id);
  made.clauses = from.texts(read.find("clauses"), "clauses", clause_reference_form);
  made.why = from.words(read.find("why"), "why");
  made.fix = from.words(read.find("fix"), "fix");
  made.waiver = load_waiver_terms(from, read.find("waiver"));
  std::map<std::string, span> asserts;
  made.subjects.push_back(load_subject(from, read, "a rule", asserts));
  for (const node* also : from.list(read.find("also"), "also", true)) {
    const mapping_node other = from.open(also, "an item of `also`",
        {{"kind"}, {"type"}, {"when"}, {"assert"}, {"message"}, {"required"}, {"asserts"}});
    if (other) made.subjects.push_back(load_subject(from, other, "an item of `also`", asserts));
  }
  if (const node* gaps = read.find("gaps")) {
    const mapping_node clouds = from.open(gaps, "`gaps`", {{"aws"}, {"azure"}, {"google"}, {"oci"}, {"sakura"}});
    for (const auto& [cloud, gap] : clouds.pairs()) {
      const mapping_node one = from.open(gap, "a cloud under `gaps`", {{"answer", required}, {"why", required}});
      const std::string answer = from.choice(one.find("answer"), "answer", {"not_needed", "not_offered", "not_read"});
      made.gaps.push_back({from.located(*cloud), answer == "not_needed" ? gap_answer::not_needed : answer == "not_read" ? gap_answer::not_read : gap_answer::not_offered,
                           from.words(one.find("why"), "why")});
    }
  }
  return made;
}

}  // namespace

ruleset_document load_ruleset(decoder& from, const node& root) {
  ruleset_document made;
  const mapping_node read = from.open(&root, "a rule set",
      {{"sekimori", required}, {"engine"}, {"cel"}, {"id", required}, {"version", required}, {"languages"},
       {"title", required}, {"parameters"}, {"rules", required}});
  made.header = from.header(read, true);
  made.id = from.text(read.find("id"), "id", ruleset_id);
  made.version = from.plain(read.find("version"), "version", version_text);
  for (const node* item : from.list(read.find("languages"), "languages", false)) {
    const std::string language = from.choice(item, "languages", {"ja", "en"});
    if (!language.empty()) made.languages.push_back(language);
  }
  if (made.languages.empty()) made.languages = {"ja", "en"};
  from.set_languages(made.languages);
  made.title = from.words(read.find("title"), "title");
  if (const node* parameters = read.find("parameters")) {
    for (const auto& [key, body] : from.open_named(parameters, "parameters", word).pairs()) {
      made.parameters.push_back(load_parameter(from, *key, *body));
    }
  }
  std::map<std::string, span> seen;
  const std::vector<const node*> bodies = from.list(read.find("rules"), "rules", false);
  made.rules.reserve(bodies.size());
  for (const node* body : bodies) {
    rule one = load_rule(from, *body);
    from.unique(seen, one.id, "rules");
    for (const located_string& former : one.replaces) from.unique(seen, former, "rules (former ids included)");
    made.rules.push_back(std::move(one));
  }
  return made;
}

}  // namespace sekimori::rules
