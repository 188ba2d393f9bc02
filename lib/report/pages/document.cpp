// report: see document.hpp; and its text and CSV.
#include "report/pages/document.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report/csv.hpp"
#include "report/outline.hpp"
#include "report/text_page.hpp"
#include "report/visible.hpp"

namespace sekimori {
namespace {

constexpr std::uint32_t text_width = 120;

// In one line.
std::string shown_in(const localized_text& words, const std::string& language) {
  std::string line;
  for (const std::string& one : visible_lines(words.in(language))) line += (line.empty() ? "" : " ") + one;
  return line;
}
std::string shown_in(const page_cell& of, const std::string& language) {
  std::string line = shown_in(of.words, language);
  for (auto& one : of.parts) line += shown_in(one, language);
  for (auto& item : of.items) {
    line += line.empty() ? "" : language == "ja" ? "、" : ", ";
    for (auto& one : item) line += shown_in(one, language);
  }
  return line;
}

void write_table(text_page& page, const page_block& block, const std::string& language) {
  // The last column wraps, and takes what the others leave.
  std::vector<std::uint32_t> widths(block.head.empty() ? 0 : block.head.size() - 1);
  auto widen = [&](const std::vector<page_cell>& row) {
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(shown_in(row[i], language)) + 2);
  };
  widen(block.head);
  for (auto& row : block.rows) widen(row);
  auto write = [&](const std::vector<page_cell>& row, text_style style) {
    std::vector<text_run> cells;
    for (auto& one : row) cells.push_back({shown_in(one, language), style});
    page.row(2, widths, cells);
  };
  write(block.head, text_style::bold);
  for (auto& row : block.rows) write(row, text_style::plain);
}

}  // namespace

page_cell plain_cell(std::string text) { return {{text, text}}; }
page_cell code_cell(std::string text) { return {{text, text}, {}, {}, true}; }
page_cell number_of(std::uint64_t number) { return {{grouped(number), grouped(number)}, number == 0 ? "n z" : "n"}; }

page_cell in_one_line(std::vector<page_cell> parts) {
  page_cell made;
  for (auto& one : parts) {
    if (!made.parts.empty()) made.parts.push_back({{"、", ", "}});
    made.parts.push_back(std::move(one));
  }
  return made;
}

std::string address_of(const page_cell& of) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~/";
  std::string made;
  for (char c : of.page) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || plain.find(c) != std::string_view::npos;
    if (kept) made += c;
    else made += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return made + "#" + of.link;
}

page_block& page_document::add(page_block::form kind, localized_text words) {
  page_block& made = blocks_.emplace_back();
  made.kind = kind;
  made.words = std::move(words);
  return made;
}

page_block& page_document::heading(unsigned level, localized_text words, std::string anchor) {
  page_block& made = add(page_block::form::heading, std::move(words));
  made.level = level;
  made.anchor = std::move(anchor);
  return made;
}

void page_document::paragraph(localized_text words) { add(page_block::form::paragraph, std::move(words)); }
void page_document::note(localized_text words) { add(page_block::form::note, std::move(words)); }

void page_document::list(std::vector<page_cell> items) {
  page_block& made = add(page_block::form::list, {});
  for (auto& one : items) made.rows.push_back({std::move(one)});
}

page_block& page_document::table(localized_text caption, std::vector<page_cell> head, std::vector<std::vector<page_cell>> rows) {
  page_block& made = add(page_block::form::table, std::move(caption));
  made.head = std::move(head);
  made.rows = std::move(rows);
  return made;
}

void page_document::terms(std::vector<std::vector<page_cell>> rows) { add(page_block::form::terms, {}).rows = std::move(rows); }
void page_document::filter(localized_text words) { add(page_block::form::filter, std::move(words)); }

std::string page_text(const page_document& shown, const std::string& language) {
  std::string text;
  text_page page(text, text_width, false);
  page.paragraph(0, visible(shown.title().in(language)), text_style::bold);
  for (auto& block : shown.blocks()) {
    const std::string words = shown_in(block.words, language);
    if (block.kind == page_block::form::heading || block.kind == page_block::form::table) page.blank();
    if (!words.empty() && block.kind != page_block::form::filter) page.paragraph(0, words);
    if (block.kind == page_block::form::table) write_table(page, block, language);
    if (block.kind != page_block::form::list && block.kind != page_block::form::terms) continue;
    for (auto& row : block.rows) {
      std::string line;
      for (auto& one : row) line += (line.empty() ? "" : ": ") + shown_in(one, language);
      page.paragraph(2, 4, {{line, text_style::plain}});
    }
  }
  return text;
}

std::string page_csv(const page_document& shown, const std::string& language) {
  std::string table;
  auto write = [&](const std::vector<page_cell>& row, const localized_text* within) {
    for (std::size_t i = 0; i < row.size(); ++i) table += (i == 0 ? "" : ",") + csv_cell(shown_in(row[i], language));
    if (within != nullptr) table += "," + csv_cell(shown_in(*within, language));
    table += "\r\n";
  };
  const page_block* first = nullptr;
  const localized_text* heading = nullptr;
  for (auto& block : shown.blocks()) {
    if (block.kind == page_block::form::heading) heading = &block.words;
    if (block.kind != page_block::form::table) continue;
    if (first == nullptr) first = &block;
    if (heading == nullptr || block.within.ja.empty()) continue;
    if (table.empty()) write(block.head, &block.within);
    for (auto& row : block.rows) write(row, heading);
  }
  if (!table.empty() || first == nullptr) return table;
  write(first->head, nullptr);
  for (auto& row : first->rows) write(row, nullptr);
  return table;
}

}  // namespace sekimori
