// inventory: a resource's tags in one form for every cloud. Entry point: inventory::tags.
#include <algorithm>
#include <span>

#include "base/secret_text.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"
#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {

namespace {

// Gathers key and value pairs; the first of a key stands. `most` is how many there can be.
class tag_list {
 public:
  tag_list(arena& memory, std::size_t most) : memory_(memory), entries_(memory.make_array<map_entry>(most)) {}

  void add(value key, value mapped) {
    const bool secret = mapped.is(value_kind::string) && (looks_secret(mapped.as_text()) || is_secret_key(key.as_text()));
    entries_[count_++] = {key, mapped.marked_sensitive(secret || mapped.sensitive())};
  }
  // Every entry of a map; values that are no text are left out.
  void add_map(value from) {
    if (!from.is(value_kind::map)) return;
    const map_entry* entries = from.as_map().entries();
    for (std::size_t i = 0, n = from.as_map().size(); i < n; ++i) {
      if (is_tag(entries[i])) add(entries[i].key, entries[i].mapped);
    }
  }
  value give() {
    auto used = entries_.first(count_);
    auto text = [](const map_entry& e) { return e.key.as_text(); };
    auto before = [&](const map_entry& a, const map_entry& b) { return text(a) < text(b); };
    // Most come in order from one map.
    if (!std::is_sorted(used.begin(), used.end(), before)) {
      // Stable; std::stable_sort would take a buffer from the heap.
      auto order = memory_.make_array<const map_entry*>(used.size());
      const auto given = memory_.copy(std::span<const map_entry>(used));
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = &given[i];
      std::sort(order.begin(), order.end(), [&](const map_entry* a, const map_entry* b) { return text(*a) != text(*b) ? text(*a) < text(*b) : a < b; });
      for (std::size_t i = 0; i < order.size(); ++i) used[i] = *order[i];
    }
    const auto end = std::unique(used.begin(), used.end(), [&](const map_entry& a, const map_entry& b) { return text(a) == text(b); });
    return value::map(memory_.make<arena_map>(used.first(static_cast<std::size_t>(end - used.begin()))));
  }
  static bool is_tag(const map_entry& one) {
    return one.key.is(value_kind::string) && (one.mapped.is(value_kind::string) || one.mapped.is_unknown());
  }

 private:
  arena& memory_;
  std::span<map_entry> entries_;
  std::size_t count_ = 0;
};

std::size_t entries_of(value map) { return map.is(value_kind::map) ? map.as_map().size() : 0; }

// The merged form where it is known; else the author's own where the provider adds nothing to it.
value merged_or_own(value merged, value own, bool provider_adds) {
  if (merged.is_unknown() && !own.is_unknown() && !provider_adds) return own;
  return merged.is_null() ? own : merged;
}

value oci_tags(value resource, arena& memory) {
  value free = field_of(resource, "freeform_tags"), defined = field_of(resource, "defined_tags");
  if (free.is_unknown()) return defined.is_unknown() ? merge_unknowns(memory, free, defined) : free;
  if (defined.is_unknown()) return defined;
  tag_list tags(memory, entries_of(free) + 2 * entries_of(defined));
  tags.add_map(free);
  tags.add_map(defined);
  if (defined.is(value_kind::map)) {
    const map_entry* entries = defined.as_map().entries();
    for (std::size_t i = 0, n = defined.as_map().size(); i < n; ++i) {
      if (!tag_list::is_tag(entries[i])) continue;
      auto dot = entries[i].key.as_text().find('.');
      if (dot != std::string_view::npos) tags.add(value::string(entries[i].key.as_text().substr(dot + 1)), entries[i].mapped);
    }
  }
  return tags.give();
}

value sakura_tags(value listed, arena& memory) {
  if (listed.is_unknown()) return listed;
  tag_list tags(memory, size_of(listed));
  for (std::size_t i = 0; i < size_of(listed); ++i) {
    value one = listed.as_list().at(i);
    if (one.is_unknown()) return one;       // its key is not known either
    if (!one.is(value_kind::string)) continue;
    std::string_view text = one.as_text();
    auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;  // a word, not a pair
    std::string_view mapped = text.substr(equals + 1);
    tags.add(value::string(text.substr(0, equals)), value::string(mapped).marked_sensitive(one.sensitive()));
  }
  return tags.give();
}

// Whatever form an API has for them: a map, pairs under several names, or texts with a sign of equality.
value exported_tags(value said, arena& memory) {
  if (size_of(said) > 0 && said.as_list().at(0).is(value_kind::string)) return sakura_tags(said, memory);
  tag_list tags(memory, size_of(said) + entries_of(said));
  tags.add_map(said);
  for (std::size_t i = 0; i < size_of(said); ++i) {
    value key, mapped;
    for (auto [of_key, of_value] : {std::pair("Key", "Value"), std::pair("key", "value"), std::pair("tagKey", "tagValue"), std::pair("TagKey", "TagValue")}) {
      if (key.is_null()) key = field_of(said.as_list().at(i), of_key);
      if (mapped.is_null()) mapped = field_of(said.as_list().at(i), of_value);
    }
    if (key.is(value_kind::string) && mapped.is(value_kind::string)) tags.add(key, mapped);
  }
  return tags.give();
}

}  // namespace

value inventory::tags(const resource& of, arena& memory) const {
  if (of.says != nullptr && !of.says->tags_told) return make_unknown(memory, of.address, "tags", unknown_reason::open_set);
  if (of.says != nullptr) return exported_tags(of.says->tags.read(memory), memory);
  value root = attributes(of, memory, nullptr);
  if (root.is_unknown()) return root;
  const link_source* links = implementation_->links_of(of);
  auto provider_sets = [&](std::string_view name) { return links == nullptr || links->provider_sets(of, name); };
  value found;
  if (of.cloud == "aws") {
    const value merged = field_of(root, "tags_all");
    found = merged.is(value_kind::map) ? merged : merged_or_own(merged, field_of(root, "tags"), merged.is_unknown() && provider_sets("default_tags"));
  } else if (of.cloud == "azure") {
    found = field_of(root, "tags");
  } else if (of.cloud == "google") {
    value own = field_of(root, "labels");
    if (of.type == "google_sql_database_instance") {
      value settings = field_of(root, "settings");
      if (settings.is_unknown()) return settings;
      own = size_of(settings) > 0 ? field_of(settings.as_list().at(0), "user_labels") : value::null();
    } else if (of.type == "google_container_cluster") {
      own = field_of(root, "resource_labels");
    }
    value merged = field_of(root, "effective_labels");
    if (merged.is_null()) merged = field_of(root, "terraform_labels");
    found = merged_or_own(merged, own, merged.is_unknown() && provider_sets("default_labels"));
  } else if (of.cloud == "oci") {
    return oci_tags(root, memory);
  } else if (of.cloud == "sakura") {
    return sakura_tags(field_of(root, "tags"), memory);
  } else if (of.manifest != nullptr) {
    found = field_of(field_of(root, "metadata"), "labels");
  }
  if (found.is_unknown()) return found;
  tag_list tags(memory, entries_of(found));
  tags.add_map(found);
  return tags.give();
}

}  // namespace sekimori::inventory
