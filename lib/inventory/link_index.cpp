// inventory: see link_index.hpp.
#include "inventory/link_index.hpp"

#include <algorithm>

#include "inventory/accounts.hpp"
#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

namespace {

constexpr std::size_t reasons_told = 50;

bool in_relations(const resource& one) { return one.what != action::remove && !one.deposed; }

bool less(const unknown_path& a, const unknown_path& b) {
  return std::tie(a.resource, a.path, a.reason) < std::tie(b.resource, b.path, b.reason);
}

// "aws_s3_bucket" -> "bucket": providers name an attribute after the thing (bucket, key_id, role_name).
std::string_view last_word(std::string_view type) {
  auto underscore = type.rfind('_');
  return underscore == std::string_view::npos ? type : type.substr(underscore + 1);
}

}  // namespace

bool first_reasons::wants(std::string_view resource) const { return kept_.size() < reasons_told || !(kept_.back().resource < resource); }

void first_reasons::add(const unknown_path& one) {
  auto at = std::lower_bound(kept_.begin(), kept_.end(), one, less);
  if (at != kept_.end() && !less(one, *at)) return;
  kept_.insert(at, one);
  if (kept_.size() > reasons_told) kept_.pop_back();
}

bool holds(const resource_list& list, const resource* one) {
  const auto at = std::lower_bound(list.begin(), list.end(), one, [](const resource* a, const resource* b) { return a->position < b->position; });
  return at != list.end() && *at == one;
}

unknown_reason reason_of(const link_source* source, const resource& of, std::string_view path) {
  if (source == nullptr || of.configuration == nullptr) return unknown_reason::computed;
  return source->configures(of, path.substr(0, path.find('.'))) ? unknown_reason::computed : unknown_reason::not_configured;
}

std::string_view last_component(std::string_view text) {
  auto at = text.find_last_of("/:");
  return at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
}

identity_index::answers identity_of(const resource& target, std::string_view to, arena& memory) {
  identity_index::answers made(memory);
  if (!to.empty() && to != "id") {
    made.values = leaves_of(target, to, memory).known;
    for (std::string_view& text : made.values) text = compared_id(text, memory);
    made.full = !made.values.empty();
    return made;
  }
  auto add = [&](std::string_view attribute) {
    for (std::string_view given : leaves_of(target, attribute, memory).known) {
      const std::string_view text = compared_id(given, memory);
      if (std::find(made.values.begin(), made.values.end(), text) == made.values.end()) made.values.push_back(text);
    }
  };
  if (target.says != nullptr) {
    if (!target.says->native_id.empty()) made.values.push_back(compared_id(target.says->native_id, memory));
    for (std::string_view attribute : {"selfLink", "Arn", "ARN"}) add(attribute);   // as APIs write it
  }
  for (std::string_view attribute : {"id", "arn", "self_link"}) add(attribute);
  made.full = !made.values.empty();
  for (std::string_view attribute : {"name", "identifier"}) add(attribute);
  const std::string word(last_word(target.type));
  for (std::string_view ending : {"", "_id", "_name", "_identifier"}) add(word + std::string(ending));
  if (target.type == "google_service_account") {
    add("email");
    add("member");
  }
  return made;
}

const named_resources& link_indexes::named(const link_source& source, const resource& from, std::string_view path, std::string_view type) {
  const std::string_view kept_path = keep(path), kept_type = keep(type);
  const std::tuple name{&from, kept_path, kept_type};
  {
    std::lock_guard lock(naming_);
    if (auto found = named_.find(name); found != named_.end()) return found->second;
  }
  // Two threads may work out the same: the first one's stays.
  named_resources made = source.named(from, path, type);
  std::lock_guard lock(naming_);
  return named_.try_emplace(name, std::move(made)).first->second;
}

std::string_view link_indexes::keep(std::string_view text) {
  return kept_.get({text, {}, {}}, [](std::string_view& held, const auto& name) { held = name[0]; });
}

const link_indexes::lists_by_type& link_indexes::present() {
  std::call_once(sorted_, [this] {
    for (const resource& one : all_) {
      if (in_relations(one)) present_[one.type].push_back(&one);
      else if (!one.deposed) removed_[one.type].push_back(&one);
    }
  });
  return present_;
}

const resource_list& link_indexes::of_type(std::string_view type) {
  const lists_by_type& all = present();
  auto found = all.find(type);
  return found == all.end() ? none_ : found->second;
}

const identity_index& link_indexes::identities(std::string_view type, std::string_view to) {
  return identities_.get({type, to, {}}, [this](identity_index& made, const auto& name) { fill(made, name[0], name[1]); });
}

void link_indexes::fill(identity_index& index, std::string_view type, std::string_view to) {
  std::lock_guard lock(texts_);
  for (const resource* one : of_type(type)) {
    const identity_index::answers& answers = index.of.emplace(one, identity_of(*one, to, memory_)).first->second;
    for (std::string_view text : answers.values) index.owners[text].push_back(one);
  }
}

const account_index& link_indexes::by_account(std::string_view type) {
  return accounts_.get({type, {}, {}}, [this](account_index& made, const auto& name) { fill(made, name[0]); });
}

void link_indexes::fill(account_index& index, std::string_view type) {
  std::lock_guard lock(texts_);
  for (const resource* one : of_type(type)) {
    if (one->data_source) continue;
    index.all.push_back(one);
    const std::string_view account = compared_account(one->cloud, account_in(inputs_[one->input], *one, memory_), memory_);
    (account.empty() ? index.unplaced : index.of[account]).push_back(one);
  }
}

const linking_index& link_indexes::linking(std::string_view type, std::string_view by, std::string_view target_type) {
  return linking_.get({type, by, target_type}, [this](linking_index& made, const auto& name) { fill(made, name[0], name[1], name[2]); });
}

void link_indexes::fill(linking_index& index, std::string_view type, std::string_view by, std::string_view target_type) {
  std::lock_guard lock(texts_);
  index.name = memory_.copy(std::string_view(std::string(type) + '\n' + std::string(by) + '\n' + std::string(target_type)));
  index.by = by;
  index.open = memory_.copy(std::string_view(std::string(type) + "." + std::string(by)));
  for (const resource* one : of_type(type)) {
    const attribute_leaves leaves = leaves_of(*one, by, memory_);
    for (std::string_view text : leaves.known) {
      index.by_value[compared_id(text, memory_)].push_back(one);
      const std::string_view last = last_component(text);
      if (!last.empty()) index.by_last[last].push_back(one);
    }
    if (leaves.unknown == 0) continue;
    const link_source* source = inputs_[one->input].links.get();
    if (source == nullptr) {
      index.anything.all.push_back(one);
      continue;
    }
    const named_resources named = source->named(*one, by, target_type);
    for (const resource* target : named.exact) index.exact[target].push_back(one);
    if (named.anything) {
      // An address whose machine is left out is given to one by another resource, or to none.
      const bool unset = by.find('.') == std::string_view::npos && one->configuration != nullptr && !source->configures(*one, by);
      (unset ? index.unset : index.anything).all.push_back(one);
      continue;
    }
    for (const resource* target : named.possible) index.possible[target].push_back(one);
    for (const resource_list* group : named.possible_groups) index.groups[group].all.push_back(one);
  }
  finish(index.anything, by);
  finish(index.unset, by);
  for (auto& [group, members] : index.groups) finish(members, by);
  auto gone = removed_.find(type);
  if (gone == removed_.end()) return;
  for (const resource* one : gone->second) {
    for (std::string_view text : leaves_of(*one, by, memory_).known) index.removed_by_value[compared_id(text, memory_)].push_back(one);
  }
}

void link_indexes::finish(possible_members& members, std::string_view by) {
  auto tell = [&](told_members& into, bool part) {
    first_reasons why(memory_);
    for (const resource* one : members.all) {
      const bool twice = !into.list.empty() && into.list.back() == one;
      if (twice || (part && one->data_source)) continue;
      into.list.push_back(one);
      if (why.wants(one->address)) why.add({one->address, by, reason_of(inputs_[one->input].links.get(), *one, by)});
    }
    const arena_vector<unknown_path> first = why.take();
    into.why.assign(first.begin(), first.end());
  };
  tell(members.of_part, true);
  tell(members.of_relation, false);
}

const ambiguous_members& link_indexes::ambiguous(const linking_index& index, std::string_view to, std::string_view value, std::string_view target_type,
                                                 const resource_list& owners) {
  return ambiguous_.get({index.name, to, value}, [&](ambiguous_members& made, const auto&) {
    for (const resource* one : index.by_value.at(value)) {
      bool decided = false;
      if (const link_source* source = inputs_[one->input].links.get()) {
        for (const resource* target : named(*source, *one, index.by, target_type).exact) {
          if (!holds(owners, target)) continue;
          made.exact[target].push_back(one);
          decided = true;
        }
      }
      if (!decided) made.possible.all.push_back(one);
    }
    std::lock_guard lock(texts_);
    finish(made.possible, index.by);
  });
}

}  // namespace sekimori::inventory
