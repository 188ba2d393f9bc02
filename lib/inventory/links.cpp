// inventory: linked_to and named_by (design 4, Links, and Open and closed worlds). Nothing here is
// certain by type alone: equal values, or one resource in the references of that attribute.
#include <algorithm>

#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"
#include "rules/register_fields.hpp"

namespace sekimori::inventory {

namespace {

// Of one value. Where more answer to it only a reference makes one of them certain, and they are not compared one by one.
constexpr std::size_t owners_compared = 256;

// By position, each once, certain where any way to it is.
void put_in_order(arena_vector<member>& members) {
  std::sort(members.begin(), members.end(), [](const member& a, const member& b) {
    return a.of->position != b.of->position ? a.of->position < b.of->position : a.certain > b.certain;
  });
  members.erase(std::unique(members.begin(), members.end(), [](const member& a, const member& b) { return a.of == b.of; }), members.end());
}

bool any_certain(const arena_vector<member>& members) {
  return std::any_of(members.begin(), members.end(), [](const member& one) { return one.certain; });
}

bool names_exactly(const named_resources& named, const resource* one) { return std::find(named.exact.begin(), named.exact.end(), one) != named.exact.end(); }

const resource_list* find_list(const value_index& index, std::string_view key) {
  auto found = index.find(key);
  return found == index.end() ? nullptr : &found->second;
}

// Several resources answer to one value (equal names in two accounts): references decide, then the
// provider configuration that both sides use. How sure it is that `from` means `target`.
enum class sureness { no, possible, certain };

// A row of a register of accounts means what is called so in the cloud and account that it says.
bool is_elsewhere(inventory::implementation& in, const resource& row, const resource& target) {
  if (row.cloud != target.cloud) return true;
  arena memory;
  const link_source* source = in.links_of(target);
  const std::string_view account = source == nullptr ? std::string_view() : source->account(target, memory);
  return !account.empty() && !row.says->account.empty() && account != row.says->account;
}
sureness of_row(inventory::implementation& in, const resource& row, const resource& target, const resource_list& owners) {
  if (is_elsewhere(in, row, target)) return sureness::no;
  if (owners.size() > owners_compared) return sureness::possible;
  const auto meant = std::count_if(owners.begin(), owners.end(), [&](const resource* owner) { return !is_elsewhere(in, row, *owner); });
  return meant == 1 ? sureness::certain : sureness::possible;
}

sureness among_owners(inventory::implementation& in, const resource& from, std::string_view path, const resource& target,
                      const resource_list& owners) {
  if (from.type == rules::accounts.resource_type && from.says != nullptr) return of_row(in, from, target, owners);
  if (owners.size() == 1) return sureness::certain;
  if (const link_source* source = from.says == nullptr ? in.links_of(from) : nullptr) {   // an export has no references
    const named_resources& named = in.indexes->named(*source, from, path, target.type);
    if (names_exactly(named, &target)) return sureness::certain;
    for (const resource* other : named.exact) {
      if (holds(owners, other)) return sureness::no;
    }
  }
  if (from.provider_key.empty() || owners.size() > owners_compared) return sureness::possible;
  std::size_t same = 0;
  for (const resource* owner : owners) same += owner->input == from.input && owner->provider_key == from.provider_key;
  bool target_same = target.input == from.input && target.provider_key == from.provider_key;
  return same == 1 && target_same ? sureness::certain : sureness::possible;
}

// Resources that the plan takes away are in no index.
const identity_index::answers& answers_of(const identity_index& identities, const resource& target, std::string_view to, arena& memory) {
  const auto found = identities.of.find(&target);
  return found != identities.of.end() ? found->second : *memory.make<identity_index::answers>(identity_of(target, to, memory));
}

}  // namespace

bool links::empty() const {
  return members.empty() && std::all_of(shared.begin(), shared.end(), [](const shared_members& one) {
           return std::all_of(one.list->begin(), one.list->end(), [&](const resource* held) { return held == one.but; });
         });
}

arena_vector<member> links::all() const {
  arena_vector<member> made = members;
  for (const shared_members& one : shared) {
    made.reserve(made.size() + one.list->size());
    for (const resource* held : *one.list) {
      if (held != one.but) made.push_back({held, false});
    }
  }
  const bool in_order = shared.empty() || (members.empty() && shared.size() == 1);
  if (!in_order) put_in_order(made);
  return made;
}

links inventory::linked_to(const resource& target, std::span<const std::string_view> types, std::string_view by,
                           std::string_view to, bool part, arena& memory, bool whole) const {
  implementation& in = *implementation_;
  links made(memory);
  auto add_shared = [&](const resource_list& list, const resource* but) {
    if (!list.empty()) made.shared.push_back({&list, but});
  };
  const identity_index& identities = in.indexes->identities(target.type, to);
  const identity_index::answers& answers = answers_of(identities, target, to, memory);
  const link_source* own = in.links_of(target);
  const resource_list* group = own == nullptr ? nullptr : own->group_of(target);
  std::string_view open;
  first_reasons why(memory);
  for (std::string_view type : types) {
    const linking_index& index = in.indexes->linking(type, by, target.type);
    if (open.empty()) open = index.open;
    auto add = [&](const resource* one, bool certain) {
      if (one == &target || (part && one->data_source)) return;
      made.members.push_back({one, certain});
      if (!certain && why.wants(one->address)) why.add({one->address, index.by, reason_of(in.links_of(*one), *one, by)});
    };
    auto add_list = [&](const possible_members& list) {
      const told_members& shared = part ? list.of_part : list.of_relation;
      add_shared(shared.list, &target);
      // The target may be one of them, and says nothing about itself. Only where it is among those that are told do
      // others come forward.
      const bool told = type == target.type && std::any_of(shared.why.begin(), shared.why.end(), [&](const unknown_path& one) { return one.resource == target.address; });
      if (!told) {
        for (const unknown_path& one : shared.why) why.add(one);
        return;
      }
      for (const resource* one : shared.list) {
        if (one != &target && why.wants(one->address)) why.add({one->address, index.by, reason_of(in.links_of(*one), *one, by)});
      }
    };
    for (std::string_view answer : answers.values) {
      if (const resource_list* linked = find_list(index.by_value, answer)) {
        const resource_list* owners = find_list(identities.owners, answer);
        if (owners != nullptr && owners->size() > owners_compared && holds(*owners, &target)) {
          const ambiguous_members& all = in.indexes->ambiguous(index, to, answer, target.type, *owners);
          if (auto found = all.exact.find(&target); found != all.exact.end()) {
            for (const resource* one : found->second) add(one, true);
          }
          add_list(all.possible);
        } else {
          for (const resource* one : *linked) {
            auto sure = owners == nullptr ? sureness::certain : among_owners(in, *one, by, target, *owners);
            if (sure != sureness::no) add(one, sure == sureness::certain);
          }
        }
      }
      if (const resource_list* removed = find_list(index.removed_by_value, answer); removed != nullptr && part) {
        for (const resource* one : *removed) made.removed_here = made.removed_here || in.inputs[one->input].complete;
      }
    }
    // A path or an ARN that ends in the name of a resource whose own is not known yet.
    if (!answers.full) {
      const bool by_id = to == "id" || to.empty();
      const identity_index::answers& other = by_id ? answers : answers_of(in.indexes->identities(target.type, "id"), target, "id", memory);
      for (std::string_view answer : other.values) {
        if (const resource_list* linked = find_list(index.by_last, answer)) {
          for (const resource* one : *linked) add(one, false);
        }
      }
    }
    if (auto found = index.exact.find(&target); found != index.exact.end()) {
      for (const resource* one : found->second) add(one, true);
    }
    if (auto found = index.possible.find(&target); found != index.possible.end()) {
      for (const resource* one : found->second) add(one, false);
    }
    if (auto found = index.groups.find(group); group != nullptr && found != index.groups.end()) add_list(found->second);
    add_list(index.anything);
    if (!part) add_list(index.unset);      // a part names what it is part of
  }
  put_in_order(made.members);
  if (any_certain(made.members)) made.removed_here = false;
  bool made_here = (target.what == action::create || target.what == action::replace) && !target.deposed;
  bool closed = whole || (part && ((made_here && in.inputs[target.input].complete) || made.removed_here));
  made.open = !closed && !in.all_closed;
  if (made.open) {
    why.add({target.address, types.empty() ? in.indexes->keep(by) : open, unknown_reason::open_set});
  }
  made.why = why.take();
  return made;
}

links inventory::named_by(const resource& from, std::string_view path, std::string_view type, arena& memory) const {
  implementation& in = *implementation_;
  links made(memory);
  auto add_shared = [&](const resource_list& list, const resource* but) {
    if (!list.empty()) made.shared.push_back({&list, but});
  };
  made.open = false;
  const std::string_view kept_path = in.indexes->keep(path);
  const attribute_leaves leaves = leaves_of(from, path, memory);
  const identity_index& identities = in.indexes->identities(type, "id");
  bool unsure = false;
  // Those of the owners that references name; else all of them are possible, and none is certain.
  auto add_exact = [&](const resource_list& owners) {
    bool decided = false;
    if (const link_source* source = in.links_of(from)) {
      for (const resource* one : in.indexes->named(*source, from, path, type).exact) {
        if (!holds(owners, one)) continue;
        decided = true;
        if (one != &from) made.members.push_back({one, true});
      }
    }
    if (!decided) add_shared(owners, &from);
    return decided;
  };
  for (std::string_view text : leaves.known) {
    if (const resource_list* owners = find_list(identities.owners, compared_id(text, memory))) {
      if (owners->size() > owners_compared) {
        unsure = !add_exact(*owners) || unsure;
        continue;
      }
      for (const resource* owner : *owners) {
        if (owner == &from) continue;      // a bucket's own `bucket`
        auto sure = among_owners(in, from, path, *owner, *owners);
        if (sure != sureness::no) made.members.push_back({owner, sure == sureness::certain});
        unsure = unsure || sure == sureness::possible;
      }
      continue;
    }
    made.open = true;      // it names something that was not given
    std::string_view last = last_component(text);
    const resource_list* owners = last.empty() ? nullptr : find_list(identities.owners, last);
    if (owners == nullptr) continue;
    for (const resource* owner : *owners) {
      if (owner == &from || identities.of.at(owner).full) continue;
      made.members.push_back({owner, false});
      unsure = true;
    }
  }
  if (leaves.unknown > 0) {
    static const named_resources anything{{}, {}, {}, true};
    const link_source* source = in.links_of(from);
    const named_resources& named = source != nullptr ? in.indexes->named(*source, from, path, type) : anything;
    for (const resource* one : named.exact) made.members.push_back({one, true});
    for (const resource* one : named.possible) made.members.push_back({one, false});
    for (const resource_list* group : named.possible_groups) add_shared(*group, nullptr);
    bool unresolved = named.anything || !named.possible.empty() || !named.possible_groups.empty();
    if (named.anything) add_shared(in.indexes->of_type(type), &from);
    unsure = unsure || unresolved;
    made.open = made.open || unresolved;
  }
  if (in.all_closed) made.open = false;
  put_in_order(made.members);
  first_reasons why(memory);
  if (unsure) why.add({from.address, kept_path, reason_of(in.links_of(from), from, path)});
  if (made.open) why.add({from.address, kept_path, unknown_reason::open_set});
  made.why = why.take();
  return made;
}

}  // namespace sekimori::inventory
