// report: listings of inputs and of kinds in their forms, each a pure function of what lib/check lists. Entry points of
// the whole: policy::inventory and policy::kinds (listings.cpp).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "check/listing.hpp"

namespace sekimori {

using shown_kinds = std::span<const rules::checked_kind* const>;

std::string inventory_text(const check::inventory_listing& shown, const std::string& language);   // inventory_writers.cpp
std::string inventory_json(const check::inventory_listing& shown);
std::string inventory_csv(const check::inventory_listing& shown);

std::string kinds_text(shown_kinds kinds, const std::string& language);                           // kinds_writers.cpp
std::string kinds_json(shown_kinds kinds);
std::string kinds_markdown(shown_kinds kinds);

// "string", "list(string)"; derived fields have the type of their expression.
std::string type_text(const rules::checked_field& field);
// Names of the declared fields that a mapping offers, or does not.
std::vector<std::string> field_names(const check::listed_mapping& of, bool offered);

}  // namespace sekimori
