// inventory: the look-ups that make links cheap: by type, by value of an attribute, by what references
// name. Made on first use, so that 15,000 resources are walked once for each attribute asked about.
// Entry point: link_indexes.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "inventory/format.hpp"

namespace sekimori::inventory {

struct input_state;
using resource_list = std::vector<const resource*>;
using value_index = std::unordered_map<std::string, resource_list>;

// Resources of one type by what one of their attributes links to, among targets of one type.
struct linking_index {
  value_index by_value;
  value_index by_last;               // of values with '/' or ':', by their last component
  value_index removed_by_value;      // those that the plan deletes
  std::unordered_map<const resource*, resource_list> exact, possible;
  std::unordered_map<const resource_list*, resource_list> groups;
  resource_list anything;
  resource_list unset;               // the configuration leaves the attribute out: the provider fills in what others say
};

// A list of an index as many targets are answered with it: its members in the order of the inputs and what is
// told about them, made once. Without it 15,000 unresolved links cost 15,000 times 15,000.
struct shared_members {
  resource_list list;
  std::vector<unknown_path> why;
};

class link_indexes {
 public:
  // Forgets what was found, for an input that comes later; texts stay.
  void clear();

  const resource_list& of_type(const std::deque<resource>& all, std::string_view type);
  const value_index& identities(const std::deque<resource>& all, std::string_view type, std::string_view to);
  const linking_index& linking(const std::deque<resource>& all, const std::deque<input_state>& inputs, std::string_view type,
                               std::string_view by, std::string_view target_type);
  // What references say where a value does not decide.
  const named_resources& named(const link_source& source, const resource& from, std::string_view path, std::string_view type);
  // One for each list, with data sources and without; empty and `fresh` when it is asked for first.
  shared_members& shared(const resource_list& list, bool part, bool& fresh) {
    auto [at, added] = shared_.try_emplace({&list, part});
    fresh = added;
    return at->second;
  }
  // A text that lives as long as the indexes.
  std::string_view keep(std::string text) { return *kept_.insert(std::move(text)).first; }

 private:
  void sort_types(const std::deque<resource>& all);

  bool sorted_ = false;
  std::map<std::string, resource_list, std::less<>> present_, removed_;
  std::map<std::pair<std::string, std::string>, value_index> identities_;
  std::map<std::tuple<std::string, std::string, std::string>, linking_index> linking_;
  std::map<std::tuple<const resource*, std::string, std::string>, named_resources> named_;
  std::map<std::pair<const resource_list*, bool>, shared_members> shared_;
  std::set<std::string> kept_;
};

// What names `target` by its attribute `to`: that attribute's value; for "id" also what stands for it.
std::vector<std::string> identity_values(const resource& target, std::string_view to);
// Whether the plan knows the form that no other resource can share (id, arn, self link, or `to` itself).
bool fully_known(const resource& target, std::string_view to);
std::string_view last_component(std::string_view text);   // empty without '/' or ':'

}  // namespace sekimori::inventory
