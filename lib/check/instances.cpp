// check: `each` of a mapping.
#include "check/instances.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/arena_vector.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

struct digits {
  explicit digits(std::size_t number) : size(static_cast<std::size_t>(std::to_chars(text, text + sizeof text, number).ptr - text)) {}
  operator std::string_view() const { return {text, size}; }
  char text[24];
  std::size_t size;
};

std::string_view joined(arena& memory, std::string_view a, char between, std::string_view b) {
  char* made = static_cast<char*>(memory.allocate(a.size() + 1 + b.size(), 1));
  a.copy(made, a.size());
  made[a.size()] = between;
  b.copy(made + a.size() + 1, b.size());
  return {made, a.size() + 1 + b.size()};
}

class gathering {
 public:
  explicit gathering(arena& memory) : memory_(memory), made_(memory) {}

  void reserve(std::size_t more) { made_.reserve(made_.size() + more); }
  void add(std::string_view group, std::string_view id, value key, value element, std::size_t index) {
    made_.push_back({group.empty() ? memory_.copy(id) : joined(memory_, group, '/', id), key, element, value::integer(static_cast<std::int64_t>(index))});
  }
  arena_vector<instance>& all() { return made_; }

  // Two elements that look alike keep apart identities, in their order.
  std::span<const instance> give() {
    auto order = memory_.make_array<std::uint32_t>(made_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const int less = made_[a].suffix.compare(made_[b].suffix);
      return less != 0 ? less < 0 : a < b;
    });
    std::string_view before;
    std::size_t alike = 0;
    for (std::uint32_t at : order) {
      std::string_view& id = made_[at].suffix;
      alike = alike > 0 && id == before ? alike + 1 : 1;
      before = id;
      if (alike > 1) id = joined(memory_, id, '~', digits(alike));
      if (!id.empty()) id = joined(memory_, {}, '#', id);
    }
    return made_;
  }

 private:
  arena& memory_;
  arena_vector<instance> made_;
};

}  // namespace

std::span<const instance> instances_of(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::vector<value>& variables,
                                       exec::record_object& each) {
  arena& memory = evaluator.memory();
  gathering& made = *memory.make<gathering>(memory);     // what it gives stays there
  for (auto& group : mapping.each) {
    value key = value::string(group.key);
    value collection = evaluator.evaluate(*group.collection, variables);
    if (collection.is(value_kind::list)) {
      auto& list = collection.as_list();
      made.reserve(list.size() + 1);
      for (std::size_t i = 0; i < list.size(); ++i) made.add(group.key, digits(i), key, list.at(i), i);
      auto* shape = list.relation();
      if (shape != nullptr && shape->open && shape->why != nullptr) made.add(group.key, "?", key, value::unknown(shape->why), list.size());
    } else if (collection.is(value_kind::map)) {
      auto& map = collection.as_map();
      auto* entries = map.entries();
      made.reserve(map.size());
      for (std::size_t i = 0; i < map.size(); ++i) made.add(group.key, display(entries[i].key), entries[i].key, entries[i].mapped, i);
    } else {
      value element = collection;
      if (!element.is_unknown() && !element.is_error()) {
        element = make_error(memory, evaluation_error_code::wrong_type, "`each` takes a list or a map");
      }
      made.add(group.key, "?", key, element, 0);
    }
  }
  if (mapping.each_id) {
    variables[rules::slot_each] = value::map(&each);
    for (auto& one : made.all()) {
      if (one.element.is_unknown() || one.element.is_error()) continue;
      each.set(0, one.key);
      each.set(1, one.element);
      each.set(2, one.index);
      value id = evaluator.evaluate(*mapping.each_id, variables);
      if (id.is(value_kind::string) && !id.sensitive()) one.suffix = id.as_text();
    }
    variables[rules::slot_each] = value::null();
  }
  return made.give();
}

}  // namespace sekimori::check
