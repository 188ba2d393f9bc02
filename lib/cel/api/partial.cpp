// cel: a value with paths below it that are not known. Entry point: make_partial.
#include "cel/api/partial.hpp"

#include <algorithm>

#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

bool same_key(value a, value b) { return !key_less(a, b) && !key_less(b, a); }

// Everything below a node that is not known, as one unknown.
value all_of(arena& memory, const unknown_node& node) {
  value joined = node.unknown;
  for (const unknown_node* child = node.first; child != nullptr; child = child->next) {
    value below = all_of(memory, *child);
    joined = joined.is_unknown() ? merge_unknowns(memory, joined, below) : below;
  }
  return joined;
}

// Views are made on demand in the evaluation's arena; one evaluator reads them.
class partial_map final : public map_view {
 public:
  partial_map(arena& memory, const map_view& given, const unknown_node& node) : memory_(memory), given_(given), node_(node) {}

  std::size_t size() const override {
    if (entries_ == nullptr) merge();
    return size_;
  }
  bool find(value key, value& found) const override {
    const unknown_node* child = is_key(key) ? node_.child(key) : nullptr;
    bool present = given_.find(key, found);
    if (child == nullptr) return present;
    found = present ? make_partial(memory_, found, *child) : all_of(memory_, *child);
    return true;
  }
  const map_entry* entries() const override {
    if (entries_ == nullptr) merge();
    return entries_;
  }
  value missing(value key) const override { return given_.missing(key); }
  std::string_view type_name() const override { return given_.type_name(); }
  const data_path* where() const override { return given_.where(); }

 private:
  void merge() const {
    std::size_t extra = 0;
    for (const unknown_node* child = node_.first; child != nullptr; child = child->next) ++extra;
    auto made = memory_.make_array<map_entry>(given_.size() + extra + 1);
    std::size_t count = 0;
    const map_entry* given = given_.entries();
    for (std::size_t i = 0; i < given_.size(); ++i) {
      const unknown_node* child = node_.child(given[i].key);
      made[count++] = {given[i].key, child == nullptr ? given[i].mapped : make_partial(memory_, given[i].mapped, *child)};
    }
    for (const unknown_node* child = node_.first; child != nullptr; child = child->next) {
      value there;
      if (!given_.find(child->key, there)) made[count++] = {child->key, all_of(memory_, *child)};
    }
    std::sort(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(count),
              [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
    size_ = count;
    entries_ = made.data();
  }

  arena& memory_;
  const map_view& given_;
  const unknown_node& node_;
  mutable const map_entry* entries_ = nullptr;
  mutable std::size_t size_ = 0;
};

class partial_list final : public list_view {
 public:
  partial_list(arena& memory, const list_view& given, const unknown_node& node) : memory_(memory), given_(given), node_(node) {}
  std::size_t size() const override { return given_.size(); }
  value at(std::size_t index) const override {
    const unknown_node* child = node_.child(value::integer(static_cast<std::int64_t>(index)));
    return child == nullptr ? given_.at(index) : make_partial(memory_, given_.at(index), *child);
  }
  const relation_shape* relation() const override { return given_.relation(); }
  const data_path* where() const override { return given_.where(); }

 private:
  arena& memory_;
  const list_view& given_;
  const unknown_node& node_;
};

bool is_index_of(const list_view& list, value key) {
  return key.is(value_kind::integer) && key.as_integer() >= 0 && static_cast<std::uint64_t>(key.as_integer()) < list.size();
}

}  // namespace

const unknown_node* unknown_node::child(value wanted) const {
  for (const unknown_node* one = first; one != nullptr; one = one->next) {
    if (same_key(one->key, wanted)) return one;
  }
  return nullptr;
}

unknown_node& unknown_node::child_or_new(arena& memory, value wanted) {
  for (unknown_node* one = first; one != nullptr; one = one->next) {
    if (same_key(one->key, wanted)) return *one;
  }
  first = memory.make<unknown_node>(wanted, value(), nullptr, first);
  return *first;
}

value make_partial(arena& memory, value given, const unknown_node& node) {
  if (node.unknown.is_unknown()) return node.unknown;
  if (node.first == nullptr) return given;
  if (given.is(value_kind::map)) return value::map(memory.make<partial_map>(memory, given.as_map(), node)).marked_sensitive(given.sensitive());
  if (given.is(value_kind::list)) {
    bool inside = true;
    for (const unknown_node* child = node.first; child != nullptr; child = child->next) inside = inside && is_index_of(given.as_list(), child->key);
    if (inside) return value::list(memory.make<partial_list>(memory, given.as_list(), node)).marked_sensitive(given.sensitive());
  }
  return all_of(memory, node);
}

}  // namespace sekimori::cel
