// inventory: see terraform_configuration.hpp. What is written where; references are resolved in
// terraform_references.cpp.
#include "inventory/terraform_configuration.hpp"

#include <algorithm>

#include "base/secret_text.hpp"
#include "inventory/placement.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {

namespace {

constexpr int module_depth_limit = 64;
constexpr int variable_depth_limit = 32;

std::size_t mixed(std::size_t a, std::size_t b) { return (a ^ (b + 0x9e3779b97f4a7c15 + (a << 6) + (a >> 2))); }
std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

}  // namespace

std::size_t object_hash::operator()(const object_name& of) const { return mixed(hash_of(of.type), hash_of(of.name) + (of.data_source ? 1 : 0)); }
std::size_t terraform_configuration::group_hash::operator()(const group_name& of) const { return mixed(hash_of(of.module), object_hash()(of.object)); }

std::vector<std::string_view> listed_references(const document_node& expression) {
  std::vector<std::string_view> listed;
  const document_node references = expression.field("references");
  if (!references.is_list()) return listed;
  references.each_element([&](const document_node& one) {
    if (!one.text().empty()) listed.push_back(one.text());
  });
  return listed;
}

terraform_configuration::terraform_configuration(const document_node& plan) : plan_(plan), root_(std::make_unique<module_block>()) {
  const document_node configuration = plan.field("configuration");
  providers_ = configuration.field("provider_config");
  root_->config = configuration.field("root_module");
  read_module(*root_, 0);
}

void terraform_configuration::read_module(module_block& into, int depth) {
  const document_node listed = into.config.field("resources");
  if (listed.is_list()) {
    into.blocks.reserve(listed.size());
    listed.each_element([&](const document_node& block) {
      configured& made = into.blocks.emplace_back();
      made.block = block;
      made.module = &into;
      document_node type, name, mode, provider;
      struct wanted { std::string_view name; document_node& to; bool met; };
      wanted all[] = {{"mode", mode, false}, {"type", type, false}, {"name", name, false}, {"provider_config_key", provider, false}, {"expressions", made.expressions, false}};
      block.each_entry([&](std::string_view key, const document_node& held) {
        for (wanted& one : all) {
          if (one.name != key || one.met) continue;
          one.to = held;
          one.met = true;
          return;
        }
      });
      made.object = {type.text(), name.text(), mode.text() == "data"};
      made.provider_key = provider.text();
    });
  }
  if (depth == module_depth_limit) return;
  into.config.field("module_calls").each_entry([&](std::string_view name, const document_node& call) {
    auto& made = into.children[name];
    if (made != nullptr || !call.is_map()) return;
    made = std::make_unique<module_block>();
    made->call = call;
    made->config = call.field("module");
    made->parent = &into;
    read_module(*made, depth + 1);
  });
}

module_block* terraform_configuration::child(const module_block* parent, std::string_view name) const {
  auto known = parent->children.find(name);
  return known == parent->children.end() ? nullptr : known->second.get();
}

module_block* terraform_configuration::module_at(std::string_view address) const {
  module_block* at = root_.get();
  if (address.empty()) return at;
  for (std::string_view name : module_names(address)) {
    at = child(at, name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

const configured* terraform_configuration::block_of(module_block* module, const resource& one, std::size_t& hint) const {
  if (module == nullptr) return nullptr;
  const object_name wanted = object_of(one);
  std::vector<configured>& blocks = module->blocks;
  for (std::size_t at = hint; at < blocks.size() && at < hint + 2; ++at) {
    if (blocks[at].object != wanted) continue;
    hint = at;
    return &blocks[at];
  }
  if (module->by_name.empty()) {
    for (std::size_t i = 0; i < blocks.size(); ++i) module->by_name.try_emplace(blocks[i].object, i);
  }
  auto found = module->by_name.find(wanted);
  if (found == module->by_name.end()) return nullptr;
  hint = found->second;
  return &blocks[hint];
}

void terraform_configuration::links_among(const resource_store& all, std::size_t first, bool whole) {
  resources_ = &all;
  whole_ = whole;
  first_ = first;
  last_ = all.size();
}

const terraform_configuration::instances& terraform_configuration::all_instances() const {
  std::call_once(instances_made_, [this] {
    for (std::size_t i = first_; i < last_; ++i) {
      const resource& one = (*resources_)[i];
      if (one.what != action::remove && !one.deposed) add_instance(one);
    }
  });
  return instances_;
}

void terraform_configuration::add_instance(const resource& one) const {
  instance_group& group = instances_.groups[{one.module, object_of(one)}];
  group.members.push_back(&one);
  group.by_key.emplace(key_text(one.key), &one);
  int depth = 0;
  for (std::string_view module = one.module; !module.empty() && depth < module_depth_limit; ++depth) {
    if (!instances_.modules_seen.insert(module).second) break;
    const std::string_view parent = parent_module(module);
    const module_step last = last_module(module);
    instances_.modules[{parent, last.name}].keys.emplace_back(last.key);
    module = parent;
  }
}

const instance_group* terraform_configuration::group(std::string_view module_address, const object_name& object) const {
  const instances& all = all_instances();
  auto found = all.groups.find({module_address, object});
  return found == all.groups.end() ? nullptr : &found->second;
}

// Whether it is an instance of its module, or none of that module has any resource.
bool terraform_configuration::is_expanded(std::string_view module_address) const {
  const instances& all = all_instances();
  while (!module_address.empty() && !all.modules_seen.contains(module_address)) {
    const std::string_view parent = parent_module(module_address);
    if (instances_of(parent, last_module(module_address).name) != nullptr) return false;
    module_address = parent;
  }
  return true;
}

bool terraform_configuration::is_left_empty(const module_block* module, std::string_view module_address, const object_name& object) const {
  if (!whole_ || object.data_source || module == nullptr || group(module_address, object) != nullptr || !is_expanded(module_address)) return false;
  return std::any_of(module->blocks.begin(), module->blocks.end(), [&](const configured& one) {
    return one.object == object && text_field(one.block, "mode") == "managed";
  });
}

const std::vector<const resource*>* terraform_configuration::group_of(const resource& one) const {
  const instance_group* found = group(one.module, object_of(one));
  return found == nullptr ? nullptr : &found->members;
}

const module_instances* terraform_configuration::instances_of(std::string_view parent, std::string_view name) const {
  const instances& all = all_instances();
  auto found = all.modules.find({parent, name});
  return found == all.modules.end() ? nullptr : &found->second;
}

int terraform_configuration::number_of(std::vector<std::string> keys) const {
  std::sort(keys.begin(), keys.end());
  std::string text;
  for (const std::string& key : keys) text += key + '\x1f';
  std::lock_guard lock(numbering_);
  return key_sets_.emplace(std::move(text), static_cast<int>(key_sets_.size())).first->second;
}

int terraform_configuration::key_set_of(const instance_group& group) const {
  if (group.key_set.known() < 0) {
    std::vector<std::string> keys;
    for (const auto& [key, one] : group.by_key) keys.push_back(key);
    group.key_set.set(number_of(std::move(keys)));
  }
  return group.key_set.known();
}

int terraform_configuration::key_set_of(const module_instances& module) const {
  if (module.key_set.known() < 0) module.key_set.set(number_of(module.keys));
  return module.key_set.known();
}

bool terraform_configuration::configures(const resource& of, std::string_view top_level_attribute) const {
  return of.configuration != nullptr && !of.configuration->expressions.field(top_level_attribute).is_null();
}

region_found terraform_configuration::region(const resource& of, arena& memory) const { return region_of(of, this, memory); }
std::string_view terraform_configuration::account(const resource& of, arena&) const { return account_of(of, this); }
std::string_view terraform_configuration::native_id(const resource& of, arena& memory) const { return native_id_of(of, memory); }

terraform_configuration::provider_settings terraform_configuration::provider_of(const resource& one) const {
  const std::string_view key = one.provider_key;
  if (key.empty()) return {};
  document_node block = providers_.field(key);
  if (block.is_null()) block = providers_.field("module." + std::string(key));
  if (!block.field("expressions").is_null()) return {block, module_at(text_field(block, "module_address"))};
  // A module that was handed its provider: plans before Terraform 1.1 do not say which. It is beyond
  // doubt only where the whole plan has one configuration of that provider.
  const auto colon = key.rfind(':');
  const std::string_view local = colon == std::string_view::npos ? key : key.substr(colon + 1);
  if (!providers_.is_map() || local.find('.') != std::string_view::npos) return {};
  document_node only;
  std::size_t several = 0;
  providers_.each_entry([&](std::string_view, const document_node& other) {
    if (text_field(other, "name") != local || other.field("expressions").is_null()) return;
    only = other;
    ++several;
  });
  if (several != 1 || !text_field(only, "module_address").empty() || !text_field(only, "alias").empty()) return {};
  return {only, root_.get()};
}

bool terraform_configuration::provider_sets(const resource& of, std::string_view provider_attribute) const {
  const provider_settings settings = provider_of(of);
  // A provider that the plan says nothing about may be set from the environment or by hand.
  if (settings.block.is_null()) return providers_.field(of.provider_key).is_null();
  return !settings.block.field("expressions").field(provider_attribute).is_null();
}

namespace {

// The variable that is all an expression refers to; empty: there is none. Without making a list: it is asked about every
// resource.
std::string_view only_variable(const document_node& expression) {
  constexpr std::string_view begin = "var.";
  std::string_view only;
  std::size_t several = 0;
  expression.field("references").each_element([&](const document_node& one) {
    if (one.text().empty() || (several > 0 && is_shorter_form(one.text(), only))) return;
    only = one.text();
    ++several;
  });
  const bool plain = several == 1 && only.substr(0, begin.size()) == begin && only.find_first_of(".[", begin.size()) == std::string_view::npos;
  return plain ? only.substr(begin.size()) : std::string_view();
}

}  // namespace

std::string_view terraform_configuration::plain_text(document_node expression, const module_block* where, bool& by_variable) const {
  for (int depth = 0; depth < variable_depth_limit && where != nullptr; ++depth) {
    document_node constant = expression.field("constant_value");
    if (constant.is_list() && constant.size() == 1) constant = constant.at(0);
    if (constant.is_string()) return constant.text();
    const std::string_view variable = only_variable(expression);
    if (variable.empty()) return {};
    by_variable = true;
    const document_node declared = where->config.field("variables").field(variable);
    if (declared.field("sensitive").is_true()) return {};
    if (where->parent == nullptr) {
      const document_node given = plan_.field("variables").field(variable);
      return given.is_null() ? text_field(declared, "default") : text_field(given, "value");
    }
    const document_node passed = where->call.field("expressions").field(variable);
    if (passed.is_null()) return text_field(declared, "default");
    expression = passed;
    where = where->parent;
  }
  return {};
}

namespace {

// Literals below an expression or a block of expressions.
void collect_literals(const document_node& from, std::vector<std::string>& into, int depth = 0) { collect_texts(from, into, "references", depth); }

// Literals of attributes whose name or mask says that they are secret.
void collect_secret_literals(const document_node& expressions, const document_node& mask, std::vector<std::string>& into, int depth = 0) {
  if (depth > 32) return;
  std::size_t index = 0;
  expressions.each_element([&](const document_node& one) { collect_secret_literals(one, mask.is_true() ? mask : mask.at(index++), into, depth + 1); });
  expressions.each_entry([&](std::string_view name, const document_node& one) {
    const document_node below = size_of(mask) == 1 ? mask.at(0).field(name) : mask.field(name);
    if (mask.is_true() || below.is_true() || is_secret_key(name)) collect_literals(one, into, depth + 1);
    else collect_secret_literals(one, below, into, depth + 1);
  });
}

}  // namespace

void terraform_configuration::collect_secrets(std::vector<std::string>& into) const {
  for (std::size_t i = first_; i < last_; ++i) {
    const resource& one = (*resources_)[i];
    if (one.configuration != nullptr) collect_secret_literals(one.configuration->expressions, one.sensitive_mask, into);
  }
  providers_.each_entry([&](std::string_view, const document_node& one) { collect_secret_literals(one.field("expressions"), {}, into); });
  root_->config.field("variables").each_entry([&](std::string_view name, const document_node& one) {
    if (!one.field("sensitive").is_true()) return;
    collect_literals(plan_.field("variables").field(name), into);
    collect_literals(one.field("default"), into);
  });
  plan_.field("planned_values").field("outputs").each_entry([&](std::string_view, const document_node& one) {
    if (one.field("sensitive").is_true()) collect_literals(one.field("value"), into);
  });
}

}  // namespace sekimori::inventory
