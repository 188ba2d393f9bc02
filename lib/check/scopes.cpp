// check: params and scope for a set of candidate nodes.
#include "check/scopes.hpp"

#include "check/waivers.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

const std::string no_parameter = "null";
static_assert(rules::scope_fields[0] == "id" && rules::scope_fields[4] == "owner" && std::size(rules::scope_fields) == 5);

}  // namespace

scope_table::scope_table(const rules::model& model, const rules::organisation* organisation, const std::map<std::string, std::string>& overrides,
                         std::optional<std::int64_t> now, const rules::scope_texts& said)
    : model_(model), organisation_(organisation), defaults_(rules::organisation::defaults(model.documents->rulesets)), said_(said), today_(now ? japan_date(*now) : std::string()),
      singles_(organisation != nullptr ? organisation->nodes().size() : 0) {
  for (std::size_t i = 0; i < model.rulesets.size(); ++i) {
    for (auto& name : model.rulesets[i].parameters) {
      declared made{i, name, model.rulesets[i].id + "/" + name};
      for (auto& source : model.documents->rulesets) {
        if (source.id.text != model.rulesets[i].id) continue;
        for (auto& one : source.parameters) {
          if (one.name.text == name) made.source = &one;
        }
      }
      if (auto given = overrides.find(made.full_name); given != overrides.end()) made.override_ = &given->second;
      declared_.push_back(std::move(made));
    }
  }
}

const std::string* scope_table::same_text(std::span<const std::uint32_t> nodes, const declared& asked) const {
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

bool scope_table::is_overdue(const declared& asked, const std::string& json) const {
  if (asked.source == nullptr || asked.source->review_by.empty() || asked.override_ != nullptr) return false;
  // A scope that set it answers for what it set.
  return json == asked.source->initial.json && (today_.empty() || today_ > asked.source->review_by);
}

// Long lists of texts get an index: 969 ns to 15 for looking into one of 1,000.
value scope_table::indexed(value parameter) {
  const value* elements = parameter.is(value_kind::list) ? parameter.as_list().elements() : nullptr;
  const std::size_t size = elements != nullptr ? parameter.as_list().size() : 0;
  if (size <= text_set::few || !std::all_of(elements, elements + size, [](const value& one) { return one.is(value_kind::string); })) return parameter;
  return value::list(&indexed_.emplace_back(std::span(elements, size)));
}

const parameter_objects& scope_table::parameters(std::span<const std::uint32_t> nodes) {
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
    const std::string path = "params." + std::string(one.name);
    if (texts[i] == nullptr) {
      values[one.ruleset].push_back(make_unknown(memory_, {}, path, unknown_reason::scope));
    } else if (is_overdue(one, *texts[i])) {
      const std::string told = path + " (見直し期限 review by: " + one.source->review_by + ")";
      values[one.ruleset].push_back(make_unknown(memory_, {}, told, unknown_reason::register_missing));
    } else {
      values[one.ruleset].push_back(indexed(from_json(memory_, *texts[i])));
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    at->second.push_back(std::make_unique<exec::record_object>("params", std::move(names[i]), std::move(values[i])));
  }
  return at->second;
}

// A resource that may belong to several scopes is asked what any of them adopts, and one that belongs nowhere everything.
const std::vector<bool>* scope_table::adopted(std::span<const std::uint32_t> nodes) {
  if (organisation_ == nullptr || nodes.empty() || organisation_->adopted(nodes.front()) == nullptr) return nullptr;
  std::vector<const std::vector<std::string>*> lists;
  for (const std::uint32_t node : nodes) lists.push_back(organisation_->adopted(node));
  std::sort(lists.begin(), lists.end());
  lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
  auto [at, fresh] = adopted_.try_emplace(std::move(lists));
  std::vector<bool>& mask = at->second;
  if (fresh) {
    for (auto& rule : model_.rules) {
      mask.push_back(std::any_of(at->first.begin(), at->first.end(), [&](auto* list) { return std::binary_search(list->begin(), list->end(), rule.full_id); }));
    }
  }
  return std::find(mask.begin(), mask.end(), false) == mask.end() ? nullptr : &mask;
}

value scope_table::node_field(std::span<const std::uint32_t> nodes, std::size_t field) {
  std::string path = "scope." + std::string(rules::scope_fields[field]);
  if (auto given = said_.find(rules::scope_fields[field]); given != said_.end()) return make_string(memory_, given->second);
  value unknown = make_unknown(memory_, {}, memory_.copy(path), unknown_reason::scope);
  if (organisation_ == nullptr || nodes.empty()) return unknown;
  // The nearest node at or above that says it; an id is a node's own. By rules::scope_fields.
  static constexpr std::string rules::scope_node::* said[] = {nullptr, &rules::scope_node::zone, &rules::scope_node::classification, &rules::scope_node::environment,
                                                              &rules::scope_node::owner};
  auto read = [&](std::uint32_t index) -> const std::string& {
    return field == 0 ? organisation_->nodes()[index].id.text : organisation_->inherited(index, said[field]);
  };
  const std::string& same = read(nodes.front());
  for (auto node : nodes) {
    if (read(node) != same) return unknown;
  }
  return same.empty() ? unknown : make_string(memory_, same);
}

const scope_view& scope_table::view(std::span<const std::uint32_t> nodes) {
  if (nodes.size() != 1 || nodes.front() >= singles_.size()) return view_of_several(nodes);
  single& one = singles_[nodes.front()];
  if (!one.made.load(std::memory_order_acquire)) {
    const std::lock_guard<std::mutex> lock(making_);
    if (!one.view.scope) make(one.view, nodes);
    one.made.store(true, std::memory_order_release);
  }
  return one.view;
}

const scope_view& scope_table::view_of_several(std::span<const std::uint32_t> nodes) {
  const std::lock_guard<std::mutex> lock(making_);
  if (auto known = views_.find(nodes); known != views_.end()) return known->second;
  scope_view made;
  make(made, nodes);
  return views_.emplace(made.nodes, std::move(made)).first->second;
}

void scope_table::make(scope_view& into, std::span<const std::uint32_t> nodes) {
  into.nodes.assign(nodes.begin(), nodes.end());
  std::vector<std::string_view> names(std::begin(rules::scope_fields), std::end(rules::scope_fields));
  std::vector<value> values;
  for (std::size_t i = 0; i < names.size(); ++i) values.push_back(node_field(nodes, i));
  into.parameters = &parameters(nodes);
  into.adopted = adopted(nodes);
  into.scope = std::make_unique<exec::record_object>("scope", names, values);
}

}  // namespace sekimori::check
