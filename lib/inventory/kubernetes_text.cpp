// inventory: YAML manifests as JSON.
#include "inventory/kubernetes_text.hpp"

#include <memory>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "rules/kubernetes_yaml.hpp"

namespace sekimori::inventory {

namespace {

bool is_top_key(std::string_view line) {
  if (line.substr(0, 2) == "- ") line.remove_prefix(2);   // a list of objects
  for (const std::string_view key : {"apiVersion", "kind"}) {
    std::string_view rest = line;
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    if (rest.substr(0, key.size()) != key) continue;
    rest.remove_prefix(key.size());
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    const std::size_t colon = rest.find_first_not_of(' ');
    if (colon != std::string_view::npos && rest[colon] == ':') return true;
  }
  return false;
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

}  // namespace

bool looks_like_manifest(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string_view::npos || bytes[first] == '{' || bytes[first] == '[') return false;
  std::string decoded;
  if (bytes.size() > 1 && (bytes.substr(0, 2) == "\xff\xfe" || bytes.substr(0, 2) == "\xfe\xff")) {
    auto text = to_utf8(bytes);
    if (!text) return false;
    decoded = std::move(*text);
    bytes = decoded;
  }
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    if (is_top_key(line)) return true;
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
  }
  return false;
}

result<manifest_text> manifest_json(const std::string& name, std::string bytes) {
  if (auto text = to_utf8(bytes)) bytes = std::move(*text);
  const source_text source(name, std::move(bytes));
  rules::yaml_stream read = rules::read_yaml_stream(source, rules::manifest_limits);
  manifest_text made;
  if (read.readable) {
    made.json = "[";
    for (std::size_t i = 0; i < read.documents.size(); ++i) {
      const rules::node& document = read.documents[i];
      if (i > 0) made.json += ',';
      rules::write_kubernetes_json(document, source, made.json, read.problems);
      const std::string pointer = "/" + std::to_string(i);
      made.places[pointer] = source.position(document.where.begin);
      if (document.kind == rules::node_kind::sequence) {
        for (std::size_t k = 0; k < document.items.size(); ++k) made.places[pointer + "/" + std::to_string(k)] = source.position(document.items[k].where.begin);
      }
      for (std::size_t k = 0; document.kind == rules::node_kind::mapping && k + 1 < document.items.size(); k += 2) {
        if (document.items[k].text != "items") continue;
        const rules::node& items = document.items[k + 1];
        for (std::size_t n = 0; n < items.items.size() && items.kind == rules::node_kind::sequence; ++n) {
          made.places[pointer + "/items/" + std::to_string(n)] = source.position(items.items[n].where.begin);
        }
      }
    }
    made.json += ']';
  }
  if (!read.readable || has_error(read.problems)) {
    hide_lines(read.problems);
    return std::move(read.problems);
  }
  return made;
}

}  // namespace sekimori::inventory
