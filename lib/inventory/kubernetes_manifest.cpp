// inventory: manifests of Kubernetes: single objects, `List`s, and the documents of one text. Entry
// point: kubernetes_manifest_reader. Knows no policies.
#include <map>
#include <string>

#include "inventory/format.hpp"
#include "inventory/kubernetes_kinds.hpp"
#include "inventory/kubernetes_secrets.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {

namespace {

constexpr std::size_t shape_problems_told = 20;

bool is_object(const document_node& root) { return !text_field(root, "apiVersion").empty() && !text_field(root, "kind").empty(); }

class manifest_reading {
 public:
  explicit manifest_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    into_.looks_at_all_of(root);
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) { document(one, "/" + std::to_string(index++), {}, {}, 0); });
    } else {
      document(root, "", {}, {}, 0);
    }
    if (addresses_.empty() && into_.record.diagnostics.empty()) into_.record.notes.push_back({"マニフェストにオブジェクトがありません。", "the manifest has no object"});
    into_.complete = true;
  }

 private:
  void wrong(const std::string& pointer, const std::string& message) {
    if (++problems_ > shape_problems_told) return;
    diagnostic made = make_diagnostic(diagnostic_code::input_shape, into_.record.file, "the object at " + (pointer.empty() ? std::string("the top") : pointer) + " " + message,
                                      {"an object with `apiVersion`, `kind` and `metadata`", ""});
    if (auto place = into_.place_of(pointer); place.line > 0) {
      made.line = place.line;
      made.column = place.column;
    }
    into_.record.diagnostics.push_back(std::move(made));
  }

  // `version` and `kind` are what a typed list says of its items, which need not say it themselves.
  void document(const document_node& root, const std::string& pointer, std::string_view version, std::string_view kind, int depth) {
    if (root.is_list() && depth < 2) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) { document(one, pointer + "/" + std::to_string(index++), {}, {}, depth + 1); });
      return;
    }
    if (!root.is_map()) return wrong(pointer, "is no object");
    const std::string_view said_version = text_field(root, "apiVersion"), said_kind = text_field(root, "kind");
    if (!said_version.empty()) version = said_version;
    if (!said_kind.empty()) kind = said_kind;
    if (version.empty()) return wrong(pointer, "has no `apiVersion`");
    if (kind.empty()) return wrong(pointer, "has no `kind`");
    const document_node items = root.field("items");
    if (kind.size() >= 4 && kind.substr(kind.size() - 4) == "List" && (items.is_list() || !root.field("metadata").is_map())) {
      if (depth > 2) return wrong(pointer, "is a list in a list in a list");
      const std::string_view inner = kind.substr(0, kind.size() - 4);
      std::size_t index = 0;
      if (!items.is_list()) return;
      if (!text_field(root.field("metadata"), "continue").empty()) into_.goes_on("metadata.continue");
      items.each_element([&](const document_node& one) {
        document(one, pointer + "/items/" + std::to_string(index++), inner.empty() ? std::string_view() : version, inner, depth + 1);
      });
      return;
    }
    const document_node metadata = root.field("metadata");
    if (!metadata.is_map()) return wrong(pointer, "has no `metadata`");
    take(root, metadata, pointer, version, kind);
  }

  void take(const document_node& root, const document_node& metadata, const std::string& pointer, std::string_view version, std::string_view kind) {
    auto identity = std::make_shared<manifest_identity>();
    const auto slash = version.find('/');
    if (slash != std::string_view::npos) identity->group = version.substr(0, slash);
    identity->version = slash == std::string_view::npos ? version : version.substr(slash + 1);
    identity->kind = kind;
    identity->namespace_name = text_field(metadata, "namespace");
    identity->name = text_field(metadata, "name");

    resource one;
    std::string shown = identity->name;
    if (shown.empty()) shown = std::string(text_field(metadata, "generateName")) + "*";
    std::string address = identity->kind + (identity->group.empty() ? "" : "." + identity->group) + "/" +
                          (identity->namespace_name.empty() ? "" : identity->namespace_name + "/") + shown;
    // Two of one name: both are judged, and a finding says which.
    const std::size_t times = ++addresses_[address];
    if (times > 1) address += "~" + std::to_string(times);
    auto kept = [&](const std::string& text) { return into_.memory.copy(std::string_view(text)); };
    one.address = kept(address);
    one.type = kept(std::string(version) + "/" + identity->kind);
    one.name = kept(identity->name);
    one.cloud = "kubernetes";
    one.what = action::create;
    one.input = into_.input;
    one.pointer = kept(pointer);
    one.known = root;
    if (const std::string mask = secret_mask_of(*identity, root); !mask.empty()) one.sensitive_mask = from_json(into_.memory, mask);
    one.manifest = std::move(identity);
    const line_column place = into_.place_of(pointer);
    one.line = place.line;
    one.column = place.column;
    into_.resources.emplace_back() = std::move(one);
  }

  reading& into_;
  std::map<std::string, std::size_t> addresses_;   // how often each was met
  std::size_t problems_ = 0;
};

class manifest_reader final : public format_reader {
 public:
  std::string_view name() const override { return "kubernetes-manifest"; }
  std::string_view stage() const override { return "plan"; }
  std::string_view title() const override { return "manifests of Kubernetes"; }
  bool recognises(const document_node& root) const override {
    if (root.is_map()) return is_object(root);
    bool any = false;
    root.each_element([&](document_node one) {
      if (any) return;
      if (one.is_list() && one.size() > 0) one = one.at(0);
      // One that lacks the other half is told as such, not as an unknown format.
      any = !text_field(one, "apiVersion").empty() || !text_field(one, "kind").empty();
    });
    return any;
  }
  void read(const document_node& root, reading& into) const override { manifest_reading(into).read(root); }
  std::optional<std::vector<std::string>> types_like(std::string_view type) const override { return kubernetes_types_like(type); }
};

}  // namespace

const format_reader& kubernetes_manifest_reader() {
  static const manifest_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
