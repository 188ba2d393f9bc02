// report: two reports held against each other. Entry point: difference_of. difference_document.cpp has what people read of
// it, difference_json.cpp the JSON. Exit codes are the command's.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "check/comparison.hpp"
#include "report/pages/document.hpp"
#include "sekimori/report.hpp"

namespace sekimori {

enum class difference_class : std::uint8_t { appeared, changed, unchanged, fixed, not_asked, not_seen };
inline constexpr std::size_t difference_classes = 6;
std::string_view name_of(difference_class what);    // "new", "changed" ...
word_pair word_of(difference_class what);           // 新規, new
word_pair word_of(check::absence why);              // why the other report does not have it

struct difference_entry {
  difference_class what = difference_class::unchanged;
  const finding* before = nullptr;                  // null: new
  const finding* after = nullptr;                   // null: gone
  check::absence why = check::absence::looked;      // the other report does not have it
  bool known = false;                               // of what the later report has: see baseline_state
  const finding& shown() const { return after != nullptr ? *after : *before; }
};

struct report_difference {
  const report* before = nullptr;
  const report* after = nullptr;
  std::vector<difference_entry> entries;            // by class; in the order of the later report, then of the earlier one
  std::array<std::uint64_t, difference_classes> counts = {};
  std::vector<localized_text> cautions;             // made otherwise; inputs that only one of them has
  std::vector<localized_text> not_compared;         // what cannot be said; empty: all can
  std::uint64_t of(difference_class what) const { return counts[static_cast<std::size_t>(what)]; }
  // Violations without a waiver, at or over `level`, that the earlier report does not know.
  std::uint64_t new_violations(severity level) const;
};

// Both must outlive what comes out.
report_difference difference_of(const report& before, const report& after, const input_names& same);

// In one of the forms and languages of render_difference(): in another one it says nothing.
std::string render(const report_difference& shown, std::string_view form, const std::string& language);

// `table`: one table with everything; `brief`: a terminal is told how many go on, not which.
enum class difference_form : std::uint8_t { table, brief, whole };
page_document difference_document(const report_difference& shown, difference_form form);
std::string difference_json(const report_difference& shown);

}  // namespace sekimori
