// Answers of Google's APIs, and how they agree with the assets of Cloud Asset Inventory.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fixture.hpp"

using namespace fixture;

namespace {

struct answers {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit answers(const std::string& text, inv::reading_options options = {}) : record(inventory.add_text("answer.json", text, options)) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string told() const {
    std::string text;
    for (const diagnostic& one : record.diagnostics) text += one.code + " " + one.message + " | " + one.help + "\n";
    for (const auto& one : record.notes) text += one.en + "\n";
    return text;
  }
  bool says(std::string_view part) const { return told().find(part) != std::string::npos; }
};

const std::string disk = R"({"kind": "compute#disk", "name": "d", "selfLink": "https://www.googleapis.com/compute/v1/projects/juki-prod/zones/asia-northeast1-a/disks/d",
  "zone": "https://www.googleapis.com/compute/v1/projects/juki-prod/zones/asia-northeast1-a", "labels": {"bureau": "b"}})";
const std::string bucket = R"({"kind": "storage#bucket", "name": "logs", "selfLink": "https://www.googleapis.com/storage/v1/b/logs", "projectNumber": "123", "location": "ASIA-NORTHEAST1"})";

}  // namespace

TEST_CASE("a resource is the same alone, in a list, in a list of gcloud's, by place and in a record of the exchange") {
  for (const std::string& text : {disk, "[" + disk + "]", R"({"kind": "compute#diskList", "items": [)" + disk + "]}", R"({"headers": {}, "body": {"kind": "compute#diskList", "items": [)" + disk + "]}}",
                                  R"({"kind": "compute#diskAggregatedList", "items": {"zones/asia-northeast1-a": {"disks": [)" + disk + R"(]}, "zones/asia-northeast1-b": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}}})"}) {
    answers found(text);
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    CHECK(found.record.format == "google-api");
    CHECK(found.record.stage == "inventory");
    REQUIRE(found.record.resources == 1);
    CHECK(found.at(0).type == "compute.googleapis.com/Disk");
    CHECK(found.at(0).cloud == "google");
    CHECK(found.at(0).address == "//compute.googleapis.com/projects/juki-prod/zones/asia-northeast1-a/disks/d");
    CHECK(found.at(0).name == "d");
    CHECK(found.account(0) == "juki-prod");
    CHECK(found.region(0) == "asia-northeast1");
    CHECK(to_json(found.inventory.tags(found.at(0), found.memory)) == R"({"bureau": "b"})");
  }
  answers zones(R"({"kind": "compute#diskAggregatedList", "items": {"zones/a": {"disks": [)" + disk + "]}}}");
  CHECK(zones.at(0).pointer == "/items/zones~1a/disks/0");
  std::string line = disk;
  std::replace(line.begin(), line.end(), '\n', ' ');
  CHECK(answers(line + "\n" + bucket + "\n").record.resources == 2);
}

TEST_CASE("types, names and accounts are those of the inventory") {
  struct row { std::string text, type, address, account; };
  for (const row& one : {
           row{bucket, "storage.googleapis.com/Bucket", "//storage.googleapis.com/logs", "123"},
           row{R"({"kind": "sql#instance", "name": "db", "project": "p", "region": "asia-northeast1", "selfLink": "https://sqladmin.googleapis.com/sql/v1beta4/projects/p/instances/db"})",
               "sqladmin.googleapis.com/Instance", "//cloudsql.googleapis.com/projects/p/instances/db", "p"},
           row{R"({"kind": "compute#disk", "name": "d", "selfLink": "https://www.googleapis.com/compute/v1/projects/p/regions/asia-northeast1/disks/d"})", "compute.googleapis.com/RegionDisk",
               "//compute.googleapis.com/projects/p/regions/asia-northeast1/disks/d", "p"},
           row{R"({"kind": "compute#forwardingRule", "name": "f", "selfLink": "https://www.googleapis.com/compute/v1/projects/p/global/forwardingRules/f"})",
               "compute.googleapis.com/GlobalForwardingRule", "//compute.googleapis.com/projects/p/global/forwardingRules/f", "p"},
           row{R"({"clusters": [{"name": "c", "currentMasterVersion": "1.30", "selfLink": "https://container.googleapis.com/v1/projects/p/locations/asia-northeast1/clusters/c"}]})",
               "container.googleapis.com/Cluster", "//container.googleapis.com/projects/p/locations/asia-northeast1/clusters/c", "p"},
           row{R"({"accounts": [{"name": "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com", "projectId": "p", "uniqueId": "77", "email": "a@p.iam.gserviceaccount.com"}]})",
               "iam.googleapis.com/ServiceAccount", "//iam.googleapis.com/projects/p/serviceAccounts/77", "p"},
           row{R"([{"name": "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com/keys/1", "keyType": "USER_MANAGED", "validAfterTime": "2026-01-01T00:00:00Z"}])",
               "iam.googleapis.com/ServiceAccountKey", "//iam.googleapis.com/projects/p/serviceAccounts/a@p.iam.gserviceaccount.com/keys/1", "p"},
           row{R"({"cryptoKeys": [{"name": "projects/p/locations/asia-northeast1/keyRings/r/cryptoKeys/k", "purpose": "ENCRYPT_DECRYPT"}]})", "cloudkms.googleapis.com/CryptoKey",
               "//cloudkms.googleapis.com/projects/p/locations/asia-northeast1/keyRings/r/cryptoKeys/k", "p"},
           row{R"({"kind": "dns#managedZonesListResponse", "managedZones": [{"kind": "dns#managedZone", "name": "z", "dnsName": "example.lg.jp."}]})", "dns.googleapis.com/ManagedZone",
               "//dns.googleapis.com/managedZones/z", ""}}) {
    answers found(one.text);
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    REQUIRE(found.record.resources == 1);
    CHECK(found.at(0).type == one.type);
    CHECK(found.at(0).address == one.address);
    CHECK(found.account(0) == one.account);
  }
  answers pools(R"({"clusters": [{"name": "c", "currentMasterVersion": "1.30", "selfLink": "https://container.googleapis.com/v1/projects/p/zones/z/clusters/c",
    "nodePools": [{"name": "n", "selfLink": "https://container.googleapis.com/v1/projects/p/zones/z/clusters/c/nodePools/n"}]}]})");
  REQUIRE(pools.record.resources == 2);
  CHECK(pools.at(1).type == "container.googleapis.com/NodePool");
  CHECK(pools.at(1).pointer == "/clusters/0/nodePools/0");
}

TEST_CASE("what is not read, and what is not all there, is said") {
  answers other(R"({"kind": "compute#zoneList", "items": [{"kind": "compute#zone", "name": "z"}, )" + disk + R"(], "nextPageToken": "x", "warning": {"code": "UNREACHABLE"}})");
  CHECK(other.record.status == "read");
  CHECK(other.record.resources == 1);
  CHECK(other.says("a kind that is not read: compute#zone"));
  CHECK(other.says("goes on elsewhere"));
  CHECK(other.says("could not be reached"));
  answers empty(R"({"kind": "compute#instanceList", "id": "projects/p/zones/z/instances"})");
  CHECK(empty.record.status == "read");
  CHECK(empty.record.resources == 0);
  CHECK(empty.record.notes.empty());
}

TEST_CASE("what is of another form is an error at its place") {
  struct row { std::string text, says; };
  for (const row& one : {row{R"({"kind": "compute#diskList", "items": [)" + disk + ", 1]}", "/items/1 is no object"}, row{R"({"kind": "compute#diskList", "items": [)" + disk + R"(, {"name": "x"}]})", "/items/1 has no `kind`"},
                         row{R"({"kind": "compute#disk"})", "the answer has neither `selfLink` nor `name`"}, row{"[" + disk + ", 1]", "/1 is no object"}}) {
    answers found(one.text);
    CHECK(found.record.status == "unreadable");
    CHECK_MESSAGE(found.says(one.says), found.told());
  }
  CHECK(answers(R"([{"storage_url": "gs://b/", "name": "b"}])").says("--raw"));
  CHECK(answers(R"({"kind": "compute#disk", "name": "a", "name": "b"})").record.status == "unreadable");
  CHECK(answers("1", {false, "google-api"}).record.status == "unreadable");
  CHECK(answers("{}", {false, "google-api"}).record.status == "unreadable");
}

// The attributes of an asset are what its API answers: a rule may not tell them apart.
TEST_CASE("assets whose attributes come by the API's way") {
  const char* data = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path folder = std::filesystem::path(data != nullptr ? data : SEKIMORI_SOURCE_DIR "/../shared/data") / "inventory/gcp-cai";
  if (!std::filesystem::is_directory(folder)) return;
  std::size_t compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    answers assets(text);
    for (std::size_t i = 0; i < assets.record.resources; ++i) {
      const value attributes = assets.inventory.attributes(assets.at(i), assets.memory, nullptr);
      const std::string json = to_json(attributes);
      if (json.find(R"("selfLink": "https://)") == std::string::npos || json.find(R"("kind": ")") == std::string::npos) continue;
      answers found(json);
      // Some of these were given another name by hand.
      if (found.record.resources != 1 || found.at(0).name != assets.at(i).name) continue;
      ++compared;
      CHECK(found.at(0).type == assets.at(i).type);
      CHECK(found.at(0).address == assets.at(i).address);
      CHECK(found.account(0) == assets.account(i));
      CHECK(found.region(0) == assets.region(i));
      CHECK(to_json(found.inventory.attributes(found.at(0), found.memory, nullptr)) == json);
    }
  }
  MESSAGE("gcp-cai: " << compared << " assets read as answers");
  CHECK(compared > 5);
}
