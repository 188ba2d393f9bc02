// inventory: the `configuration` of a Terraform plan: blocks, modules, provider settings, references.
// Entry point: terraform_configuration. Knows no rules; it is told attribute names.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "inventory/address.hpp"
#include "inventory/format.hpp"

namespace sekimori::inventory {

// A module as written, without instances.
struct module_block {
  value config;                        // root_module, or module_calls.NAME.module
  value call;                          // module_calls.NAME; null for the root
  const module_block* parent = nullptr;
  // Filled when they are first asked for.
  mutable std::map<std::string, std::unique_ptr<module_block>, std::less<>> children;
  mutable std::map<std::string, value, std::less<>> resources;   // "aws_x.y", "data.aws_x.y" -> block
};

struct configured {
  value block;
  value expressions;
  const module_block* module = nullptr;
};

// The instances of one block within one module instance.
struct instance_group {
  std::vector<const resource*> members;
  std::unordered_map<std::string, const resource*> by_key;
  mutable int key_set = -1;            // equal numbers: equal sets of keys
};

struct resolution;

class terraform_configuration final : public link_source {
 public:
  explicit terraform_configuration(value plan);

  // The block of a resource; null where the plan has none. `object` is "aws_x.y" or "data.aws_x.y".
  const configured* block_of(std::string_view module_address, std::string_view object);
  // To be called for each resource that is in relations, once it stands where it stays.
  void add_instance(const resource* one);

  // The provider configuration that a resource uses and the module that it is written in; a null block
  // where the plan does not say it beyond doubt.
  struct provider_settings { value block; const module_block* module = nullptr; };
  provider_settings provider_of(const resource& one) const;
  // What an expression says plainly: a constant, or a variable that is one. `by_variable` tells that it
  // came through a variable, so that something may have been added around it.
  std::string plain_text(value expression, const module_block* where, bool& by_variable) const;

  named_resources named(const resource& from, std::string_view path, std::string_view type) const override;
  const std::vector<const resource*>* group_of(const resource& one) const override;
  bool configures(const resource& of, std::string_view top_level_attribute) const override;
  bool provider_sets(const resource& of, std::string_view provider_attribute) const override;
  void collect_secrets(std::vector<std::string>& into) const override;

 private:
  friend struct resolution;

  const module_block* child(const module_block* parent, std::string_view name) const;
  const module_block* module_at(std::string_view address) const;
  const instance_group* group(std::string_view module_address, std::string_view object) const;
  const std::vector<std::string>* module_keys(std::string_view parent, std::string_view name) const;
  int key_set_of(std::vector<std::string> keys) const;
  void named_at(const resource& from, std::string_view path, std::string_view type, int depth, named_resources& into) const;

  value plan_;
  value providers_;
  std::unique_ptr<module_block> root_;
  std::deque<configured> blocks_;
  std::unordered_map<std::string, const configured*> blocks_by_name_;
  std::unordered_map<std::string, instance_group> groups_;
  std::unordered_map<std::string, std::vector<std::string>> module_keys_;
  std::unordered_set<std::string> modules_seen_;
  mutable std::map<std::string, int> key_sets_;
};

// "data.aws_x.y" or "aws_x.y".
std::string object_of(const resource& one);
// The references of an expression as listed.
std::vector<std::string_view> listed_references(value expression);

}  // namespace sekimori::inventory
