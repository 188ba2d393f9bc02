// inventory: reads Terraform and OpenTofu states: what `terraform show -json` writes of one (format versions 0.1 to 1.0),
// and the state file itself (version 4, Terraform 0.12 and newer). Entry point: terraform_state_reader. Knows no rules.
#include <unordered_set>

#include "base/cloud_types.hpp"
#include "inventory/address.hpp"
#include "inventory/format.hpp"
#include "inventory/placement.hpp"
#include "inventory/reading.hpp"
#include "inventory/sensitive_paths.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t addresses_told = 5;
constexpr int module_depth_limit = 64;
constexpr std::string_view show_it = "give the output of terraform show -json STATEFILE";

// Links are by equal values alone: a state has no configuration, and nothing in it is unknown.
class state_links final : public link_source {
 public:
  explicit state_links(document_node outputs) : outputs_(outputs) {}

  named_resources named(const resource&, std::string_view, std::string_view) const override { return {}; }
  const std::vector<const resource*>* group_of(const resource&) const override { return nullptr; }
  bool configures(const resource&, std::string_view) const override { return true; }
  bool provider_sets(const resource&, std::string_view) const override { return false; }
  region_found region(const resource& of, arena& memory) const override { return region_of(of, nullptr, memory); }
  std::string_view account(const resource& of, arena&) const override { return account_of(of, nullptr); }
  std::string_view native_id(const resource& of, arena& memory) const override { return native_id_of(of, memory); }
  void collect_secrets(std::vector<std::string>& into) const override {
    outputs_.each_entry([&](std::string_view, const document_node& one) {
      if (one.field("sensitive").is_true()) collect_texts(one.field("value"), into);
    });
  }

 private:
  document_node outputs_;
};

// An object of a state, in either form.
struct state_object {
  std::string_view address, module, type, name, provider, provider_key, deposed;   // no address: it is made of the others
  bool data_source = false, tainted = false;
  document_node key, values, mask;
  std::string pointer;
};

class state_reading {
 public:
  state_reading(const document_node& root, reading& into) : root_(root), into_(into) {}

  void read() {
    into_.looks_at(root_);
    const bool raw = root_.field("format_version").is_null();
    if (raw) file();
    else shown();
    into_.tell_more_shapes("more places do not have the form of a state");
    if (into_.shape_problems() > 0 || has_error(into_.record.diagnostics)) return;
    tell(tainted_, "次の適用で作り直される(tainted)資源があります: ", "resources that the next apply replaces (tainted): ");
    tell(deposed_, "置き換えの残り(deposed)は検査していません: ", "what replacements left over (deposed) is not judged: ");
    if (added_ == 0) into_.record.notes.push_back({"状態に資源がありません。", "the state has no resource"});
    into_.links = std::make_unique<state_links>(raw ? root_.field("outputs") : root_.field("values").field("outputs"));
  }

 private:
  void wrong(const std::string& pointer, const std::string& message, std::string expected = {}, std::string help = {}) {
    into_.wrong_shape(pointer + " " + message, {std::move(expected), std::move(help)});
  }

  void version(const std::string& message, std::string expected, std::string help) {
    into_.problem(diagnostic_code::unsupported_version, message, {std::move(expected), std::move(help)});
  }

  // What `terraform show -json` writes.
  void shown() {
    const document_node given = root_.field("format_version"), values = root_.field("values");
    if (!given.is_string()) return wrong("/format_version", "is no string", "\"1.0\"");
    into_.record.format_version = given.text().substr(0, 20);
    if (given.text() != "0.1" && given.text() != "0.2" && given.text() != "1.0") return version("the state has a format_version that is not read", "0.1, 0.2 or 1.0", "");
    if (values.is_null()) return;      // of an empty state
    if (!values.is_map()) return wrong("/values", "is no object");
    into_.looks_at(values);
    into_.looks_at_all_of(values.field("outputs"));
    module(values.field("root_module"), "/values/root_module", {}, 0);
  }

  void module(const document_node& of, const std::string& pointer, std::string_view address, int depth) {
    if (!of.is_map()) return wrong(pointer, "is no object");
    if (depth > module_depth_limit) return wrong(pointer, "is a module in more than " + std::to_string(module_depth_limit) + " others");
    into_.looks_at(of);
    each(of.field("resources"), pointer + "/resources", [&](const document_node& one, const std::string& at) {
      into_.looks_at_all_of(one);
      shown_resource(one, at, address);
    });
    each(of.field("child_modules"), pointer + "/child_modules", [&](const document_node& one, const std::string& at) {
      const std::string_view inner = text_field(one, "address");
      if (one.is_map() && inner.empty()) return wrong(at + "/address", "is no string");
      module(one, at, inner, depth + 1);
    });
  }

  template <class Take>
  void each(const document_node& list, const std::string& pointer, Take take) {
    if (list.is_null()) return;
    if (!list.is_list()) return wrong(pointer, "is no list");
    std::size_t index = 0;
    list.each_element([&](const document_node& one) { take(one, pointer + "/" + std::to_string(index++)); });
  }

  void shown_resource(const document_node& one, const std::string& pointer, std::string_view module) {
    state_object made;
    if (!begin(one, pointer, made)) return;
    made.address = text_field(one, "address");
    made.module = module;
    made.provider = provider_source(text_field(one, "provider_name"));
    made.deposed = text_field(one, "deposed_key");
    made.tainted = one.field("tainted").is_true();
    made.key = one.field("index");
    made.values = one.field("values");
    made.mask = one.field("sensitive_values");
    made.pointer = pointer;
    if (!made.values.is_map()) return wrong(pointer + "/values", "is no object");
    if (!made.mask.is_null() && !made.mask.is_boolean() && !made.mask.is_map()) return wrong(pointer + "/sensitive_values", "is neither an object nor a boolean");
    add(made, "/index");
  }

  // The state file.
  void file() {
    if (!root_.field("encrypted_data").is_null()) return wrong("/encrypted_data", "is encrypted", "a state in clear", "give the output of tofu show -json, where the keys are");
    const value given = root_.field("version").scalar();
    if (!given.is(value_kind::integer)) return wrong("/version", "is no number", "4");
    into_.record.format_version = std::to_string(given.as_integer());
    if (given.as_integer() < 4) {
      return version("the state file is of a version that is not read", "4", "Terraform 0.12 and newer write version 4: terraform state pull, or " + std::string(show_it));
    }
    if (given.as_integer() > 4) return version("the state file is of a version that is not read", "4", std::string(show_it));
    into_.looks_at_all_of(root_.field("outputs"));
    const document_node listed = root_.field("resources");
    if (!listed.is_list()) return wrong("/resources", "is no list");
    each(listed, "/resources", [&](const document_node& one, const std::string& at) {
      into_.looks_at_all_of(one);
      block(one, at);
    });
  }

  void block(const document_node& one, const std::string& pointer) {
    state_object made;
    if (!begin(one, pointer, made)) return;
    const document_node instances = one.field("instances");
    made.module = text_field(one, "module");
    made.provider_key = text_field(one, "provider");
    made.provider = provider_source_of_configuration(made.provider_key);
    if (!instances.is_list()) return wrong(pointer + "/instances", "is no list");
    each(instances, pointer + "/instances", [&](const document_node& held, const std::string& at) {
      if (!held.is_map()) return wrong(at, "is no object");
      state_object of = made;
      of.deposed = text_field(held, "deposed");
      of.tainted = text_field(held, "status") == "tainted";
      of.key = held.field("index_key");
      of.values = held.field("attributes");
      of.pointer = at;
      if (!held.field("attributes_flat").is_null()) {
        return wrong(at + "/attributes_flat", "is the form of providers before Terraform 0.12", "`attributes`", std::string(show_it) + ", which brings it into today's");
      }
      if (!of.values.is_map()) return wrong(at + "/attributes", "is no object");
      if (!mask_of_paths(held.field("sensitive_attributes"), of.values, into_.memory, of.mask)) {
        return wrong(at + "/sensitive_attributes", "is no list of paths", R"([[{"type": "get_attr", "value": "password"}]])");
      }
      add(of, "/index_key");
    });
  }

  // What both forms call alike.
  bool begin(const document_node& one, const std::string& pointer, state_object& made) {
    const std::size_t before = into_.shape_problems();
    if (!one.is_map()) {
      wrong(pointer, "is no object");
      return false;
    }
    const std::string_view mode = text_field(one, "mode");
    made.type = text_field(one, "type");
    made.name = text_field(one, "name");
    made.data_source = mode == "data";
    if (mode != "managed" && mode != "data") wrong(pointer + "/mode", "is no mode that is known", "managed or data");
    if (made.type.empty()) wrong(pointer + "/type", "is no string");
    if (made.name.empty()) wrong(pointer + "/name", "is no string");
    return into_.shape_problems() == before;
  }

  // As plans write it. Terraform 0.12 left the module and the key out of what it shows.
  std::string_view address_of(const state_object& of, value key) {
    const bool in_module = of.module.empty() || (of.address.starts_with(of.module) && of.address.substr(of.module.size()).starts_with('.'));
    if (!of.address.empty() && in_module && (key.is_null() || of.address.ends_with(']'))) return of.address;
    std::string made(of.module);
    if (!made.empty()) made += '.';
    if (of.data_source) made += "data.";
    made.append(of.type).append(".").append(of.name).append(key_text(key));
    return into_.memory.copy(std::string_view(made));
  }

  void add(const state_object& given, const char* key_member) {
    const value key = given.key.is_map() || given.key.is_list() ? value::boolean(true) : given.key.scalar();
    if (!key.is_null() && !key.is(value_kind::integer) && !key.is(value_kind::string)) return wrong(given.pointer + key_member, "is neither a number nor a string");
    const std::string_view address = address_of(given, key);
    if (given.deposed.empty() && !addresses_.insert(address).second) return wrong(given.pointer, "is there twice: " + std::string(address));
    resource& one = into_.resources.emplace_back();
    one.address = address;
    one.type = given.type;
    one.name = given.name;
    one.module = given.module;
    one.provider = given.provider;
    one.provider_key = given.provider_key;
    one.cloud = cloud_of_type(given.type);
    one.data_source = given.data_source;
    one.what = given.data_source ? action::read : action::no_op;
    one.deposed = !given.deposed.empty();
    one.evaluated = !one.data_source && !one.deposed;
    one.key = key;
    one.input = into_.input;
    one.pointer = into_.memory.copy(std::string_view(given.pointer));
    one.known = given.values;
    one.sensitive_mask = given.mask;
    ++added_;
    if (one.deposed) deposed_.push_back(address);
    else if (given.tainted) tainted_.push_back(address);
  }

  void tell(const std::vector<std::string_view>& addresses, const char* ja, const char* en) {
    if (addresses.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < addresses.size() && i < addresses_told; ++i) list += (i == 0 ? "" : ", ") + std::string(addresses[i]);
    const std::string more = addresses.size() > addresses_told ? std::to_string(addresses.size() - addresses_told) : std::string();
    into_.record.notes.push_back({ja + list + (more.empty() ? "" : " ほか" + more + "件"), en + list + (more.empty() ? "" : " and " + more + " more")});
  }

  document_node root_;
  reading& into_;
  std::size_t added_ = 0;
  std::unordered_set<std::string_view> addresses_;
  std::vector<std::string_view> tainted_, deposed_;
};

class state_reader final : public format_reader {
 public:
  std::string_view name() const override { return "terraform-state"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "a Terraform state as terraform show -json writes it or as its file"; }

  bool recognises(const document_node& root) const override {
    if (root.field("format_version").is_string()) return root.field("values").is_map() || root.size() == 1;   // all there is of an empty state
    if (root.field("serial").is_null()) return false;
    return root.field("encrypted_data").is_string() || (!root.field("version").is_null() && !root.field("lineage").is_null());
  }
  void read(const document_node& root, reading& into) const override { state_reading(root, into).read(); }
};

}  // namespace

const format_reader& terraform_state_reader() {
  static const state_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
