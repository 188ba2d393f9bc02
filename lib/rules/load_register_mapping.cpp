// rules: register-mapping/v1 -> register_mapping_document. Entry point: load_register_mapping. Knows no register.
#include "rules/decoder.hpp"

namespace sekimori::rules {

register_mapping_document load_register_mapping(decoder& from, const node& root) {
  register_mapping_document made;
  const mapping_node read = from.open(&root, "a register mapping",
      {{"sekimori", required}, {"engine"}, {"register", required}, {"file"}, {"encoding"}, {"as_of"}, {"complete"}, {"declared_by"}, {"heading_row"}, {"headings"}, {"ignore"}, {"choices"}});
  made.header = from.header(read, false);
  made.name = from.text(read.find("register"), "register", word);
  made.file = from.plain(read.find("file"), "file");
  made.encoding = from.choice(read.find("encoding"), "encoding", {"utf-8", "utf-16", "cp932"});
  made.as_of = from.plain(read.find("as_of"), "as_of", calendar_day);
  if (read.has("complete")) made.complete = from.truth(read.find("complete"), "complete", false);
  made.declared_by = from.plain(read.find("declared_by"), "declared_by");
  made.heading_row = from.whole_number(read.find("heading_row"), "heading_row", 1, 1'000);
  for (const auto& [key, value] : from.open_named(read.find("headings"), "headings", any_text).pairs()) {
    made.headings.emplace_back(from.located(*key), from.text(value, key->text, word));
  }
  made.ignore = from.texts(read.find("ignore"), "ignore", any_text);
  for (const auto& [field, words] : from.open_named(read.find("choices"), "choices", word).pairs()) {
    register_words one{from.located(*field), {}};
    for (const auto& [said, meant] : from.open_named(words, field->text, any_text).pairs()) {
      one.words.emplace_back(from.located(*said), from.text(meant, said->text, word));
    }
    made.choices.push_back(std::move(one));
  }
  return made;
}

}  // namespace sekimori::rules
