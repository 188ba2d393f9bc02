// report: a document for people as one HTML page that loads nothing. Entry point: page_html. A page with a filter has one script, a
// constant; without it everything is shown.
#include <algorithm>

#include "report/html_page.hpp"
#include "report/pages/document.hpp"

namespace sekimori {
namespace {

// What the page of a report does not have. Answers are told by words; colours only help to find them.
constexpr std::string_view own_style = R"css(
.terms{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .8rem;margin:.4rem 0 .6rem}.terms dt{color:var(--soft)}.terms dd{margin:0;overflow-wrap:anywhere}
h3,h4{margin:1.2rem 0 .2rem;line-height:1.5}h4{font-size:1rem}tbody th{font-weight:700}tbody th code{white-space:nowrap}
td code{overflow-wrap:break-word}:is(td,th).yes{background:#e9f5ee}:is(td,th).part{background:#eef4ff}:is(td,th).ask{background:#fff6dc}:is(td,th).no{background:#f2f2f2}:is(td,th).open{background:#fdeaea;font-weight:700}
ul.contents{columns:2 22rem;padding-left:1.3rem;margin:.3rem 0}ul.contents li li{break-inside:avoid}ul.contents>li{margin-bottom:.4rem}.terms ul.plain,td ul.plain{margin:0}
td.title{min-width:14rem}td.short{min-width:7.5rem}td.no{min-width:10rem}td.yes,td.part,th:is(.yes,.part,.ask,.no,.open){white-space:nowrap}.filters output{font-weight:700;align-self:center}details>summary{padding:.3rem 0}details .wrap{margin-bottom:.6rem}
@media (max-width:640px){.terms{grid-template-columns:minmax(0,1fr)}.terms dt{font-weight:700}td.title{min-width:11rem}.filters label{width:100%}}
@media (max-width:600px){thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}table,tbody,tr,tbody th,td{display:block}tr{border:1px solid var(--line);margin-bottom:.6rem}
tr[hidden]{display:none}tbody th,td,td.n{border:0;min-width:0!important;text-align:left;white-space:normal!important}td[data-column]::before{content:attr(data-column) ": ";color:var(--soft);font-weight:400}td:empty{display:none}}
@media print{td.title,td.no{min-width:0}td:is(.yes,.part){white-space:normal}ul.contents{columns:2}td{print-color-adjust:exact;-webkit-print-color-adjust:exact}.wrap{overflow:visible}table{font-size:9pt}}

)css";

// Words, all of which have to stand in what is shown. A link to what is hidden takes the filter away.
constexpr std::string_view own_script = R"js(
(function(){
"use strict";
var d=document,form=d.getElementById("filters"),count=d.getElementById("count"),field=form.elements.t;
["ja","en"].forEach(function(l){var b=d.getElementById("lang-"+l);if(b)b.addEventListener("change",function(){d.documentElement.lang=l;});});
var sought=Array.prototype.map.call(d.querySelectorAll(".sought"),function(e){return{e:e,t:null};});
var chapters=Array.prototype.filter.call(d.querySelectorAll(".chapter"),function(p){return p.querySelector(".sought");});
function low(t){return t.normalize("NFKC").toLowerCase();}
function run(){
var words=low(field.value).split(/\s+/).filter(Boolean),seen=0;
sought.forEach(function(x){
if(words.length&&x.t===null)x.t=low(Array.prototype.map.call(x.e.querySelectorAll("h3,dd,th,td"),function(p){return p.textContent;}).join(" "));
var ok=words.every(function(w){return x.t.indexOf(w)>=0;});
if(x.e.hidden===ok)x.e.hidden=!ok;
if(ok)seen++;});
chapters.forEach(function(p){p.hidden=!p.querySelector(".sought:not([hidden])");});
count.textContent=seen+" / "+sought.length;
}
function show(){var t=location.hash&&d.getElementById(location.hash.slice(1));if(t&&t.closest("[hidden]")){field.value="";run();t.scrollIntoView();}}
form.hidden=false;
form.addEventListener("input",run);
form.addEventListener("reset",function(){setTimeout(run,0);});
form.addEventListener("submit",function(e){e.preventDefault();run();});
window.addEventListener("hashchange",show);
run();
})();
)js";

class writer {
 public:
  writer(const page_document& shown, const std::string& language, std::string& to) : shown_(shown), language_(language), page_(to) {
    for (auto& one : shown.blocks()) filtered_ = filtered_ || one.kind == page_block::form::filter;
  }

  void write() {
    head();
    for (auto& one : shown_.blocks()) block(one);
    close(section::chapter);
    page_.raw("</main>\n</div>\n");
    if (filtered_) {
      page_.raw("<script>");
      page_.raw(own_script);
      page_.raw("</script>\n");
    }
    page_.raw("</body>\n</html>\n");
  }

 private:
  // A chapter is what a heading of level 2 is over; it goes when the filter leaves nothing of it.
  enum class section : std::uint8_t { chapter, sought };

  void open(section kind) {
    page_.raw(kind == section::chapter ? "<section class=\"chapter\">\n" : "<section class=\"sought\">\n");
    open_.push_back(kind);
  }
  void close(section outermost) {
    while (!open_.empty() && open_.back() >= outermost) {
      page_.raw("</section>\n");
      open_.pop_back();
    }
  }

  localized_text chosen(const localized_text& words) const {
    if (language_ == "both") return words;
    const std::string& one = words.in(language_);
    return {one, one};   // the same twice is shown once
  }

  void head() {
    const bool english = language_ == "en";
    page_.raw(english ? "<!DOCTYPE html>\n<html lang=\"en\">\n" : "<!DOCTYPE html>\n<html lang=\"ja\">\n");
    page_.raw("<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'");
    if (filtered_) page_.raw("; script-src " + html_script_hash(own_script));
    page_.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
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

  void words(const page_cell& of) {
    if (of.words.ja.empty() && of.words.en.empty()) return;
    if (!of.link.empty()) {
      page_.raw("<a href=\"");
      page_.text(address_of(of));
      page_.raw("\">");
    }
    if (of.code) page_.code(of.words.in("ja"));
    else page_.both(chosen(of.words));
    if (!of.link.empty()) page_.raw("</a>");
  }

  void content(const page_cell& of) {
    words(of);
    for (auto& one : of.parts) words(one);
    if (of.items.empty()) return;
    page_.raw("<ul class=\"plain\">");
    for (auto& item : of.items) {
      page_.raw("<li>");
      for (auto& one : item) words(one);
      page_.raw("</li>");
    }
    page_.raw("</ul>");
  }

  // `tag` with its attributes, without brackets. `column`: what heads it, for screens where columns stand below each other.
  void cell(std::string_view tag, const page_cell& of, const page_cell* column = nullptr) {
    page_.raw("<" + std::string(tag));
    if (column != nullptr) {
      const localized_text name = chosen(column->words);
      page_.raw(" data-column=\"");
      page_.text(name.ja == name.en ? name.ja : name.ja + " / " + name.en);
      page_.raw("\"");
    }
    if (!of.style.empty()) page_.raw(" class=\"" + of.style + "\"");
    if (!of.anchor.empty()) page_.raw(" id=\"" + of.anchor + "\"");
    page_.raw(">");
    content(of);
    page_.raw("</" + std::string(tag.substr(0, tag.find(' '))) + ">");
  }

  void table(const page_block& of) {
    if (of.folded) {
      page_.raw(of.anchor.empty() ? "<details>" : "<details id=\"" + of.anchor + "\">");
      element("summary", {}, of.words);
    }
    page_.raw("<div class=\"wrap\"><table>");
    if (!of.folded && (!of.words.ja.empty() || !of.words.en.empty())) element("caption", {}, of.words);
    page_.raw("<thead><tr>");
    for (auto& one : of.head) cell("th scope=\"col\"", {one.words});
    page_.raw("</tr></thead>\n<tbody>\n");
    for (auto& row : of.rows) {
      page_.raw(of.sought ? "<tr class=\"sought\">" : "<tr>");
      for (std::size_t i = 0; i < row.size(); ++i) cell(i == 0 ? "th scope=\"row\"" : "td", row[i], i == 0 || i >= of.head.size() ? nullptr : &of.head[i]);
      page_.raw("</tr>\n");
    }
    page_.raw("</tbody></table></div>");
    page_.raw(of.folded ? "</details>\n" : "\n");
  }

  void heading(const page_block& of) {
    close(of.level <= 2 ? section::chapter : section::sought);
    if (filtered_ && of.level == 2) open(section::chapter);
    if (of.sought) open(section::sought);
    element("h" + std::to_string(std::min(of.level, 6u)), of.anchor.empty() ? "" : " id=\"" + of.anchor + "\"", of.words);
  }

  void filter(const page_block& of) {
    page_.raw("<form class=\"filters\" id=\"filters\" hidden><label for=\"sought\">");
    page_.both(chosen(of.words));
    page_.raw("<input type=\"search\" id=\"sought\" name=\"t\" autocomplete=\"off\"></label><button type=\"reset\">");
    page_.both(chosen({"すべて表示", "Show all"}));
    page_.raw("</button><output id=\"count\" for=\"sought\"></output></form>\n");
  }

  void block(const page_block& of) {
    switch (of.kind) {
      case page_block::form::heading: heading(of); break;
      case page_block::form::filter: filter(of); break;
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
  bool filtered_ = false;
  std::vector<section> open_;
};

}  // namespace

std::string page_html(const page_document& shown, const std::string& language) {
  std::string to;
  writer(shown, language, to).write();
  return to;
}

}  // namespace sekimori
