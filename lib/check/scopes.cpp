// check: params and scope for a set of candidate nodes.
#include "check/scopes.hpp"

#include "value/values.hpp"

namespace sekimori::check {
namespace {

const std::string no_parameter = "null";

}  // namespace

scope_table::scope_table(const rules::model& model, const rules::organisation* organisation, const std::map<std::string, std::string>& overrides)
    : model_(model), organisation_(organisation), defaults_(rules::organisation::defaults(model.documents->rulesets)) {
  for (std::size_t i = 0; i < model.rulesets.size(); ++i) {
    for (auto& name : model.rulesets[i].parameters) {
      declared made{i, name, model.rulesets[i].id + "/" + name};
      if (auto given = overrides.find(made.full_name); given != overrides.end()) made.override_ = &given->second;
      declared_.push_back(std::move(made));
    }
  }
}

const std::string* scope_table::same_text(const std::vector<std::uint32_t>& nodes, const declared& asked) const {
  if (asked.override_ != nullptr) return asked.override_;
  auto text = [&](const rules::parameter_set& set) -> const std::string* {
    auto found = set.find(asked.full_name);
    return found == set.end() ? nullptr : &found->second.json;
  };
  if (organisation_ == nullptr || nodes.empty()) {
    auto* given = text(organisation_ != nullptr ? organisation_->default_parameters() : defaults_.default_parameters());
    return given != nullptr ? given : &no_parameter;
  }
  const std::string* same = text(organisation_->parameters(nodes.front()));
  for (std::size_t i = 1; same != nullptr && i < nodes.size(); ++i) {
    auto* other = text(organisation_->parameters(nodes[i]));
    if (other == nullptr || *other != *same) same = nullptr;
  }
  return same;
}

const parameter_objects& scope_table::parameters(const std::vector<std::uint32_t>& nodes) {
  std::vector<const std::string*> texts;
  std::string key;
  for (auto& one : declared_) {
    texts.push_back(same_text(nodes, one));
    // Canonical JSON is never empty and holds no line break: no two lists of texts give one key.
    key += texts.back() != nullptr ? *texts.back() : std::string();
    key += '\n';
  }
  auto [at, fresh] = parameters_.try_emplace(std::move(key));
  if (!fresh) return at->second;
  std::vector<std::vector<std::string_view>> names(model_.rulesets.size());
  std::vector<std::vector<value>> values(model_.rulesets.size());
  for (std::size_t i = 0; i < declared_.size(); ++i) {
    auto& one = declared_[i];
    names[one.ruleset].push_back(one.name);
    values[one.ruleset].push_back(texts[i] != nullptr ? from_json(memory_, *texts[i])
                                                      : make_unknown(memory_, {}, memory_.copy("params." + std::string(one.name)), unknown_reason::scope));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    at->second.push_back(std::make_unique<exec::record_object>("params", std::move(names[i]), std::move(values[i])));
  }
  return at->second;
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

const scope_view& scope_table::view(const std::vector<std::uint32_t>& nodes) {
  const std::lock_guard<std::mutex> lock(making_);
  auto& made = views_[nodes];
  if (made.scope) return made;
  made.nodes = nodes;
  std::vector<std::string_view> names(std::begin(rules::scope_fields), std::end(rules::scope_fields));
  std::vector<value> values;
  for (std::size_t i = 0; i < names.size(); ++i) values.push_back(node_field(nodes, i));
  made.parameters = &parameters(nodes);
  made.scope = std::make_unique<exec::record_object>("scope", names, values);
  return made;
}

}  // namespace sekimori::check
