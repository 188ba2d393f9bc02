// report: a document for people, made once of headings, paragraphs, tables and lists in both languages, and written as text,
// Markdown, one HTML page or CSV. Entry points: page_document, page_text, page_markdown, page_html, page_csv. Knows neither
// rules nor reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/words.hpp"
#include "sekimori/finding.hpp"

namespace sekimori {

struct page_cell {
  localized_text words;        // as they are: no markup
  std::string style = {};      // of HTML: a class
  std::string link = {};       // an anchor of this document
  bool code = false;
};
page_cell plain_cell(std::string text);   // the same in both languages
page_cell code_cell(std::string text);
page_cell number_of(std::uint64_t number);

struct page_block {
  enum class form : std::uint8_t { heading, paragraph, note, list, table, terms } kind = form::paragraph;
  unsigned level = 2;          // of a heading
  std::string anchor;          // of a heading
  localized_text words;        // of a heading, a paragraph; the caption of a table
  std::vector<page_cell> head; // of a table
  std::vector<std::vector<page_cell>> rows;   // of a table; of a list one cell each; of terms two
};

class page_document {
 public:
  explicit page_document(localized_text title) : title_(std::move(title)) {}

  void heading(unsigned level, localized_text words, std::string anchor = {});
  void paragraph(localized_text words);
  void note(localized_text words);
  void list(std::vector<page_cell> items);
  // Rows are as long as the head.
  void table(localized_text caption, std::vector<page_cell> head, std::vector<std::vector<page_cell>> rows);
  // A word and what is said of it, such as a severity or why a rule is there.
  void terms(std::vector<std::vector<page_cell>> rows);

  const localized_text& title() const { return title_; }
  const std::vector<page_block>& blocks() const { return blocks_; }

 private:
  page_block& add(page_block::form kind, localized_text words);

  localized_text title_;
  std::vector<page_block> blocks_;
};

std::string page_text(const page_document& shown, const std::string& language);
// `language`: "ja", "en" or "both".
std::string page_markdown(const page_document& shown, const std::string& language);
// "ja" and "en" hold that language alone. "both": a switch between them, without a script.
std::string page_html(const page_document& shown, const std::string& language);
// The first table.
std::string page_csv(const page_document& shown, const std::string& language);

}  // namespace sekimori
