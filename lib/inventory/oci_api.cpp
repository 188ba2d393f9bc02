// inventory: what OCI answers: responses of its API, of the SDKs and of the command line, and results of searches.
// Entry point: oci_api_reader.
// https://docs.oracle.com/en-us/iaas/api/
#include <algorithm>
#include <optional>

#include "inventory/exported.hpp"
#include "inventory/oci_forms.hpp"
#include "inventory/reading.hpp"
#include "value/containers.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr int nested_responses = 8;     // a list of responses, their data, its items

// What has no OCID, by members that only it has.
struct known_thing { std::string_view word, members[3]; };
constexpr known_thing known_things[] = {
    {"bucket", {"namespace", "name", "createdBy"}},                         // of a list of buckets
    {"networksecuritygrouprule", {"direction", "protocol", "isStateless"}},
    {"auditconfiguration", {"retentionPeriodDays", {}, {}}},
    {"authenticationpolicy", {"compartmentId", "passwordPolicy", {}}},
    {"preauthenticatedrequest", {"accessType", "timeExpires", {}}},
    {"apikey", {"fingerprint", "userId", {}}},
};

std::string letters_of(std::string_view text) {
  std::string word;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) word += c;
  }
  return word;
}

std::string_view id_of(const document_node& one) {
  for (std::string_view name : {"id", "ocid", "identifier", "topicId"}) {
    const std::string_view text = one.field(name).text();
    if (!ocid_word(text).empty()) return text;
  }
  return {};
}

// Resources of identity domains have schemas of SCIM: "urn:ietf:params:scim:schemas:oracle:idcs:PasswordPolicy".
std::string scim_word(const document_node& one) {
  const std::string_view schema = one.field("schemas").at(0).text();
  if (!schema.starts_with("urn:ietf:params:scim:schemas:") || schema.find(":ListResponse") != std::string_view::npos) return {};
  return "domain" + letters_of(schema.substr(schema.rfind(':') + 1));
}

// "bucket", "instance"; empty: no resource that is known.
std::string word_of(const document_node& one) {
  if (!one.is_map()) return {};
  if (std::string word = scim_word(one); !word.empty()) return word;
  if (std::string word = ocid_word(id_of(one)); !word.empty()) return word;
  if (const std::string_view type = oci_member(one, "resourceType").text(); !type.empty() && !one.field("identifier").text().empty()) return letters_of(type);
  for (const known_thing& row : known_things) {
    if (std::all_of(std::begin(row.members), std::end(row.members), [&](std::string_view name) { return name.empty() || !oci_member(one, name).is_null(); })) {
      return std::string(row.word);
    }
  }
  return {};
}

// Where the resources of a response are: in `data`, in the `items` of a collection, in the `resources` of an identity domain.
std::string_view holder_of(const document_node& response) {
  for (std::string_view name : {"data", "items", "resources", "Resources"}) {
    const document_node held = response.field(name);
    if (held.is_list() || (name == "data" && held.is_map())) return name;
  }
  return {};
}

// Whether the first thing that stands in a document is one of OCI's; nothing where there is none.
std::optional<bool> begins_with_resource(const document_node& one, int depth) {
  if (depth > nested_responses) return false;
  std::optional<bool> found;
  if (one.is_list()) {
    one.each_element([&](const document_node& element) {
      if (!found) found = begins_with_resource(element, depth + 1);
    });
    return found;
  }
  if (!word_of(one).empty()) return true;
  const std::string_view holder = holder_of(one);
  return holder.empty() ? std::optional<bool>(false) : begins_with_resource(one.field(holder), depth + 1);
}

class api_reading {
 public:
  explicit api_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    walk(root, "", 0);
    into_.tell_more_shapes("more places hold no resource of OCI");
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message) {
    into_.wrong_shape((pointer.empty() ? std::string("the response") : pointer) + " " + message,
                  {"a resource with an OCID, or a response with `data` or `items`", ""});
  }

  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void walk(const document_node& one, const std::string& pointer, int depth) {
    if (depth > nested_responses) return wrong(pointer, "is nested more deeply than responses are");
    if (one.is_list()) {
      std::size_t index = 0;
      one.each_element([&](const document_node& element) {
        walk(element, pointer.empty() ? into_.element(index) : pointer + "/" + std::to_string(index), depth + 1);
        ++index;
      });
      return;
    }
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (const std::string word = word_of(one); !word.empty()) {
      into_.looks_at_all_of(one);
      return resource(one, word, pointer);
    }
    into_.looks_at(one);
    const std::string_view holder = holder_of(one);
    if (holder.empty()) return wrong(pointer, "has no OCID, and is nothing that is known without one");
    if (!oci_member(one, "opcNextPage").text().empty()) into_.goes_on("opc-next-page");
    walk(one.field(holder), pointer + "/" + std::string(holder), depth + 1);
  }

  void resource(const document_node& given, const std::string& word, const std::string& pointer) {
    exported_resource made;
    made.attributes = in_api_form(given, into_.memory);
    const document_node& one = made.attributes;
    made.type = kept("ocid:" + word);
    made.pointer = kept(pointer);
    for (std::string_view name : {"displayName", "name", "userName"}) {
      if (made.name.empty()) made.name = text_field(one, name);
    }
    made.says.native_id = identity(one, word);
    made.address = made.says.native_id.empty() ? kept("ocid:" + word + ":" + pointer) : made.says.native_id;
    for (std::string_view name : {"compartmentId", "compartmentOcid"}) {
      if (made.says.account.empty()) made.says.account = text_field(one, name);
    }
    made.says.region = kept(region(one));
    made.says.tags = tags(one.field("freeformTags"), one.field("definedTags"));
    made.says.tags_told = !one.field("freeformTags").is_null() || !one.field("definedTags").is_null();   // a list of buckets leaves both out
    const std::string state = letters_of(text_field(one, "lifecycleState"));
    made.deleted = state == "terminated" || state == "deleted";
    add_exported(into_, made);
  }

  // A bucket of a list has no OCID: Terraform's provider makes its id of the same two names.
  std::string_view identity(const document_node& one, const std::string& word) {
    if (const std::string_view id = id_of(one); !id.empty()) return id;
    if (word == "bucket") return kept("n/" + std::string(text_field(one, "namespace")) + "/b/" + std::string(text_field(one, "name")));
    for (std::string_view name : {"id", "identifier", "keyId", "compartmentId"}) {
      if (const std::string_view id = text_field(one, name); !id.empty()) return kept("ocid:" + word + ":" + std::string(id));
    }
    return {};
  }

  static std::string region(const document_node& one) {
    std::string found = oci_region(text_field(one, "region"));
    if (found.empty()) found = ocid_region(id_of(one));
    return found.empty() ? oci_region(text_field(one, "availabilityDomain")) : found;
  }

  // Free tags; defined ones as "namespace.key" and as "key". The first of a key stands.
  document_node tags(const document_node& free, const document_node& defined) {
    std::vector<map_entry> all;
    auto add = [&](std::string_view key, const document_node& said) {
      if (said.is_map() || said.is_list() || said.is_null()) return;
      value plain = said.scalar();
      if (!plain.is(value_kind::string)) plain = value::string(kept(to_json(plain)));
      all.push_back({value::string(key), plain});
    };
    free.each_entry(add);
    defined.each_entry([&](std::string_view space, const document_node& held) {
      held.each_entry([&](std::string_view key, const document_node& said) { add(kept(std::string(space) + "." + std::string(key)), said); });
    });
    defined.each_entry([&](std::string_view, const document_node& held) { held.each_entry(add); });
    auto text = [](const map_entry& e) { return e.key.as_text(); };
    std::stable_sort(all.begin(), all.end(), [&](const map_entry& a, const map_entry& b) { return text(a) < text(b); });
    all.erase(std::unique(all.begin(), all.end(), [&](const map_entry& a, const map_entry& b) { return text(a) == text(b); }), all.end());
    return value::map(into_.memory.make<arena_map>(into_.memory.copy(std::span<const map_entry>(all))));
  }

  reading& into_;
};

class api_reader final : public format_reader {
 public:
  std::string_view name() const override { return "oci-api"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "oci"; }
  std::string_view title() const override { return "responses of OCI's API or command line"; }
  bool recognises(const document_node& root) const override { return begins_with_resource(root, 0).value_or(false); }
  void read(const document_node& root, reading& into) const override { api_reading(into).read(root); }
};

}  // namespace

const format_reader& oci_api_reader() {
  static const api_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
