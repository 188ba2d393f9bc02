// inventory: see terraform_configuration.hpp. What is written where; references are resolved in
// terraform_references.cpp.
#include "inventory/terraform_configuration.hpp"

#include <algorithm>

#include "inventory/reading.hpp"
#include "inventory/secret_names.hpp"

namespace sekimori::inventory {

namespace {

constexpr int module_depth_limit = 64;
constexpr int variable_depth_limit = 32;

std::string joined(std::string_view a, std::string_view b) {
  std::string text;
  text.reserve(a.size() + b.size() + 1);
  text += a;
  text += '\x1f';
  text += b;
  return text;
}

}  // namespace

std::string object_of(const resource& one) {
  return (one.data_source ? "data." : "") + one.type + "." + one.name;
}

std::vector<std::string_view> listed_references(value expression) {
  std::vector<std::string_view> listed;
  value references = field_of(expression, "references");
  for (std::size_t i = 0; i < size_of(references); ++i) {
    std::string_view text = text_of(references.as_list().at(i));
    if (!text.empty()) listed.push_back(text);
  }
  return listed;
}

terraform_configuration::terraform_configuration(value plan) : plan_(plan), root_(std::make_unique<module_block>()) {
  value configuration = field_of(plan, "configuration");
  providers_ = field_of(configuration, "provider_config");
  root_->config = field_of(configuration, "root_module");
}

const module_block* terraform_configuration::child(const module_block* parent, std::string_view name) const {
  auto known = parent->children.find(name);
  if (known != parent->children.end()) return known->second.get();
  value call = field_of(field_of(parent->config, "module_calls"), name);
  std::unique_ptr<module_block> made;
  if (call.is(value_kind::map)) {
    made = std::make_unique<module_block>();
    made->call = call;
    made->config = field_of(call, "module");
    made->parent = parent;
  }
  return parent->children.emplace(std::string(name), std::move(made)).first->second.get();
}

const module_block* terraform_configuration::module_at(std::string_view address) const {
  const module_block* at = root_.get();
  int depth = 0;
  for (std::string_view name : module_names(address)) {
    if (++depth > module_depth_limit) return nullptr;
    at = child(at, name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

const configured* terraform_configuration::block_of(std::string_view module_address, std::string_view object) {
  std::string plain;
  for (std::string_view name : module_names(module_address)) {
    plain += name;
    plain += '.';
  }
  std::string name = joined(plain, object);
  auto known = blocks_by_name_.find(name);
  if (known != blocks_by_name_.end()) return known->second;
  const configured* made = nullptr;
  const module_block* module = module_at(module_address);
  if (module != nullptr) {
    if (module->resources.empty()) {
      value listed = field_of(module->config, "resources");
      for (std::size_t i = 0; i < size_of(listed); ++i) {
        value block = listed.as_list().at(i);
        std::string key = text_field(block, "mode") == "data" ? "data." : "";
        key += std::string(text_field(block, "type")) + "." + std::string(text_field(block, "name"));
        module->resources.emplace(std::move(key), block);
      }
    }
    auto found = module->resources.find(object);
    if (found != module->resources.end()) {
      made = &blocks_.emplace_back(configured{found->second, field_of(found->second, "expressions"), module});
    }
  }
  blocks_by_name_.emplace(std::move(name), made);
  return made;
}

void terraform_configuration::add_instance(const resource* one) {
  instance_group& group = groups_[joined(one->module, object_of(*one))];
  group.members.push_back(one);
  group.by_key.emplace(key_text(one->key), one);
  int depth = 0;
  for (std::string_view module = one->module; !module.empty() && depth < module_depth_limit; ++depth) {
    if (!modules_seen_.insert(std::string(module)).second) break;
    std::string_view parent = parent_module(module);
    module_step last = last_module(module);
    module_keys_[joined(parent, last.name)].emplace_back(last.key);
    module = parent;
  }
}

const instance_group* terraform_configuration::group(std::string_view module_address, std::string_view object) const {
  auto found = groups_.find(joined(module_address, object));
  return found == groups_.end() ? nullptr : &found->second;
}

const std::vector<const resource*>* terraform_configuration::group_of(const resource& one) const {
  const instance_group* found = group(one.module, object_of(one));
  return found == nullptr ? nullptr : &found->members;
}

const std::vector<std::string>* terraform_configuration::module_keys(std::string_view parent, std::string_view name) const {
  auto found = module_keys_.find(joined(parent, name));
  return found == module_keys_.end() ? nullptr : &found->second;
}

int terraform_configuration::key_set_of(std::vector<std::string> keys) const {
  std::sort(keys.begin(), keys.end());
  std::string text;
  for (const std::string& key : keys) text += key + '\x1f';
  return key_sets_.emplace(std::move(text), static_cast<int>(key_sets_.size())).first->second;
}

bool terraform_configuration::configures(const resource& of, std::string_view top_level_attribute) const {
  return of.configuration != nullptr && !field_of(of.configuration->expressions, top_level_attribute).is_null();
}

terraform_configuration::provider_settings terraform_configuration::provider_of(const resource& one) const {
  const std::string& key = one.provider_key;
  if (key.empty()) return {};
  value block = field_of(providers_, key);
  if (block.is_null()) block = field_of(providers_, "module." + key);
  if (!field_of(block, "expressions").is_null()) return {block, module_at(text_field(block, "module_address"))};
  // A module that was handed its provider: plans before Terraform 1.1 do not say which. It is beyond
  // doubt only where the whole plan has one configuration of that provider.
  auto colon = key.rfind(':');
  std::string_view local = colon == std::string::npos ? std::string_view(key) : std::string_view(key).substr(colon + 1);
  if (!providers_.is(value_kind::map) || local.find('.') != std::string_view::npos) return {};
  value only;
  const map_entry* entries = providers_.as_map().entries();
  for (std::size_t i = 0, n = providers_.as_map().size(); i < n; ++i) {
    value other = entries[i].mapped;
    if (text_field(other, "name") != local || field_of(other, "expressions").is_null()) continue;
    if (!only.is_null()) return {};
    only = other;
  }
  if (only.is_null() || !text_field(only, "module_address").empty() || !text_field(only, "alias").empty()) return {};
  return {only, root_.get()};
}

bool terraform_configuration::provider_sets(const resource& of, std::string_view provider_attribute) const {
  provider_settings settings = provider_of(of);
  // A provider that the plan says nothing about may be set from the environment or by hand.
  if (settings.block.is_null()) return field_of(providers_, of.provider_key).is_null();
  return !field_of(field_of(settings.block, "expressions"), provider_attribute).is_null();
}

std::string terraform_configuration::plain_text(value expression, const module_block* where, bool& by_variable) const {
  for (int depth = 0; depth < variable_depth_limit && where != nullptr; ++depth) {
    value constant = field_of(expression, "constant_value");
    if (constant.is(value_kind::list) && constant.as_list().size() == 1) constant = constant.as_list().at(0);
    if (constant.is(value_kind::string)) return std::string(constant.as_text());
    auto references = longest_references(listed_references(expression));
    if (references.size() != 1) return {};
    reference read = read_reference(references[0]);
    if (read.what != reference::sort::variable || !read.rest.empty()) return {};
    by_variable = true;
    value declared = field_of(field_of(where->config, "variables"), read.object);
    if (field_of(declared, "sensitive").is_true()) return {};
    if (where->parent == nullptr) {
      value given = field_of(field_of(plan_, "variables"), read.object);
      value held = given.is_null() ? field_of(declared, "default") : field_of(given, "value");
      return std::string(text_of(held));
    }
    value passed = field_of(field_of(where->call, "expressions"), read.object);
    if (passed.is_null()) return std::string(text_field(declared, "default"));
    expression = passed;
    where = where->parent;
  }
  return {};
}

namespace {

// Literals below an expression or a block of expressions.
void collect_literals(value from, std::vector<std::string>& into, int depth = 0) {
  if (depth > 32) return;
  if (from.is(value_kind::string)) {
    into.emplace_back(from.as_text());
  } else if (from.is(value_kind::list)) {
    for (std::size_t i = 0; i < from.as_list().size(); ++i) collect_literals(from.as_list().at(i), into, depth + 1);
  } else if (from.is(value_kind::map)) {
    const map_entry* entries = from.as_map().entries();
    for (std::size_t i = 0, n = from.as_map().size(); i < n; ++i) {
      if (!entries[i].key.is(value_kind::string) || entries[i].key.as_text() == "references") continue;
      collect_literals(entries[i].mapped, into, depth + 1);
    }
  }
}

// Literals of attributes whose name or mask says that they are secret.
void collect_secret_literals(value expressions, value mask, std::vector<std::string>& into, int depth = 0) {
  if (depth > 32) return;
  if (expressions.is(value_kind::list)) {
    for (std::size_t i = 0; i < expressions.as_list().size(); ++i) {
      value below = mask.is(value_kind::list) && i < mask.as_list().size() ? mask.as_list().at(i) : value::null();
      collect_secret_literals(expressions.as_list().at(i), mask.is_true() ? mask : below, into, depth + 1);
    }
    return;
  }
  if (!expressions.is(value_kind::map)) return;
  const map_entry* entries = expressions.as_map().entries();
  for (std::size_t i = 0, n = expressions.as_map().size(); i < n; ++i) {
    if (!entries[i].key.is(value_kind::string)) continue;
    std::string_view name = entries[i].key.as_text();
    value below = mask.is(value_kind::list) && size_of(mask) == 1 ? field_of(mask.as_list().at(0), name) : field_of(mask, name);
    if (mask.is_true() || below.is_true() || is_secret_name(name)) collect_literals(entries[i].mapped, into, depth + 1);
    else collect_secret_literals(entries[i].mapped, below, into, depth + 1);
  }
}

}  // namespace

void terraform_configuration::collect_secrets(std::vector<std::string>& into) const {
  for (const auto& [name, group] : groups_) {
    for (const resource* one : group.members) {
      if (one->configuration != nullptr) collect_secret_literals(one->configuration->expressions, one->sensitive_mask, into);
    }
  }
  if (providers_.is(value_kind::map)) {
    const map_entry* entries = providers_.as_map().entries();
    for (std::size_t i = 0, n = providers_.as_map().size(); i < n; ++i) {
      collect_secret_literals(field_of(entries[i].mapped, "expressions"), value::null(), into);
    }
  }
  value declared = field_of(root_->config, "variables");
  if (declared.is(value_kind::map)) {
    const map_entry* entries = declared.as_map().entries();
    for (std::size_t i = 0, n = declared.as_map().size(); i < n; ++i) {
      if (!field_of(entries[i].mapped, "sensitive").is_true()) continue;
      collect_literals(field_of(field_of(plan_, "variables"), text_of(entries[i].key)), into);
      collect_literals(field_of(entries[i].mapped, "default"), into);
    }
  }
  value outputs = field_of(field_of(plan_, "planned_values"), "outputs");
  if (outputs.is(value_kind::map)) {
    const map_entry* entries = outputs.as_map().entries();
    for (std::size_t i = 0, n = outputs.as_map().size(); i < n; ++i) {
      if (field_of(entries[i].mapped, "sensitive").is_true()) collect_literals(field_of(entries[i].mapped, "value"), into);
    }
  }
}

}  // namespace sekimori::inventory
