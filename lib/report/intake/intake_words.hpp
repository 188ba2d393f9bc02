// report: what the requirements sheet says of one control, in words. Entry points: the functions here. Knows no document.
#pragma once

#include "check/intake/intake.hpp"

namespace sekimori {

localized_text word_of(check::intake_class of);
localized_text word_of(check::intake_offer of);
std::string style_of(check::intake_offer of);
localized_text approver_of(const check::intake_decision& of, const check::intake_sheet& sheet);
localized_text asked_words(const check::intake_decision& of); // what has to be decided
localized_text parameter_words(const check::intake_control& of);
localized_text required_words(const rules::rule& of);
localized_text offer_words(const check::intake_cloud& of);    // the types and attributes, or why there is none
localized_text answered_by(const check::intake_cloud& of);    // plan, inventory, registers
localized_text clause_words(const check::intake_cloud& of);
std::string listed(const std::vector<std::string>& names);

}  // namespace sekimori
