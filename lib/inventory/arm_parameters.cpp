// inventory: see arm_parameters.hpp.
#include "inventory/arm_parameters.hpp"

#include "inventory/azure_ids.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

bool is_schema(const document_node& root, std::string_view word) { return lower_ascii(text_field(root, "$schema")).find(word) != std::string::npos; }

// The name as the template writes it: names are compared without case. Empty: there is none.
std::string_view declared_name(const document_node& of_template, std::string_view name) {
  std::string_view found;
  of_template.field("parameters").each_entry([&](std::string_view key, const document_node&) {
    if (found.empty() && lower_ascii(key) == lower_ascii(name)) found = key;
  });
  return found;
}

}  // namespace

deployment_text deployment_text_of(const parsed_text& text) {
  if (!text.diagnostics.empty()) return deployment_text::none;
  const document_node root = text.document.root();
  if (is_schema(root, "deploymentparameters.json")) return deployment_text::parameters;
  return is_schema(root, "deploymenttemplate.json") ? deployment_text::arm_template : deployment_text::none;
}

std::string undeclared_parameter(const document_node& parameters, const document_node& of_template) {
  std::string found;
  parameters.field("parameters").each_entry([&](std::string_view name, const document_node&) {
    if (found.empty() && declared_name(of_template, name).empty()) found = name;
  });
  return found;
}

void give_parameters(const document_node& parameters, const document_node& of_template, arena& memory, arm_expressions& to) {
  parameters.field("parameters").each_entry([&](std::string_view name, const document_node& given) {
    document_node plain;
    const bool told = given.find("value", plain);
    to.give(declared_name(of_template, name), told ? plain.read(memory) : make_unknown(memory, {}, {}, unknown_reason::computed));
  });
}

}  // namespace sekimori::inventory
