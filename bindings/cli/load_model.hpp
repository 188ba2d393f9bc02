// cli: rule documents below paths as one checked model, for the verbs that tell of rules. Entry point: load_model.
#pragma once

#include <string>
#include <vector>

#include "rules/checked.hpp"

namespace sekimori::cli {

// Null, with the mistakes on standard error, where there is none.
rules::model_ptr load_model(const std::vector<std::string>& paths, rules::wanted_documents wanted);

}  // namespace sekimori::cli
