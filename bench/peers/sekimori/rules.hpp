// bench/peers: our rule sets on plans. Entry points: load, agree, evaluate, scopes, conditions_as_rules, floor.
#pragma once

#include <string>

namespace peers {

void load(const std::string& rules, int repeats);                 // YAML to a policy
void agree(const std::string& rules, const std::string& plan);    // "VERDICT RULE ADDRESS" lines, sorted
// form "bytes": the text of the plan to the finished report value; "parsed": the same from JSON that is parsed already.
void evaluate(const std::string& form, const std::string& rules, const std::string& plan, int repeats);
void scopes(const std::string& rules, const std::string& organisation, const std::string& plan, int repeats);   // load, and bytes to verdicts
void conditions_as_rules(const std::string& folder);              // rules.txt as a rule set, over resource.json in a plan
void floor(const std::string& plan, int repeats);                 // simdjson alone, and copying the bytes

}  // namespace peers
