// inventory: the look-ups that make links cheap: by type, by value of an attribute, by what references
// name. Made on first use, so that 15,000 resources are walked once for each attribute asked about; what is made
// stays as it is, and threads that ask for it again take no lock.
// Entry point: link_indexes.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "inventory/format.hpp"

namespace sekimori::inventory {

struct input_state;
using resource_list = std::vector<const resource*>;
using value_index = std::unordered_map<std::string_view, resource_list>;

// A list that many targets are answered with: its members in the order of the inputs and what is told about them.
// Without it 15,000 unresolved links cost 15,000 times 15,000.
struct told_members {
  resource_list list;
  std::vector<unknown_path> why;
};

struct possible_members {
  resource_list all;
  told_members of_part, of_relation;   // a data source is no part
};

// Resources that are linked by one value, which very many targets answer to: references decide, or nothing does.
struct ambiguous_members {
  std::unordered_map<const resource*, resource_list> exact;   // by target
  possible_members possible;                                  // of every target that answers to the value
};

// What names the resources of one type by one of their attributes.
struct identity_index {
  struct answers {
    explicit answers(arena& memory) : values(memory) {}

    arena_vector<std::string_view> values;
    bool full = false;             // the plan knows the form that no other resource can share
  };
  value_index owners;
  std::unordered_map<const resource*, answers> of;
};

// Resources of one type by what one of their attributes links to, among targets of one type.
struct linking_index {
  std::string_view name;             // like no other index
  std::string_view by, open;         // the attribute, and what is told where the relation is open
  value_index by_value;
  value_index by_last;               // of values with '/' or ':', by their last component
  value_index removed_by_value;      // those that the plan deletes
  std::unordered_map<const resource*, resource_list> exact, possible;
  std::unordered_map<const resource_list*, possible_members> groups;
  possible_members anything;
  possible_members unset;            // the configuration leaves the attribute out: the provider fills in what others say
};

// Resources of one type by the account that they are in.
struct account_index {
  value_index of;
  resource_list unplaced, all;
};

// Values by three texts. Looked up without a lock; made one at a time and never changed or moved.
template <class Value>
class published_map {
 public:
  using key = std::array<std::string_view, 3>;

  published_map() = default;
  published_map(const published_map&) = delete;
  published_map& operator=(const published_map&) = delete;
  ~published_map() {
    for (std::atomic<entry*>& bucket : buckets_) {
      for (entry* one = bucket.load(); one != nullptr;) {
        entry* next = one->next;
        delete one;
        one = next;
      }
    }
  }

  template <class Make>
  const Value& get(const key& wanted, Make&& make) {
    std::atomic<entry*>& bucket = buckets_[hash(wanted) % buckets_.size()];
    if (const entry* found = find(bucket, wanted)) return found->held;
    std::lock_guard lock(making_);
    if (const entry* found = find(bucket, wanted)) return found->held;
    auto made = std::make_unique<entry>();
    for (std::size_t i = 0; i < wanted.size(); ++i) made->name[i] = wanted[i];
    make(made->held, key{made->name[0], made->name[1], made->name[2]});
    made->next = bucket.load(std::memory_order_relaxed);
    bucket.store(made.get(), std::memory_order_release);
    return made.release()->held;
  }

 private:
  struct entry {
    std::array<std::string, 3> name;
    Value held;
    entry* next = nullptr;
  };
  static std::size_t hash(const key& of) {
    std::size_t sum = 0;
    for (std::string_view text : of) sum = sum * 31 + std::hash<std::string_view>()(text);
    return sum;
  }
  static const entry* find(const std::atomic<entry*>& bucket, const key& wanted) {
    const entry* one = bucket.load(std::memory_order_acquire);
    while (one != nullptr && !(one->name[0] == wanted[0] && one->name[1] == wanted[1] && one->name[2] == wanted[2])) one = one->next;
    return one;
  }

  std::array<std::atomic<entry*>, 256> buckets_{};
  std::mutex making_;
};

// Over inputs that do not change any longer.
class link_indexes {
 public:
  link_indexes(const resource_store& all, const std::deque<input_state>& inputs) : all_(all), inputs_(inputs) {}

  const resource_list& of_type(std::string_view type);
  const identity_index& identities(std::string_view type, std::string_view to);
  const account_index& by_account(std::string_view type);
  const linking_index& linking(std::string_view type, std::string_view by, std::string_view target_type);
  // What `index` has of a value that `owners` answer to by their attribute `to`.
  const ambiguous_members& ambiguous(const linking_index& index, std::string_view to, std::string_view value, std::string_view target_type, const resource_list& owners);
  // What references say where a value does not decide.
  const named_resources& named(const link_source& source, const resource& from, std::string_view path, std::string_view type);
  // A text that lives as long as the indexes.
  std::string_view keep(std::string_view text);

 private:
  using lists_by_type = std::unordered_map<std::string_view, resource_list>;

  const lists_by_type& present();
  void fill(identity_index& index, std::string_view type, std::string_view to);
  void fill(account_index& index, std::string_view type);
  void fill(linking_index& index, std::string_view type, std::string_view by, std::string_view target_type);
  void finish(possible_members& members, std::string_view by);

  const resource_store& all_;
  const std::deque<input_state>& inputs_;
  std::once_flag sorted_;
  lists_by_type present_, removed_;
  resource_list none_;
  published_map<identity_index> identities_;
  published_map<linking_index> linking_;
  published_map<account_index> accounts_;
  published_map<ambiguous_members> ambiguous_;
  published_map<std::string_view> kept_;
  std::mutex texts_;                   // of memory_
  arena memory_;
  std::mutex naming_;
  std::map<std::tuple<const resource*, std::string_view, std::string_view>, named_resources> named_;
};

// The first reasons in order, each once; what is not told is not even looked at.
class first_reasons {
 public:
  explicit first_reasons(arena& memory) : kept_(memory) {}
  bool wants(std::string_view resource) const;
  void add(const unknown_path& one);
  arena_vector<unknown_path> take() { return std::move(kept_); }

 private:
  arena_vector<unknown_path> kept_;
};

// Lists of resources are in the order of their positions.
bool holds(const resource_list& list, const resource* one);
// Why an attribute of a resource is not known.
unknown_reason reason_of(const link_source* source, const resource& of, std::string_view path);
// What names `target` by its attribute `to`; for "id" also what stands for it.
identity_index::answers identity_of(const resource& target, std::string_view to, arena& memory);
std::string_view last_component(std::string_view text);   // empty without '/' or ':'

}  // namespace sekimori::inventory
