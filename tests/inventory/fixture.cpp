#include "fixture.hpp"

namespace fixture {

plan& plan::add(const change& one) {
  std::string rest = one.address, module;
  for (;;) {
    if (rest.rfind("module.", 0) != 0) break;
    std::size_t at = 7;
    bool quoted = false;
    while (at < rest.size() && (quoted || rest[at] != '.')) quoted ^= rest[at++] == '"';
    module += (module.empty() ? "" : ".") + rest.substr(0, at);
    rest = rest.substr(at + 1);
  }
  bool data = rest.rfind("data.", 0) == 0;
  if (data) rest = rest.substr(5);
  std::string type = rest.substr(0, rest.find('.')), name = rest.substr(rest.find('.') + 1), index = one.index;
  if (auto bracket = name.find('['); bracket != std::string::npos) {
    if (index.empty()) index = name.substr(bracket + 1, name.size() - bracket - 2);
    name = name.substr(0, bracket);
  }
  std::string address;
  for (char c : one.address) address += c == '"' ? std::string("\\\"") : std::string(1, c);
  std::string escaped_module;
  for (char c : module) escaped_module += c == '"' ? std::string("\\\"") : std::string(1, c);
  bool gone = one.actions == "\"delete\"" || one.actions == "\"forget\"";
  std::string text = "{\"address\": \"" + address + "\", \"mode\": \"" + (data ? "data" : "managed") + "\", \"type\": \"" + type +
                     "\", \"name\": \"" + name + "\"";
  if (!module.empty()) text += ", \"module_address\": \"" + escaped_module + "\"";
  if (!index.empty()) text += ", \"index\": " + index;
  text += ", \"provider_name\": \"registry.terraform.io/hashicorp/" + type.substr(0, type.find('_')) + "\"" + one.more;
  text += ", \"change\": {\"actions\": [" + one.actions + "], ";
  if (gone) text += "\"before\": " + one.after + ", \"after\": null, \"before_sensitive\": " + one.sensitive + "}}";
  else text += "\"before\": null, \"after\": " + one.after + ", \"after_unknown\": " + one.unknown + ", \"after_sensitive\": " + one.sensitive + "}}";
  changes.push_back(text);
  kept += !gone && !data && one.more.find("deposed") == std::string::npos;
  return *this;
}

std::string plan::text() const {
  std::string list;
  for (const std::string& one : changes) list += (list.empty() ? "" : ",\n") + one;
  std::string planned;
  for (std::size_t i = 0; whole && i < kept; ++i) planned += std::string(planned.empty() ? "" : ",") + R"({"mode": "managed"})";
  return "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", \"planned_values\": {\"root_module\": {\"resources\": [" + planned + "]}}, \"resource_changes\": [" + list +
         "], \"configuration\": {\"provider_config\": " + providers + ", \"root_module\": " + root_module + "}" + extra + "}";
}

std::string block(const std::string& object, const std::string& expressions, const std::string& more) {
  bool data = object.rfind("data.", 0) == 0;
  std::string rest = data ? object.substr(5) : object;
  auto dot = rest.find('.');
  return "{\"address\": \"" + object + "\", \"mode\": \"" + (data ? "data" : "managed") + "\", \"type\": \"" + rest.substr(0, dot) +
         "\", \"name\": \"" + rest.substr(dot + 1) + "\", \"provider_config_key\": \"aws\", \"expressions\": {" + expressions + "}" + more + "}";
}

const input_record& loaded::add(const std::string& text, const std::string& name) {
  records.push_back(inventory.add_text(name, text, {}));
  inventory.link();
  return records.back();
}

const inv::resource& loaded::at(std::string_view address) const {
  for (const inv::resource& one : inventory.resources()) {
    if (one.address == address) return one;
  }
  for (const auto& record : records) {
    for (const auto& d : record.diagnostics) MESSAGE(d.code << " " << d.message);
  }
  FAIL("no resource " << std::string(address));
  return inventory.resources().front();
}

std::string shown(const inv::links& links) {
  std::string text;
  for (const inv::member& one : links.all()) text += std::string(one.of->address) + (one.certain ? " " : "? ");
  text += links.open ? "open" : "closed";
  if (links.removed_here) text += " removed";
  return text;
}

std::string loaded::to(std::string_view address, std::string_view type, std::string_view by, std::string_view to_attribute, bool part) const {
  arena memory;
  return shown(inventory.linked_to(at(address), std::vector<std::string_view>{type}, by, to_attribute, part, memory));
}

std::string loaded::from(std::string_view address, std::string_view path, std::string_view type) const {
  arena memory;
  return shown(inventory.named_by(at(address), path, type, memory));
}

std::string codes(const input_record& record) {
  std::string text;
  for (const diagnostic& d : record.diagnostics) text += (text.empty() ? "" : " ") + d.code;
  return text;
}

}  // namespace fixture
