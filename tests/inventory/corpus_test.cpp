// Public plans and plans of real providers: every one is read or says why not, and every question that
// can be asked of it has an answer.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fixture.hpp"

using namespace fixture;

namespace {

std::vector<std::filesystem::path> plans_below(const std::string& folder) {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  std::filesystem::path root = given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data";
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(root / folder)) {
    MESSAGE("SKIPPED: no " << folder << " (set SEKIMORI_EXTERNAL_DATA)");
    return found;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct counts { int read = 0, unreadable = 0, resources = 0, regions = 0, certain = 0, possible = 0, external = 0; };

void ask(const inv::inventory& inventory, counts& sum) {
  for (const auto& one : inventory.resources()) {
    ++sum.resources;
    arena memory;
    sum.regions += !inventory.region(one, memory).name.empty();
    CHECK_FALSE(to_json(inventory.attributes(one, memory, nullptr)).empty());
    value tags = inventory.tags(one, memory);
    CHECK((tags.is(value_kind::map) || tags.is_unknown()));
    for (const char* by : {"bucket", "vpc_id", "subnet_id", "security_group_id", "role", "network", "kms_key_id", "disk_id", "packet_filter_id"}) {
      for (const auto& other : inventory.resources()) {
        if (!one.evaluated || other.cloud != one.cloud || other.position > 40) continue;
        auto named = inventory.named_by(one, by, other.type, memory);
        for (const auto& member : named.all()) {
          (member.certain ? sum.certain : sum.possible)++;
          CHECK(member.of->what != inv::action::remove);
          // Both directions agree.
          auto back = inventory.linked_to(*member.of, std::vector<std::string_view>{one.type}, by, "id", false, memory);
          bool found = false;
          for (const auto& linked : back.all()) found = found || (linked.of == &one && linked.certain == member.certain);
          CHECK_MESSAGE(found, one.address << " " << by << " -> " << member.of->address);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("public Terraform plans") {
  auto files = plans_below("terraform-plans");
  counts sum;
  for (const auto& path : files) {
    CAPTURE(path.filename().string());
    inv::inventory inventory;
    auto record = inventory.add_text(path.filename().string(), bytes_of(path), {});
    inventory.link();
    CHECK((record.status == "read" || record.status == "unreadable"));
    if (record.status == "unreadable") {
      ++sum.unreadable;
      CHECK_FALSE(record.diagnostics.empty());
      MESSAGE(record.file << ": " << record.diagnostics[0].code << " " << record.diagnostics[0].message);
      continue;
    }
    ++sum.read;
    ask(inventory, sum);
  }
  if (files.empty()) return;
  MESSAGE("terraform-plans: " << sum.read << " read, " << sum.unreadable << " not, " << sum.resources << " resources, " << sum.regions << " with a region, links certain "
                              << sum.certain << ", possible " << sum.possible);
  CHECK(files.size() >= 62);
  CHECK(sum.read >= 58);
  CHECK(sum.certain > 0);
}

TEST_CASE("plans made with real providers") {
  auto files = plans_below("tofu-plans");
  counts sum;
  for (const auto& path : files) {
    CAPTURE(path.string());
    inv::inventory inventory;
    auto record = inventory.add_text(path.parent_path().filename().string(), bytes_of(path), {true});
    CHECK(record.status == "read");
    CHECK(record.diagnostics.empty());
    ++sum.read;
    ask(inventory, sum);
  }
  if (files.empty()) return;
  MESSAGE("tofu-plans: " << sum.read << " read, " << sum.resources << " resources, " << sum.regions << " with a region, links certain " << sum.certain
                         << ", possible " << sum.possible);
  CHECK(sum.certain > 0);
}

TEST_CASE("15,000 resources stay nearly linear") {
  plan p;
  for (int i = 0; i < 5000; ++i) {
    std::string n = "[" + std::to_string(i) + "]";
    p.add({"aws_s3_bucket.b" + n, R"({"bucket": "name-)" + std::to_string(i) + "\"}", R"({"id": true})"});
    p.add({"aws_s3_bucket_versioning.v" + n, "{}", R"({"bucket": true})"});
    p.add({"aws_s3_bucket_logging.l" + n, R"({"bucket": "name-)" + std::to_string(i) + "\"}"});
  }
  p.root_module = "{\"resources\": [" + block("aws_s3_bucket_versioning.v", R"("bucket": {"references": ["aws_s3_bucket.b", "count.index"]})") + "]}";
  auto started = std::chrono::steady_clock::now();
  loaded l(p);
  int certain = 0;
  for (const auto& one : l.inventory.resources()) {
    if (one.type != "aws_s3_bucket") continue;
    arena memory;
    auto links = l.inventory.linked_to(one, std::vector<std::string_view>{"aws_s3_bucket_versioning", "aws_s3_bucket_logging"}, "bucket", "id", true, memory);
    for (const auto& member : links.all()) certain += member.certain;
    CHECK_FALSE(links.open);
  }
  CHECK(certain == 10000);
  auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  MESSAGE("15,000 resources read and linked in " << took << " ms");
  CHECK(took < 20'000);      // quadratic work would take minutes
}

TEST_CASE("many links that nothing resolves are told alike for every target, without pairs being looked at") {
  // Each versioning names its bucket through a variable: each may belong to any bucket.
  plan p;
  constexpr int many = 3000;
  std::string blocks;
  for (int i = 0; i < many; ++i) {
    std::string n = std::to_string(i);
    p.add({"aws_s3_bucket.b" + n, R"({"bucket": "name-)" + n + "\"}", R"({"id": true})"});
    p.add({"aws_s3_bucket_versioning.v" + n, "{}", R"({"bucket": true})"});
    blocks += (i > 0 ? ", " : "") + block("aws_s3_bucket_versioning.v" + n, R"("bucket": {"references": ["var.bucket"]})");
  }
  p.root_module = "{\"resources\": [" + blocks + "]}";
  loaded l(p);
  const std::vector<const inv::resource*>* list = nullptr;
  for (int asked = 0; asked < 20; ++asked) {
    for (const auto& one : l.inventory.resources()) {
      if (one.type != "aws_s3_bucket") continue;
      arena memory;
      auto links = l.inventory.linked_to(one, std::vector<std::string_view>{"aws_s3_bucket_versioning"}, "bucket", "id", true, memory);
      REQUIRE(links.members.empty());
      REQUIRE(links.shared.size() == 1);
      if (list == nullptr) list = links.shared[0].list;
      REQUIRE(links.shared[0].list == list);
      // The reasons are the first fifty in the order of addresses.
      REQUIRE(links.why.size() == 50);
      REQUIRE(links.why[0].resource == "aws_s3_bucket_versioning.v0");
      REQUIRE(links.why[1].resource == "aws_s3_bucket_versioning.v1");
      REQUIRE(links.why[2].resource == "aws_s3_bucket_versioning.v10");
    }
  }
  REQUIRE(list != nullptr);
  REQUIRE(list->size() == many);
  CHECK(list->front()->address == "aws_s3_bucket_versioning.v0");
  CHECK(list->back()->address == "aws_s3_bucket_versioning.v2999");
}

TEST_CASE("a resource whose own link is not resolved is no possible part of itself") {
  plan p;
  p.add({"aws_s3_bucket.a", "{}", R"({"id": true, "bucket": true})"});
  p.add({"aws_s3_bucket.b", "{}", R"({"id": true, "bucket": true})"});
  p.root_module = "{\"resources\": [" + block("aws_s3_bucket.a", R"("bucket": {"references": ["var.x"]})") + ", " +
                  block("aws_s3_bucket.b", R"("bucket": {"references": ["var.x"]})") + "]}";
  loaded l(p);
  for (const auto& one : l.inventory.resources()) {
    arena memory;
    auto links = l.inventory.linked_to(one, std::vector<std::string_view>{"aws_s3_bucket"}, "bucket", "id", false, memory);
    REQUIRE(links.all().size() == 1);
    CHECK(links.all()[0].of != &one);
    for (const auto& why : links.why) {
      if (why.path == "bucket") CHECK(why.resource != one.address);
    }
  }
}
