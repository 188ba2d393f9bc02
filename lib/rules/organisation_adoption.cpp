// rules: which rules the scopes of an organisation adopt, themselves and by profiles; below, only more, never less. Entry points:
// read_adopted, check_adoption. Knows no parameters.
#include <algorithm>
#include <map>

#include "base/diagnostics.hpp"
#include "rules/organisation_checks.hpp"

namespace sekimori::rules {

void read_adopted(const std::string& who, const std::vector<adopted_ruleset>& adopts, const std::vector<ruleset_document>& rulesets,
                  std::vector<std::string>& to, std::vector<diagnostic>& problems) {
  const auto report = [&](const located_string& at, std::string message, std::string help) {
    problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *at.source, at.where, std::move(message), {"", std::move(help)}));
  };
  std::vector<std::string_view> known;
  for (const ruleset_document& one : rulesets) known.push_back(one.id.text);
  for (const adopted_ruleset& adopted : adopts) {
    const auto found = std::find_if(rulesets.begin(), rulesets.end(), [&](const ruleset_document& one) { return one.id.text == adopted.id.text; });
    if (found == rulesets.end()) {
      report(adopted.id, who + " adopts `" + adopted.id.text + "`, which is not loaded", did_you_mean(adopted.id.text, known));
      continue;
    }
    if (found->version != adopted.version) {
      report(adopted.id, who + " adopts `" + adopted.id.text + "` " + adopted.version + ", but version " + found->version + " is loaded",
             "load version " + adopted.version + ", or have " + (who.starts_with('`') ? "the scope" : "it") + " adopt " + found->version);
      continue;
    }
    std::vector<std::string_view> rules;
    for (const rule& one : found->rules) rules.push_back(one.id.text);
    for (const located_string& rule : adopted.rules) {
      if (std::find(rules.begin(), rules.end(), rule.text) == rules.end()) {
        report(rule, who + " adopts the rule `" + rule.text + "`, which `" + adopted.id.text + "` does not have", did_you_mean(rule.text, rules));
        continue;
      }
      to.push_back(adopted.id.text + "/" + rule.text);
    }
    if (!adopted.rules.empty()) continue;
    for (const std::string_view rule : rules) to.push_back(adopted.id.text + "/" + std::string(rule));
  }
}

std::vector<std::shared_ptr<const std::vector<std::string>>> check_adoption(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                                                                            const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                                                            const std::vector<const checked_profile*>& profiles, std::vector<diagnostic>& problems) {
  std::vector<std::shared_ptr<const std::vector<std::string>>> made;
  std::map<std::vector<std::string>, std::shared_ptr<const std::vector<std::string>>> known;
  bool any = false;
  for (std::uint32_t i = 0; i < written.nodes.size(); ++i) {
    const scope_node& node = written.nodes[i];
    std::vector<std::string> rules;
    read_adopted("`" + node.id.text + "`", node.adopts, rulesets, rules, problems);
    std::vector<diagnostic> told;   // when the profile was found
    if (profiles[i] != nullptr) {
      for (const profile_document* one : profiles[i]->chain) read_adopted("", one->adopts, rulesets, rules, told);
    }
    any = any || !rules.empty() || !node.adopts.empty();
    if (parents[i] != none) {
      if (rules.empty()) {
        made.push_back(made[parents[i]]);
        continue;
      }
      rules.insert(rules.end(), made[parents[i]]->begin(), made[parents[i]]->end());
    }
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    const auto [at, fresh] = known.try_emplace(rules);
    if (fresh) at->second = std::make_shared<const std::vector<std::string>>(std::move(rules));
    made.push_back(at->second);
  }
  if (!any) made.clear();
  return made;
}

}  // namespace sekimori::rules
