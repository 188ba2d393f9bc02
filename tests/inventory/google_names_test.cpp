// One resource has one name, whether a plan or an export tells of it.
#include "inventory/google_names.hpp"

#include "fixture.hpp"

using namespace fixture;

TEST_CASE("full names follow from links and ids") {
  CHECK(inv::google_full_name("google_compute_disk", "https://www.googleapis.com/compute/v1/projects/p/zones/z/disks/d", "projects/p/zones/z/disks/d") ==
        "//compute.googleapis.com/projects/p/zones/z/disks/d");
  CHECK(inv::google_full_name("google_compute_disk", "", "projects/p/zones/z/disks/d") == "//compute.googleapis.com/projects/p/zones/z/disks/d");
  CHECK(inv::google_full_name("google_storage_bucket", "https://www.googleapis.com/storage/v1/b/logs", "logs") == "//storage.googleapis.com/logs");
  CHECK(inv::google_full_name("google_storage_bucket", "", "logs") == "//storage.googleapis.com/logs");
  CHECK(inv::google_full_name("google_sql_database_instance", "https://sqladmin.googleapis.com/sql/v1beta4/projects/p/instances/i", "i") == "//cloudsql.googleapis.com/projects/p/instances/i");
  CHECK(inv::google_full_name("google_kms_crypto_key", "", "projects/p/locations/l/keyRings/r/cryptoKeys/k") == "//cloudkms.googleapis.com/projects/p/locations/l/keyRings/r/cryptoKeys/k");
}

TEST_CASE("what does not follow is left to the id itself") {
  CHECK(inv::google_full_name("google_service_account", "", "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com").empty());
  CHECK(inv::google_full_name("google_sql_database_instance", "", "i").empty());
  CHECK(inv::google_full_name("google_compute_disk", "https://www.googleapis.com/compute/v1/", "").empty());
  CHECK(inv::google_full_name("google_storage_bucket", "", "").empty());
}

TEST_CASE("a plan and an export give one identity") {
  plan p;
  p.add({"google_storage_bucket.a", R"({"id": "logs", "name": "logs", "self_link": "https://www.googleapis.com/storage/v1/b/logs"})", "{}", "\"no-op\""});
  loaded planned(p);
  inv::inventory exported;
  REQUIRE(exported.add_text("assets", R"([{"name": "//storage.googleapis.com/logs", "assetType": "storage.googleapis.com/Bucket", "resource": {"data": {"name": "logs"}}}])", {}).status == "read");
  arena memory;
  const std::string of_plan(planned.inventory.native_id(planned.inventory.resources()[0], memory));
  CHECK(of_plan == exported.native_id(exported.resources()[0], memory));
  CHECK(of_plan == "//storage.googleapis.com/logs");
}
