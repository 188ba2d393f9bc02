// What Azure Resource Manager and Resource Graph say of resources, in all the forms that tools write.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "fixture.hpp"
#include "value/json_view.hpp"

using namespace fixture;

namespace {

struct resources {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit resources(const std::string& text, std::string_view format = {}) : record(inventory.add_text("resources.json", text, {.format = format})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string tags(std::size_t index) { return to_json(inventory.tags(at(index), memory)); }
  std::string attributes(std::size_t index) { return to_json(inventory.attributes(at(index), memory, nullptr)); }
  std::string message() const { return record.diagnostics.empty() ? std::string() : record.diagnostics[0].message; }
};

const std::string group = "/subscriptions/s-1/resourceGroups/RG/providers/";
const std::string account = R"({"id": ")" + group + R"(Microsoft.Storage/storageAccounts/logs", "name": "logs", "type": "Microsoft.Storage/storageAccounts", "location": "Japan East",
  "kind": "StorageV2", "tags": {"b": "2", "a": "1"}, "sku": {"name": "Standard_LRS"}, "properties": {"minimumTlsVersion": "TLS1_2"}})";
const std::string disk = R"({"id": ")" + group + R"(Microsoft.Compute/disks/d", "name": "d", "type": "microsoft.compute/disks", "location": "japaneast", "tags": null, "properties": {}})";

}  // namespace

TEST_CASE("a resource of Azure is told by its id and type") {
  resources found(account);
  REQUIRE(found.record.status == "read");
  CHECK(found.record.format == "azure-resources");
  CHECK(found.record.stage == "inventory");
  const auto& one = found.at(0);
  CHECK(one.type == "microsoft.storage/storageaccounts");
  CHECK(one.cloud == "azure");
  CHECK(one.name == "logs");
  CHECK(one.address == group + "Microsoft.Storage/storageAccounts/logs");
  CHECK(found.inventory.native_id(one, found.memory) == one.address);
  CHECK(found.account(0) == "s-1");
  CHECK(found.region(0) == "japaneast");
  CHECK(found.tags(0) == R"({"a": "1", "b": "2"})");
  CHECK(found.attributes(0).find(R"("minimumTlsVersion": "TLS1_2")") != std::string::npos);
}

TEST_CASE("the forms in which tools write lists") {
  const std::string both = "[" + account + "," + disk + "]";
  std::string line = account;
  line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
  const std::string table = R"({"totalRecords": 2, "count": 2, "facets": [], "resultTruncated": "false", "data": {"columns": [{"name": "id", "type": "string"}, {"name": "name", "type": "string"},
    {"name": "type", "type": "string"}, {"name": "location", "type": "string"}, {"name": "tags", "type": "object"}, {"name": "properties", "type": "object"}],
    "rows": [[")" + group + R"(Microsoft.Storage/storageAccounts/logs", "logs", "microsoft.storage/storageaccounts", "japaneast", {"a": "1", "b": "2"}, {"minimumTlsVersion": "TLS1_2", "n": [1, 2.5, true, null]}],
             [")" + group + R"(Microsoft.Compute/disks/d", "d", "microsoft.compute/disks", "japaneast", null, {}]]}})";
  for (const std::string& text : {both, "{\"value\": " + both + "}", "{\"data\": " + both + "}", "{\"count\": 2, \"data\": " + both + ", \"skip_token\": null, \"total_records\": 2}",
                                  "[{\"value\": [" + account + "]}, {\"value\": [" + disk + "]}]", line + "\n" + disk + "\n", table}) {
    CAPTURE(text);
    resources found(text);
    REQUIRE(found.record.status == "read");
    CHECK(found.record.format == "azure-resources");
    REQUIRE(found.record.resources == 2);
    CHECK(found.record.notes.empty());
    CHECK(found.at(0).type == "microsoft.storage/storageaccounts");
    CHECK(found.tags(0) == R"({"a": "1", "b": "2"})");
    CHECK(found.tags(1) == "{}");
    CHECK(found.attributes(0).find(R"("minimumTlsVersion": "TLS1_2")") != std::string::npos);
    CHECK(found.at(1).type == "microsoft.compute/disks");
    CHECK(found.region(1) == "japaneast");
  }
  CHECK(resources(table).at(1).pointer == "/data/rows/1");
  CHECK(resources("{\"value\": " + both + "}").at(1).pointer == "/value/1");
}

TEST_CASE("a list that goes on elsewhere says so") {
  for (const char* more : {R"("nextLink": "https://management.azure.com/?$skiptoken=x")", R"("$skipToken": "x")", R"("skip_token": "x")", R"("resultTruncated": "true")",
                           R"("count": 1, "total_records": 3)", R"("count": 1, "totalRecords": 3)"}) {
    resources found(std::string("{") + more + ", \"data\": [" + account + "]}");
    REQUIRE(found.record.status == "read");
    REQUIRE(found.record.notes.size() == 1);
    CHECK(found.record.notes[0].en.find("the list goes on elsewhere") != std::string::npos);
  }
  CHECK(resources("{\"nextLink\": \"\", \"value\": [" + account + "]}").record.notes.empty());
}

TEST_CASE("what has no subscription, no type or no properties") {
  resources found(R"([{"id": "/subscriptions/s-1", "subscriptionId": "s-1", "displayName": "Production", "state": "Enabled", "authorizationSource": "RoleBased", "tags": {"k": "v"}},
    {"id": "/providers/Microsoft.Management/managementGroups/m", "name": "m", "type": "Microsoft.Management/managementGroups", "properties": {"displayName": "M"}},
    {"id": "/subscriptions/s-1/resourceGroups/g", "name": "g", "type": "Microsoft.Resources/resourceGroups", "location": "japanwest", "properties": {"provisioningState": "Succeeded"}},
    {"id": "/subscriptions/s-1/resourceGroups/g/providers/NewRelic.Observability/monitors/n", "name": "n", "type": "NewRelic.Observability/monitors", "location": "global", "identity": null}])");
  REQUIRE(found.record.status == "read");
  CHECK(found.at(0).type == "microsoft.resources/subscriptions");
  CHECK(found.account(0) == "s-1");
  CHECK(found.tags(0) == R"({"k": "v"})");
  CHECK(found.account(1).empty());
  CHECK(found.region(2) == "japanwest");
  CHECK(found.at(3).cloud == "azure");
  REQUIRE(found.record.notes.size() == 1);
  CHECK(found.record.notes[0].en == "1 resources are without `properties`: their settings are not known");
}

TEST_CASE("the forms of az list and az show are refused, with what to use instead") {
  resources found(R"([{"id": ")" + group + R"(Microsoft.Storage/storageAccounts/a", "name": "a", "type": "Microsoft.Storage/storageAccounts", "location": "japaneast", "resourceGroup": "RG",
    "allowBlobPublicAccess": false, "networkRuleSet": {"defaultAction": "Deny"}}])");
  CHECK(codes(found.record) == "SKM303");
  CHECK(found.message().find("`allowBlobPublicAccess`") != std::string::npos);
  CHECK(found.record.diagnostics[0].help.find("az graph query") != std::string::npos);
}

TEST_CASE("one error for each element that is no resource") {
  CHECK(codes(resources("[" + account + R"(, 7, {"name": "x"}, {"id": "/subscriptions/s/x", "type": "nothing"}, {"id": 5, "type": "a/b"}])").record) == "SKM303 SKM303 SKM303 SKM303");
  CHECK(codes(resources("{\"value\": [" + account + ", []]}").record) == "SKM303");
  CHECK(codes(resources(R"([{"id": "/subscriptions/s/x", "type": "a/b", "properties": "text"}])").record) == "SKM303");
  CHECK(codes(resources(R"({"totalRecords": 1, "data": {"columns": [{"name": "id"}, {"name": "type"}], "rows": [["/subscriptions/s"]]}})").record) == "SKM303");
  CHECK(codes(resources(R"({"totalRecords": 1, "data": {"columns": [{"type": "string"}], "rows": []}})").record) == "SKM303");
  std::string many = "[" + account;
  for (int i = 0; i < 30; ++i) many += ", 1";
  CHECK(resources(many + "]").record.diagnostics.size() == 21);
  CHECK(codes(resources(R"([{"id": "/subscriptions/s/x", "type": "a/b", "properties": {"k": 1, "k": 2}}])").record) == "SKM304");
  CHECK(resources(account.substr(0, account.size() - 9)).record.status == "unreadable");
  CHECK(resources(R"({"value": []})").record.status == "unreadable");
  CHECK(resources(R"({"value": []})", "azure-resources").record.status == "read");
}

TEST_CASE("ids are the same in any case, and are shown as they stand") {
  const std::string wanted = R"({"id": "/subscriptions/S-1/resourcegroups/rg/providers/microsoft.compute/disks/D", "name": "D", "type": "Microsoft.Compute/disks", "properties": {}})";
  const std::string machine = R"({"id": ")" + group + R"(Microsoft.Compute/virtualMachines/vm", "name": "vm", "type": "Microsoft.Compute/virtualMachines",
    "properties": {"storageProfile": {"osDisk": {"managedDisk": {"id": "/subscriptions/s-1/resourceGroups/RG/providers/Microsoft.Compute/disks/d"}}}}})";
  resources found("[" + wanted + "," + machine + "]");
  REQUIRE(found.record.status == "read");
  found.inventory.link();
  const std::string_view path = "properties.storageProfile.osDisk.managedDisk.id";
  CHECK(shown(found.inventory.named_by(found.at(1), path, "microsoft.compute/disks", found.memory)) == std::string(found.at(0).address) + " closed");
  const auto back = found.inventory.linked_to(found.at(0), std::vector<std::string_view>{"microsoft.compute/virtualmachines"}, path, "id", false, found.memory);
  REQUIRE(back.members.size() == 1);
  CHECK(back.members[0].certain);
  CHECK(found.inventory.native_id(found.at(0), found.memory) == "/subscriptions/S-1/resourcegroups/rg/providers/microsoft.compute/disks/D");
}

TEST_CASE("recorded answers of Azure") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path folder = (given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data") / "inventory/azure-arm";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("SKIPPED: no " << folder.string() << " (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  // A recording of requests is no inventory: it may hold a resource before and after a change. Each answer is an input.
  std::size_t files = 0, answers = 0, read = 0;
  std::set<std::string> types;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    CAPTURE(entry.path().filename().string());
    ++files;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto parsed = json_document::parse("recording", text);
    REQUIRE(parsed);
    std::vector<std::set<std::string>> names;
    parsed.value().root().field("interactions").each_element([&](const document_node& one) {
      ++answers;
      arena memory;
      resources found(to_json(one.field("response").field("body").field("data").read(memory)));
      CHECK(found.record.status == "read");
      CHECK(found.record.resources > 0);
      std::set<std::string>& seen = names.emplace_back();
      for (const auto& resource : found.inventory.resources()) {
        ++read;
        types.emplace(resource.type);
        seen.insert(std::string(resource.name));
        CHECK(found.inventory.account(resource, memory) == "ea42f556-5106-4743-99b0-c129bfa71a47");
      }
    });
    // Both sources were asked for the same: Azure Resource Manager, and Resource Graph in its form of columns and rows.
    if (entry.path().filename().string().find("are_equivalent") == std::string::npos) continue;
    REQUIRE(names.size() == 2);
    CHECK(std::includes(names[1].begin(), names[1].end(), names[0].begin(), names[0].end()));
  }
  MESSAGE(files << " files, " << answers << " answers, " << read << " resources, " << types.size() << " types");
  CHECK(files > 0);
  CHECK(types.contains("microsoft.storage/storageaccounts"));
  CHECK(types.contains("microsoft.compute/virtualmachines"));
}
