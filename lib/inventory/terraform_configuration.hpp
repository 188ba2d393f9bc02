// inventory: the `configuration` of a Terraform plan: blocks, modules, provider settings, references.
// Entry point: terraform_configuration. Knows no rules; it is told attribute names.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "inventory/address.hpp"
#include "inventory/format.hpp"

namespace sekimori::inventory {

// What an address names without its module and its key: a type and a name, of a data source or not.
struct object_name {
  std::string_view type, name;
  bool data_source = false;
  bool operator==(const object_name&) const = default;
};
struct object_hash {
  std::size_t operator()(const object_name& of) const;
};

// A block of a resource.
struct configured {
  object_name object;
  document_node block;
  document_node expressions;
  const struct module_block* module = nullptr;
  std::string_view provider_key;
};

// A module as written, without instances.
struct module_block {
  document_node config;                // root_module, or module_calls.NAME.module
  document_node call;                  // module_calls.NAME; null for the root
  const module_block* parent = nullptr;
  std::unordered_map<std::string_view, std::unique_ptr<module_block>> children;
  std::vector<configured> blocks;      // as they stand in the plan
  std::unordered_map<object_name, std::size_t, object_hash> by_name;   // made when one is not where it is expected
};

// A set of keys as a number, given when it is first compared: equal numbers, equal sets.
class key_set_number {
 public:
  int known() const { return number_.load(std::memory_order_acquire); }   // negative: not asked yet
  void set(int number) const { number_.store(number, std::memory_order_release); }

 private:
  mutable std::atomic<int> number_ = -1;
};

// The instances of one block within one module instance.
struct instance_group {
  std::vector<const resource*> members;
  std::unordered_map<std::string, const resource*> by_key;
  key_set_number key_set;
};

// The instances of one module call within one module instance.
struct module_instances {
  std::vector<std::string> keys;
  key_set_number key_set;
};

struct resolution;

// Made and filled by one thread; then every function may be called by several.
class terraform_configuration final : public link_source {
 public:
  explicit terraform_configuration(const document_node& plan);

  // The module of an address; null where the plan has none.
  module_block* module_at(std::string_view address) const;
  // The block of a resource; null where the plan has none. Blocks and resources stand in one order mostly: `hint` is
  // where to look first and is moved on.
  const configured* block_of(module_block* module, const resource& one, std::size_t& hint) const;
  // Resources from `first` on are in relations; they stay where they are. `whole`: there are no others.
  void links_among(const resource_store& all, std::size_t first, bool whole);

  // The provider configuration that a resource uses and the module that it is written in; a null block
  // where the plan does not say it beyond doubt.
  struct provider_settings { document_node block; const module_block* module = nullptr; };
  provider_settings provider_of(const resource& one) const;
  // What an expression says plainly: a constant, or a variable that is one. `by_variable` tells that it
  // came through a variable, so that something may have been added around it.
  std::string_view plain_text(document_node expression, const module_block* where, bool& by_variable) const;

  named_resources named(const resource& from, std::string_view path, std::string_view type) const override;
  const std::vector<const resource*>* group_of(const resource& one) const override;
  bool configures(const resource& of, std::string_view top_level_attribute) const override;
  bool provider_sets(const resource& of, std::string_view provider_attribute) const override;
  region_found region(const resource& of, arena& memory) const override;
  std::string_view account(const resource& of, arena& memory) const override;
  std::string_view native_id(const resource& of, arena& memory) const override;
  void collect_secrets(std::vector<std::string>& into) const override;

 private:
  friend struct resolution;

  struct group_name {
    std::string_view module;
    object_name object;
    bool operator==(const group_name&) const = default;
  };
  struct group_hash {
    std::size_t operator()(const group_name& of) const;
  };
  struct instances {
    std::unordered_map<group_name, instance_group, group_hash> groups;
    std::map<std::pair<std::string_view, std::string_view>, module_instances> modules;   // by address of the caller and name of the call
    std::unordered_set<std::string_view> modules_seen;
  };

  void read_module(module_block& into, int depth);
  module_block* child(const module_block* parent, std::string_view name) const;
  const instances& all_instances() const;
  void add_instance(const resource& one) const;
  const instance_group* group(std::string_view module_address, const object_name& object) const;
  // Whether the configuration has such a block there (null: no module) and the plan is known to make and keep no instance of it.
  bool is_left_empty(const module_block* module, std::string_view module_address, const object_name& object) const;
  bool is_expanded(std::string_view module_address) const;
  const module_instances* instances_of(std::string_view parent, std::string_view name) const;
  int key_set_of(const instance_group& group) const;
  int key_set_of(const module_instances& module) const;
  int number_of(std::vector<std::string> keys) const;
  void named_at(const resource& from, std::string_view path, std::string_view type, int depth, named_resources& into) const;

  document_node plan_;
  document_node providers_;
  std::unique_ptr<module_block> root_;
  const resource_store* resources_ = nullptr;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  bool whole_ = false;
  // What only links need, made when the first one is asked for.
  mutable std::once_flag instances_made_;
  mutable instances instances_;
  mutable std::mutex numbering_;
  mutable std::map<std::string, int> key_sets_;
};

inline object_name object_of(const resource& one) { return {one.type, one.name, one.data_source}; }
// The references of an expression as listed.
std::vector<std::string_view> listed_references(const document_node& expression);

}  // namespace sekimori::inventory
