// Texts in all their wrappings become documents, and what cannot be unpacked is said.
#include <zstd.h>

#include "base/diagnostics.hpp"
#include "fixture.hpp"
#include "gzip.hpp"
#include "inventory/compressed.hpp"
#include "inventory/lines.hpp"

using namespace fixture;
using sekimori::testing::gzip;

namespace {

std::string zstd(std::string_view text) {
  std::string made(ZSTD_compressBound(text.size()), '\0');
  made.resize(ZSTD_compress(made.data(), made.size(), text.data(), text.size(), 3));
  return made;
}

std::string utf16(std::string_view ascii) {
  std::string made = "\xff\xfe";
  for (char c : ascii) (made += c) += '\0';
  return made;
}

const std::string bucket = R"({"name": "//storage.googleapis.com/b", "assetType": "storage.googleapis.com/Bucket", "resource": {"version": "v1", "data": {"name": "b"}}})";
const std::string disk = R"({"name": "//compute.googleapis.com/projects/p/zones/asia-northeast1-a/disks/d", "asset_type": "compute.googleapis.com/Disk", "resource": {"version": "v1", "data": {"name": "d"}}})";

input_record taken(const std::string& bytes, inv::reading_options options = {}) {
  inv::inventory inventory;
  return inventory.add_text("given", bytes, options);
}

}  // namespace

TEST_CASE("a line for each asset is read as a list of them is, in every wrapping") {
  const std::string lines = bucket + "\n\n" + disk + "\r\n", list = "[" + bucket + "," + disk + "]";
  for (const std::string& text : {lines, list, std::string("\xef\xbb\xbf") + lines, utf16(lines), gzip(lines), zstd(lines), gzip(list), gzip(bucket + "\n") + gzip(disk),
                                  zstd(bucket + "\n") + zstd(disk + "\n"), "{\"readTime\": \"2026-11-01T00:00:00Z\", \"assets\": " + list + "}"}) {
    auto record = taken(text);
    CHECK(record.status == "read");
    CHECK(record.format == "google-assets");
    CHECK(record.stage == "inventory");
    CHECK(record.resources == 2);
    CHECK(record.digest.size() == 7 + 64);
  }
}

TEST_CASE("the digest is of the bytes that were given") {
  CHECK(taken(gzip(bucket)).digest != taken(bucket).digest);
  CHECK(taken(bucket).digest == taken(bucket).digest);
}

TEST_CASE("what is damaged, cut off or too large when unpacked is no input, and never half of one") {
  const std::string lines = bucket + "\n" + disk + "\n";
  for (auto& packed : {gzip(lines), zstd(lines)}) {
    for (std::size_t size = 4; size < packed.size(); ++size) {
      auto record = taken(packed.substr(0, size));
      CHECK(record.status == "unreadable");
      CHECK(codes(record) == "SKM305");
    }
    CHECK(codes(taken(packed, {.most_bytes = 100})) == "SKM400");
    CHECK(taken(packed, {.most_bytes = lines.size()}).status == "read");
  }
  CHECK(taken(gzip(lines) + "rest").status == "unreadable");
  CHECK(codes(taken(gzip(std::string(10'000'000, ' ')), {.most_bytes = 1'000'000})) == "SKM400");
}

TEST_CASE("a mistake in a line is told with its line") {
  auto record = taken(bucket + "\n" + disk + "\n{\"name\": tru}\n" + bucket + "\n");
  REQUIRE(codes(record) == "SKM300");
  CHECK(record.diagnostics[0].line == 3);
  CHECK(record.status == "unreadable");
  CHECK(record.resources == 0);
  CHECK(codes(taken(bucket + "\n" + disk.substr(0, 60))) == "SKM300");
  CHECK(codes(taken(bucket + "\n{\"a\": 1, \"a\": 2}\n")).find("SKM303") != std::string::npos);
  auto twice = taken(bucket + "\n" + R"({"name": "x", "assetType": "a.googleapis.com/B", "resource": {"data": {"a": 1, "a": 2}}})");
  REQUIRE(codes(twice) == "SKM304");
  CHECK(twice.diagnostics[0].line == 2);
}

TEST_CASE("lines are told from a document") {
  CHECK(inv::looks_like_lines("{}\n{}"));
  CHECK(inv::looks_like_lines("\n {\"a\": 1} \r\n\n{"));
  for (std::string_view text : {"", "{}", "{}\n", "{\n}", "{\n\"a\": {}\n}", "[{}\n,{}]", "{}\n[]", "x\n{}", "{},\n{}"}) {
    CAPTURE(text);
    CHECK(!inv::looks_like_lines(text));
  }
}

TEST_CASE("a format that is asked for is used, and one that there is not is named") {
  CHECK(taken(bucket, {.format = "google-assets"}).status == "read");
  CHECK(codes(taken(bucket, {.format = "terraform-plan"})).find("SKM303") != std::string::npos);
  auto record = taken(bucket, {.format = "google-asset"});
  REQUIRE(codes(record) == "SKM301");
  CHECK(record.diagnostics[0].help == "did you mean `google-assets`?");
}
