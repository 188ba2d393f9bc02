// value: see overlay.hpp. Two views, a map and a list, over the same place of three documents: what
// is known, what is not, what is secret.
#include "value/overlay.hpp"

#include <algorithm>

#include "value/values.hpp"

namespace sekimori {

namespace {

constexpr int mask_depth_limit = 200;
constexpr int mask_size_limit = 1'000'000;

struct overlay_context {
  arena* memory;
  overlay_source source;
};

// One place, in the three documents.
struct layers {
  value known, unknown, sensitive;
};

// Whether a mask that is a container marks anything. A host's object can hold itself; beyond the
// limits it counts as marking.
bool marks_something(value mask, int depth, int& left) {
  if (mask.is_true()) return true;
  if (!mask.is(value_kind::map) && !mask.is(value_kind::list)) return false;
  if (depth >= mask_depth_limit || --left < 0) return true;
  if (mask.is(value_kind::list)) {
    for (std::size_t i = 0, n = mask.as_list().size(); i < n; ++i) {
      if (marks_something(mask.as_list().at(i), depth + 1, left)) return true;
    }
    return false;
  }
  const map_entry* entries = mask.as_map().entries();
  for (std::size_t i = 0, n = mask.as_map().size(); i < n; ++i) {
    if (marks_something(entries[i].mapped, depth + 1, left)) return true;
  }
  return false;
}

bool marks_something(value mask) {
  int left = mask_size_limit;
  return marks_something(mask, 0, left);
}

value child_of(value mask, value key) {
  value found;
  if (mask.is_true()) return mask;
  if (mask.is(value_kind::map) && mask.as_map().find(key, found)) return found;
  return value::null();
}

value child_of(value mask, std::size_t index) {
  if (mask.is_true()) return mask;
  if (mask.is(value_kind::list) && index < mask.as_list().size()) return mask.as_list().at(index);
  return value::null();
}

// What stands above a container: where it is, its path without indexes, and the facts about attributes
// below it (null: none, which spares the look-ups).
struct place {
  overlay_context* context;
  data_path* path;
  std::string_view fact_path;
  const attribute_table* facts;
};

std::string_view key_text(arena& memory, value key) {
  if (key.is(value_kind::string)) return key.as_text();
  if (key.is(value_kind::integer)) return memory.copy(std::string_view(std::to_string(key.as_integer())));
  if (key.is(value_kind::unsigned_integer)) return memory.copy(std::string_view(std::to_string(key.as_unsigned())));
  if (key.is(value_kind::boolean)) return key.as_boolean() ? "true" : "false";
  return "?";
}

std::string fact_path_of(std::string_view above, std::string_view key) {
  std::string path;
  path.reserve(above.size() + key.size() + 1);
  path += above;
  if (!above.empty()) path += '.';
  path += key;
  return path;
}

bool any_facts_below(const attribute_table& facts, const std::string& path) {
  std::string prefix = path + ".";
  auto at = facts.lower_bound(prefix);
  return at != facts.end() && at->first.compare(0, prefix.size(), prefix) == 0;
}

value unknown_at(const place& above, value key) {
  std::string path = path_text(above.path, key);
  const overlay_source& source = above.context->source;
  auto reason = source.reason == nullptr ? unknown_reason::computed : source.reason(source.reason_context, path);
  return make_unknown(*above.context->memory, source.resource, path, reason);
}

value make_child(const place& above, value key, std::int64_t index, const layers& at);

class overlay_list final : public list_view {
 public:
  overlay_list(place here, layers at) : here_(here), at_(at) {
    if (at_.known.is(value_kind::list)) size_ = at_.known.as_list().size();
    if (at_.unknown.is(value_kind::list)) size_ = std::max(size_, at_.unknown.as_list().size());
  }

  std::size_t size() const override { return size_; }
  value at(std::size_t index) const override {
    if (elements_ == nullptr) {
      elements_ = here_.context->memory->make_array<value>(size_).data();
      made_ = here_.context->memory->make_array<bool>(size_).data();
    }
    if (!made_[index]) {
      elements_[index] = make(index);
      made_[index] = true;
    }
    return elements_[index];
  }
  const data_path* where() const override { return here_.path; }

 private:
  value make(std::size_t index) const {
    layers below;
    below.known = at_.known.is(value_kind::list) && index < at_.known.as_list().size() ? at_.known.as_list().at(index) : value::null();
    below.unknown = child_of(at_.unknown, index);
    below.sensitive = child_of(at_.sensitive, index);
    auto position = static_cast<std::int64_t>(index);
    return make_child(here_, value::integer(position), position, below);
  }

  place here_;
  layers at_;
  std::size_t size_ = 0;
  mutable value* elements_ = nullptr;
  mutable bool* made_ = nullptr;
};

class overlay_map final : public map_view {
 public:
  overlay_map(place here, layers at) : here_(here), at_(at) {}

  std::size_t size() const override {
    collect();
    return size_;
  }
  const map_entry* entries() const override {
    collect();
    return entries_;
  }
  bool find(value key, value& found) const override {
    if (entries_ != nullptr) return find_entry(key, found);
    for (const kept* k = kept_; k != nullptr; k = k->next) {
      if (k->key.kind() == key.kind() && key.is(value_kind::string) && k->key.as_text() == key.as_text()) {
        found = k->mapped;
        return true;
      }
    }
    if (!compute(key, found)) return false;
    bool costly = found.is_unknown() || found.is(value_kind::map) || found.is(value_kind::list);
    if (costly && key.is(value_kind::string)) {
      // The key may be a caller's own text, so it is copied.
      arena& memory = *here_.context->memory;
      kept_ = memory.make<kept>(value::string(memory.copy(key.as_text())), found, kept_);
      if (++kept_count_ > 24) collect();
    }
    return true;
  }
  value missing(value key) const override {
    if (here_.context->source.complete) return value::null();
    value none = make_unknown(*here_.context->memory, here_.context->source.resource, path_text(here_.path, key),
                              unknown_reason::undocumented_default);
    return none.marked_sensitive(child_of(at_.sensitive, key).is_true());
  }
  const data_path* where() const override { return here_.path; }

 private:
  struct kept {
    value key, mapped;
    const kept* next;
  };

  bool find_entry(value key, value& found) const {
    const map_entry* at = std::lower_bound(entries_, entries_ + size_, key, [](const map_entry& e, value k) { return key_less(e.key, k); });
    if (at == entries_ + size_ || key_less(key, at->key)) return false;
    found = at->mapped;
    return true;
  }

  // Present by itself: known and not null, or unknown in whole or in part.
  bool present(value key, value& found, bool* is_null = nullptr) const {
    layers below;
    bool has_key = at_.known.is(value_kind::map) && at_.known.as_map().find(key, below.known);
    if (!has_key) below.known = value::null();
    below.unknown = child_of(at_.unknown, key);
    if (below.known.is_null() && !marks_something(below.unknown) && !(has_key && here_.context->source.nulls)) {
      if (is_null != nullptr) *is_null = has_key;
      return false;
    }
    below.sensitive = child_of(at_.sensitive, key);
    found = make_child(here_, key, -1, below);
    return true;
  }

  bool compute(value key, value& found) const {
    bool is_null = false;
    if (present(key, found, &is_null)) return true;
    if (here_.facts == nullptr || !key.is(value_kind::string)) return false;
    auto fact = here_.fact_path.empty() ? here_.facts->find(key.as_text())
                                        : here_.facts->find(fact_path_of(here_.fact_path, key.as_text()));
    if (fact == here_.facts->end()) return false;
    for (const std::string& name : fact->second.also) {
      if (present(value::string(name), found)) return true;
    }
    if (is_null && fact->second.nullable) {
      found = value::null().marked_sensitive(child_of(at_.sensitive, key).is_true());
      return true;
    }
    if (!fact->second.has_default) return false;
    found = fact->second.absent;
    return true;
  }

  void collect() const {
    if (entries_ != nullptr) return;
    std::vector<value> keys;
    auto add_keys = [&keys](value from) {
      if (!from.is(value_kind::map)) return;
      const map_entry* entries = from.as_map().entries();
      for (std::size_t i = 0, n = from.as_map().size(); i < n; ++i) keys.push_back(entries[i].key);
    };
    add_keys(at_.known);
    add_keys(at_.unknown);
    if (here_.facts != nullptr) {
      std::string prefix = here_.fact_path.empty() ? std::string() : std::string(here_.fact_path) + ".";
      for (auto f = here_.facts->lower_bound(prefix); f != here_.facts->end(); ++f) {
        if (f->first.compare(0, prefix.size(), prefix) != 0) break;
        std::string_view rest = std::string_view(f->first).substr(prefix.size());
        if (rest.find('.') == std::string_view::npos) keys.push_back(value::string(rest));
      }
    }
    std::stable_sort(keys.begin(), keys.end(), key_less);
    keys.erase(std::unique(keys.begin(), keys.end(), [](value a, value b) { return !key_less(a, b); }), keys.end());
    map_entry* entries = here_.context->memory->make_array<map_entry>(std::max<std::size_t>(keys.size(), 1)).data();
    std::size_t count = 0;
    for (value key : keys) {
      value mapped;
      if (!kept_value(key, mapped) && !compute(key, mapped)) continue;
      entries[count++] = {key, mapped};
    }
    size_ = count;
    entries_ = entries;
  }

  bool kept_value(value key, value& found) const {
    if (!key.is(value_kind::string)) return false;
    for (const kept* k = kept_; k != nullptr; k = k->next) {
      if (k->key.as_text() == key.as_text()) { found = k->mapped; return true; }
    }
    return false;
  }

  place here_;
  layers at_;
  mutable const map_entry* entries_ = nullptr;
  mutable std::size_t size_ = 0;
  mutable const kept* kept_ = nullptr;
  mutable int kept_count_ = 0;
};

// Whether the place is to be shown as a list: by its value or, where that is null, by its mask.
bool is_list_place(const layers& at) {
  return at.known.is(value_kind::list) || (at.known.is_null() && at.unknown.is(value_kind::list));
}

value make_view(place here, const layers& at) {
  arena& memory = *here.context->memory;
  value made;
  if (is_list_place(at)) {
    made = value::list(new (memory.allocate(sizeof(overlay_list), alignof(overlay_list))) overlay_list(here, at));
  } else {
    made = value::map(new (memory.allocate(sizeof(overlay_map), alignof(overlay_map))) overlay_map(here, at));
  }
  return made.marked_sensitive(at.sensitive.is_true());
}

bool is_container_place(const layers& at) {
  if (at.known.is(value_kind::map) || at.known.is(value_kind::list)) return true;
  return at.known.is_null() && !at.unknown.is_null() && marks_something(at.unknown);
}

value make_child(const place& above, value key, std::int64_t index, const layers& at) {
  bool secret = at.sensitive.is_true();
  if (at.unknown.is_true()) return unknown_at(above, key).marked_sensitive(secret);
  if (!is_container_place(at)) return at.known.marked_sensitive(secret || at.known.sensitive());
  arena& memory = *above.context->memory;
  place here = above;
  if (index >= 0) {
    here.path = memory.make<data_path>(above.path, std::string_view(), index);
  } else {
    std::string_view text = memory.copy(key_text(memory, key));
    here.path = memory.make<data_path>(above.path, text, std::int64_t{-1});
    if (above.facts != nullptr) {
      std::string path = fact_path_of(above.fact_path, text);
      here.facts = any_facts_below(*above.facts, path) ? above.facts : nullptr;
      if (here.facts != nullptr) here.fact_path = memory.copy(std::string_view(path));
    }
  }
  return make_view(here, at);
}

}  // namespace

value make_overlay(arena& memory, const overlay_source& source) {
  auto* context = memory.make<overlay_context>(&memory, source);
  context->source.resource = memory.copy(source.resource);
  place root{context, memory.make<data_path>(nullptr, context->source.resource, std::int64_t{-1}), {}, nullptr};
  if (source.facts != nullptr && !source.facts->empty()) root.facts = source.facts;
  layers at{source.known, source.unknown_mask, source.sensitive_mask};
  bool secret = at.sensitive.is_true();
  if (at.unknown.is_true()) {
    auto reason = source.reason == nullptr ? unknown_reason::computed : source.reason(source.reason_context, "");
    return make_unknown(memory, context->source.resource, "", reason).marked_sensitive(secret);
  }
  bool scalar = !at.known.is_null() && !at.known.is(value_kind::map) && !at.known.is(value_kind::list);
  if (scalar) return at.known.marked_sensitive(secret || at.known.sensitive());
  return make_view(root, at);
}

}  // namespace sekimori
