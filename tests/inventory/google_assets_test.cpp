// What Cloud Asset Inventory says of assets beside their data.
#include "fixture.hpp"

using namespace fixture;

namespace {

struct assets {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit assets(const std::string& text) : record(inventory.add_text("assets.json", text, {})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string tags(std::size_t index) { return to_json(inventory.tags(at(index), memory)); }
  value attribute(std::size_t index, const char* key) {
    value found;
    const value all = inventory.attributes(at(index), memory, nullptr);
    return all.is(value_kind::map) && all.as_map().find(value::string(key), found) ? found : value::null();
  }
};

std::string asset(const std::string& type, const std::string& name, const std::string& data, const std::string& more = "") {
  return R"({"name": ")" + name + R"(", "assetType": ")" + type + R"(", "resource": {"version": "v1", "data": )" + data + "}" + more + "}";
}

}  // namespace

TEST_CASE("type, address and identity are the asset's") {
  assets found(asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/logs", R"({"name": "logs"})"));
  REQUIRE(found.record.status == "read");
  auto& one = found.at(0);
  CHECK(one.type == "storage.googleapis.com/Bucket");
  CHECK(one.cloud == "google");
  CHECK(one.address == "//storage.googleapis.com/logs");
  CHECK(one.name == "logs");
  CHECK(one.evaluated);
  CHECK(one.pointer == "/resource/data");
  CHECK(found.inventory.native_id(one, found.memory) == "//storage.googleapis.com/logs");
}

TEST_CASE("the project is its id where the export tells it") {
  assets found("[" + asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/a", "{}", R"(, "ancestors": ["projects/123", "folders/9"])") + "," +
             asset("compute.googleapis.com/Disk", "//compute.googleapis.com/projects/own/zones/z/disks/d", "{}", R"(, "ancestors": ["projects/123"])") + "," +
             asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b", "{}", R"(, "ancestors": ["projects/456"])") + "," +
             asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/c", "{}", R"(, "ancestry_path": "organization/1/folder/2/project/by-path")") + "," +
             asset("cloudresourcemanager.googleapis.com/Project", "//cloudresourcemanager.googleapis.com/projects/123", R"({"projectId": "named", "projectNumber": "123"})") + "]");
  REQUIRE(found.record.resources == 5);
  CHECK(found.account(0) == "named");
  CHECK(found.account(1) == "own");
  CHECK(found.account(2) == "456");
  CHECK(found.account(3) == "by-path");
  CHECK(found.account(4) == "named");
}

TEST_CASE("regions have one form, and labels are tags") {
  assets found("[" + asset("compute.googleapis.com/Disk", "//compute.googleapis.com/projects/p/zones/asia-northeast1-a/disks/d",
                         R"({"zone": "https://www.googleapis.com/compute/v1/projects/p/zones/asia-northeast1-a", "labels": {"b": "2", "a": "1"}})") + "," +
             asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b", R"({"location": "ASIA-NORTHEAST2"})") + "," +
             asset("sqladmin.googleapis.com/Instance", "//cloudsql.googleapis.com/projects/p/instances/i", R"({"region": "asia-northeast1", "settings": {"userLabels": {"k": "v"}}})") + "]");
  CHECK(found.region(0) == "asia-northeast1");
  CHECK(found.tags(0) == R"({"a": "1", "b": "2"})");
  CHECK(found.region(1) == "asia-northeast2");
  CHECK(found.tags(1) == "{}");
  CHECK(found.tags(2) == R"({"k": "v"})");
}

TEST_CASE("where nothing else says the place, the name does") {
  assets found("[" + asset("cloudkms.googleapis.com/KeyRing", "//cloudkms.googleapis.com/projects/p/locations/asia-northeast1/keyRings/r", "{}") + "," +
             asset("dataproc.googleapis.com/Cluster", "//dataproc.googleapis.com/projects/p/regions/asia-northeast2/clusters/c", "{}") + "," +
             asset("container.googleapis.com/NodePool", "//container.googleapis.com/projects/p/zones/asia-northeast1-b/clusters/c/nodePools/n", "{}") + "," +
             asset("run.googleapis.com/Service", "//run.googleapis.com/projects/p/locations/us-west1/services/s", R"({"metadata": {"labels": {"k": "v"}}})") + "," +
             asset("compute.googleapis.com/Network", "//compute.googleapis.com/projects/p/global/networks/n", "{}") + "]");
  CHECK(found.region(0) == "asia-northeast1");
  CHECK(found.region(1) == "asia-northeast2");
  CHECK(found.region(2) == "asia-northeast1");
  CHECK(found.region(3) == "us-west1");
  CHECK(found.tags(3) == R"({"k": "v"})");
  CHECK(found.region(4).empty());
}

TEST_CASE("a policy is a resource of its own, in both casings") {
  for (const char* key : {"iamPolicy", "iam_policy"}) {
    assets found(asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b", "{}", std::string(", \"") + key + R"(": {"bindings": [{"role": "r", "members": ["allUsers"]}]})"));
    REQUIRE(found.record.resources == 2);
    CHECK(found.at(1).type == "storage.googleapis.com/Bucket:iam_policy");
    CHECK(found.at(1).cloud == "google");
    CHECK(found.at(1).address == "//storage.googleapis.com/b:iam_policy");
    CHECK(found.at(1).pointer == std::string("/") + key);
    CHECK(to_json(found.attribute(1, "bindings")) == R"([{"members": ["allUsers"], "role": "r"}])");
  }
  assets several(R"({"name": "//cloudresourcemanager.googleapis.com/projects/1", "assetType": "cloudresourcemanager.googleapis.com/Project", "orgPolicy": [{"constraint": "a"}, {"constraint": "b"}]})");
  REQUIRE(several.record.resources == 2);
  CHECK(several.at(0).address != several.at(1).address);
}

TEST_CASE("what a feed says is deleted stands no longer") {
  assets found(R"({"asset": )" + asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b", "{}") + R"(, "window": {"startTime": "2026-01-01T00:00:00Z"}})" + "\n" +
             R"({"asset": )" + asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/c", R"({"name": "c"})") + R"(, "deleted": true})");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).evaluated);
  CHECK(!found.at(1).evaluated);
  CHECK(found.at(0).pointer == "/0/asset/resource/data");
}

TEST_CASE("an asset without its contents is an error, not an empty one") {
  CHECK(codes(assets(R"([{"name": "//storage.googleapis.com/b", "assetType": "storage.googleapis.com/Bucket"}])").record) == "SKM303");
  CHECK(codes(assets(R"([{"name": "//storage.googleapis.com/b", "assetType": "storage.googleapis.com/Bucket", "resource": {"version": "v1"}}])").record) == "SKM303");
  CHECK(codes(assets("[" + asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/b", "{}") + R"(, {"assetType": "x"}, 7])").record) == "SKM303 SKM303");
}

TEST_CASE("secrets that no mask names are found by key and by form") {
  assets found(asset("sqladmin.googleapis.com/Instance", "//cloudsql.googleapis.com/projects/p/instances/i",
                   R"({"rootPassword": "Hidden-in-key-1", "note": "-----BEGIN PRIVATE KEY-----\nMIIhidden2\n", "list": ["plain text", "Server=a;Password=hidden3;"],
                      "url": "https://user:hidden4@example.jp/", "clean": "https://example.jp/?a=b", "keyId": "AKIAIOSFODNN7EXAMPLE", "passwordPolicy": {"minLength": 14}})"));
  CHECK(found.attribute(0, "rootPassword").sensitive());
  CHECK(found.attribute(0, "note").sensitive());
  CHECK(found.attribute(0, "url").sensitive());
  CHECK(!found.attribute(0, "clean").sensitive());
  CHECK(!found.attribute(0, "keyId").sensitive());
  CHECK(!found.attribute(0, "passwordPolicy").sensitive());
  const value list = found.attribute(0, "list");
  CHECK(!list.as_list().at(0).sensitive());
  CHECK(list.as_list().at(1).sensitive());
  CHECK(found.inventory.secrets().size() == 4);
}
