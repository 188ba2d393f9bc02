// base: makes diagnostics. Entry point: make_diagnostic. The codes are catalogue.def.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "sekimori/diagnostic.hpp"

namespace sekimori {

enum class diagnostic_code : std::uint16_t {
#define SEKIMORI_DIAGNOSTIC(name, code, meaning) name,
#include "base/catalogue.def"
#undef SEKIMORI_DIAGNOSTIC
};

std::string_view code_text(diagnostic_code code);     // "SKM101"
std::string_view code_meaning(diagnostic_code code);  // what it stands for, for docs/errors.md

struct diagnostic_details {
  std::string expected;
  std::string help;
  diagnostic_level level = diagnostic_level::error;
};

// A mistake at a place of a text.
diagnostic make_diagnostic(diagnostic_code code, const source_text& source, span where, std::string message,
                           diagnostic_details details = {});
// A mistake inside an expression that stands in a document.
diagnostic make_diagnostic(diagnostic_code code, const located_text& expression, span inside, std::string message,
                           diagnostic_details details = {});
// A mistake that has a file but no place in it.
diagnostic make_diagnostic(diagnostic_code code, std::string file, std::string message, diagnostic_details details = {});

// Whether any of them is an error rather than a warning.
bool has_error(const std::vector<diagnostic>& diagnostics);

// The candidate nearest to `name` if it is near enough to be a slip of the pen, else empty.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);
// "did you mean `x`?" or empty.
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace sekimori
