// write_registers [--check] ROOT: what is shipped beside the schemas of registers: a template of each, the JSON Schema of
// their JSON form, and the page of their columns. With --check: whether they are what stands there.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "registers/schema.hpp"
#include "rules/decoder.hpp"

namespace {

using namespace sekimori::registers;

bool common(const field& of) { return of.declared->name == "as_of"; }

// The day stands above the headings, where it is filled in once.
std::string template_csv(const schema& of) {
  std::string line;
  for (const field& one : of.fields) {
    if (!common(one)) line += (line.empty() ? "" : ",") + std::string(one.declared->ja);
  }
  return "\xEF\xBB\xBF基準日,\r\n" + line + "\r\n";
}

std::string quoted(std::string_view text) {
  std::string made;
  sekimori::rules::append_json_string(text, made);
  return made;
}

std::string field_schema(const field& of) {
  const register_field& declared = *of.declared;
  std::string type = "\"type\": [\"string\", \"null\"]";
  if (declared.type == field_type::number) type = "\"type\": [\"integer\", \"string\", \"null\"], \"minimum\": 0";
  if (declared.type == field_type::boolean) type = "\"type\": [\"boolean\", \"string\", \"null\"]";
  if (declared.type == field_type::list) type = "\"type\": [\"array\", \"string\", \"null\"], \"items\": {\"type\": \"string\", \"minLength\": 1}";
  if (declared.use != presence::optional) {
    const std::string nothing = ", \"null\"]";
    if (const std::size_t at = type.find(nothing); at != std::string::npos) type.replace(at, nothing.size(), "]");
    if (declared.type != field_type::boolean) type += ", \"minLength\": 1";
  }
  std::string words = std::string(declared.ja) + " / " + std::string(declared.en);
  if (!declared.refers.empty()) words += ": a key of " + std::string(declared.refers);
  for (const choice& one : of.choices) words += (&one == &of.choices.front() ? ": " : ", ") + std::string(one.name) + " (" + std::string(one.shown) + ")";
  return "          " + quoted(declared.name) + ": {" + type + ", \"description\": " + quoted(words) + "}";
}

std::string json_schema() {
  std::string definitions, any;
  for (const schema& of : schemas()) {
    std::string fields, needed;
    for (const field& one : of.fields) {
      fields += (fields.empty() ? "" : ",\n") + field_schema(one);
      if (one.declared->use != presence::optional) needed += (needed.empty() ? "" : ", ") + quoted(one.declared->name);
    }
    const std::string name(of.declared->name);
    definitions += (definitions.empty() ? "" : ",\n") + std::string("    ") + quoted(name) + ": {\n      \"type\": \"array\", \"minItems\": 1, \"description\": " +
                   quoted(std::string(of.declared->ja) + " / " + std::string(of.declared->en)) + ",\n      \"items\": {\n        \"type\": \"object\",\n        \"properties\": {\n" + fields +
                   "\n        },\n        \"additionalProperties\": false,\n        \"required\": [" + needed + "]\n      }\n    }";
    any += (any.empty() ? "" : ", ") + std::string("{\"$ref\": \"#/definitions/") + name + "\"}";
  }
  return "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"$id\": \"registers.schema.json\",\n  \"title\": \"Sekimori registers, as JSON\",\n"
         "  \"description\": \"A list of objects. Use #/definitions/NAME for one register; days, words and what a row has to hold are looked at by `sekimori register`.\",\n  \"anyOf\": [" +
         any + "],\n  \"definitions\": {\n" + definitions + "\n  }\n}\n";
}

// "primary=本務,常勤|concurrent=兼務" and "職員番号|職員ID" as people read them.
std::string listed(std::string_view declared, std::string_view between) {
  std::string made;
  while (!declared.empty()) {
    std::string_view one = declared.substr(0, declared.find('|'));
    declared.remove_prefix(std::min(declared.size(), one.size() + 1));
    one.remove_prefix(one.find('=') == std::string_view::npos ? 0 : one.find('=') + 1);
    if (!made.empty()) made += between;
    for (const char c : one) made += c == ',' ? std::string("、") : std::string(1, c);
  }
  return made;
}

std::string columns_page() {
  constexpr std::string_view types[] = {"文字", "記号・番号", "整数", "日付", "日時", "有無", "区分", "記号・番号の列挙"};
  std::string page = "# 台帳の項目\n\n`./dev docs` が作る頁です。見出しは左の名前のほか「ほかの見出し」でも読み取ります。◎は一行を決める項目(組で一度だけ)、○は必ず書く項目です。"
                     "値を伏せる項目は、誤りを知らせるときも中身を表示しません。\n";
  for (const schema& of : schemas()) {
    page += "\n## " + std::string(of.declared->ja) + " (" + std::string(of.declared->name) + ")\n\n| 見出し | 項目名 | 必須 | 型 | 書き方 | ほかの見出し |\n| --- | --- | --- | --- | --- | --- |\n";
    for (const field& one : of.fields) {
      const register_field& declared = *one.declared;
      std::string how = listed(declared.choices, " / ");
      if (!declared.refers.empty()) how += "「" + std::string(find_schema(declared.refers)->declared->ja) + "」にあるもの";
      if (!one.needed_values.empty()) {
        how += how.empty() ? "" : "。";
        std::string when;
        for (const choice& word : of.fields[one.needed_field].choices) {
          for (const std::string_view value : one.needed_values) {
            if (value == word.name) when += std::string(when.empty() ? "" : "、") + std::string(word.shown);
          }
        }
        how += when + "のとき必須";
      }
      if (declared.personal) how += std::string(how.empty() ? "" : "。") + "値を伏せる";
      page += "| " + std::string(declared.ja) + " | `" + std::string(declared.name) + "` | " + (declared.use == presence::key ? "◎" : declared.use == presence::filled ? "○" : "") + " | " +
              std::string(types[static_cast<std::size_t>(declared.type)]) + " | " + how + " | " + listed(declared.headings, "、") + " |\n";
    }
  }
  return page;
}

bool keep(const std::string& path, const std::string& text, bool check) {
  std::ifstream file(path, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(file), {}};
  if (before == text) return true;
  if (check) {
    std::fprintf(stderr, "%s is stale: run `./dev docs`\n", path.c_str());
    return false;
  }
  std::ofstream(path, std::ios::binary) << text;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc > 2 && std::string(argv[1]) == "--check";
  if (argc < 2) {
    std::fprintf(stderr, "usage: write_registers [--check] ROOT\n");
    return 2;
  }
  const std::string root = argv[argc - 1];
  bool fresh = true;
  for (const schema& of : schemas()) fresh = keep(root + "/rulesets/registers/" + std::string(of.declared->name) + ".csv", template_csv(of), check) && fresh;
  fresh = keep(root + "/rulesets/schemas/registers.schema.json", json_schema(), check) && fresh;
  fresh = keep(root + "/docs/ja/台帳の項目.md", columns_page(), check) && fresh;
  return fresh ? 0 : 1;
}
