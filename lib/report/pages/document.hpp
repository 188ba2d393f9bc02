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
  std::string link = {};       // an anchor of this document, or of
  bool code = false;
  std::string anchor = {};     // links may lead here
  std::vector<std::vector<page_cell>> items = {};   // a list below the words; each item is its cells, one after the other
  std::vector<page_cell> parts = {};                // what follows the words in their line
  std::string page = {};       // another one: a file, relative to this one
};
page_cell plain_cell(std::string text);   // the same in both languages
page_cell code_cell(std::string text);
page_cell number_of(std::uint64_t number);
page_cell in_one_line(std::vector<page_cell> parts);   // with what stands between the items of a list
// Where the link of a cell leads, as pages write it: what a file's name has of the marks of an address is percent-encoded.
std::string address_of(const page_cell& of);

struct page_block {
  enum class form : std::uint8_t { heading, paragraph, note, list, table, terms, filter } kind = form::paragraph;
  unsigned level = 2;          // of a heading
  std::string anchor;          // of a heading, of a folded table
  localized_text words;        // of a heading, a paragraph; the caption of a table; what the filter asks for
  std::vector<page_cell> head; // of a table
  std::vector<std::vector<page_cell>> rows;   // of a table; of a list one cell each; of terms two
  bool folded = false;         // a table that HTML opens on demand; its caption is always shown
  bool sought = false;         // what the filter looks for: a heading with all up to the next one, or each row of a table
  localized_text within;       // of a table: what the heading above it names, such as a chapter; CSV says it in a column
};

class page_document {
 public:
  explicit page_document(localized_text title) : title_(std::move(title)) {}

  // What a heading or a table is beside may be set until the next block is added.
  page_block& heading(unsigned level, localized_text words, std::string anchor = {});
  void paragraph(localized_text words);
  void note(localized_text words);
  void list(std::vector<page_cell> items);
  // Rows are as long as the head.
  page_block& table(localized_text caption, std::vector<page_cell> head, std::vector<std::vector<page_cell>> rows);
  // A word and what is said of it, such as a severity or why a rule is there.
  void terms(std::vector<std::vector<page_cell>> rows);

  // Where HTML asks which of what is sought to show; other forms have nothing there.
  void filter(localized_text words);

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
// "ja" and "en" hold that language alone. "both": a switch between them, which needs no script.
std::string page_html(const page_document& shown, const std::string& language);
// Every table that says what it is `within`, one below the other; else the first table.
std::string page_csv(const page_document& shown, const std::string& language);

}  // namespace sekimori
