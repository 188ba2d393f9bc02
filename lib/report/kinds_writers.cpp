// report: kinds with their fields, and which types offer them, as text, JSON (sekimori.kinds/v1) and Markdown. Entry
// points: kinds_text, kinds_json, kinds_markdown.
#include "base/words.hpp"
#include "report/json_writer.hpp"
#include "report/listings.hpp"
#include "report/outline.hpp"
#include "report/text_page.hpp"

namespace sekimori {
namespace {

bool is_declared(const rules::checked_field& field) { return field.derived == nullptr; }

// `public` of seven types: the five that offer it.
std::string types_with(const rules::checked_kind& kind, std::size_t field, bool offered) {
  std::string list;
  for (const rules::checked_mapping& one : kind.from) {
    if ((one.fields[field] != nullptr) == offered) list += (list.empty() ? "" : ", ") + one.type;
  }
  return list;
}

}  // namespace

std::string kinds_text(shown_kinds kinds, const std::string& language) {
  const bool japanese = language == "ja";
  std::string text;
  text_page page(text, 100, false);
  for (const rules::checked_kind* kind : kinds) {
    if (kind != kinds.front()) page.blank();
    page.paragraph(0, 2, {{kind->name, text_style::bold}, {"  " + kind->title.in(language), text_style::plain}});
    for (std::size_t i = 0; i < kind->fields.size(); ++i) {
      const rules::checked_field& field = kind->fields[i];
      std::string about = type_text(field);
      if (field.nullable) about += japanese ? "、null 可" : ", may be null";
      if (!is_declared(field)) about += japanese ? "、ほかの項目から求める" : ", from the other fields";
      page.paragraph(2, 4, {{field.name, text_style::bold}, {": " + about, text_style::plain}});
      if (!is_declared(field)) continue;
      const std::string without = types_with(*kind, i, false), with = types_with(*kind, i, true);
      if (without.empty()) page.paragraph(4, japanese ? "すべての型" : "every type");
      else if (with.empty()) page.paragraph(4, japanese ? "どの型にもない" : "no type");
      else page.paragraph(4, 6, {{with, text_style::plain}});
    }
    page.paragraph(2, japanese ? "型 " + grouped(kind->from.size()) + " 種類:" : grouped(kind->from.size()) + " types:");
    for (const rules::checked_mapping& one : kind->from) {
      std::string missing;
      for (const std::string& name : field_names({kind, &one}, false)) missing += (missing.empty() ? "" : ", ") + name;
      if (!missing.empty()) missing = (japanese ? " (ない項目: " : " (without ") + missing + ")";
      page.paragraph(4, 6, {{one.type + "  " + std::string(cloud_word(one.cloud).in(language)) + missing, text_style::plain}});
    }
  }
  return text;
}

std::string kinds_json(shown_kinds kinds) {
  text_blocks text;
  json_writer out(text);
  out.begin_object();
  out.text("schema", "sekimori.kinds/v1");
  out.begin_array("kinds");
  for (const rules::checked_kind* kind : kinds) {
    out.begin_object();
    out.text("kind", kind->name);
    out.localized("title", kind->title);
    out.begin_array("fields");
    for (const rules::checked_field& field : kind->fields) {
      out.begin_object();
      out.text("name", field.name);
      out.text("type", type_text(field));
      out.flag("nullable", field.nullable);
      out.flag("derived", !is_declared(field));
      out.end_object();
    }
    out.end_array();
    out.begin_array("types");
    for (const rules::checked_mapping& one : kind->from) {
      out.begin_object();
      out.text("type", one.type);
      out.text("cloud", one.cloud);
      out.flag("several", !one.each.empty());
      out.flag("conditional", one.when != nullptr);
      out.texts("offered", field_names({kind, &one}, true));
      out.texts("missing", field_names({kind, &one}, false));
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return text.whole();
}

std::string kinds_markdown(shown_kinds kinds) {
  std::string page;
  auto code = [](std::string_view text) { return "`" + std::string(text) + "`"; };
  for (const rules::checked_kind* kind : kinds) {
    page += (page.empty() ? "## " : "\n## ") + kind->name + "\n\n" + kind->title.en + " (" + kind->title.ja + ")\n\n| field | type |\n| --- | --- |\n";
    for (const rules::checked_field& field : kind->fields) {
      page += "| " + code(field.name) + " | " + code(type_text(field)) + (field.nullable ? ", may be null" : "") + (is_declared(field) ? "" : ", derived") + " |\n";
    }
    page += "\n| cloud | type |";
    std::string line = "\n| --- | --- |";
    for (const rules::checked_field& field : kind->fields) {
      if (!is_declared(field)) continue;
      page += " " + field.name + " |";
      line += " :-: |";
    }
    page += line + "\n";
    for (const rules::checked_mapping& one : kind->from) {
      page += "| " + std::string(cloud_word(one.cloud).en) + " | " + code(one.type) + (one.each.empty() ? "" : ", several") + (one.when == nullptr ? "" : ", some") + " |";
      for (std::size_t i = 0; i < kind->fields.size(); ++i) {
        if (is_declared(kind->fields[i])) page += one.fields[i] != nullptr ? " ✓ |" : " – |";
      }
      page += '\n';
    }
  }
  return page;
}

}  // namespace sekimori
