// report: a document for people as one HTML page that loads nothing and has no script. Entry point: page_html.
#include <algorithm>

#include "report/html_page.hpp"
#include "report/pages/document.hpp"

namespace sekimori {
namespace {

// What the page of a report does not have. Answers are told by words; colours only help to find them.
constexpr std::string_view own_style = R"css(
.terms{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .8rem;margin:.4rem 0 .6rem}.terms dt{color:var(--soft)}.terms dd{margin:0;overflow-wrap:anywhere}
h3,h4{margin:1.2rem 0 .2rem;line-height:1.5}h4{font-size:1rem}tbody th{font-weight:700}tbody th code{white-space:nowrap}
td code{overflow-wrap:break-word}td.yes{background:#e9f5ee}td.part{background:#eef4ff}td.ask{background:#fff6dc}td.no{background:#f2f2f2}td.open{background:#fdeaea;font-weight:700}
ul.contents{columns:2 22rem;padding-left:1.3rem;margin:.3rem 0}ul.contents li{break-inside:avoid}
@media (max-width:640px){.terms{grid-template-columns:minmax(0,1fr)}.terms dt{font-weight:700}}
@media print{ul.contents{columns:2}td{print-color-adjust:exact;-webkit-print-color-adjust:exact}.wrap{overflow:visible}table{font-size:9pt}}
)css";

class writer {
 public:
  writer(const page_document& shown, const std::string& language, std::string& to) : shown_(shown), language_(language), page_(to) {}

  void write() {
    head();
    for (auto& one : shown_.blocks()) block(one);
    page_.raw("</main>\n</div>\n</body>\n</html>\n");
  }

 private:
  localized_text chosen(const localized_text& words) const {
    if (language_ == "both") return words;
    const std::string& one = words.in(language_);
    return {one, one};   // the same twice is shown once
  }

  void head() {
    const bool english = language_ == "en";
    page_.raw(english ? "<!DOCTYPE html>\n<html lang=\"en\">\n" : "<!DOCTYPE html>\n<html lang=\"ja\">\n");
    page_.raw("<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    page_.text(shown_.title().in(english ? "en" : "ja"));
    page_.raw("</title>\n<style>");
    page_.raw(html_style());
    page_.raw(own_style);
    page_.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
    page_.raw(english ? "Skip to the content" : "本文へ移動");
    page_.raw("</a>\n");
    if (language_ == "both") {
      page_.raw("<input type=\"radio\" name=\"lang\" class=\"lang\" id=\"lang-en\"><label for=\"lang-en\" lang=\"en\">English</label>\n"
                "<input type=\"radio\" name=\"lang\" class=\"lang\" id=\"lang-ja\" checked><label for=\"lang-ja\" lang=\"ja\">日本語</label>\n");
    }
    page_.raw("<div id=\"page\">\n<main id=\"main\">\n");
    element("h1", {}, shown_.title());
  }

  void element(std::string_view tag, std::string_view attributes, const localized_text& words) {
    page_.raw("<" + std::string(tag) + std::string(attributes) + ">");
    page_.both(chosen(words));
    page_.raw("</" + std::string(tag) + ">\n");
  }

  void content(const page_cell& of) {
    if (of.words.ja.empty() && of.words.en.empty()) return;
    if (!of.link.empty()) {
      page_.raw("<a href=\"#");
      page_.text(of.link);
      page_.raw("\">");
    }
    if (of.code) page_.code(of.words.in("ja"));
    else page_.both(chosen(of.words));
    if (!of.link.empty()) page_.raw("</a>");
  }

  // `tag` with its attributes, without brackets.
  void cell(std::string_view tag, const page_cell& of) {
    page_.raw("<" + std::string(tag));
    if (!of.style.empty()) page_.raw(" class=\"" + of.style + "\"");
    page_.raw(">");
    content(of);
    page_.raw("</" + std::string(tag.substr(0, tag.find(' '))) + ">");
  }

  void table(const page_block& of) {
    page_.raw("<div class=\"wrap\"><table>");
    if (!of.words.ja.empty() || !of.words.en.empty()) element("caption", {}, of.words);
    page_.raw("<thead><tr>");
    for (auto& one : of.head) cell("th scope=\"col\"", {one.words});
    page_.raw("</tr></thead>\n<tbody>\n");
    for (auto& row : of.rows) {
      page_.raw("<tr>");
      for (std::size_t i = 0; i < row.size(); ++i) cell(i == 0 ? "th scope=\"row\"" : "td", row[i]);
      page_.raw("</tr>\n");
    }
    page_.raw("</tbody></table></div>\n");
  }

  void block(const page_block& of) {
    switch (of.kind) {
      case page_block::form::heading: element("h" + std::to_string(std::min(of.level, 6u)), of.anchor.empty() ? "" : " id=\"" + of.anchor + "\"", of.words); break;
      case page_block::form::paragraph: element("p", {}, of.words); break;
      case page_block::form::note: element("p", " class=\"note\"", of.words); break;
      case page_block::form::table: table(of); break;
      case page_block::form::list: {
        const bool linked = std::any_of(of.rows.begin(), of.rows.end(), [](auto& row) { return !row.front().link.empty(); });
        page_.raw(linked ? "<ul class=\"contents\">\n" : "<ul class=\"plain\">\n");
        for (auto& row : of.rows) cell("li", row.front());
        page_.raw("</ul>\n");
        break;
      }
      case page_block::form::terms:
        page_.raw("<dl class=\"terms\">\n");
        for (auto& row : of.rows) {
          cell("dt", row.front());
          cell("dd", row.back());
        }
        page_.raw("</dl>\n");
        break;
    }
  }

  const page_document& shown_;
  const std::string& language_;
  html_page page_;
};

}  // namespace

std::string page_html(const page_document& shown, const std::string& language) {
  std::string to;
  writer(shown, language, to).write();
  return to;
}

}  // namespace sekimori
