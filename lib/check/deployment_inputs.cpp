// check: see deployment_inputs.hpp.
#include "check/deployment_inputs.hpp"

#include <algorithm>
#include <filesystem>

#include "base/diagnostics.hpp"

namespace sekimori::check {
namespace {

constexpr std::string_view format_name = "arm-parameters", stage_name = "plan";

// "infra/main.parameters.prod.json" is for "infra/main.json".
bool is_named_for(const std::string& parameters, const std::string& of_template) {
  const std::filesystem::path file(parameters), other(of_template);
  return file.parent_path() == other.parent_path() && file.filename().string().starts_with(other.stem().string() + ".parameters.");
}

}  // namespace

void deployment_inputs::add(std::size_t record, inventory::deployment_text kind, inventory::parsed_text text, file_bytes bytes, std::string digest) {
  (kind == inventory::deployment_text::parameters ? parameters_ : templates_).push_back({record, std::move(text), std::move(bytes), std::move(digest), nullptr});
}

// Null: none, and the record tells why.
const deployment_inputs::held* deployment_inputs::template_for(const held& parameters, input_record& record) const {
  auto refuse = [&](diagnostic_code code, std::string message, std::string expected, std::string help) {
    record.diagnostics.push_back(make_diagnostic(code, record.file, std::move(message), {std::move(expected), std::move(help)}));
    return nullptr;
  };
  const std::string rename = "call them X.json and X.parameters.json, or give one template and its parameters alone";
  if (templates_.empty()) return refuse(diagnostic_code::nothing_found, "these are parameters of an ARM template, and no template is among the inputs", "the template", "give both");
  const document_node given = parameters.text.document.root();
  if (given.tape() != nullptr && has_duplicate_keys(*given.tape(), given.place(), true)) {
    record.diagnostics = duplicate_keys(record.file, parameters.text.made.empty() ? parameters.text.bytes : std::string_view(parameters.text.made));
    return nullptr;
  }
  bool whole = given.field("parameters").is_map();
  given.field("parameters").each_entry([&](std::string_view, const document_node& one) { whole = whole && one.is_map() && one.size() > 0; });
  if (!whole) return refuse(diagnostic_code::input_shape, "/parameters is no object with a `value` or a `reference` for each parameter", "parameters of a deployment", "");
  std::vector<const held*> named, fitting;
  for (const held& one : templates_) {
    if (is_named_for(parameters.text.name, one.text.name)) named.push_back(&one);
    if (inventory::undeclared_parameter(given, one.text.document.root()).empty()) fitting.push_back(&one);
  }
  if (named.size() == 1) {
    const std::string unknown = inventory::undeclared_parameter(given, named[0]->text.document.root());
    if (unknown.empty()) return named[0];
    return refuse(diagnostic_code::input_shape, "the template " + named[0]->text.name + " has no parameter `" + unknown + "`", "parameters that the template declares", "");
  }
  if (fitting.size() == 1) return fitting[0];
  if (fitting.empty()) return refuse(diagnostic_code::nothing_found, "no template among the inputs declares all of these parameters", "the template that they are for", rename);
  std::string names;
  for (const held* one : fitting) names += (names.empty() ? "" : ", ") + one->text.name;
  return refuse(diagnostic_code::nothing_found, "several templates declare all of these parameters: " + names, "one template that they are for", rename);
}

void deployment_inputs::finish(inventory::inventory& into, std::vector<input_record>& records, std::vector<std::size_t>& added) {
  for (held& one : parameters_) {
    input_record& record = records[one.record];
    record.file = one.text.name;
    record.format = format_name;
    record.stage = stage_name;
    record.status = "unreadable";
    record.digest = std::move(one.digest);
    one.of = template_for(one, record);
  }
  for (held& one : parameters_) {
    if (one.of == nullptr) continue;
    const auto same = std::count_if(parameters_.begin(), parameters_.end(), [&](const held& other) { return other.of == one.of; });
    input_record& record = records[one.record];
    if (same == 1) {
      record.status = "read";
      continue;
    }
    record.diagnostics.push_back(make_diagnostic(diagnostic_code::nothing_found, record.file, "several files of parameters are for the template " + one.of->text.name,
                                                 {"one file of parameters for each template", "check one deployment after the other"}));
  }
  for (held& one : templates_) {
    const auto with = std::find_if(parameters_.begin(), parameters_.end(), [&](const held& other) { return other.of == &one && records[other.record].status == "read"; });
    added.push_back(one.record);
    input_record record = into.add(std::move(one.text), with == parameters_.end() ? nullptr : &with->text.document);
    into.keep(std::move(one.bytes));
    record.digest = std::move(one.digest);
    if (with != parameters_.end()) record.notes.push_back({"パラメーターの値は " + with->text.name + " のものです。", "the values of parameters are those of " + with->text.name});
    records[one.record] = std::move(record);
  }
  templates_.clear();
  parameters_.clear();
}

}  // namespace sekimori::check
