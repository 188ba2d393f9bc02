// rules: profile/v1 -> profile_document, and what scopes and profiles both have: `adopts` and `parameters`. Entry points:
// load_profile, load_adopts, load_parameter_settings. Meaning (rule sets, tightening) is profiles.hpp's.
#include "rules/decoder.hpp"

namespace sekimori::rules {

std::vector<adopted_ruleset> load_adopts(decoder& from, const node* body) {
  std::vector<adopted_ruleset> made;
  if (body == nullptr) return made;
  for (const auto& [key, value] : from.open_named(body, "adopts", ruleset_id).pairs()) {
    adopted_ruleset one;
    one.id = from.located(*key);
    if (value->kind == node_kind::mapping) {
      const mapping_node read = from.open(value, "an adopted rule set", {{"version", required}, {"rules", required}});
      one.version = from.plain(read.find("version"), "version", version_text);
      if (const node* rules = read.find("rules")) {
        for (const node* item : from.list(rules, "rules", false)) one.rules.push_back(from.text(item, "rules", rule_id));
      }
      std::map<std::string, span> seen;
      for (const located_string& rule : one.rules) from.unique(seen, rule, "rules adopted here");
    } else {
      one.version = from.plain(value, key->text, version_text);
    }
    made.push_back(std::move(one));
  }
  return made;
}

std::vector<parameter_setting> load_parameter_settings(decoder& from, const node* body) {
  std::vector<parameter_setting> made;
  if (body == nullptr) return made;
  for (const auto& [set, values] : from.open_named(body, "parameters", ruleset_id).pairs()) {
    for (const auto& [name, value] : from.open_named(values, set->text, word).pairs()) {
      made.push_back({from.located(*set), from.located(*name), from.data(value)});
    }
  }
  return made;
}

profile_document load_profile(decoder& from, const node& root) {
  profile_document made;
  const mapping_node read = from.open(&root, "a profile",
      {{"sekimori", required}, {"engine"}, {"id", required}, {"version", required}, {"title", required}, {"why", required},
       {"extends"}, {"needs"}, {"adopts"}, {"parameters"}});
  made.header = from.header(read, false);
  made.id = from.text(read.find("id"), "id", node_id);
  made.version = from.plain(read.find("version"), "version", version_text);
  from.set_languages({"ja", "en"});
  made.title = from.words(read.find("title"), "title");
  made.why = from.words(read.find("why"), "why");
  made.extends = from.text(read.find("extends"), "extends", node_id);
  if (const node* needs = read.find("needs")) {
    const mapping_node fields = from.open(needs, "`needs`", {{"zone"}, {"classification"}, {"environment"}});
    for (const auto& [field, values] : fields.pairs()) made.needs.push_back({from.located(*field), from.one_or_more(values, field->text, local_id)});
  }
  made.adopts = load_adopts(from, read.find("adopts"));
  made.parameters = load_parameter_settings(from, read.find("parameters"));
  return made;
}

}  // namespace sekimori::rules
