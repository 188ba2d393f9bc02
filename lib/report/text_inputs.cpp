// report: see text_inputs.hpp.
#include "report/text_inputs.hpp"

#include "base/words.hpp"
#include "report/outline.hpp"
#include "report/visible.hpp"

namespace sekimori {

void show_input(text_page& page, const input_record& input, const std::string& language, const std::string& counts) {
  const bool japanese = language == "ja";
  std::string detail(input_status_word(input.status).in(language));
  if (!input.format.empty()) {
    detail += (japanese ? "、形式 " : ", ") + input.format;
    if (!input.format_version.empty()) detail += " " + input.format_version;
  }
  if (input.listed != nullptr && input.status != "unreadable") detail += (japanese ? "、" : ", ") + listed_of(input).in(language);
  else if (input.status != "unreadable") detail += counts;
  const text_style style = input.status == "unreadable" ? text_style::red : input.status == "read" ? text_style::plain : text_style::yellow;
  page.paragraph(2, 6, {{visible(input.file), text_style::bold}, {": " + detail, style}});
  if (const localized_text stated = stated_of(input); !stated.en.empty()) page.paragraph(4, 6, {{"- " + visible(stated.in(language)), text_style::plain}});
  for (const localized_text& note : input.notes) page.paragraph(4, 6, {{"- " + note.in(language), text_style::yellow}});
  show_diagnostics(page, 4, input.diagnostics);
}

void show_diagnostics(text_page& page, std::uint32_t indent, const std::vector<diagnostic>& shown) {
  for (const diagnostic& item : shown) {
    const bool is_error = item.level == diagnostic_level::error;
    std::string place = item.file;
    if (item.line > 0) place += ":" + std::to_string(item.line) + ":" + std::to_string(item.column);
    page.paragraph(indent, indent + 2,
                   {{std::string(is_error ? "error" : "warning") + "[" + item.code + "]", is_error ? text_style::red : text_style::yellow},
                    {": " + item.message, text_style::plain}});
    if (!place.empty()) page.paragraph(indent + 1, indent + 5, {{"--> " + visible(place), text_style::dim}});
    if (!item.expected.empty()) page.paragraph(indent + 2, indent + 4, {{"= expected: " + item.expected, text_style::plain}});
    if (!item.help.empty()) page.paragraph(indent + 2, indent + 4, {{"= help: " + item.help, text_style::plain}});
  }
}

}  // namespace sekimori
