// check: `each` of a mapping.
#include "check/instances.hpp"

#include <map>

#include "exec/objects.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

void add(std::vector<instance>& to, const std::string& group, std::string id, value key, value element, std::int64_t index) {
  instance made;
  made.id = group.empty() ? std::move(id) : group + "/" + id;
  made.key = key;
  made.element = element;
  made.index = value::integer(index);
  to.push_back(std::move(made));
}

}  // namespace

std::vector<instance> instances_of(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::vector<value>& variables) {
  std::vector<instance> made;
  if (mapping.each.empty()) {
    made.push_back({});
    return made;
  }
  auto& memory = evaluator.memory();
  for (auto& group : mapping.each) {
    value key = make_string(memory, group.key);
    value collection = evaluator.evaluate(*group.collection, variables);
    if (collection.is(value_kind::list)) {
      auto& list = collection.as_list();
      for (std::size_t i = 0; i < list.size(); ++i) add(made, group.key, std::to_string(i), key, list.at(i), static_cast<std::int64_t>(i));
      auto* shape = list.relation();
      if (shape != nullptr && shape->open && shape->why != nullptr) add(made, group.key, "?", key, value::unknown(shape->why), static_cast<std::int64_t>(list.size()));
    } else if (collection.is(value_kind::map)) {
      auto& map = collection.as_map();
      auto* entries = map.entries();
      for (std::size_t i = 0; i < map.size(); ++i) add(made, group.key, display(entries[i].key), entries[i].key, entries[i].mapped, static_cast<std::int64_t>(i));
    } else {
      value element = collection;
      if (!element.is_unknown() && !element.is_error()) {
        element = make_error(memory, evaluation_error_code::wrong_type, "`each` takes a list or a map");
      }
      add(made, group.key, "?", key, element, 0);
    }
  }
  if (mapping.each_id) {
    exec::record_object each("each", {"key", "value", "index"}, {});
    variables[rules::slot_each] = value::map(&each);
    for (auto& one : made) {
      if (one.element.is_unknown() || one.element.is_error()) continue;
      each.set(0, one.key);
      each.set(1, one.element);
      each.set(2, one.index);
      value id = evaluator.evaluate(*mapping.each_id, variables);
      if (id.is(value_kind::string) && !id.sensitive()) one.id = std::string(id.as_text());
    }
    variables[rules::slot_each] = value::null();
  }
  // Two elements that look alike keep apart identities, in their order.
  std::map<std::string, int> seen;
  for (auto& one : made) {
    int count = ++seen[one.id];
    if (count > 1) one.id += "~" + std::to_string(count);
  }
  return made;
}

}  // namespace sekimori::check
