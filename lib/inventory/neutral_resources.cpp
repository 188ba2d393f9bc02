// inventory: resources written down as they are, for sources that no reader knows and for tests of rules. Entry point:
// neutral_resources_reader.
//   {"sekimori": "resources/v1", "resources": [{"type": "storage.googleapis.com/Bucket", "id": "//storage...", "address": "...", "name": "...",
//     "account": "...", "scope": "...", "region": "...", "tags": {...}, "attributes": {...}, "line": 12, "column": 3}]}
// A line is of the text that the resource was made from, which the input is called after.
#include "base/account_types.hpp"
#include "base/cloud_types.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::string_view header = "resources/v1";

class resources_reading {
 public:
  explicit resources_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    into_.looks_at(root);
    if (text_field(root, "sekimori") != header) {
      into_.problem(diagnostic_code::unsupported_version, "the document is not `sekimori: resources/v1`", {std::string(header), ""});
      return;
    }
    const document_node items = root.field("resources");
    if (!items.is_list()) return wrong("/resources", "is no list");
    std::size_t index = 0;
    items.each_element([&](const document_node& one) {
      into_.looks_at_all_of(one);
      item(one, "/resources/" + std::to_string(index++));
    });
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message) {
    into_.wrong_shape(pointer + " " + message, {"an object with `type`, `id` or `address`, and `attributes`", ""});
  }

  static std::uint32_t place(const document_node& one, std::string_view key) {
    const value said = one.field(key).scalar();
    return said.is(value_kind::integer) && said.as_integer() > 0 && said.as_integer() <= 0x7fffffff ? static_cast<std::uint32_t>(said.as_integer()) : 0;
  }

  void item(const document_node& one, const std::string& pointer) {
    if (!one.is_map()) return wrong(pointer, "is no object");
    exported_resource made;
    made.type = text_field(one, "type");
    // The tables' own texts, which outlive what is taken back.
    if (const account_type* stands = account_type_of(made.type)) made.type = stands->type;
    if (const std::string_view own = type_without_cloud(made.type); !own.empty()) made.type = own;
    made.says.native_id = text_field(one, "id");
    made.address = one.field("address").is_string() ? text_field(one, "address") : made.says.native_id;
    made.name = text_field(one, "name");
    made.says.account = text_field(one, "account");
    made.says.scope = text_field(one, "scope");
    made.says.region = into_.memory.copy(std::string_view(normal_region(cloud_of_type(made.type), text_field(one, "region"))));
    made.says.tags = one.field("tags");
    made.attributes = one.field("attributes");
    made.pointer = into_.memory.copy(std::string_view(pointer));
    if (!is_resource_type(made.type)) return wrong(pointer + "/type", "is no type of a resource");
    if (made.address.empty()) return wrong(pointer, "has neither `id` nor `address`");
    if (!made.attributes.is_map()) return wrong(pointer + "/attributes", "is no object");
    const std::uint32_t line = place(one, "line"), column = place(one, "column");
    if (line > 0) made.pointer = {};
    resource& added = add_exported(into_, made);
    added.line = line;
    added.column = column;
  }

  reading& into_;
};

class resources_reader final : public format_reader {
 public:
  std::string_view name() const override { return "resources"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view title() const override { return "resources in the form of this library (resources/v1)"; }
  bool recognises(const document_node& root) const override { return text_field(root, "sekimori").starts_with("resources/"); }
  void read(const document_node& root, reading& into) const override { resources_reading(into).read(root); }
};

}  // namespace

const format_reader& neutral_resources_reader() {
  static const resources_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
