// report: a document for people as Markdown. Entry point: page_markdown.
#include "report/pages/document.hpp"
#include "report/visible.hpp"

namespace sekimori {
namespace {

// Texts are no markup: what Markdown would read as some stands behind a backslash.
std::string escaped(std::string_view text) {
  std::string made;
  bool first = true;
  for (const std::string& line : visible_lines(text)) {
    if (!first) made += "<br>";
    first = false;
    for (char c : line) {
      if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) made += '\\';
      made += c;
    }
  }
  return made;
}

std::string code(std::string_view text) {
  std::string shown = visible(text);
  // A bar ends a cell of a table, in code as well; a quote that the text holds would end the code.
  if (shown.find('`') != std::string::npos || shown.find('|') != std::string::npos) return escaped(text);
  return "`" + shown + "`";
}

class writer {
 public:
  explicit writer(const std::string& language) : language_(language) {}

  std::string inline_words(const localized_text& words, std::string_view between, bool as_code = false) const {
    auto written = [&](const std::string& text) { return as_code ? code(text) : escaped(text); };
    if (language_ != "both") return written(words.in(language_));
    if (words.ja.empty() || words.en.empty() || words.ja == words.en) return written(words.in("ja"));
    return written(words.ja) + std::string(between) + written(words.en);
  }

  std::string cell(const page_cell& of, std::string_view between = "<br>") const {
    std::string text = inline_words(of.words, between, of.code);
    if (text == "``") text.clear();
    if (!of.link.empty() && !text.empty()) text = "[" + text + "](" + address_of(of) + ")";
    return of.anchor.empty() ? text : "<a id=\"" + of.anchor + "\"></a>" + text;
  }

  // With its list; `before` stands before each item.
  std::string whole(const page_cell& of, std::string_view between, std::string_view before) const {
    std::string text = cell(of, between);
    for (auto& one : of.parts) text += cell(one, "/");
    for (auto& item : of.items) {
      if (!text.empty() || (of.items.size() > 1 && before.front() == '\n')) text += before;
      for (auto& one : item) text += cell(one, " / ");
    }
    return text;
  }

  void row(const std::vector<page_cell>& cells, std::string& to) const {
    to += "|";
    for (auto& one : cells) to += " " + whole(one, "<br>", "<br>") + " |";
    to += "\n";
  }

  void block(const page_block& of, std::string& to) const {
    switch (of.kind) {
      case page_block::form::heading:
        if (!of.anchor.empty()) to += "<a id=\"" + of.anchor + "\"></a>\n\n";
        to += std::string(of.level, '#') + " " + inline_words(of.words, " / ") + "\n\n";
        break;
      case page_block::form::paragraph: to += inline_words(of.words, "\n\n") + "\n\n"; break;
      case page_block::form::note: to += "> " + inline_words(of.words, "\n>\n> ") + "\n\n"; break;
      case page_block::form::list:
        for (auto& one : of.rows) to += "- " + whole(one.front(), " / ", "\n  - ") + "\n";
        to += "\n";
        break;
      case page_block::form::terms:
        for (auto& one : of.rows) to += "- **" + cell(one.front(), " / ") + "**:" + spaced(whole(one.back(), "<br>", "\n  - ")) + "\n";
        to += "\n";
        break;
      case page_block::form::filter: break;
      case page_block::form::table:
        if (!of.anchor.empty()) to += "<a id=\"" + of.anchor + "\"></a>\n\n";
        if (!of.words.ja.empty() || !of.words.en.empty()) to += inline_words(of.words, " / ") + "\n\n";
        row(of.head, to);
        to += "|";
        for (std::size_t i = 0; i < of.head.size(); ++i) to += of.head[i].style.starts_with("n") ? " ---: |" : " --- |";
        to += "\n";
        for (auto& one : of.rows) row(one, to);
        to += "\n";
        break;
    }
  }

 private:
  static std::string spaced(std::string text) { return text.starts_with('\n') ? text : " " + text; }

  const std::string& language_;
};

}  // namespace

std::string page_markdown(const page_document& shown, const std::string& language) {
  const writer out(language);
  std::string text = "# " + out.inline_words(shown.title(), " / ") + "\n\n";
  for (auto& block : shown.blocks()) out.block(block, text);
  text.pop_back();
  return text;
}

}  // namespace sekimori
