// rules: the parts of organisation::build, each in a file of its own. Entry point: none; organisation
// is the stage's. Knows no inputs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/documents.hpp"
#include "rules/organisation.hpp"

namespace sekimori::rules {

// Parents by node: indexes, or `none` at the top. Ids, parents, accounts, successions and adopted
// versions are checked on the way.
std::vector<std::uint32_t> check_nodes(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                                       std::uint32_t none, std::vector<diagnostic>& problems);

parameter_set default_values(const std::vector<ruleset_document>& rulesets);

// The effective parameters of each node.
std::vector<parameter_set> check_parameters(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                                            const std::vector<std::uint32_t>& parents, std::uint32_t none,
                                            const parameter_set& defaults, std::vector<diagnostic>& problems);

void check_waivers(const organisation_document& document, const std::vector<ruleset_document>& rulesets,
                   std::vector<diagnostic>& problems);

}  // namespace sekimori::rules
