// inventory: the formats that are read, in the order in which they are asked whether a document is theirs. Entry points:
// format_readers, reader_for. Adding a format is one file with its reader, and one line here.
#include <array>

#include "inventory/format.hpp"

namespace sekimori::inventory {

std::span<const format_reader* const> format_readers() {
  static const std::array readers = {
      &terraform_plan_reader(),
      &terraform_state_reader(),
      &azure_resources_reader(),      // before manifests: a list of resources may have `kind` as well
      &arm_template_reader(),
      &google_api_reader(),          // before manifests: its resources have `kind` as well
      &kubernetes_manifest_reader(),
      &google_assets_reader(),
      &aws_config_reader(),
      &aws_api_reader(),
      &aws_credential_report_reader(),
      &entra_id_reader(),
      &google_users_reader(),
      &cloudformation_reader(),
      &neutral_resources_reader(),
      &oci_api_reader(),
      &sakura_api_reader(),
      &register_reader(),             // told before it comes here, by its headings
  };
  return readers;
}

const format_reader* reader_named(std::string_view name) {
  for (const format_reader* one : format_readers()) {
    if (one->name() == name) return one;
  }
  return nullptr;
}

std::optional<std::vector<std::string>> types_like(std::string_view type) {
  std::optional<std::vector<std::string>> made;
  for (const format_reader* one : format_readers()) {
    auto some = one->types_like(type);
    if (!some) continue;
    if (!made) made.emplace();
    made->insert(made->end(), some->begin(), some->end());
  }
  return made;
}

namespace {

diagnostic_details what_is_read(const document_node& root) {
  diagnostic_details details;
  for (const format_reader* one : format_readers()) {
    details.expected += (details.expected.empty() ? "" : one == format_readers().back() ? ", or " : ", ") + std::string(one->title());
    if (details.help.empty()) details.help = one->guess(root);
  }
  return details;
}

diagnostic_details names_of_formats(std::string_view asked) {
  std::vector<std::string_view> names;
  diagnostic_details details;
  for (const format_reader* one : format_readers()) {
    names.push_back(one->name());
    details.expected += (details.expected.empty() ? "" : ", ") + std::string(one->name());
  }
  details.help = did_you_mean(asked, names);
  return details;
}

}  // namespace

const format_reader* reader_for(const document_node& root, std::string_view format, input_record& record) {
  auto wrong = [&](const std::string& message, diagnostic_details details) {
    record.diagnostics.push_back(make_diagnostic(diagnostic_code::unknown_format, record.file, message, std::move(details)));
    return nullptr;
  };
  const format_reader* found = nullptr;
  if (!format.empty()) {
    found = reader_named(format);
    if (found == nullptr) return wrong("there is no format of inputs `" + std::string(format) + "`", names_of_formats(format));
  }
  const bool container = root.is_map() || root.is_list();
  for (const format_reader* candidate : format_readers()) {
    if (found == nullptr && container && candidate->recognises(root)) found = candidate;
  }
  if (found == nullptr || !container) return wrong("the input is of no format that is read", what_is_read(root));
  record.format = found->name();
  record.stage = found->stage();
  return found;
}

}  // namespace sekimori::inventory
