// check: sekimori lint. Entry point: lint.
#include "sekimori/lint.hpp"

#include <map>
#include <optional>
#include <set>

#include "base/cloud_types.hpp"
#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "check/matrix/matrix.hpp"
#include "check/unread_types.hpp"
#include "rules/checked.hpp"
#include "rules/checked_paths.hpp"
#include "rules/documents.hpp"
#include "rules/organisation.hpp"
#include "rules/profiles.hpp"
#include "value/json_view.hpp"

namespace sekimori {
namespace {

value member_of(value map, std::string_view key) {
  value found;
  if (map.is(value_kind::map) && map.as_map().find(value::string(key), found)) return found;
  return value::null();
}

// The resource types of `terraform providers schema -json` files.
class schema_set {
 public:
  result<bool> add(const std::string& file) {
    std::string bytes, why;
    if (read_file(file, std::uint64_t{1} << 30, bytes, why) != read_outcome::read) {
      return make_diagnostic(diagnostic_code::unreadable_file, file, "the provider schema cannot be read: " + why, {"", "write it with: terraform providers schema -json > FILE"});
    }
    auto parsed = json_document::parse(file, bytes, true);
    if (!parsed) return std::move(parsed.diagnostics());
    documents_.push_back(std::make_unique<json_document>(std::move(parsed).value()));
    value providers = member_of(documents_.back()->root().read(memory_), "provider_schemas");
    if (!providers.is(value_kind::map)) return make_diagnostic(diagnostic_code::input_shape, file, "the file is not a provider schema", {"an object with `provider_schemas`, as `terraform providers schema -json` prints it", ""});
    auto* entries = providers.as_map().entries();
    for (std::size_t i = 0; i < providers.as_map().size(); ++i) {
      value types = member_of(entries[i].mapped, "resource_schemas");
      if (!types.is(value_kind::map)) continue;
      auto* type = types.as_map().entries();
      for (std::size_t k = 0; k < types.as_map().size(); ++k) blocks_[std::string(type[k].key.as_text())] = member_of(type[k].mapped, "block");
    }
    return true;
  }

  bool has_type(const std::string& type) const { return blocks_.count(type) != 0; }

  // Those of the provider whose types begin as this one does; nullopt: none of the files has any.
  std::optional<std::vector<std::string>> types_like(std::string_view type) const {
    if (!is_terraform_type(type)) return std::nullopt;
    const std::string begins(type.substr(0, type.find('_') + 1));
    std::vector<std::string> made;
    for (auto at = blocks_.lower_bound(begins); at != blocks_.end() && at->first.starts_with(begins); ++at) made.push_back(at->first);
    if (made.empty()) return std::nullopt;
    return made;
  }

  bool has_path(const std::string& type, const std::string& path) const {
    value block = blocks_.at(type);
    std::size_t at = 0;
    while (at <= path.size()) {
      auto dot = path.find('.', at);
      std::string name = path.substr(at, dot == std::string::npos ? dot : dot - at);
      value next = member_of(member_of(block, "block_types"), name);
      if (!next.is_null()) {
        block = member_of(next, "block");
      } else {
        next = member_of(member_of(block, "attributes"), name);
        if (next.is_null()) return false;
        value nested = member_of(next, "nested_type");
        if (nested.is_null()) return dot == std::string::npos || inside_type(member_of(next, "type"), path.substr(dot + 1));
        block = nested;
      }
      if (dot == std::string::npos) return true;
      at = dot + 1;
    }
    return true;
  }

 private:
  // A path below an attribute of a type such as ["list", ["object", {...}]] or ["map", "string"].
  static bool inside_type(value type, const std::string& path) {
    for (int depth = 0; depth < 32; ++depth) {
      if (type.is(value_kind::string)) return type.as_text() == "dynamic";
      if (!type.is(value_kind::list) || type.as_list().size() < 2) return false;
      value constructor = type.as_list().at(0), inner = type.as_list().at(1);
      if (!constructor.is(value_kind::string)) return false;
      if (constructor.as_text() == "map") return true;
      if (constructor.as_text() == "object") {
        auto dot = path.find('.');
        value field = member_of(inner, path.substr(0, dot));
        if (field.is_null()) return false;
        return dot == std::string::npos || inside_type(field, path.substr(dot + 1));
      }
      type = inner;
    }
    return false;
  }

  std::vector<std::unique_ptr<json_document>> documents_;
  arena memory_;     // of their views
  std::map<std::string, value> blocks_;
};

void check_paths(const rules::model& model, const schema_set& schemas, lint_summary& summary, std::vector<diagnostic>& mistakes) {
  std::set<std::string> unknown_types;
  for (auto& named : rules::attribute_paths(model)) {
    if (!schemas.has_type(named.type)) {
      unknown_types.insert(named.type);
      continue;
    }
    ++summary.paths_checked;
    bool known = schemas.has_path(named.type, named.path);
    auto dot = named.path.rfind('.');
    std::string parent = dot == std::string::npos ? std::string() : named.path.substr(0, dot + 1);
    for (auto& other : named.also) known = known || schemas.has_path(named.type, parent + other);
    for (auto& [type, path] : named.others) known = known || (schemas.has_type(type) && schemas.has_path(type, path));
    if (known) continue;
    std::string message = named.type + " has no attribute `" + named.path + "` in the provider schema";
    diagnostic_details details{"an attribute of that type", "a former or newer name can be listed under `attributes: {NAME: {also: [...]}}`"};
    if (named.expression != nullptr) mistakes.push_back(make_diagnostic(diagnostic_code::attribute_path, *named.expression, named.inside, message, details));
    else mistakes.push_back(make_diagnostic(diagnostic_code::attribute_path, *named.place->source, named.place->where, message, details));
  }
  summary.types_unknown = unknown_types.size();
}

}  // namespace

result<lint_summary> lint(const std::vector<std::string>& paths, const std::vector<std::string>& provider_schemas) {
  auto loaded = rules::load_documents(paths);
  if (!loaded) return std::move(loaded.diagnostics());
  auto documents = std::make_shared<const rules::loaded_documents>(std::move(loaded).value());
  std::vector<diagnostic> mistakes = std::move(loaded.diagnostics());
  auto take = [&](auto& found) {
    for (auto& d : found.diagnostics()) mistakes.push_back(d);
  };
  auto model = rules::check_documents(documents);
  take(model);
  const auto rulesets = rules::all_rulesets(*documents);
  for (auto& one : rules::profile_mistakes(documents->profiles, rulesets)) mistakes.push_back(one);
  for (auto& organisation : documents->organisations) {
    auto built = rules::organisation::build(organisation, rulesets, documents->profiles);
    take(built);
  }
  lint_summary summary;
  summary.rulesets = documents->rulesets.size() + documents->policies.size();
  summary.organisations = documents->organisations.size();
  summary.tests = documents->tests.size();
  for (auto& document : documents->standards) summary.standards += document.standards.size();
  if (model) {
    summary.rules = model.value()->rules.size();
    summary.kinds = model.value()->kinds.size();
    for (auto& one : model.value()->rejected) mistakes.push_back(one.why);
    for (auto& kind : model.value()->kinds) summary.mappings += kind->from.size();
    const check::control_matrix matrix = check::control_matrix_of(*model.value(), false);
    summary.unanswered = matrix.count(check::matrix_answer::unanswered);
    for (auto& one : check::gap_mistakes(matrix)) mistakes.push_back(one);
    schema_set schemas;
    if (!provider_schemas.empty()) {
      for (auto& file : provider_schemas) {
        auto added = schemas.add(file);
        take(added);
      }
      check_paths(*model.value(), schemas, summary, mistakes);
    }
    for (auto& one : check::unread_types(*model.value(), [&](std::string_view type) { return schemas.types_like(type); })) mistakes.push_back(one);
  }
  if (has_error(mistakes)) return mistakes;
  return {summary, std::move(mistakes)};
}

}  // namespace sekimori
