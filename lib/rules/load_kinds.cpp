// rules: kinds/v1 -> kinds_document. Entry point: load_kinds. Leaves expressions as text.
#include <algorithm>
#include <array>
#include <set>

#include "base/cloud_types.hpp"
#include "rules/decoder.hpp"

namespace sekimori::rules {
namespace {

// What a mapping says besides fields; a field cannot have one of these names.
constexpr std::array<std::string_view, 5> mapping_words = {"when", "parts", "attributes", "each", "id"};

bool is_mapping_word(std::string_view name) {
  return std::find(mapping_words.begin(), mapping_words.end(), name) != mapping_words.end();
}

absent_default load_default(decoder& from, const mapping_node& read) {
  absent_default made;
  made.value = from.expression(read.find("value"), "value");
  made.since = from.plain(read.find("since"), "since", month_or_day);
  made.provenance = from.text(read.find("source"), "source");
  return made;
}

std::optional<absent_default> load_absent(decoder& from, const node* body) {
  if (body == nullptr) return std::nullopt;
  return load_default(from, from.open(body, "`absent`", {{"value", required}, {"since"}, {"source", required}}));
}

void load_unset(decoder& from, const node* body, const node& key, attribute_note& into) {
  if (body == nullptr) return;
  const mapping_node read = from.open(body, "`unset`", {{"value", required}, {"since"}, {"source", required}, {"unless"}});
  into.unset = load_default(from, read);
  into.unless = from.texts(read.find("unless"), "unless", word);
  if (key.text.find('.') == std::string::npos) return;
  from.report(diagnostic_code::bad_form, key.where, "`unset` is said of " + in_ticks(key.text) + ", which stands in a block",
              "an attribute of the resource itself: what `dynamic` makes is not in a plan's configuration");
}

std::vector<attribute_note> load_attributes(decoder& from, const node* body) {
  std::vector<attribute_note> made;
  if (body == nullptr) return made;
  for (const auto& [key, value] : from.open_named(body, "attributes", attribute_path).pairs()) {
    const mapping_node read = from.open(value, "an attribute", {{"also"}, {"absent"}, {"unset"}, {"nullable"}});
    attribute_note one;
    one.path = from.located(*key);
    one.also = from.texts(read.find("also"), "also", attribute_path);
    one.absent = load_absent(from, read.find("absent"));
    load_unset(from, read.find("unset"), *key, one);
    one.nullable = from.truth(read.find("nullable"), "nullable", false);
    made.push_back(std::move(one));
  }
  return made;
}

std::vector<part> load_parts(decoder& from, const node* body) {
  std::vector<part> made;
  if (body == nullptr) return made;
  for (const auto& [key, value] : from.open_named(body, "parts", word).pairs()) {
    const mapping_node read = from.open(value, "a part",
        {{"type", required}, {"by", required}, {"to"}, {"absent"}, {"attributes"}});
    part one;
    one.name = from.located(*key);
    one.types = from.one_or_more(read.find("type"), "type", resource_type);
    one.by = from.text(read.find("by"), "by", attribute_path);
    one.to = read.has("to") ? from.text(read.find("to"), "to", attribute_path)
                            : located_string{"id", from.source(), key->where};
    one.absent = load_absent(from, read.find("absent"));
    one.attributes = load_attributes(from, read.find("attributes"));
    made.push_back(std::move(one));
  }
  return made;
}

std::vector<field_declaration> load_fields(decoder& from, const node* body) {
  std::vector<field_declaration> made;
  if (body == nullptr) return made;
  for (const auto& [key, value] : from.open_named(body, "fields", word).pairs()) {
    field_declaration one;
    one.name = from.located(*key);
    if (is_mapping_word(key->text)) {
      from.report(diagnostic_code::bad_form, key->where,
                  "a field cannot be called " + in_ticks(key->text) + ": mappings use that word for something else",
                  "another name than when, parts, attributes, each, id");
    }
    if (value->kind == node_kind::mapping) {
      const mapping_node read = from.open(value, "a field", {{"type", required}, {"nullable"}, {"title"}});
      one.type = from.text(read.find("type"), "type");
      one.nullable = from.truth(read.find("nullable"), "nullable", false);
      one.title = from.words(read.find("title"), "title");
    } else {
      one.type = from.text(value, key->text);
    }
    made.push_back(std::move(one));
  }
  return made;
}

mapping load_mapping(decoder& from, const node& key, const node& body, const kind& declared) {
  mapping made;
  made.type = from.located(key);
  made.cloud = std::string(cloud_of_type(key.text));
  if (made.cloud.empty() && type_without_cloud(key.text).empty() && resource_type.matches(key.text)) {
    from.report(diagnostic_code::bad_form, key.where, in_ticks(key.text) + " is a type of no cloud that is known",
                "a Terraform type that begins with aws_, azurerm_, azuread_, google_, oci_, sakura_, sakuracloud_ or kubernetes_, or the type of an export");
  }
  const mapping_node read = from.open_named(&body, key.text, word);
  made.parts = load_parts(from, read.find("parts"));
  made.attributes = load_attributes(from, read.find("attributes"));
  made.when = from.optional_expression(read.find("when"), "when");
  made.each_id = from.optional_expression(read.find("id"), "id");
  if (const node* each = read.find("each")) {
    if (each->kind == node_kind::mapping) {
      for (const auto& [group, collection] : from.open_named(each, "each", local_id).pairs()) {
        made.each.emplace_back(from.located(*group), from.expression(collection, group->text));
      }
    } else {
      made.each.emplace_back(located_string{"", from.source(), read.find_key("each")->where}, from.expression(each, "each"));
    }
  }
  std::vector<std::string_view> names(mapping_words.begin(), mapping_words.end());
  std::set<std::string_view> fields, derives;
  for (const field_declaration& field : declared.fields) {
    names.push_back(field.name.text);
    fields.insert(field.name.text);
  }
  for (const mapping_field& one : declared.derive) derives.insert(one.name.text);
  for (const auto& [name, value] : read.pairs()) {
    if (is_mapping_word(name->text)) continue;
    if (declared.fields.empty()) {              // reported already
      made.fields.push_back({from.located(*name), from.expression(value, name->text)});
      continue;
    }
    const bool known = fields.count(name->text) > 0;
    if (!known && derives.count(name->text) > 0) {
      from.report(diagnostic_code::unknown_reference, name->where,
                  in_ticks(name->text) + " is derived; a mapping does not give it", "", "remove it here or from `derive`");
      continue;
    }
    if (!known) {
      from.report(diagnostic_code::unknown_reference, name->where,
                  in_ticks(declared.name.text) + " declares no field " + in_ticks(name->text), "one of: " + join(names),
                  did_you_mean(name->text, names));
      continue;
    }
    made.fields.push_back({from.located(*name), from.expression(value, name->text)});
  }
  return made;
}

kind load_kind(decoder& from, const node& key, const node& body) {
  kind made;
  made.name = from.located(key);
  const mapping_node read = from.open(&body, "a kind",
      {{"title", required}, {"fields", required}, {"derive"}, {"from", required}});
  made.title = from.words(read.find("title"), "title");
  made.fields = load_fields(from, read.find("fields"));
  std::map<std::string, span> seen;
  for (const field_declaration& field : made.fields) seen.emplace(field.name.text, field.name.where);
  if (const node* derive = read.find("derive")) {
    for (const auto& [name, value] : from.open_named(derive, "derive", word).pairs()) {
      made.derive.push_back({from.located(*name), from.expression(value, name->text)});
      from.unique(seen, made.derive.back().name, "fields");
    }
  }
  if (const node* mappings = read.find("from")) {
    for (const auto& [type, value] : from.open_named(mappings, "from", resource_type).pairs()) {
      if (value->kind != node_kind::refused) made.from.push_back(load_mapping(from, *type, *value, made));
    }
  }
  return made;
}

}  // namespace

kinds_document load_kinds(decoder& from, const node& root) {
  kinds_document made;
  const mapping_node read = from.open(&root, "a kinds document",
      {{"sekimori", required}, {"engine"}, {"cel"}, {"kinds", required}});
  made.header = from.header(read, true);
  if (const node* kinds = read.find("kinds")) {
    for (const auto& [key, body] : from.open_named(kinds, "kinds", word).pairs()) {
      made.kinds.push_back(load_kind(from, *key, *body));
    }
  }
  return made;
}

}  // namespace sekimori::rules
