// rules: see profiles.hpp, and the profiles of an organisation's nodes. Entry points: profile_table, profile_mistakes,
// check_profiles_of.
#include "rules/profiles.hpp"

#include <algorithm>

#include "base/diagnostics.hpp"
#include "rules/organisation_checks.hpp"

namespace sekimori::rules {
namespace {

std::string listed(const std::vector<std::string_view>& names) {
  std::string made;
  for (const std::string_view name : names) made += (made.empty() ? "one of: " : ", ") + std::string(name);
  return made;
}

std::string place_of(const located_string& at) {
  const line_column found = at.source->position(at.where.begin);
  return at.source->name() + ":" + std::to_string(found.line);
}

}  // namespace

std::vector<std::string_view> profile_table::names() const {
  std::vector<std::string_view> made;
  for (const profile_document& one : profiles_) made.push_back(one.id.text);
  return made;
}

const profile_document* profile_table::called(std::string_view id) const {
  const auto found = std::find_if(profiles_.begin(), profiles_.end(), [&](const profile_document& one) { return one.id.text == id; });
  return found == profiles_.end() ? nullptr : &*found;
}

bool profile_table::extend(const profile_document& from, checked_profile& to, std::vector<diagnostic>& problems) const {
  for (const profile_document* at = &from;;) {
    if (std::find(to.chain.begin(), to.chain.end(), at) != to.chain.end()) {
      problems.push_back(make_diagnostic(diagnostic_code::cycle, *from.extends.source, from.extends.where, "the profile `" + from.id.text + "` extends itself",
                                         {"a profile that does not lead back to this one", ""}));
      return false;
    }
    to.chain.insert(to.chain.begin(), at);
    if (at->extends.text.empty()) return true;
    const profile_document* next = called(at->extends.text);
    if (next == nullptr) {
      problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *at->extends.source, at->extends.where,
                                         "`" + at->id.text + "` extends the profile `" + at->extends.text + "`, which is not loaded", {listed(names()), did_you_mean(at->extends.text, names())}));
      return false;
    }
    at = next;
  }
}

const checked_profile* profile_table::find(const located_string& id, std::vector<diagnostic>& problems) {
  const auto [at, fresh] = checked_.try_emplace(id.text);
  if (!fresh && (at->second.right || called(id.text) != nullptr)) return at->second.right ? &at->second.made : nullptr;
  const profile_document* named = called(id.text);
  if (named == nullptr) {
    const auto known = names();
    problems.push_back(make_diagnostic(diagnostic_code::unknown_reference, *id.source, id.where, "no profile `" + id.text + "` is loaded",
                                       {listed(known), known.empty() ? "give the folder with the profiles to --rules" : did_you_mean(id.text, known)}));
    return nullptr;
  }
  const std::size_t before = problems.size();
  checked_profile& made = at->second.made;
  if (extend(*named, made, problems)) {
    made.parameters = profile_parameters(made.chain, rulesets_, problems);
    std::vector<std::string> adopted;
    for (const profile_document* one : made.chain) read_adopted("the profile `" + one->id.text + "`", one->adopts, rulesets_, adopted, problems);
  }
  at->second.right = problems.size() == before;
  return at->second.right ? &made : nullptr;
}

std::vector<diagnostic> profile_mistakes(const std::vector<profile_document>& profiles, const std::vector<ruleset_document>& rulesets) {
  std::vector<diagnostic> problems;
  std::map<std::string, const located_string*> seen;
  for (const profile_document& one : profiles) {
    // By itself: what it extends is told there.
    const auto [first, added] = seen.emplace(one.id.text, &one.id);
    if (!added) {
      problems.push_back(make_diagnostic(diagnostic_code::duplicate_id, *one.id.source, one.id.where, "two profiles are called `" + one.id.text + "`",
                                         {"", "it stands first at " + place_of(*first->second)}));
      continue;
    }
    profile_table known(profiles, rulesets);
    std::vector<diagnostic> own;
    known.find(one.id, own);
    for (diagnostic& mistake : own) {
      const bool told = std::any_of(problems.begin(), problems.end(), [&](const diagnostic& other) {
        return other.file == mistake.file && other.line == mistake.line && other.column == mistake.column && other.message == mistake.message;
      });
      if (!told) problems.push_back(std::move(mistake));
    }
  }
  return problems;
}

std::vector<const checked_profile*> check_profiles_of(const organisation_document& written, const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                                      profile_table& known, std::vector<diagnostic>& problems) {
  static constexpr std::pair<std::string_view, std::string scope_node::*> fields[] = {
      {"zone", &scope_node::zone}, {"classification", &scope_node::classification}, {"environment", &scope_node::environment}};
  std::vector<const checked_profile*> made(written.nodes.size(), nullptr);
  for (std::uint32_t i = 0; i < written.nodes.size(); ++i) {
    const scope_node& node = written.nodes[i];
    if (node.profile.text.empty()) continue;
    made[i] = known.find(node.profile, problems);
    if (made[i] == nullptr) continue;
    for (const profile_document* one : made[i]->chain) {
      for (const profile_need& need : one->needs) {
        const auto* field = std::find_if(std::begin(fields), std::end(fields), [&](const auto& known_field) { return known_field.first == need.field.text; });
        std::string said;
        for (std::uint32_t at = i; at != none && said.empty(); at = parents[at]) said = written.nodes[at].*field->second;
        std::string expected;
        bool right = false;
        for (const located_string& value : need.values) {
          expected += (expected.empty() ? need.field.text + ": " : " or ") + value.text;
          right = right || value.text == said;
        }
        if (right) continue;
        problems.push_back(make_diagnostic(diagnostic_code::profile_need, *node.profile.source, node.profile.where,
                                           "`" + node.id.text + "` takes the profile `" + node.profile.text + "`, but " +
                                               (said.empty() ? "says no " + need.field.text : "its " + need.field.text + " is `" + said + "`"),
                                           {expected, "the profile `" + one->id.text + "` asks for it at " + place_of(need.field)}));
      }
    }
  }
  return made;
}

}  // namespace sekimori::rules
