// inventory: Google's Cloud Asset Inventory: exports (a list, or a line for each asset), results of assets.list, and
// messages of feeds, in both casings. Entry point: google_assets_reader.
// https://cloud.google.com/asset-inventory/docs/reference/rest/v1/Asset
#include "inventory/exported.hpp"
#include "inventory/google_attributes.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

// A member under either of its names: exports have "assetType", older ones and `gcloud beta terraform vet` "asset_type".
document_node either(const document_node& from, std::string_view camel, std::string_view snake) {
  document_node found;
  if (!from.find(camel, found)) from.find(snake, found);
  return found;
}

document_node asset_type_of(const document_node& asset) { return either(asset, "assetType", "asset_type"); }

bool is_asset(const document_node& one) { return !text_field(one, "name").empty() && asset_type_of(one).is_string(); }

// The assets of a document: a list, a result of assets.list, or one.
template <class Take>
void each_asset(const document_node& root, Take take) {
  const document_node listed = root.field("assets");
  const document_node& items = root.is_list() ? root : listed;
  if (!items.is_list()) return take(root);
  items.each_element(take);
}

class assets_reading {
 public:
  explicit assets_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    const document_node listed = root.field("assets");
    const document_node& items = root.is_list() ? root : listed;
    const std::string under = root.is_list() ? "" : "/assets";
    if (!items.is_list()) {
      into_.looks_at_all_of(root);
      item(root, "");
    } else {
      if (root.is_map()) into_.looks_at(root);
      if (!text_field(root, "nextPageToken").empty()) into_.goes_on("nextPageToken");
      std::size_t index = 0;
      items.each_element([&](const document_node& one) {
        into_.looks_at_all_of(one);
        item(one, under + into_.element(index++));
      });
    }
    into_.tell_more_shapes("more places do not have the form of an asset");
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message, std::string help = {}) {
    into_.wrong_shape((pointer.empty() ? std::string("the asset") : pointer) + " " + message,
                  {"an asset with `name`, `assetType`, and `resource` or a policy", std::move(help)});
  }

  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void item(const document_node& given, const std::string& pointer) {
    document_node asset = given;
    const bool message = given.find("asset", asset);
    const std::string place = message ? pointer + "/asset" : pointer;
    if (!asset.is_map()) return wrong(place, "is no object");
    const std::string_view name = text_field(asset, "name"), type = asset_type_of(asset).text();
    if (name.empty()) return wrong(place, "has no `name`");
    if (type.find(".googleapis.com/") == std::string_view::npos) return wrong(place, "has no `assetType` of Google's, such as storage.googleapis.com/Bucket");
    deleted_ = given.field("deleted").is_true();

    const document_node held = asset.field("resource"), data = held.field("data");
    const exported says = says_of(asset, name, type, held, data);
    bool any = deleted_ && !data.is_map();
    if (data.is_map()) {
      any = true;
      add(type, name, name, says, data, place + "/resource/data");
    } else if (!held.is_null()) {
      any = true;
      wrong(place + "/resource", "has no `data`", "export with --content-type=resource");
    }
    exported policy = says;
    policy.tags = document_node();
    struct row { std::string_view camel, snake; };
    for (const auto [camel, snake] : {row{"iamPolicy", "iam_policy"}, row{"orgPolicy", "org_policy"}, row{"accessPolicy", "access_policy"}}) {
      const document_node found = either(asset, camel, snake);
      if (found.is_null()) continue;
      any = true;
      const std::string of_type = std::string(type) + ":" + std::string(snake);
      const std::string at = place + "/" + std::string(asset.field(camel).is_null() ? snake : camel);
      std::size_t index = 0;
      auto one_policy = [&](const document_node& one, const std::string& suffix) {
        if (!one.is_map()) return wrong(at + suffix, "is no object");
        policy.native_id = kept(std::string(name) + ":" + std::string(snake) + suffix);
        add(kept(of_type), name, policy.native_id, policy, one, at + suffix);
      };
      if (!found.is_list()) one_policy(found, "");
      else found.each_element([&](const document_node& one) { one_policy(one, "/" + std::to_string(index++)); });
    }
    if (!any) wrong(place, "has neither a resource nor a policy", "export with --content-type=resource, and again with --content-type=iam-policy");
  }

  exported says_of(const document_node& asset, std::string_view name, std::string_view type, const document_node& held, const document_node& data) {
    exported says;
    says.native_id = name;
    std::string_view project = path_part(name, "/projects/");
    if (project.empty()) project = path_part(either(asset, "ancestryPath", "ancestry_path").text(), "/project/");
    if (const std::string_view nearest = asset.field("ancestors").at(0).text(); project.empty() && nearest.starts_with("projects/")) project = nearest.substr(9);
    if (project.empty()) project = path_part(held.field("parent").text(), "/projects/");
    const auto known = into_.names.find(std::string(project));
    says.account = kept(known != into_.names.end() ? known->second : std::string(project));
    says.region = kept(google_region(name, data, held.field("location").text()));
    says.tags = google_labels(type, data);
    return says;
  }

  void add(std::string_view type, std::string_view name, std::string_view address, const exported& says, const document_node& attributes, const std::string& pointer) {
    exported_resource one;
    one.type = type;
    const auto slash = name.rfind('/');
    one.name = slash == std::string_view::npos ? name : name.substr(slash + 1);
    one.address = address;
    one.says = says;
    one.attributes = attributes;
    one.pointer = kept(pointer);
    one.deleted = deleted_;
    add_exported(into_, one);
  }

  reading& into_;
  bool deleted_ = false;
};

class assets_reader final : public format_reader {
 public:
  std::string_view name() const override { return "google-assets"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "google"; }
  std::string_view title() const override { return "assets of Google's Cloud Asset Inventory"; }
  bool recognises(const document_node& root) const override {
    document_node first = root;
    if (const document_node listed = root.field("assets"); listed.is_list()) first = listed.at(0);
    else if (root.is_list()) first = root.at(0);
    return is_asset(first) || is_asset(first.field("asset"));
  }
  void read(const document_node& root, reading& into) const override { assets_reading(into).read(root); }
  // Assets name their project by its number; the project's own asset tells its id.
  void prepare(const document_node& root, known_names& names) const override {
    each_asset(root, [&](const document_node& item) {
      document_node asset = item;
      item.find("asset", asset);
      if (asset_type_of(asset).text() != "cloudresourcemanager.googleapis.com/Project") return;
      const document_node data = asset.field("resource").field("data"), number = data.field("projectNumber");
      const std::string_view id = data.field("projectId").text();
      if (id.empty() || number.is_map() || number.is_list()) return;
      const value plain = number.scalar();
      if (plain.is(value_kind::string)) names.emplace(number.text(), id);
      else if (plain.is(value_kind::integer)) names.emplace(std::to_string(plain.as_integer()), id);
    });
  }
};

}  // namespace

const format_reader& google_assets_reader() {
  static const assets_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
