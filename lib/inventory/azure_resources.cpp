// inventory: resources of Azure Resource Manager as its API gives them: one, a list, pages of lists, and results of Resource
// Graph as REST, SDKs and `az graph query` write them. Entry point: azure_resources_reader.
// https://learn.microsoft.com/rest/api/resourcegraph/resourcegraph/resources/resources
//
// `az ... list` and `az ... show` of most services take the members of `properties` out of it, and some under other names
// (networkAcls is networkRuleSet there). What they lack cannot be told from what they renamed, so that a default would be
// taken where a setting stands: they are refused, and the error says how to get the resource itself.
#include <algorithm>
#include <array>

#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {


bool is_resource(const document_node& one) {
  const document_node type = one.field("type");
  return is_azure_id(text_field(one, "id")) && (type.is_null() || type.text().find('/') != std::string_view::npos);
}

// `data` of Resource Graph as columns and rows, which is how it answers unless objects are asked for.
bool is_table(const document_node& data) { return data.field("columns").is_list() && data.field("rows").is_list(); }

bool is_graph_result(const document_node& one) {
  const document_node data = one.field("data");
  if (!data.is_list() && !is_table(data)) return false;
  document_node count;
  return one.find("totalRecords", count) || one.find("total_records", count) || is_resource(data.at(0));
}

// A result that holds resources, and is none itself.
bool is_page(const document_node& one) {
  if (!one.field("id").is_null()) return false;
  const document_node listed = one.field("value");
  return (listed.is_list() && (is_resource(listed.at(0)) || listed.size() == 0)) || is_graph_result(one);
}

// What a resource has beside `properties`: of Azure Resource Manager's own contract, and what Resource Graph adds.
bool is_of_envelope(std::string_view key) {
  static constexpr std::array<std::string_view, 26> keys = {
      "apiVersion", "changedTime", "createdTime", "displayName", "eTag", "etag", "extendedLocation", "id", "identity", "kind", "location", "managedBy", "managedByExtended",
      "name", "placement", "plan", "provisioningState", "resourceGroup", "resources", "sku", "subscriptionId", "systemData", "tags", "tenantId", "type", "zones"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

class resources_reading {
 public:
  explicit resources_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) {
        into_.looks_at_all_of(one);
        page_or_resource(one, into_.element(index++));
      });
    } else {
      into_.looks_at_all_of(root);
      page_or_resource(root, "");
    }
    into_.tell_more_shapes("more places do not have the form of a resource");
    if (without_properties_ > 0) {
      const std::string count = std::to_string(without_properties_);
      into_.record.notes.push_back({"properties のない資源が " + count + " 件あり、その設定は分かりません。", count + " resources are without `properties`: their settings are not known"});
    }
    into_.links = export_links();
  }

 private:
  void wrong(const std::string& pointer, const std::string& message, std::string help = {}) {
    into_.wrong_shape((pointer.empty() ? std::string("the resource") : pointer) + " " + message,
                  {"a resource of Azure Resource Manager with `id`, `type` and `properties`", std::move(help)});
  }

  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void page_or_resource(const document_node& one, const std::string& pointer) {
    if (!is_page(one)) return item(one, pointer);
    std::size_t index = 0;
    const document_node listed = one.field("value"), data = one.field("data");
    if (listed.is_list()) {
      listed.each_element([&](const document_node& row) { item(row, pointer + "/value/" + std::to_string(index++)); });
    } else if (data.is_list()) {
      data.each_element([&](const document_node& row) { item(row, pointer + "/data/" + std::to_string(index++)); });
    } else {
      table(data, pointer + "/data");
    }
    says_what_is_missing(one, pointer);
  }

  // Every row as the object that it stands for.
  void table(const document_node& data, const std::string& pointer) {
    std::vector<std::string_view> columns;
    data.field("columns").each_element([&](const document_node& one) { columns.push_back(text_field(one, "name")); });
    if (std::find(columns.begin(), columns.end(), std::string_view()) != columns.end()) return wrong(pointer + "/columns", "has a column without a name");
    std::size_t index = 0;
    data.field("rows").each_element([&](const document_node& row) {
      const std::string at = pointer + "/rows/" + std::to_string(index++);
      if (row.size() != columns.size() || !row.is_list()) return wrong(at, "has another number of values than there are columns");
      arena scratch;
      std::string text = "{";
      std::size_t column = 0;
      row.each_element([&](const document_node& one) {
        text += (column > 0 ? "," : "") + to_json(value::string(columns[column])) + ":" + to_json(one.read(scratch));
        ++column;
      });
      item(from_json(into_.memory, text + "}"), at);
    });
  }

  // Lists that go on elsewhere. What is not here is not judged.
  void says_what_is_missing(const document_node& page, const std::string& pointer) {
    std::string_view what;
    for (std::string_view key : {"nextLink", "@odata.nextLink", "$skipToken", "skip_token", "skipToken"}) {
      if (!page.field(key).text().empty()) what = key;
    }
    for (std::string_view key : {"resultTruncated", "result_truncated"}) {
      const document_node cut = page.field(key);
      if (cut.is_true() || lower_ascii(cut.text()) == "true") what = key;
    }
    const value count = number(page, "count", "count"), total = number(page, "totalRecords", "total_records");
    if (count.is(value_kind::integer) && total.is(value_kind::integer) && count.as_integer() < total.as_integer()) what = "count";
    if (what.empty()) return;
    into_.goes_on(pointer + "/" + std::string(what));
  }

  static value number(const document_node& page, std::string_view camel, std::string_view snake) {
    document_node found;
    if (!page.find(camel, found)) page.find(snake, found);
    return found.is_map() || found.is_list() ? value::null() : found.scalar();
  }

  void item(const document_node& one, const std::string& place) {
    if (!one.is_map()) return wrong(place, "is no object");
    const std::string_view id = text_field(one, "id");
    if (!is_azure_id(id)) return wrong(place, "has no `id` of Azure Resource Manager", "a query of Resource Graph that projects columns keeps id, name, type, location, tags and properties");
    const document_node said = one.field("type"), properties = one.field("properties");
    // The list of subscriptions is without types.
    const std::string type = said.is_null() ? azure_type(id) : lower_ascii(said.text());
    if (type.find('/') == std::string::npos) return wrong(place, "has no `type` such as Microsoft.Storage/storageAccounts");
    if (!properties.is_null() && !properties.is_map()) return wrong(place + "/properties", "is no object");
    if (properties.is_null() && type != "microsoft.resources/subscriptions") {
      std::string_view other;
      one.each_entry([&](std::string_view key, const document_node& under) {
        if (other.empty() && !under.is_null() && !is_of_envelope(key)) other = key;
      });
      if (!other.empty()) {
        return wrong(place, "has no `properties`, and `" + std::string(other) + "` outside of them: its form is that of `az ... list` or `az ... show`",
                     "use `az graph query`, `az resource show --ids` or `az rest`, which keep `properties`");
      }
      ++without_properties_;
    }
    exported_resource made;
    made.type = kept(type);
    made.name = one.field("name").is_string() ? text_field(one, "name") : id.substr(id.rfind('/') + 1);
    made.address = made.says.native_id = id;
    const std::string_view subscription = azure_subscription(id);
    made.says.account = subscription.empty() ? text_field(one, "subscriptionId") : subscription;
    made.says.region = kept(normal_region("azure", text_field(one, "location")));
    made.says.tags = one.field("tags");
    made.attributes = one;
    made.pointer = kept(place);
    add_exported(into_, made).cloud = "azure";      // of partners' providers, too
  }

  reading& into_;
  std::size_t without_properties_ = 0;
};

class resources_reader final : public format_reader {
 public:
  std::string_view name() const override { return "azure-resources"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "azure"; }
  std::string_view title() const override { return "resources of Azure Resource Manager or rows of Azure Resource Graph"; }
  bool recognises(const document_node& root) const override {
    const document_node first = root.is_list() ? root.at(0) : root;
    if (is_resource(first)) return true;
    return is_page(first) && (first.field("value").size() > 0 || is_graph_result(first));
  }
  void read(const document_node& root, reading& into) const override { resources_reading(into).read(root); }
};

}  // namespace

const format_reader& azure_resources_reader() {
  static const resources_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
