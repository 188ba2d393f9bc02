// inventory: answers of Google's APIs, as `curl` and `gcloud ... --format=json` have them: a resource, a list, pages of lists, and Compute's
// aggregated lists. Entry point: google_api_reader. A resource is known by its `kind` ("compute#instance"), else by its selfLink or its name, and
// becomes one of the type that Cloud Asset Inventory has for it: `resource.data` of an asset has the same attributes.
// https://cloud.google.com/compute/docs/reference/rest/v1/instances/list and alike for other services
#include <algorithm>

#include "inventory/exported.hpp"
#include "inventory/google_attributes.hpp"
#include "inventory/google_names.hpp"
#include "inventory/json_pointer.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

struct kind_row { std::string_view kind, type; };
constexpr kind_row kinds[] = {
    {"storage#bucket", "storage.googleapis.com/Bucket"},       {"sql#instance", "sqladmin.googleapis.com/Instance"},
    {"dns#managedZone", "dns.googleapis.com/ManagedZone"},     {"dns#policy", "dns.googleapis.com/Policy"},
    {"compute#instance", "compute.googleapis.com/Instance"},   {"compute#disk", "compute.googleapis.com/Disk"},
    {"compute#firewall", "compute.googleapis.com/Firewall"},   {"compute#network", "compute.googleapis.com/Network"},
    {"compute#subnetwork", "compute.googleapis.com/Subnetwork"}, {"compute#snapshot", "compute.googleapis.com/Snapshot"},
    {"compute#image", "compute.googleapis.com/Image"},         {"compute#address", "compute.googleapis.com/Address"},
    {"compute#router", "compute.googleapis.com/Router"},       {"compute#route", "compute.googleapis.com/Route"},
    {"compute#vpnTunnel", "compute.googleapis.com/VpnTunnel"}, {"compute#targetVpnGateway", "compute.googleapis.com/TargetVpnGateway"},
    {"compute#sslPolicy", "compute.googleapis.com/SslPolicy"}, {"compute#sslCertificate", "compute.googleapis.com/SslCertificate"},
    {"compute#urlMap", "compute.googleapis.com/UrlMap"},       {"compute#backendBucket", "compute.googleapis.com/BackendBucket"},
    {"compute#backendService", "compute.googleapis.com/BackendService"}, {"compute#forwardingRule", "compute.googleapis.com/ForwardingRule"},
    {"compute#securityPolicy", "compute.googleapis.com/SecurityPolicy"}, {"compute#resourcePolicy", "compute.googleapis.com/ResourcePolicy"},
    {"compute#targetHttpProxy", "compute.googleapis.com/TargetHttpProxy"}, {"compute#targetHttpsProxy", "compute.googleapis.com/TargetHttpsProxy"},
    {"compute#targetSslProxy", "compute.googleapis.com/TargetSslProxy"}, {"compute#instanceTemplate", "compute.googleapis.com/InstanceTemplate"},
    {"compute#instanceGroupManager", "compute.googleapis.com/InstanceGroupManager"}, {"compute#project", "compute.googleapis.com/Project"},
};
constexpr std::string_view services[] = {"compute#", "storage#", "sql#", "dns#"};

// Where the place makes another type of it.
struct placed_row { std::string_view type, part, other; };
constexpr placed_row placed[] = {
    {"compute.googleapis.com/Disk", "/regions/", "compute.googleapis.com/RegionDisk"},
    {"compute.googleapis.com/BackendService", "/regions/", "compute.googleapis.com/RegionBackendService"},
    {"compute.googleapis.com/ForwardingRule", "/global/", "compute.googleapis.com/GlobalForwardingRule"},
    {"compute.googleapis.com/Address", "/global/", "compute.googleapis.com/GlobalAddress"},
};

// APIs without kinds: what a list is called, what stands in the name or link of an element, a member that it always has, and the host of full names.
struct name_row { std::string_view list, last, member, type, host; };
constexpr name_row names[] = {
    {"clusters", "clusters", "currentMasterVersion", "container.googleapis.com/Cluster", "container.googleapis.com"},
    {"accounts", "serviceAccounts", "uniqueId", "iam.googleapis.com/ServiceAccount", "iam.googleapis.com"},
    {"keys", "keys", "keyType", "iam.googleapis.com/ServiceAccountKey", "iam.googleapis.com"},
    {"cryptoKeys", "cryptoKeys", "purpose", "cloudkms.googleapis.com/CryptoKey", "cloudkms.googleapis.com"},
    {"keyRings", "keyRings", "createTime", "cloudkms.googleapis.com/KeyRing", "cloudkms.googleapis.com"},
    {"secrets", "secrets", "replication", "secretmanager.googleapis.com/Secret", "secretmanager.googleapis.com"},
};

std::string_view link_of(const document_node& one) { return one.field("selfLink").text(); }

// The collection that a path ends in: "projects/p/serviceAccounts/x" -> "serviceAccounts".
std::string_view last_collection(std::string_view path) {
  const std::size_t name = path.rfind('/');
  if (name == std::string_view::npos || name == 0) return {};
  const std::size_t before = path.rfind('/', name - 1);
  return before == std::string_view::npos ? std::string_view() : path.substr(before + 1, name - before - 1);
}

const name_row* row_by_name(const document_node& one) {
  const std::string_view name = one.field("name").text();
  const std::string_view path = name.starts_with("projects/") ? name : link_of(one).starts_with("https://container.googleapis.com/") ? link_of(one) : std::string_view();
  const auto found = std::find_if(std::begin(names), std::end(names), [&](const name_row& row) { return row.last == last_collection(path) && !one.field(row.member).is_null(); });
  return found == std::end(names) ? nullptr : found;
}

// The type of a resource; empty: none that is read.
std::string_view type_of(const document_node& one) {
  if (!one.is_map()) return {};
  const std::string_view kind = one.field("kind").text();
  for (const kind_row& row : kinds) {
    if (row.kind != kind) continue;
    for (const placed_row& other : placed) {
      if (other.type == row.type && link_of(one).find(other.part) != std::string_view::npos) return other.other;
    }
    return row.type;
  }
  const name_row* row = row_by_name(one);
  return row == nullptr ? std::string_view() : row->type;
}

bool is_kind_of_a_service(std::string_view kind) {
  return std::any_of(std::begin(services), std::end(services), [&](std::string_view one) { return kind.starts_with(one); });
}

// A list that has its own kind, or one that is known by what is in it.
bool is_answer(const document_node& one) {
  if (!one.is_map()) return false;
  if (!type_of(one).empty() || is_kind_of_a_service(one.field("kind").text())) return true;
  return std::any_of(std::begin(names), std::end(names), [&](const name_row& row) { return one.field(row.list).is_list() && !type_of(one.field(row.list).at(0)).empty(); });
}

// An answer within a record of the exchange.
document_node answer_in(const document_node& given) { return given.field("headers").is_map() && given.field("body").is_map() ? given.field("body") : given; }

class answers_reading {
 public:
  explicit answers_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) {
        into_.looks_at_all_of(one);
        answer(one, into_.element(index++));
      });
    } else {
      into_.looks_at_all_of(root);
      answer(root, "");
    }
    into_.tell_more_shapes("more places do not have the form of a resource");
    if (goes_on_) into_.record.notes.push_back({"一覧には続きがあります(nextPageToken)。", "the list goes on elsewhere (nextPageToken)"});
    if (unreached_) into_.record.notes.push_back({"取得できなかった場所があります(unreachable、missingZones、warning)。", "some places could not be reached (unreachable, missingZones, warning)"});
    std::sort(unread_.begin(), unread_.end());
    unread_.erase(std::unique(unread_.begin(), unread_.end()), unread_.end());
    for (const std::string& one : unread_) into_.record.notes.push_back({"読まない種類があります: " + one, "a kind that is not read: " + one});
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message) {
    into_.wrong_shape((pointer.empty() ? std::string("the answer") : pointer) + " " + message,
                      {"a resource with `kind` and `selfLink`, or with a `name` that begins with projects/", "gcloud writes them with --format=json, without a list of fields; `gcloud storage` with --raw besides"});
  }
  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void answer(const document_node& given, std::string pointer) {
    const document_node one = answer_in(given);
    if (given.field("headers").is_map() && given.field("body").is_map()) pointer += "/body";
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (!type_of(one).empty()) return item(one, pointer);
    const bool any = lists(one, pointer);
    goes_on_ = goes_on_ || !one.field("nextPageToken").text().empty();
    unreached_ = unreached_ || one.field("unreachable").size() > 0 || one.field("unreachables").size() > 0 || one.field("missingZones").size() > 0 || one.field("warning").is_map();
    if (any) return;
    const std::string_view kind = one.field("kind").text();
    if (!is_kind_of_a_service(kind)) return wrong(pointer, "has no list and no resource that is read");
    if (!is_list_kind(kind)) unread_.emplace_back(kind);
  }

  // An empty list has no member at all.
  static bool is_list_kind(std::string_view kind) { return kind.ends_with("List") || kind.ends_with("ListResponse") || kind == "storage#buckets"; }

  // Every member that is a list of objects, and those of the places of an aggregated list.
  bool lists(const document_node& of, const std::string& pointer) {
    bool any = false;
    of.each_entry([&](std::string_view key, const document_node& held) {
      const std::string place = pointer + "/" + std::string(key);
      if (held.is_list() && held.at(0).is_map()) {
        any = true;
        std::size_t index = 0;
        held.each_element([&](const document_node& one) { item(one, place + "/" + std::to_string(index++)); });
      } else if (key == "items" && held.is_map()) {
        any = true;
        held.each_entry([&](std::string_view where, const document_node& scoped) { lists(scoped, place + "/" + pointer_part(where)); });
      }
    });
    return any;
  }

  void item(const document_node& one, const std::string& pointer) {
    if (!one.is_map()) return wrong(pointer, "is no object");
    const std::string_view type = type_of(one), kind = one.field("kind").text();
    if (type.empty()) {
      if (kind.empty()) return wrong(pointer, "has no `kind`, and no name of a resource that is read");
      unread_.emplace_back(kind);
      return;
    }
    add(one, type, pointer);
    if (type != "container.googleapis.com/Cluster") return;
    // An inventory has them as assets of their own, too.
    std::size_t index = 0;
    one.field("nodePools").each_element([&](const document_node& pool) { add(pool, "container.googleapis.com/NodePool", pointer + "/nodePools/" + std::to_string(index++)); });
  }

  void add(const document_node& one, std::string_view type, const std::string& pointer) {
    const std::string name = full_name(one, type);
    if (name.empty()) return wrong(pointer, "has neither `selfLink` nor `name`");
    exported_resource made;
    made.type = type;
    made.address = made.says.native_id = kept(name);
    made.name = made.address.substr(made.address.rfind('/') + 1);
    made.says.account = project_of(one, made.address);
    made.says.region = kept(google_region(made.address, one));
    made.says.tags = google_labels(type, one);
    made.attributes = one;
    made.pointer = kept(pointer);
    add_exported(into_, made);
  }

  std::string_view project_of(const document_node& one, std::string_view address) {
    const std::string_view named = path_part(address, "/projects/");
    if (!named.empty() && named != "-") return named;
    for (std::string_view member : {"projectId", "project", "projectNumber"}) {
      const document_node held = one.field(member);
      if (!held.text().empty()) return held.text();
      if (held.is_map() || held.is_list()) continue;
      if (const value number = held.scalar(); number.is(value_kind::integer)) return kept(std::to_string(number.as_integer()));
    }
    return {};
  }

  static std::string full_name(const document_node& one, std::string_view type) {
    if (const std::string made = google_full_name({}, link_of(one), {}); !made.empty()) return made;
    const std::string_view name = one.field("name").text();
    if (name.empty()) return {};
    if (const name_row* row = row_by_name(one)) {
      // An inventory calls service accounts by their numbers.
      if (row->member == "uniqueId") return "//iam.googleapis.com/projects/" + std::string(path_part(name, "projects/")) + "/serviceAccounts/" + std::string(one.field("uniqueId").text());
      return "//" + std::string(row->host) + "/" + std::string(name);
    }
    const std::string_view host = type.substr(0, type.find('/'));
    if (host == "storage.googleapis.com") return "//storage.googleapis.com/" + std::string(name);
    return "//" + std::string(host) + "/" + std::string(one.field("kind").text().substr(one.field("kind").text().find('#') + 1)) + "s/" + std::string(name);
  }

  reading& into_;
  bool goes_on_ = false, unreached_ = false;
  std::vector<std::string> unread_;
};

class answers_reader final : public format_reader {
 public:
  std::string_view name() const override { return "google-api"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "answers of Google Cloud's APIs"; }
  bool recognises(const document_node& root) const override { return is_answer(answer_in(root.is_list() ? root.at(0) : root)); }
  void read(const document_node& root, reading& into) const override { answers_reading(into).read(root); }
  std::string_view guess(const document_node& root) const override {
    const document_node first = root.is_list() ? root.at(0) : root;
    if (first.field("storage_url").is_string()) return "`gcloud storage buckets list` with --format=json writes what the API says with --raw besides";
    return {};
  }
};

}  // namespace

const format_reader& google_api_reader() {
  static const answers_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
