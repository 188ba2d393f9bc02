// rules: profiles by id, each with what it extends, checked against the rule sets. Entry points: profile_table, profile_mistakes.
// Knows no scopes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/documents.hpp"
#include "rules/organisation.hpp"

namespace sekimori::rules {

struct checked_profile {
  std::vector<const profile_document*> chain;   // what is extended first, the profile itself last
  parameter_set parameters;                     // those that the chain sets
};

// The documents must live as long.
class profile_table {
 public:
  profile_table(const std::vector<profile_document>& profiles, const std::vector<ruleset_document>& rulesets) : profiles_(profiles), rulesets_(rulesets) {}

  // Null, with what is wrong, where no such profile is loaded or it has a mistake. Mistakes of a profile are told once.
  const checked_profile* find(const located_string& id, std::vector<diagnostic>& problems);
  std::vector<std::string_view> names() const;

 private:
  const profile_document* called(std::string_view id) const;
  bool extend(const profile_document& from, checked_profile& to, std::vector<diagnostic>& problems) const;

  const std::vector<profile_document>& profiles_;
  const std::vector<ruleset_document>& rulesets_;
  struct entry {
    checked_profile made;
    bool right = false;
  };
  std::map<std::string, entry, std::less<>> checked_;
};

// Of all profiles, whether a scope takes them or not.
std::vector<diagnostic> profile_mistakes(const std::vector<profile_document>& profiles, const std::vector<ruleset_document>& rulesets);

// Mistakes of what a scope or a profile (`who`) adopts; full ids of the rules are added to `to`.
void read_adopted(const std::string& who, const std::vector<adopted_ruleset>& adopts, const std::vector<ruleset_document>& rulesets,
                  std::vector<std::string>& to, std::vector<diagnostic>& problems);

}  // namespace sekimori::rules
