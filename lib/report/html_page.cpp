// report: writes HTML, everything escaped. Entry point: html_page. Knows no report.
#include "report/html_page.hpp"

#include "base/digest.hpp"
#include "report/outline.hpp"
#include "report/visible.hpp"

namespace sekimori {

void html_page::text(std::string_view value) {
  for (char c : visible(value)) {
    switch (c) {
      case '&': to_ += "&amp;"; break;
      case '<': to_ += "&lt;"; break;
      case '>': to_ += "&gt;"; break;
      case '"': to_ += "&quot;"; break;
      case '\'': to_ += "&#39;"; break;
      default: to_ += c;
    }
  }
}

void html_page::text_of_lines(std::string_view value) {
  bool first = true;
  for (const std::string& line : visible_lines(value)) {
    if (!first) to_ += "<br>";
    first = false;
    text(line);
  }
}

void html_page::code(std::string_view value) {
  to_ += "<code>";
  text(value);
  to_ += "</code>";
}

void html_page::span(std::string_view language, std::string_view value, bool only) {
  to_ += "<span lang=\"";
  to_ += language;
  to_ += only ? "\" class=\"o\">" : "\">";
  text_of_lines(value);
  to_ += "</span>";
}

void html_page::both(std::string_view ja, std::string_view en) {
  if (ja == en) {
    text_of_lines(ja);
  } else if (en.empty()) {
    span("ja", ja, true);
  } else if (ja.empty()) {
    span("en", en, true);
  } else {
    span("ja", ja, false);
    span("en", en, false);
  }
}

void html_page::element(std::string_view tag, std::string_view ja, std::string_view en) {
  to_ += '<';
  to_ += tag;
  to_ += '>';
  both(ja, en);
  to_ += "</";
  to_ += tag.substr(0, tag.find(' '));
  to_ += '>';
}

void html_page::head_cell(std::string_view ja, std::string_view en) {
  element("th scope=\"col\"", ja, en);
}

void html_page::number_cell(std::uint64_t value) {
  to_ += value == 0 ? "<td class=\"n z\">" : "<td class=\"n\">";
  to_ += grouped(value);
  to_ += "</td>";
}

std::string html_script_hash(std::string_view script) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto digest = sha256(script);
  std::string hash = "'sha256-";
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const std::size_t left = digest.size() - i;
    const unsigned bits = static_cast<unsigned>(digest[i]) << 16 | (left > 1 ? static_cast<unsigned>(digest[i + 1]) << 8 : 0u) |
                          (left > 2 ? static_cast<unsigned>(digest[i + 2]) : 0u);
    hash += alphabet[bits >> 18];
    hash += alphabet[(bits >> 12) & 63];
    hash += left > 1 ? alphabet[(bits >> 6) & 63] : '=';
    hash += left > 2 ? alphabet[bits & 63] : '=';
  }
  return hash + "'";
}

}  // namespace sekimori
