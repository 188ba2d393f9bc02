// rules: the parts of organisation::build, each in a file of its own. Entry point: none; organisation
// is the stage's. Knows no inputs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/documents.hpp"
#include "rules/organisation.hpp"
#include "rules/profiles.hpp"

namespace sekimori::rules {

// Parents by node: indexes, or `none` at the top. Ids, parents, accounts and successions are checked on the way.
std::vector<std::uint32_t> check_nodes(const organisation_document& document, std::uint32_t none, std::vector<diagnostic>& problems);

// The profile of each node; null: it names none. What a profile needs of its scope is checked.
std::vector<const checked_profile*> check_profiles_of(const organisation_document& document, const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                                      profile_table& known, std::vector<diagnostic>& problems);

// What organisation::adopted gives, by node; empty where nothing is adopted anywhere.
std::vector<std::shared_ptr<const std::vector<std::string>>> check_adoption(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                                                                            const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                                                            const std::vector<const checked_profile*>& profiles, std::vector<diagnostic>& problems);

parameter_set default_values(const std::vector<ruleset_document>& rulesets);

// The parameters that a profile sets, with those of what it extends (which stand before it in the chain).
parameter_set profile_parameters(const std::vector<const profile_document*>& chain, const std::vector<ruleset_document>& rulesets, std::vector<diagnostic>& problems);

// The effective parameters of each node.
std::vector<parameter_set> check_parameters(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                                            const std::vector<std::uint32_t>& parents, std::uint32_t none, const std::vector<const checked_profile*>& profiles,
                                            const parameter_set& defaults, std::vector<diagnostic>& problems);

void check_waivers(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                   std::vector<diagnostic>& problems);

}  // namespace sekimori::rules
