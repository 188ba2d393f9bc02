// check: parts and relations out of the inventory's links.
#include "check/access.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "check/completeness.hpp"
#include "check/holdings.hpp"
#include "value/undecided_parts.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

// Members of a relation, read when they are asked for.
class relation_list final : public list_view {
 public:
  relation_list(const inventory::inventory& all, arena& memory, std::span<const inventory::resource*> members, relation_shape shape)
      : all_(all), memory_(memory), members_(members), read_(memory.make_array<value>(members.size())), shape_(shape) {}
  std::size_t size() const override { return members_.size(); }
  value at(std::size_t index) const override {
    if (read_[index].is_null()) read_[index] = all_.attributes(*members_[index], memory_, nullptr);
    return read_[index];
  }
  const relation_shape* relation() const override { return &shape_; }

 private:
  const inventory::inventory& all_;
  arena& memory_;
  std::span<const inventory::resource*> members_;
  std::span<value> read_;
  relation_shape shape_;
};

value reasons(const inventory::links& found, std::string_view what, arena& memory) {
  undecided_parts why(memory);
  for (auto& one : found.why) why.add(make_unknown(memory, one.resource, one.path, one.reason));
  return why.any() ? why.or_else(value::null()) : make_unknown(memory, {}, what, unknown_reason::open_set);
}

}  // namespace

value inventory_access::attributes(const attribute_table* facts, arena& memory) { return all_.attributes(*current_, memory, facts); }

// Whether somebody says that all that could be linked through these types was given.
bool inventory_access::whole(std::span<const std::string_view> types) const { return declared_ != nullptr && declared_->links(kind_, types, *current_); }

value inventory_access::part(const rules::checked_part& asked, arena& memory) {
  const arena_vector<std::string_view> types(asked.types.begin(), asked.types.end(), memory);
  auto found = all_.linked_to(*current_, types, asked.by, asked.to, true, memory, whole(types));
  std::size_t certain = 0;
  const inventory::resource* one = nullptr;
  for (auto& member : found.members) {
    if (!member.certain) continue;
    ++certain;
    one = member.of;
  }
  if (certain == 1) return all_.attributes(*one, memory, &asked.facts);
  if (certain > 1) {
    std::string text = std::to_string(certain) + " resources are part `" + asked.name + "` of this one, where one is expected";
    return make_error(memory, evaluation_error_code::invalid_argument, memory.copy(std::string_view(text)));
  }
  if (found.empty() && !found.open) {
    // What a part that is left out means was documented for new resources; one that stands already may
    // be older, or the plan takes the part away from it.
    bool made_here = current_->what == inventory::action::create || current_->what == inventory::action::replace;
    if (made_here || asked.absent.means.is_null()) return value::null();
    return make_unknown(memory, current_->address, memory.copy(std::string_view(asked.types.front())), unknown_reason::undocumented_default);
  }
  return reasons(found, asked.types.front(), memory);
}

value inventory_access::relation(const inventory::links& found, std::string_view what, arena& memory) const {
  // In an order that inputs do not decide: what explains a verdict is the first that decides it.
  auto all = found.all();
  std::sort(all.begin(), all.end(), [](const inventory::member& a, const inventory::member& b) {
    return std::tie(a.of->input, a.of->address, a.of->position) < std::tie(b.of->input, b.of->address, b.of->position);
  });
  auto members = memory.make_array<const inventory::resource*>(all.size());
  auto certain = memory.make_array<bool>(all.size());
  bool all_certain = true;
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i] = all[i].of;
    certain[i] = all[i].certain;
    all_certain = all_certain && certain[i];
  }
  relation_shape shape;
  shape.certain = all_certain ? nullptr : certain.data();
  shape.open = found.open;
  if (found.open || !all_certain) shape.why = &reasons(found, what, memory).as_unknown();
  return value::list(memory.make<relation_list>(all_, memory, members, shape));
}

value inventory_access::related(value types, std::string_view by, arena& memory) {
  arena_vector<std::string_view> names(memory);
  if (types.is(value_kind::string)) names.push_back(types.as_text());
  if (types.is(value_kind::list)) {
    for (std::size_t i = 0; i < types.as_list().size(); ++i) {
      value name = types.as_list().at(i);
      if (name.is(value_kind::string)) names.push_back(name.as_text());
    }
  }
  if (names.empty()) return make_error(memory, evaluation_error_code::invalid_argument, "related() takes one provider type or a list of them");
  return relation(all_.linked_to(*current_, names, by, "id", false, memory, whole(names)), names.front(), memory);
}

// Whether every value at the path is known and one of `words`.
bool inventory_access::only_words(value at, std::string_view path, value words) const {
  if (at.is(value_kind::list)) {
    for (std::size_t i = 0; i < at.as_list().size(); ++i) {
      if (!only_words(at.as_list().at(i), path, words)) return false;
    }
    return true;
  }
  if (path.empty()) {
    for (std::size_t i = 0; i < words.as_list().size(); ++i) {
      value word = words.as_list().at(i);
      if (at.is(value_kind::string) && word.is(value_kind::string) && at.as_text() == word.as_text()) return true;
    }
    return false;
  }
  auto dot = path.find('.');
  value below;
  if (!at.is(value_kind::map) || !at.as_map().find(value::string(path.substr(0, dot)), below)) return false;
  return only_words(below, dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1), words);
}

value inventory_access::references_to(std::string_view path, std::string_view type, value words, arena& memory) {
  if (words.is(value_kind::list) && only_words(all_.attributes(*current_, memory, nullptr), path, words)) return make_list(memory, {});
  return relation(all_.named_by(*current_, path, type, memory), type, memory);
}

value inventory_access::held(std::string_view kind, arena& memory) {
  return of_kinds_ != nullptr ? of_kinds_->of_account(kind, *current_) : make_error(memory, evaluation_error_code::invalid_argument, "held() is for rules");
}

value inventory_access::all_held(std::string_view kind, arena& memory) {
  return of_kinds_ != nullptr ? of_kinds_->of_all(kind, *current_) : make_error(memory, evaluation_error_code::invalid_argument, "all_held() is for rules");
}

}  // namespace sekimori::check
