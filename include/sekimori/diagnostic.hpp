// A mistake in a rule file, an input or an option, told so that a person can act on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sekimori {

enum class diagnostic_level : std::uint8_t { error, warning };

// One mistake with its place. A value type: owns all it shows, safe to copy and to keep.
// `line` and `column` are 1-based; a column counts Unicode code points; line 0 means that the
// mistake has no place inside the file (an unreadable file, say).
struct diagnostic {
  diagnostic_level level = diagnostic_level::error;
  std::string code;         // "SKM101"; stable, never reused; the list is lib/base/catalogue.def
  std::string message;      // one sentence, lower case, no final full stop
  std::string file;         // as the caller named it
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string source_line;  // the line's text, tabs turned to one space, cut to about 200 columns
  std::uint32_t caret = 0;  // terminal columns before the caret in source_line (wide characters count 2)
  std::uint32_t width = 0;  // terminal columns that the caret covers, at least 1 when line > 0
  std::string expected;     // what would have been right ("one of: critical, high, ..."), may be empty
  std::string help;         // what to do ("did you mean `severity`?"), may be empty
};

// The diagnostic as people read it: `error[SKM101]: message`, ` --> file:line:column`, the line, the
// caret, `= expected: ...` and `= help: ...`. Ends with a newline. `colour` adds ANSI colours.
std::string render(const diagnostic& shown, bool colour = false);
std::string render(const std::vector<diagnostic>& shown, bool colour = false);

}  // namespace sekimori
