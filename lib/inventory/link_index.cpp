// inventory: see link_index.hpp.
#include "inventory/link_index.hpp"

#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

namespace {

bool in_relations(const resource& one) { return one.what != action::remove && !one.deposed; }

// "aws_s3_bucket" -> "bucket": providers name an attribute after the thing (bucket, key_id, role_name).
std::string_view last_word(std::string_view type) {
  auto underscore = type.rfind('_');
  return underscore == std::string_view::npos ? type : type.substr(underscore + 1);
}

}  // namespace

std::string_view last_component(std::string_view text) {
  auto at = text.find_last_of("/:");
  return at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
}

std::vector<std::string> identity_values(const resource& target, std::string_view to) {
  if (!to.empty() && to != "id") return leaves_of(target, to).known;
  std::string word(last_word(target.type));
  std::vector<std::string> values;
  auto add = [&](std::string_view attribute) {
    for (std::string& text : leaves_of(target, attribute).known) {
      bool has = false;
      for (const std::string& other : values) has = has || other == text;
      if (!has) values.push_back(std::move(text));
    }
  };
  for (std::string_view attribute : {"id", "arn", "self_link", "name", "identifier"}) add(attribute);
  for (std::string_view ending : {"", "_id", "_name", "_identifier"}) add(word + std::string(ending));
  if (target.type == "google_service_account") {
    add("email");
    add("member");
  }
  return values;
}

bool fully_known(const resource& target, std::string_view to) {
  if (!to.empty() && to != "id") return !leaves_of(target, to).known.empty();
  for (std::string_view attribute : {"id", "arn", "self_link"}) {
    if (!leaves_of(target, attribute).known.empty()) return true;
  }
  return false;
}

void link_indexes::clear() {
  std::set<std::string> kept = std::move(kept_);
  *this = link_indexes();
  kept_ = std::move(kept);
}

const named_resources& link_indexes::named(const link_source& source, const resource& from, std::string_view path, std::string_view type) {
  auto [at, fresh] = named_.try_emplace({&from, std::string(path), std::string(type)});
  if (fresh) at->second = source.named(from, path, type);
  return at->second;
}

void link_indexes::sort_types(const std::deque<resource>& all) {
  if (sorted_) return;
  sorted_ = true;
  for (const resource& one : all) {
    if (in_relations(one)) present_[one.type].push_back(&one);
    else if (!one.deposed) removed_[one.type].push_back(&one);
  }
}

const resource_list& link_indexes::of_type(const std::deque<resource>& all, std::string_view type) {
  sort_types(all);
  auto found = present_.find(type);
  if (found == present_.end()) found = present_.emplace(std::string(type), resource_list()).first;
  return found->second;
}

const value_index& link_indexes::identities(const std::deque<resource>& all, std::string_view type, std::string_view to) {
  auto [at, fresh] = identities_.try_emplace({std::string(type), std::string(to)});
  if (fresh) {
    for (const resource* one : of_type(all, type)) {
      for (std::string& text : identity_values(*one, to)) at->second[std::move(text)].push_back(one);
    }
  }
  return at->second;
}

const linking_index& link_indexes::linking(const std::deque<resource>& all, const std::deque<input_state>& inputs,
                                           std::string_view type, std::string_view by, std::string_view target_type) {
  auto [at, fresh] = linking_.try_emplace({std::string(type), std::string(by), std::string(target_type)});
  linking_index& index = at->second;
  if (!fresh) return index;
  for (const resource* one : of_type(all, type)) {
    attribute_leaves leaves = leaves_of(*one, by);
    for (const std::string& text : leaves.known) {
      index.by_value[text].push_back(one);
      std::string_view last = last_component(text);
      if (!last.empty()) index.by_last[std::string(last)].push_back(one);
    }
    if (leaves.unknown == 0) continue;
    const link_source* source = inputs[one->input].links.get();
    if (source == nullptr) {
      index.anything.push_back(one);
      continue;
    }
    named_resources named = source->named(*one, by, target_type);
    for (const resource* target : named.exact) index.exact[target].push_back(one);
    if (named.anything) {
      // An address whose machine is left out is given to one by another resource, or to none.
      bool unset = by.find('.') == std::string_view::npos && one->configuration != nullptr && !source->configures(*one, by);
      (unset ? index.unset : index.anything).push_back(one);
      continue;
    }
    for (const resource* target : named.possible) index.possible[target].push_back(one);
    for (const resource_list* group : named.possible_groups) index.groups[group].push_back(one);
  }
  auto gone = removed_.find(type);
  if (gone == removed_.end()) return index;
  for (const resource* one : gone->second) {
    for (std::string& text : leaves_of(*one, by).known) index.removed_by_value[std::move(text)].push_back(one);
  }
  return index;
}

}  // namespace sekimori::inventory
