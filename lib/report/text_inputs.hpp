// report: inputs and diagnostics as a terminal shows them, alike in every text. Entry points: show_input,
// show_diagnostics.
#pragma once

#include <string>
#include <vector>

#include "report/text_page.hpp"
#include "sekimori/report.hpp"

namespace sekimori {

// `counts`: what is said of its resources, where it could be read.
void show_input(text_page& page, const input_record& input, const std::string& language, const std::string& counts);
void show_diagnostics(text_page& page, std::uint32_t indent, const std::vector<diagnostic>& shown);

}  // namespace sekimori
