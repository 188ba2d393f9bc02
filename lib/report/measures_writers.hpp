// report: what running and measuring the tests of rules gave, as text and as JSON (sekimori.test-results/v1). Entry points:
// measures_text, measures_json.
#pragma once

#include <string>

#include "check/measures/measures.hpp"

namespace sekimori {

struct measures_shown {
  bool coverage = false, mutation = false;   // what was measured
  bool everything = false;                   // tests that pass and what is untested of kinds, too
};

std::string measures_text(const check::measures& made, const measures_shown& shown);
std::string measures_json(const check::measures& made, const measures_shown& shown);

}  // namespace sekimori
