// inventory: a resource's tags in one form for every cloud. Entry point: inventory::tags.
#include <algorithm>

#include "inventory/reading.hpp"
#include "inventory/state.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {

namespace {

// Gathers key and value pairs; the first of a key stands.
class tag_list {
 public:
  explicit tag_list(arena& memory) : memory_(memory) {}

  void add(value key, value mapped) { entries_.push_back({key, mapped}); }
  // Every entry of a map; values that are no text are left out.
  void add_map(value from) {
    if (!from.is(value_kind::map)) return;
    const map_entry* entries = from.as_map().entries();
    for (std::size_t i = 0, n = from.as_map().size(); i < n; ++i) {
      value mapped = entries[i].mapped;
      if (entries[i].key.is(value_kind::string) && (mapped.is(value_kind::string) || mapped.is_unknown())) add(entries[i].key, mapped);
    }
  }
  value give() {
    auto text = [](const map_entry& e) { return e.key.as_text(); };
    std::stable_sort(entries_.begin(), entries_.end(), [&](const map_entry& a, const map_entry& b) { return text(a) < text(b); });
    entries_.erase(std::unique(entries_.begin(), entries_.end(), [&](const map_entry& a, const map_entry& b) { return text(a) == text(b); }), entries_.end());
    return make_map(memory_, entries_);
  }

 private:
  arena& memory_;
  std::vector<map_entry> entries_;
};

value attribute(value from, std::string_view key) {
  value found;
  if (from.is(value_kind::map) && from.as_map().find(value::string(key), found)) return found;
  return value::null();
}

// The merged form where it is known; else the author's own where the provider adds nothing to it.
value merged_or_own(value merged, value own, bool provider_adds) {
  if (merged.is_unknown() && !own.is_unknown() && !provider_adds) return own;
  return merged.is_null() ? own : merged;
}

value oci_tags(value resource, arena& memory) {
  value free = attribute(resource, "freeform_tags"), defined = attribute(resource, "defined_tags");
  if (free.is_unknown()) return defined.is_unknown() ? merge_unknowns(memory, free, defined) : free;
  if (defined.is_unknown()) return defined;
  tag_list tags(memory);
  tags.add_map(free);
  tags.add_map(defined);
  if (defined.is(value_kind::map)) {
    const map_entry* entries = defined.as_map().entries();
    for (std::size_t i = 0, n = defined.as_map().size(); i < n; ++i) {
      value mapped = entries[i].mapped;
      if (!entries[i].key.is(value_kind::string) || !(mapped.is(value_kind::string) || mapped.is_unknown())) continue;
      auto dot = entries[i].key.as_text().find('.');
      if (dot != std::string_view::npos) tags.add(value::string(entries[i].key.as_text().substr(dot + 1)), mapped);
    }
  }
  return tags.give();
}

value sakura_tags(value listed, arena& memory) {
  if (listed.is_unknown()) return listed;
  tag_list tags(memory);
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

}  // namespace

value inventory::tags(const resource& of, arena& memory) const {
  value root = attributes(of, memory, nullptr);
  if (root.is_unknown()) return root;
  const link_source* links = implementation_->links_of(of);
  auto provider_sets = [&](std::string_view name) { return links == nullptr || links->provider_sets(of, name); };
  value found;
  if (of.cloud == "aws") {
    found = merged_or_own(attribute(root, "tags_all"), attribute(root, "tags"), provider_sets("default_tags"));
  } else if (of.cloud == "azure") {
    found = attribute(root, "tags");
  } else if (of.cloud == "google") {
    value own = attribute(root, "labels");
    if (of.type == "google_sql_database_instance") {
      value settings = attribute(root, "settings");
      if (settings.is_unknown()) return settings;
      own = size_of(settings) > 0 ? attribute(settings.as_list().at(0), "user_labels") : value::null();
    } else if (of.type == "google_container_cluster") {
      own = attribute(root, "resource_labels");
    }
    value merged = attribute(root, "effective_labels");
    if (merged.is_null()) merged = attribute(root, "terraform_labels");
    found = merged_or_own(merged, own, provider_sets("default_labels"));
  } else if (of.cloud == "oci") {
    return oci_tags(root, memory);
  } else if (of.cloud == "sakura") {
    return sakura_tags(attribute(root, "tags"), memory);
  } else if (of.manifest != nullptr) {
    found = attribute(attribute(root, "metadata"), "labels");
  }
  if (found.is_unknown()) return found;
  tag_list tags(memory);
  tags.add_map(found);
  return tags.give();
}

}  // namespace sekimori::inventory
