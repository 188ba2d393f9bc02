// rules: waivers against the rules that they are for. Entry point: check_waivers. Whether one holds on
// a day, and what it meets, is the check stage's.
#include <algorithm>
#include <map>

#include "base/diagnostics.hpp"
#include "rules/forms.hpp"
#include "rules/organisation_checks.hpp"

namespace sekimori::rules {
namespace {

struct named_rule {
  const ruleset_document* set;
  const rule* found;
};

bool is_called(const rule& one, std::string_view id) {
  if (one.id.text == id) return true;
  return std::any_of(one.replaces.begin(), one.replaces.end(), [&](const located_string& former) { return former.text == id; });
}

std::vector<named_rule> rules_called(const std::vector<ruleset_document>& rulesets, const std::string& reference) {
  const std::size_t slash = reference.find('/');
  std::vector<named_rule> made;
  for (const ruleset_document& set : rulesets) {
    for (const rule& one : set.rules) {
      const bool full = is_called(one, reference);       // a former id may be a full one
      const bool local = slash != std::string::npos && set.id.text == reference.substr(0, slash) &&
                         is_called(one, reference.substr(slash + 1));
      if (full || local) made.push_back({&set, &one});
    }
  }
  return made;
}

}  // namespace

void check_waivers(const organisation_document& written, const std::vector<ruleset_document>& rulesets,
                   std::vector<diagnostic>& problems) {
  const auto report = [&](diagnostic_code code, span where, std::string message, std::string expected, std::string help) {
    problems.push_back(make_diagnostic(code, *written.header.source, where, std::move(message),
                                       {std::move(expected), std::move(help), diagnostic_level::error}));
  };
  std::map<std::string, const located_string*> ids;
  std::vector<std::string> names;
  for (const ruleset_document& set : rulesets) {
    for (const rule& one : set.rules) names.insert(names.end(), {one.id.text, set.id.text + "/" + one.id.text});
  }
  for (const scope_node& node : written.nodes) {
    for (const waiver_document& waiver : node.waivers) {
      const std::string name = "the waiver `" + waiver.id.text + "`";
      const auto [first, added] = ids.emplace(waiver.id.text, &waiver.id);
      if (!added) {
        const line_column at = written.header.source->position(first->second->where.begin);
        report(diagnostic_code::duplicate_id, waiver.id.where, "two waivers are called `" + waiver.id.text + "`", "",
               "it stands first at line " + std::to_string(at.line) + ", column " + std::to_string(at.column));
      }
      if (waiver.approver == waiver.requester) {
        report(diagnostic_code::waiver, waiver.approver_where, name + " is approved by its own requester",
               "an approver other than the requester", "");
      }
      const auto starts = day_number(waiver.starts), expires = day_number(waiver.expires);
      const bool in_order = starts && expires && *starts <= *expires;
      if (starts && expires && !in_order) {
        report(diagnostic_code::waiver, waiver.expires_where, name + " expires before it starts",
               "a day on or after " + waiver.starts, "");
      }
      const auto found = rules_called(rulesets, waiver.rule.text);
      if (found.empty()) {
        const std::vector<std::string_view> known(names.begin(), names.end());
        report(diagnostic_code::unknown_reference, waiver.rule.where, "no rule `" + waiver.rule.text + "` is loaded", "",
               did_you_mean(waiver.rule.text, known));
        continue;
      }
      if (found.size() > 1) {
        std::string candidates;
        for (const named_rule& one : found) candidates += (candidates.empty() ? "" : ", ") + one.set->id.text + "/" + one.found->id.text;
        report(diagnostic_code::unknown_reference, waiver.rule.where, "`" + waiver.rule.text + "` could be one of several rules",
               "one of: " + candidates, "");
        continue;
      }
      const waiver_terms& terms = found[0].found->waiver;
      if (!terms.allowed) {
        report(diagnostic_code::waiver, waiver.rule.where, "the rule `" + waiver.rule.text + "` can have no waiver",
               "", "its rule set says `waiver: none`; fix what the rule finds, or change the rule set");
      } else if (in_order && *expires - *starts > terms.max_days) {
        report(diagnostic_code::waiver, waiver.expires_where,
               name + " lasts " + std::to_string(*expires - *starts) + " days, its rule allows " + std::to_string(terms.max_days),
               "at most " + std::to_string(terms.max_days) + " days after " + waiver.starts, "");
      }
    }
  }
}

}  // namespace sekimori::rules
