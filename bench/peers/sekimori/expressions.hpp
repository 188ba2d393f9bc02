// bench/peers: our CEL on the expressions. Entry points: cases, conditions. Knows no rules.
#pragma once

#include <string>

namespace peers {

void cases(const std::string& folder);        // cases.json
void conditions(const std::string& folder);   // rules.txt over resource.json; answers as rules.answers has them

}  // namespace peers
