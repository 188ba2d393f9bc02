// value: see overlay.hpp. Two views, a map and a list, over the same place of three documents: what
// is known, what is not, what is secret.
#include "value/overlay.hpp"

#include <algorithm>
#include <charconv>
#include <span>

#include "base/secret_text.hpp"
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
  document_node known, unknown, sensitive;
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

// The same of a document: along its tape, where a `true` is what marks.
bool marks_something(const json_tape& tape, std::uint32_t place) {
  int depth = 0, left = mask_size_limit;
  for (std::uint32_t at = place, stop = tape.after(place); at < stop;) {
    switch (tape.tag(at)) {
      case 't': return true;
      case '{':
      case '[':
        if (depth++ >= mask_depth_limit || --left < 0) return true;
        ++at;
        break;
      case '}':
      case ']':
        --depth;
        ++at;
        break;
      default: at = tape.after(at);
    }
  }
  return false;
}

bool marks_something(const document_node& mask) {
  if (mask.tape() != nullptr) return marks_something(*mask.tape(), mask.place());
  int left = mask_size_limit;
  return marks_something(mask.held(), 0, left);
}

// What stands above a container: where it is, and the facts about attributes below it (null: none).
struct place {
  const overlay_context* context;
  const data_path* path;
  const attribute_table* facts;

  arena& memory() const { return *context->memory; }
};

std::string_view key_text(arena& memory, value key) {
  if (key.is(value_kind::string)) return key.as_text();
  if (key.is(value_kind::integer)) return memory.copy(std::string_view(std::to_string(key.as_integer())));
  if (key.is(value_kind::unsigned_integer)) return memory.copy(std::string_view(std::to_string(key.as_unsigned())));
  if (key.is(value_kind::boolean)) return key.as_boolean() ? "true" : "false";
  return "?";
}

// path_text of values.hpp, put together in the arena.
std::string_view path_in(arena& memory, const data_path* container, value key) {
  if (!key.is(value_kind::string) && !key.is(value_kind::integer)) return memory.copy(std::string_view(path_text(container, key)));
  char digits[24];
  auto index_text = [&](std::int64_t index) {
    auto end = std::to_chars(digits + 1, digits + sizeof digits - 1, index).ptr;
    digits[0] = '[';
    *end++ = ']';
    return std::string_view(digits, static_cast<std::size_t>(end - digits));
  };
  const data_path last{container, key.is(value_kind::string) ? key.as_text() : std::string_view(), key.is(value_kind::string) ? -1 : key.as_integer()};
  const bool plain = key.is(value_kind::string);
  std::size_t size = 0;
  for (const data_path* at = &last; at != nullptr && at->parent != nullptr; at = at->parent) {
    const bool indexed = at == &last ? !plain : at->index >= 0;
    if (!indexed && at->key.empty()) return memory.copy(std::string_view(path_text(container, key)));
    size += indexed ? index_text(at->index).size() : at->key.size() + 1;
  }
  char* begin = static_cast<char*>(memory.allocate(size, 1));
  char* to = begin + size;
  for (const data_path* at = &last; at != nullptr && at->parent != nullptr; at = at->parent) {
    const bool indexed = at == &last ? !plain : at->index >= 0;
    const std::string_view text = indexed ? index_text(at->index) : at->key;
    to -= text.size();
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    if (!indexed) *--to = '.';
  }
  // The first component has no dot before it.
  return *begin == '.' && to == begin ? std::string_view(begin + 1, size - 1) : std::string_view(begin, size);
}

value unknown_of(const place& at, unknown_reason reason, std::string_view path) {
  auto* one = at.memory().make<unknown_path>(at.context->source.resource, path, reason);
  return value::unknown(at.memory().make<unknown_set>(one, std::size_t{1}));
}

value unknown_at(const place& above, value key) {
  const std::string_view path = path_in(above.memory(), above.path, key);
  const overlay_source& source = above.context->source;
  return unknown_of(above, source.reason == nullptr ? unknown_reason::computed : source.reason(source.reason_context, path), path);
}

value make_child(const place& above, value key, std::int64_t index, layers at);

class overlay_list final : public list_view {
 public:
  overlay_list(place here, const layers& at) : here_(here), known_(at.known), unknown_(at.unknown), sensitive_(at.sensitive) {
    size_ = std::max(known_.size(), unknown_.size());
  }

  std::size_t size() const override { return size_; }
  value at(std::size_t index) const override {
    if (elements_ == nullptr) {
      elements_ = here_.memory().make_array<value>(size_).data();
      made_ = here_.memory().make_array<bool>(size_).data();
    }
    if (!made_[index]) {
      elements_[index] = make(index);
      made_[index] = true;
    }
    return elements_[index];
  }
  const data_path* where() const override { return here_.path; }

 private:
  document_node layer(const list_reader& from, std::size_t index) const {
    if (from.of().is_true()) return from.of();
    return index < from.size() ? from.at(index, here_.memory()) : document_node();
  }
  value make(std::size_t index) const {
    layers below;
    if (index < known_.size()) below.known = known_.at(index, here_.memory());
    below.unknown = layer(unknown_, index);
    below.sensitive = layer(sensitive_, index);
    auto position = static_cast<std::int64_t>(index);
    return make_child(here_, value::integer(position), position, below);
  }

  place here_;
  list_reader known_, unknown_, sensitive_;
  std::size_t size_ = 0;
  mutable value* elements_ = nullptr;
  mutable bool* made_ = nullptr;
};

class overlay_map final : public map_view {
 public:
  overlay_map(place here, const layers& at) : here_(here), known_(at.known), unknown_(at.unknown), sensitive_(at.sensitive) {}

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
    if (kept_value(key, found)) return true;
    if (!compute(key, found)) return false;
    bool costly = found.is_unknown() || found.is(value_kind::map) || found.is(value_kind::list);
    if (costly && key.is(value_kind::string)) {
      // The key may be a caller's own text, so it is copied.
      kept_ = here_.memory().make<kept>(here_.memory().copy(key.as_text()), found, kept_);
      if (++kept_count_ > most_kept) collect();
    }
    return true;
  }
  value missing(value key) const override {
    if (here_.context->source.complete) return value::null();
    value none = unknown_of(here_, unknown_reason::undocumented_default, path_in(here_.memory(), here_.path, key));
    return none.marked_sensitive(layer(sensitive_, key).is_true());
  }
  const data_path* where() const override { return here_.path; }

 private:
  struct kept {
    std::string_view key;
    value mapped;
    const kept* next;
  };
  static constexpr int most_kept = 24;   // beyond, all are made: they are looked up by key then

  bool find_entry(value key, value& found) const {
    const map_entry* at = std::lower_bound(entries_, entries_ + size_, key, [](const map_entry& e, value k) { return key_less(e.key, k); });
    if (at == entries_ + size_ || key_less(key, at->key)) return false;
    found = at->mapped;
    return true;
  }

  bool kept_value(value key, value& found) const {
    if (kept_ == nullptr || !key.is(value_kind::string)) return false;
    for (const kept* k = kept_; k != nullptr; k = k->next) {
      if (k->key == key.as_text()) { found = k->mapped; return true; }
    }
    return false;
  }

  bool find_in(const object_reader& from, value key, document_node& found) const {
    if (key.is(value_kind::string)) return from.find(key.as_text(), found, here_.memory());
    value under;      // a host's map can have other keys
    if (from.of().tape() != nullptr || !from.of().is_map() || !from.of().held().as_map().find(key, under)) return false;
    found = under;
    return true;
  }

  document_node layer(const object_reader& from, value key) const {
    document_node found;
    if (from.of().is_true()) return from.of();
    find_in(from, key, found);
    return found;
  }

  // Present by itself: known and not null, or unknown in whole or in part.
  bool present(value key, value& found, bool* is_null = nullptr) const {
    layers below;
    const bool has_key = find_in(known_, key, below.known);
    below.unknown = layer(unknown_, key);
    if (below.known.is_null() && !marks_something(below.unknown) && !(has_key && here_.context->source.nulls)) {
      if (is_null != nullptr) *is_null = has_key;
      return false;
    }
    below.sensitive = layer(sensitive_, key);
    if (is_secret_half(key)) below.sensitive = value::boolean(true);
    found = make_child(here_, key, -1, below);
    return true;
  }

  // {"name": "DB_PASSWORD", "value": "..."}
  bool is_secret_half(value key) const {
    if (!here_.context->source.secret_keys || !key.is(value_kind::string) || !is_value_key(key.as_text())) return false;
    for (const std::string_view name : name_keys) {
      document_node said;
      if (find_in(known_, value::string(name), said) && is_secret_key(said.text())) return true;
    }
    return false;
  }

  // Whether something gives the attribute a value: whatever is not known may.
  bool is_set(const std::string& name) const {
    value found;
    if (!find(value::string(name), found) || found.is_null()) return false;
    if (found.is(value_kind::list)) return found.as_list().size() > 0;
    if (found.is(value_kind::map)) return found.as_map().size() > 0;
    return !found.is(value_kind::string) || !found.as_text().empty();
  }

  // Whether nobody gives a value to what is unknown.
  bool is_left_out(const attribute_facts& facts, value unknown) const {
    const bool asked = facts.has_unset && here_.context->source.made_as_configured && here_.path->parent == nullptr;
    if (!asked || unknown.as_unknown().paths[0].reason != unknown_reason::not_configured) return false;
    auto set = [&](const std::string& name) { return is_set(name); };
    return std::none_of(facts.unless.begin(), facts.unless.end(), set) && std::none_of(facts.also.begin(), facts.also.end(), set);
  }

  bool compute(value key, value& found) const {
    bool is_null = false;
    const bool there = present(key, found, &is_null);
    if ((there && !found.is_unknown()) || here_.facts == nullptr || !key.is(value_kind::string)) return there;
    const attribute_table::entry* here = here_.facts->find_here(key.as_text());
    if (here == nullptr || here->facts == nullptr) return there;
    const attribute_facts& facts = *here->facts;
    if (there) {
      if (!is_left_out(facts, found)) return true;
      found = facts.unset.marked_sensitive(found.sensitive());
      return !found.is_null() || facts.nullable;
    }
    for (const std::string& name : facts.also) {
      if (present(value::string(name), found)) return true;
    }
    if (is_null && facts.nullable) {
      found = value::null().marked_sensitive(layer(sensitive_, key).is_true());
      return true;
    }
    if (!facts.has_default) return false;
    found = facts.absent;
    return true;
  }

  // The keys of one layer, in order.
  std::span<value> keys_of(const object_reader& from) const {
    if (!from.of().is_map()) return {};
    if (const json_tape* tape = from.of().tape()) {
      const json_keys& sorted = from.keys(here_.memory());
      auto keys = here_.memory().make_array<value>(sorted.size());
      for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = value::string(sorted.key(*tape, i));
      return keys;
    }
    const map_view& map = from.of().held().as_map();
    auto keys = here_.memory().make_array<value>(map.size());
    const map_entry* entries = map.entries();
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = entries[i].key;
    return keys;
  }

  // Both in order, each key once.
  std::span<value> merged(std::span<const value> a, std::span<const value> b) const {
    auto to = here_.memory().make_array<value>(a.size() + b.size());
    std::size_t count = 0, i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
      const bool from_a = j == b.size() || (i < a.size() && !key_less(b[j], a[i]));
      const value next = from_a ? a[i++] : b[j++];
      if (count == 0 || key_less(to[count - 1], next)) to[count++] = next;
    }
    return to.first(count);
  }

  void collect() const {
    if (entries_ != nullptr) return;
    std::span<value> keys = merged(keys_of(known_), keys_of(unknown_));
    if (here_.facts != nullptr) {
      auto documented = here_.memory().make_array<value>(here_.facts->entries().size());
      std::size_t count = 0;
      for (const attribute_table::entry& one : here_.facts->entries()) {
        if (one.facts != nullptr) documented[count++] = value::string(one.name);
      }
      keys = merged(keys, documented.first(count));
    }
    map_entry* entries = here_.memory().make_array<map_entry>(std::max<std::size_t>(keys.size(), 1)).data();
    std::size_t count = 0;
    for (value key : keys) {
      value mapped;
      if (!kept_value(key, mapped) && !compute(key, mapped)) continue;
      entries[count++] = {key, mapped};
    }
    size_ = count;
    entries_ = entries;
  }

  place here_;
  object_reader known_, unknown_, sensitive_;
  mutable const map_entry* entries_ = nullptr;
  mutable std::size_t size_ = 0;
  mutable const kept* kept_ = nullptr;
  mutable int kept_count_ = 0;
};

// Whether the place is to be shown as a list: by its value or, where that is null, by its mask.
bool is_list_place(const layers& at) { return at.known.is_list() || (at.known.is_null() && at.unknown.is_list()); }

value make_view(const place& here, const layers& at) {
  arena& memory = here.memory();
  value made;
  if (is_list_place(at)) {
    made = value::list(new (memory.allocate(sizeof(overlay_list), alignof(overlay_list))) overlay_list(here, at));
  } else {
    made = value::map(new (memory.allocate(sizeof(overlay_map), alignof(overlay_map))) overlay_map(here, at));
  }
  return made.marked_sensitive(at.sensitive.is_true());
}

bool is_container_place(const layers& at) {
  if (at.known.is_map() || at.known.is_list()) return true;
  return at.known.is_null() && !at.unknown.is_null() && marks_something(at.unknown);
}

value as_scalar(const document_node& known, bool secret) {
  const value plain = known.scalar();
  return plain.marked_sensitive(secret || plain.sensitive() || (plain.is(value_kind::string) && looks_secret(plain.as_text())));
}

// A text or a container under the key is a secret; a number or a boolean says how one is made.
bool is_secret_place(const place& above, value key, const layers& at) {
  const bool holds_text = at.known.is_map() || at.known.is_list() || (at.known.is_string() && !at.known.text().empty());
  return holds_text && above.context->source.secret_keys && key.is(value_kind::string) && is_secret_key(key.as_text());
}

value make_child(const place& above, value key, std::int64_t index, layers at) {
  if (!at.sensitive.is_true() && is_secret_place(above, key, at)) at.sensitive = value::boolean(true);
  const bool secret = at.sensitive.is_true();
  if (at.unknown.is_true()) return unknown_at(above, key).marked_sensitive(secret);
  if (!is_container_place(at)) return as_scalar(at.known, secret);
  arena& memory = above.memory();
  place here = above;
  if (index >= 0) {
    here.path = memory.make<data_path>(above.path, std::string_view(), index);
  } else {
    const std::string_view text = memory.copy(key_text(memory, key));
    here.path = memory.make<data_path>(above.path, text, std::int64_t{-1});
    if (above.facts != nullptr) {
      const attribute_table::entry* entry = above.facts->find_here(text);
      here.facts = entry == nullptr ? nullptr : entry->below.get();
    }
  }
  return make_view(here, at);
}

}  // namespace

value make_overlay(arena& memory, const overlay_source& source) {
  auto* context = memory.make<overlay_context>(&memory, source);
  place root{context, memory.make<data_path>(nullptr, source.resource, std::int64_t{-1}), nullptr};
  if (source.facts != nullptr && !source.facts->empty()) root.facts = source.facts;
  layers at{source.known, source.unknown_mask, source.sensitive_mask};
  const bool secret = at.sensitive.is_true();
  if (at.unknown.is_true()) return unknown_at(root, value::null()).marked_sensitive(secret);
  const bool scalar = !at.known.is_null() && !at.known.is_map() && !at.known.is_list();
  return scalar ? as_scalar(at.known, secret) : make_view(root, at);
}

}  // namespace sekimori
