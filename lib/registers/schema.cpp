// registers: the tables of fields, made ready for looking up.
#include "registers/schema.hpp"

#include <algorithm>

#include "registers/cell_text.hpp"

namespace sekimori::registers {
namespace {

constexpr register_field common_fields[] = {
    {.name = "remarks", .type = field_type::text, .ja = "備考", .en = "Remarks", .headings = "摘要|メモ|特記事項", .personal = true},
    {.name = "as_of", .type = field_type::date, .ja = "基準日", .en = "As of", .headings = "現在日|作成基準日|抽出日"},
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t stop = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, stop));
    text.remove_prefix(std::min(text.size(), stop + 1));
  }
  return parts;
}

field make_field(const register_field& declared) {
  field made;
  made.declared = &declared;
  for (std::string_view heading : {declared.name, declared.ja, declared.en}) made.headings.push_back(heading_key(heading));
  for (std::string_view heading : split(declared.headings, '|')) made.headings.push_back(heading_key(heading));
  for (std::string_view entry : split(declared.choices, '|')) {
    const std::size_t equals = entry.find('=');
    const std::vector<std::string_view> words = split(entry.substr(equals + 1), ',');
    choice one{entry.substr(0, equals), words.front(), {heading_key(entry.substr(0, equals))}};
    for (const std::string_view word : words) one.words.push_back(heading_key(word));
    made.choices.push_back(std::move(one));
  }
  return made;
}

schema make_schema(const register_declaration& declared) {
  schema made;
  made.declared = &declared;
  for (const register_field& one : declared.fields) made.fields.push_back(make_field(one));
  for (const register_field& one : common_fields) made.fields.push_back(make_field(one));
  for (field& one : made.fields) {
    const std::string_view needed = one.declared->needed_when;
    if (needed.empty()) continue;
    const std::size_t equals = needed.find('=');
    one.needed_field = made.find(needed.substr(0, equals));
    one.needed_values = split(needed.substr(equals + 1), ',');
  }
  return made;
}

}  // namespace

std::string_view name_of(field_type type) {
  constexpr std::string_view names[] = {"text", "identifier", "number", "date", "timestamp", "boolean", "choice", "list"};
  return names[static_cast<std::size_t>(type)];
}

std::size_t schema::find(std::string_view name) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].declared->name == name) return i;
  }
  return no_field;
}

std::size_t schema::find_heading(std::string_view key) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (std::find(fields[i].headings.begin(), fields[i].headings.end(), key) != fields[i].headings.end()) return i;
  }
  return no_field;
}

const std::vector<schema>& schemas() {
  static const std::vector<schema> all = [] {
    std::vector<schema> made;
    for (const register_declaration* one : rules::register_declarations) made.push_back(make_schema(*one));
    return made;
  }();
  return all;
}

const schema* find_schema(std::string_view name) {
  for (const schema& one : schemas()) {
    if (one.declared->name == name) return &one;
  }
  return nullptr;
}

std::vector<std::string_view> schema_names() {
  std::vector<std::string_view> names;
  for (const schema& one : schemas()) names.push_back(one.declared->name);
  return names;
}

}  // namespace sekimori::registers
