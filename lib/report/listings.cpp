// report: policy::inventory and policy::kinds: what is listed comes from lib/check, its forms from the files beside this.
#include "report/listings.hpp"

#include <algorithm>

#include "base/diagnostics.hpp"
#include "report/visible.hpp"

namespace sekimori {
namespace {

// What is wrong with how a listing was asked for; nothing: it is written.
std::vector<diagnostic> asked_wrongly(std::string_view format, const std::vector<std::string_view>& formats, const std::string& language) {
  auto wrong = [](const std::string& message, std::string expected, std::string help) {
    return std::vector{make_diagnostic(diagnostic_code::usage, std::string(), message, {std::move(expected), std::move(help)})};
  };
  if (language != "ja" && language != "en") return wrong("listings are not written in the language `" + visible(language) + "`", "one of: ja, en", "");
  if (std::find(formats.begin(), formats.end(), format) != formats.end()) return {};
  std::string list;
  for (std::string_view one : formats) list += (list.empty() ? "one of: " : ", ") + std::string(one);
  return wrong("there is no form `" + visible(format) + "` of this listing", list, did_you_mean(format, formats));
}

}  // namespace

std::string type_text(const rules::checked_field& field) {
  const cel::type* type = field.derived != nullptr ? field.derived->result_type : field.type;
  return type != nullptr ? cel::to_string(*type) : "dyn";
}

std::vector<std::string> field_names(const check::listed_mapping& of, bool offered) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < of.kind->fields.size(); ++i) {
    if (of.kind->fields[i].derived == nullptr && of.offers(i) == offered) names.push_back(of.kind->fields[i].name);
  }
  return names;
}

result<std::string> policy::inventory(opened_inputs& inputs, std::string_view format, const std::string& language) const {
  if (auto wrong = asked_wrongly(format, {"text", "json", "csv"}, language); !wrong.empty()) return wrong;
  const check::inventory_listing listed = check::list_inventory(*this, inputs);
  std::vector<diagnostic> told;
  for (const input_record& input : listed.inputs) told.insert(told.end(), input.diagnostics.begin(), input.diagnostics.end());
  return {format == "json" ? inventory_json(listed) : format == "csv" ? inventory_csv(listed) : inventory_text(listed, language), std::move(told)};
}

result<std::string> policy::kinds(std::string_view format, const std::string& language, std::string_view kind) const {
  if (auto wrong = asked_wrongly(format, {"text", "json", "markdown"}, language); !wrong.empty()) return wrong;
  std::vector<const rules::checked_kind*> kinds = check::kinds_of(*this);
  std::vector<std::string_view> names;
  for (const rules::checked_kind* one : kinds) names.push_back(one->name);
  if (!kind.empty()) std::erase_if(kinds, [&](const rules::checked_kind* one) { return one->name != kind; });
  if (!kind.empty() && kinds.empty()) {
    return make_diagnostic(diagnostic_code::usage, std::string(), "there is no kind `" + visible(kind) + "`", {"one of those that `sekimori kinds` lists", did_you_mean(kind, names)});
  }
  return format == "json" ? kinds_json(kinds) : format == "markdown" ? kinds_markdown(kinds) : kinds_text(kinds, language);
}

}  // namespace sekimori
