// report: writes HTML, everything escaped. Entry point: html_page. Knows no report.
#pragma once

#include <string>
#include <string_view>

#include "base/words.hpp"
#include "sekimori/finding.hpp"

namespace sekimori {

// `raw` takes markup that stands in the source code; whatever comes from a report goes through the other functions.
class html_page {
 public:
  explicit html_page(std::string& to) : to_(to) {}

  void raw(std::string_view markup) { to_ += markup; }
  // Escaped for text and for quoted attributes; characters that show nothing or turn the direction are written out.
  void text(std::string_view value);
  void text_of_lines(std::string_view value);   // line feeds become <br>
  void code(std::string_view value);
  // Both languages, of which the page shows one; a text in one language only is always shown.
  void both(std::string_view ja, std::string_view en);
  void both(const localized_text& value) { both(value.ja, value.en); }
  void both(word_pair value) { both(value.ja, value.en); }
  // <tag>both</tag>; tag without brackets.
  void element(std::string_view tag, std::string_view ja, std::string_view en);
  void element(std::string_view tag, const localized_text& value) { element(tag, value.ja, value.en); }
  // Headers of a table's columns.
  void head_cell(std::string_view ja, std::string_view en);
  void number_cell(std::uint64_t value);

 private:
  void span(std::string_view language, std::string_view value, bool only);

  std::string& to_;
};

std::string_view html_style();
std::string_view html_script();
// 'sha256-...' of a script, so that its page may run this script and no other.
std::string html_script_hash(std::string_view script);

}  // namespace sekimori
