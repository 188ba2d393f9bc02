// check: params and scope for a set of candidate nodes.
#include "check/scopes.hpp"

#include "value/values.hpp"

namespace sekimori::check {

scope_table::scope_table(const rules::model& model, const rules::organisation* organisation, const std::map<std::string, std::string>& overrides,
                         arena& memory)
    : model_(model), organisation_(organisation), overrides_(overrides), defaults_(rules::organisation::defaults(model.documents->rulesets)), memory_(memory) {}

value scope_table::parameter(const std::vector<std::uint32_t>& nodes, const std::string& full_name, const std::string& name) {
  if (auto given = overrides_.find(full_name); given != overrides_.end()) return from_json(memory_, given->second);
  auto text = [&](const rules::parameter_set& set) -> const std::string* {
    auto found = set.find(full_name);
    return found == set.end() ? nullptr : &found->second.json;
  };
  const std::string* same = nullptr;
  if (organisation_ == nullptr || nodes.empty()) {
    same = text(organisation_ != nullptr ? organisation_->default_parameters() : defaults_.default_parameters());
  } else {
    same = text(organisation_->parameters(nodes.front()));
    for (auto node : nodes) {
      auto* other = text(organisation_->parameters(node));
      if (same == nullptr || other == nullptr || *other != *same) return make_unknown(memory_, {}, memory_.copy("params." + name), unknown_reason::scope);
    }
  }
  return same != nullptr ? from_json(memory_, *same) : value::null();
}

value scope_table::node_field(const std::vector<std::uint32_t>& nodes, std::size_t field) {
  std::string path = "scope." + std::string(rules::scope_fields[field]);
  value unknown = make_unknown(memory_, {}, memory_.copy(path), unknown_reason::scope);
  if (organisation_ == nullptr || nodes.empty()) return unknown;
  auto read = [&](std::uint32_t index) {
    // A zone or a classification is said at a system or above it: the nearest ancestor that says it.
    for (std::uint32_t at = index;;) {
      auto& node = organisation_->nodes()[at];
      const std::string texts[] = {node.id.text, node.zone, node.classification, node.environment, organisation_->owner(index)};
      auto parent = organisation_->find(node.parent);
      if (!texts[field].empty() || !parent) return texts[field];
      at = *parent;
    }
  };
  std::string same = read(nodes.front());
  for (auto node : nodes) {
    if (read(node) != same) return unknown;
  }
  return same.empty() ? unknown : make_string(memory_, same);
}

const scope_view& scope_table::view(std::vector<std::uint32_t> nodes) {
  auto& made = views_[nodes];
  if (made.scope) return made;
  made.nodes = nodes;
  std::vector<std::string_view> names(std::begin(rules::scope_fields), std::end(rules::scope_fields));
  std::vector<value> values;
  for (std::size_t i = 0; i < names.size(); ++i) values.push_back(node_field(nodes, i));
  made.scope = std::make_unique<exec::record_object>("scope", names, values);
  for (auto& ruleset : model_.rulesets) {
    std::vector<std::string_view> parameter_names(ruleset.parameters.begin(), ruleset.parameters.end());
    std::vector<value> parameter_values;
    for (auto& name : ruleset.parameters) parameter_values.push_back(parameter(nodes, ruleset.id + "/" + name, name));
    made.parameters.push_back(std::make_unique<exec::record_object>("params", parameter_names, parameter_values));
  }
  return made;
}

}  // namespace sekimori::check
