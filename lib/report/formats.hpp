// report: the formats, each a pure function of a report. Entry point of the stage: render (sekimori/report.hpp).
// Nothing here may read a clock, a file or the environment, nor know how a report came about.
#pragma once

#include <string>

#include "sekimori/report.hpp"

namespace sekimori {

std::string render_native(const report& shown);
std::string render_lines(const report& shown);
std::string render_sarif(const report& shown);
std::string render_text(const report& shown, const render_options& options);
std::string render_html(const report& shown, const render_options& options);

}  // namespace sekimori
