// inventory: rows of registers as resources: accounts (register:account), each of the cloud that it says, and systems
// (register:system). Entry point: register_reader. The text is lib/registers' (resource_rows.hpp): no input has this form, and none is recognised.
#include "base/cloud_types.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {

class rows_reader final : public format_reader {
 public:
  std::string_view name() const override { return "register"; }
  std::string_view stage() const override { return "register"; }
  std::string_view title() const override { return "a register (people, accounts, contracts ...) in CSV or JSON"; }
  bool recognises(const document_node&) const override { return false; }
  void read(const document_node& root, reading& into) const override {
    root.field("rows").each_element([&](const document_node& row) {
      exported_resource given;
      given.type = type_without_cloud(text_field(root, "type"));
      given.address = text_field(row, "address");
      given.says.native_id = given.address;      // not the principal, which is personal
      given.name = text_field(row, "name");
      given.says.account = text_field(row, "account");
      given.says.scope = text_field(row, "scope");
      given.attributes = row.field("attributes");
      resource& one = add_exported(into, given);
      one.line = static_cast<std::uint32_t>(row.field("row").scalar().as_integer());
      one.sensitive_mask = row.field("sensitive");
      one.unknown_mask = root.field("not_kept");   // columns that the register does not have
    });
    into.links = export_links();
  }
};

}  // namespace

const format_reader& register_reader() {
  static const rows_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
