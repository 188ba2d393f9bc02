// inventory: what an attribute names by the references of its configuration (design 4, Links): through
// module variables and outputs, bounded. An expression's form is not in a plan, only the names in it,
// so one resource is taken for what is meant and several are candidates.
#include <algorithm>

#include "inventory/reading.hpp"
#include "inventory/terraform_configuration.hpp"

namespace sekimori::inventory {

namespace {

constexpr int depth_limit = 24;
constexpr int chain_limit = 8;
constexpr int budget = 2000;      // references followed for one attribute

struct written {
  document_node expression;
  bool partial = false;           // of a container around the attribute (nested attributes)
};

bool is_expression(const document_node& at) {
  document_node found;
  return at.is_map() && (at.size() == 0 || at.field("references").is_list() || at.find("constant_value", found));
}

void collect_written(const document_node& at, std::string_view rest, std::vector<written>& into, int depth = 0) {
  if (depth > depth_limit || into.size() > 10'000) return;
  if (at.is_list()) {
    at.each_element([&](const document_node& one) { collect_written(one, rest, into, depth + 1); });
  } else if (is_expression(at)) {
    into.push_back({at, !rest.empty()});
  } else if (at.is_map() && !rest.empty()) {
    auto dot = rest.find('.');
    collect_written(at.field(rest.substr(0, dot)), dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1), into, depth + 1);
  }
}

std::string_view first_index(const std::vector<std::string_view>& rest) {
  for (std::string_view step : rest) {
    if (is_index(step)) return step;
  }
  return {};
}

// One thing that a reference leads to.
struct atom {
  const resource* one = nullptr;           // null with no group: not among the resources of the plan
  const instance_group* group = nullptr;   // any of its instances
  bool exact = false;
  std::string attribute;                   // what is read from it
};

}  // namespace

struct resolution {
  // Where an expression stands: the module instance, and the instance key that each.key is there.
  struct place {
    const module_block* module = nullptr;
    std::string address;
    document_node repeated;
    std::string key;
    int key_set = -1;
  };
  // A key that something outside asked for: aws_x.y[KEY] after a module output or a variable.
  struct wish {
    std::string key;
    int key_set = -1;                      // only among instances with this set of keys; -1: any
  };

  const terraform_configuration& configuration;
  std::vector<atom> atoms;
  bool anything = false;
  int left = budget;

  int key_set(const instance_group& group) const { return configuration.key_set_of(group); }

  void resolve(const document_node& expression, const place& at, const wish& wanted, int depth);

 private:
  void pick(const reference& read, const place& at, bool by_key, const wish& wanted);
  void through_output(const reference& read, const place& at, bool by_key, const wish& wanted, int depth);
  void through_variable(const reference& read, const place& at, bool by_key, const wish& wanted, int depth);
};

void resolution::resolve(const document_node& expression, const place& at, const wish& wanted, int depth) {
  auto references = longest_references(listed_references(expression));
  left -= static_cast<int>(std::min<std::size_t>(references.size(), budget)) + 1;
  if (depth > depth_limit || left < 0) {
    anything = true;
    return;
  }
  bool by_key = false;
  std::vector<reference> read;
  for (std::string_view text : references) {
    read.push_back(read_reference(text));
    auto what = read.back().what;
    by_key = by_key || what == reference::sort::each_key || what == reference::sort::count_index;
  }
  for (const reference& one : read) {
    if (anything) return;
    switch (one.what) {
      case reference::sort::resource:
      case reference::sort::data: pick(one, at, by_key, wanted); break;
      case reference::sort::module_output: through_output(one, at, by_key, wanted, depth); break;
      case reference::sort::variable: through_variable(one, at, by_key, wanted, depth); break;
      case reference::sort::each_value:
        if (at.repeated.is_null()) anything = true;
        else resolve(at.repeated, at, {at.key, at.key_set}, depth + 1);
        break;
      case reference::sort::each_key:
      case reference::sort::count_index:
      case reference::sort::constant: break;
      case reference::sort::local:      // a plan does not hold what locals are
      case reference::sort::other: anything = true; break;
    }
  }
}

void resolution::pick(const reference& read, const place& at, bool by_key, const wish& wanted) {
  atom found;
  for (std::string_view step : read.rest) {
    if (is_index(step)) continue;
    found.attribute = step;
    break;
  }
  const object_name object{read.type, read.name, read.what == reference::sort::data};
  const instance_group* group = configuration.group(at.address, object);
  if (group == nullptr) {
    // count = 0: nothing of it is there to be meant.
    if (!configuration.is_left_empty(at.module, at.address, object)) atoms.push_back(std::move(found));
    return;
  }
  auto take = [&](std::string_view key) {
    auto one = group->by_key.find(std::string(key));
    if (one == group->by_key.end()) return false;
    found.one = one->second;
    found.exact = true;
    return true;
  };
  if (!read.key.empty()) {
    take(read.key);
  } else if (!take("") && !(by_key && at.key_set >= 0 && key_set(*group) == at.key_set && take(at.key)) &&
             !(!wanted.key.empty() && (wanted.key_set < 0 || wanted.key_set == key_set(*group)) && take(wanted.key))) {
    if (group->members.size() == 1) {
      found.one = group->members[0];
      found.exact = true;
    } else {
      found.group = group;
    }
  }
  atoms.push_back(std::move(found));
}

void resolution::through_output(const reference& read, const place& at, bool by_key, const wish& wanted, int depth) {
  const module_block* module = at.module == nullptr ? nullptr : configuration.child(at.module, read.object);
  const document_node expression = module == nullptr ? document_node() : module->config.field("outputs").field(read.output).field("expression");
  if (read.output.empty() || expression.is_null()) {
    anything = true;
    return;
  }
  const module_instances* called = configuration.instances_of(at.address, read.object);
  auto has = [&](std::string_view key) { return called != nullptr && std::find(called->keys.begin(), called->keys.end(), key) != called->keys.end(); };
  std::vector<std::string> chosen;
  if (!read.key.empty()) chosen.emplace_back(read.key);
  else if (called == nullptr || has("")) chosen.emplace_back();
  else if (by_key && at.key_set >= 0 && configuration.key_set_of(*called) == at.key_set) chosen.push_back(at.key);
  else if (!wanted.key.empty() && wanted.key_set < 0 && has(wanted.key)) chosen.push_back(wanted.key);
  else if (!wanted.key.empty() && wanted.key_set >= 0 && configuration.key_set_of(*called) == wanted.key_set) chosen.push_back(wanted.key);
  else chosen = called->keys;
  wish inner = wanted;
  if (auto index = first_index(read.rest); !index.empty()) inner = {std::string(index), -1};
  else if (by_key) inner = {at.key, at.key_set};
  std::size_t first = atoms.size();
  for (const std::string& key : chosen) {
    place inside;
    inside.module = module;
    inside.address = at.address + (at.address.empty() ? "" : ".") + "module." + std::string(read.object) + key;
    resolve(expression, inside, inner, depth + 1);
    if (anything) return;
  }
  if (chosen.size() > 1) {
    for (std::size_t i = first; i < atoms.size(); ++i) atoms[i].exact = false;
  }
}

void resolution::through_variable(const reference& read, const place& at, bool by_key, const wish& wanted, int depth) {
  if (at.module == nullptr) {
    anything = true;
    return;
  }
  if (at.module->parent == nullptr) return;      // a root variable names no resource
  const document_node expression = at.module->call.field("expressions").field(read.object);
  if (expression.is_null()) return;              // its default does not either
  place outside;
  outside.module = at.module->parent;
  outside.address = parent_module(at.address);
  outside.repeated = field_of(at.module->call, "for_each_expression");
  if (outside.repeated.is_null()) outside.repeated = field_of(at.module->call, "count_expression");
  module_step here = last_module(at.address);
  outside.key = here.key;
  const module_instances* called = configuration.instances_of(outside.address, here.name);
  if (called != nullptr && !here.key.empty()) outside.key_set = configuration.key_set_of(*called);
  wish outer = wanted;
  if (auto index = first_index(read.rest); !index.empty()) outer = {std::string(index), -1};
  else if (by_key) outer = {at.key, at.key_set};
  resolve(expression, outside, outer, depth + 1);
}

namespace {

// A known value of the resource stands in the list already, so its reference is accounted for.
bool stands_among(const resource& one, std::span<const std::string_view> known) {
  for (std::string_view attribute : {"id", "arn", "self_link", "name"}) {
    std::string_view text = plain_attribute(one, attribute);
    if (!text.empty() && std::find(known.begin(), known.end(), text) != known.end()) return true;
  }
  return false;
}

}  // namespace

void terraform_configuration::named_at(const resource& from, std::string_view path, std::string_view type, int depth,
                                       named_resources& into) const {
  std::vector<written> expressions;
  if (from.configuration != nullptr) collect_written(from.configuration->expressions, path, expressions);
  arena memory;
  const attribute_leaves leaves = leaves_of(from, path, memory);
  resolution::place at;
  if (from.configuration != nullptr) {
    at.module = from.configuration->module;
    at.repeated = field_of(from.configuration->block, "for_each_expression");
    if (at.repeated.is_null()) at.repeated = field_of(from.configuration->block, "count_expression");
  }
  at.address = from.module;
  at.key = key_text(from.key);

  // What another resource's attribute holds is asked of that resource.
  auto follow = [&](const atom& through) {
    if (through.one == nullptr || through.attribute.empty() || depth >= chain_limit || !configures(*through.one, through.attribute)) {
      into.anything = true;
      return;
    }
    named_at(*through.one, through.attribute, type, depth + 1, into);
  };

  std::size_t with_references = 0;
  bool any_partial = false;
  for (const written& one : expressions) {
    document_node constant;
    if (one.expression.find("constant_value", constant)) continue;
    ++with_references;
    any_partial = any_partial || one.partial;
    resolution found{*this, {}, false, budget};
    if (!at.key.empty() && at.key_set < 0) {
      if (const instance_group* own = group(from.module, object_of(from))) at.key_set = found.key_set(*own);
    }
    found.resolve(one.expression, at, {}, 0);
    if (leaves.in_list || one.partial) {
      std::erase_if(found.atoms, [&](const atom& a) { return a.exact && a.one != nullptr && stands_among(*a.one, leaves.known); });
    }
    if (found.anything || found.atoms.empty()) {
      into.anything = true;
      continue;
    }
    bool all_exact = true, all_same = true;
    std::size_t of_type = 0;
    for (const atom& a : found.atoms) {
      all_exact = all_exact && a.exact;
      all_same = all_same && a.exact && a.one == found.atoms[0].one;
      const resource* any = a.one != nullptr ? a.one : a.group != nullptr ? a.group->members[0] : nullptr;
      of_type += any != nullptr && any->type == type;
    }
    bool counted = all_exact && !leaves.whole && (leaves.in_list || one.partial) &&
                   leaves.unknown == (one.partial ? of_type : found.atoms.size());
    for (const atom& a : found.atoms) {
      const resource* any = a.one != nullptr ? a.one : a.group != nullptr ? a.group->members[0] : nullptr;
      if (any == nullptr || any->type != type) {
        if (all_same || counted) {
          if (!(one.partial && of_type > 0)) follow(a);
        } else if (!(one.partial && of_type > 0)) {
          into.anything = true;
        }
      } else if (a.one == nullptr) {
        into.possible_groups.push_back(&a.group->members);
      } else if (all_same || counted) {
        into.exact.push_back(a.one);
      } else {
        into.possible.push_back(a.one);
      }
    }
  }
  if (with_references == 0) into.anything = true;
  // Blocks that the configuration makes with `dynamic` are not among its expressions.
  if (!leaves.in_list && !any_partial && leaves.unknown > with_references) into.anything = true;
}

named_resources terraform_configuration::named(const resource& from, std::string_view path, std::string_view type) const {
  named_resources found;
  named_at(from, path, type, 0, found);
  return found;
}

}  // namespace sekimori::inventory
