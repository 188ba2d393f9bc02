// check: types of resources that rules name and no reader yields. Entry point: unread_types. Knows no provider's schema.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/checked.hpp"
#include "sekimori/diagnostic.hpp"

namespace sekimori::check {

// All types of a provider that one would be of; nullopt: nobody knows.
using types_of_providers = std::function<std::optional<std::vector<std::string>>(std::string_view type)>;

// SKM225, a warning at each place of the rules and kinds that names such a type: as what is judged, as a part or in a relation. Only
// inputs in the form of this library (resources/v1) can still have it.
std::vector<diagnostic> unread_types(const rules::model& checked, const types_of_providers& providers);

}  // namespace sekimori::check
