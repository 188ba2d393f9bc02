// inventory: see yaml_text.hpp.
#include "inventory/yaml_text.hpp"

#include <algorithm>
#include <optional>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "rules/kubernetes_yaml.hpp"

namespace sekimori::inventory {
namespace {

enum class written_for : std::uint8_t { kubernetes, cloudformation };

struct top_key { std::string_view key; written_for whom; };
constexpr top_key top_keys[] = {{"apiVersion", written_for::kubernetes}, {"kind", written_for::kubernetes},
                                {"AWSTemplateFormatVersion", written_for::cloudformation}, {"Resources", written_for::cloudformation}};

std::optional<written_for> top_key_of(std::string_view line) {
  if (line.starts_with("- ")) line.remove_prefix(2);   // a list of objects
  for (const top_key& one : top_keys) {
    std::string_view rest = line;
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    if (!rest.starts_with(one.key)) continue;
    rest.remove_prefix(one.key.size());
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    const std::size_t colon = rest.find_first_not_of(' ');
    if (colon != std::string_view::npos && rest[colon] == ':') return one.whom;
  }
  return {};
}

// Of the first such key; `bytes` is UTF-8.
std::optional<written_for> whom_for(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string_view::npos || bytes[first] == '{' || bytes[first] == '[') return {};
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    if (const auto whom = top_key_of(line)) return whom;
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
  }
  return {};
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html: every function has a
// short form that leaves `Fn::` out; `Ref` and `Condition` have none to leave out.
std::string_view function_of(std::string_view tag) {
  constexpr std::string_view functions[] = {
      "Ref",       "Condition",     "Fn::And",        "Fn::Base64", "Fn::Cidr",   "Fn::Equals", "Fn::FindInMap",    "Fn::GetAtt",    "Fn::GetAZs", "Fn::If",
      "Fn::Implies", "Fn::ImportValue", "Fn::Join",   "Fn::Length", "Fn::Not",    "Fn::Or",     "Fn::RefAll",       "Fn::Select",    "Fn::Split",  "Fn::Sub",
      "Fn::ToJsonString", "Fn::Transform", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn"};
  if (!tag.starts_with('!')) return {};
  tag.remove_prefix(1);
  for (const std::string_view one : functions) {
    if ((one.starts_with("Fn::") ? one.substr(4) : one) == tag) return one;
  }
  return {};
}

void hide_lines(std::vector<diagnostic>& problems) {
  for (diagnostic& one : problems) {
    one.source_line.clear();
    one.caret = one.width = 0;
    if (one.code == code_text(diagnostic_code::yaml_syntax) || one.code == code_text(diagnostic_code::yaml_feature)) one.code = code_text(diagnostic_code::input_yaml);
    if (one.code == code_text(diagnostic_code::duplicate_key)) one.code = code_text(diagnostic_code::input_duplicate_key);
    if (one.code == code_text(diagnostic_code::encoding)) one.code = code_text(diagnostic_code::input_encoding);
  }
}

template <class Take>
void each_pair(const rules::node& mapping, Take take) {
  if (mapping.kind != rules::node_kind::mapping) return;
  for (std::size_t i = 0; i + 1 < mapping.items.size(); i += 2) take(mapping.items[i], mapping.items[i + 1]);
}

void manifests(rules::yaml_stream& read, const source_text& source, json_of_yaml& made) {
  const auto each_item = [&](const rules::node& list, const std::string& pointer) {
    for (std::size_t i = 0; i < list.items.size() && list.kind == rules::node_kind::sequence; ++i) {
      made.places[pointer + "/" + std::to_string(i)] = source.position(list.items[i].where.begin);
    }
  };
  made.json = "[";
  for (std::size_t i = 0; i < read.documents.size(); ++i) {
    const rules::node& document = read.documents[i];
    if (i > 0) made.json += ',';
    rules::write_kubernetes_json(document, source, made.json, read.problems);
    const std::string pointer = "/" + std::to_string(i);
    made.places[pointer] = source.position(document.where.begin);
    each_item(document, pointer);
    each_pair(document, [&](const rules::node& key, const rules::node& value) {
      if (key.text == "items") each_item(value, pointer + "/items");
    });
  }
  made.json += ']';
}

void one_template(rules::yaml_stream& read, const source_text& source, json_of_yaml& made) {
  if (read.documents.size() != 1) {
    const span where = read.documents.size() > 1 ? span{read.documents[1].where.begin, read.documents[1].where.begin + 1} : span{0, 0};
    read.problems.push_back(make_diagnostic(diagnostic_code::yaml_feature, source, where, "a template is one document", {"one document", "put each template into a file of its own"}));
    return;
  }
  rules::write_kubernetes_json(read.documents[0], source, made.json, read.problems, rules::cloudformation_scalar);
  each_pair(read.documents[0], [&](const rules::node& key, const rules::node& value) {
    if (key.text != "Resources") return;
    each_pair(value, [&](const rules::node& name, const rules::node&) { made.places["/Resources/" + std::string(name.text)] = source.position(name.where.begin); });
  });
}

}  // namespace

bool looks_like_yaml(std::string_view bytes) {
  if (!bytes.starts_with("\xff\xfe") && !bytes.starts_with("\xfe\xff")) return whom_for(bytes).has_value();
  const auto text = to_utf8(bytes);
  return text && whom_for(*text).has_value();
}

result<json_of_yaml> yaml_json(const std::string& name, std::string bytes) {
  if (auto text = to_utf8(bytes)) bytes = std::move(*text);
  const bool is_template = whom_for(bytes) == written_for::cloudformation;
  const source_text source(name, std::move(bytes));
  rules::yaml_stream read = rules::read_yaml_stream(source, rules::manifest_limits, is_template ? function_of : nullptr);
  json_of_yaml made;
  if (read.readable) is_template ? one_template(read, source, made) : manifests(read, source, made);
  if (!read.readable || has_error(read.problems)) {
    hide_lines(read.problems);
    return std::move(read.problems);
  }
  return made;
}

}  // namespace sekimori::inventory
