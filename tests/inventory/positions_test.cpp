// Where resources begin in what was given, whatever its form: what stands there is what the pointer leads to.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "fixture.hpp"
#include "gzip.hpp"

using namespace fixture;

namespace {

std::string told(line_column at) { return std::to_string(at.line) + ":" + std::to_string(at.column); }

// "ADDRESS 3:7", of all.
std::vector<std::string> positions_of(inv::inventory& in) {
  std::vector<std::string> all;
  for (const auto& one : in.resources()) all.push_back(std::string(one.address) + " " + told(in.position(one)));
  return all;
}

std::vector<std::string> positions_in(const std::string& bytes, inv::reading_options options = {}) {
  inv::inventory in;
  auto record = in.add(inv::parse_text("input", bytes, options));
  REQUIRE(record.status == "read");
  return positions_of(in);
}

std::string utf16(const std::string& text, bool little) {
  std::string made = little ? "\xFF\xFE" : "\xFE\xFF";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = decode_utf8(text, at);
    const char high = static_cast<char>(point >> 8), low = static_cast<char>(point & 0xFF);
    made += little ? low : high;
    made += little ? high : low;
  }
  return made;
}

const std::string cloudformation = "{\"Resources\": {\n"
                                   "  \"\xE5\xBA\x81\": {\"Type\": \"AWS::S3::Bucket\"}, \"B\" : {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {}},\n"
                                   "  \"a/b\":\n    {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": {\"GroupDescription\": \"} ]\"}}}}";
const std::vector<std::string> cloudformation_positions = {"\xE5\xBA\x81 2:8", "B 2:43", "a/b 4:5"};

const std::string lines = "{\"name\": \"//storage.googleapis.com/a\", \"assetType\": \"storage.googleapis.com/Bucket\", \"resource\": {\"data\": {}}}\n"
                          "\r\n"
                          " \t {\"name\": \"//storage.googleapis.com/b\", \"assetType\": \"storage.googleapis.com/Bucket\", \"resource\": {\"data\": {}}}\n";

}  // namespace

TEST_CASE("templates in JSON, in any encoding and packing") {
  CHECK(positions_in(cloudformation) == cloudformation_positions);
  CHECK(positions_in("\xEF\xBB\xBF" + cloudformation) == cloudformation_positions);
  CHECK(positions_in(utf16(cloudformation, true)) == cloudformation_positions);
  CHECK(positions_in(utf16(cloudformation, false)) == cloudformation_positions);
  CHECK(positions_in(testing::gzip(cloudformation)) == cloudformation_positions);
  CHECK(positions_in(testing::gzip(utf16(cloudformation, true))) == cloudformation_positions);
}

TEST_CASE("a value on each line: its own line and column") {
  const auto found = positions_in(lines);
  REQUIRE(found.size() == 2);
  CHECK(found[0].substr(found[0].rfind(' ')) == " 1:107");
  CHECK(found[1].substr(found[1].rfind(' ')) == " 3:110");
  CHECK(positions_in(testing::gzip("\xEF\xBB\xBF" + lines)) == found);
}

TEST_CASE("what has no place in what was given has no position") {
  // Of a text that nobody keeps; of CSV, whose rows are told as lines.
  inv::inventory in;
  in.add_text("input", cloudformation, {});
  CHECK(positions_of(in) == std::vector<std::string>{"\xE5\xBA\x81 0:0", "B 0:0", "a/b 0:0"});
  inv::inventory own;
  auto object = json_document::parse("object", cloudformation);
  arena memory;
  const value root = object->root().read(memory);
  REQUIRE(own.add_object("object", &root.as_map()).status == "read");
  CHECK(positions_of(own)[0].ends_with(" 0:0"));
  CHECK(positions_in("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: AWS::S3::Bucket\n") == std::vector<std::string>{"A 3:3"});
}

TEST_CASE("lines that a tool of one's own tells stand") {
  CHECK(positions_in("{\"sekimori\": \"resources/v1\", \"resources\": [\n {\"type\": \"aws_vpc\", \"id\": \"a\", \"attributes\": {}},\n"
                     " {\"type\": \"aws_vpc\", \"id\": \"b\", \"line\": 70, \"column\": 2, \"attributes\": {}}]}") == std::vector<std::string>{"a 2:2", "b 70:2"});
}

TEST_CASE("real inputs: every resource of a JSON text has its position") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path root = given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no data (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"terraform-plans", "tofu-plans", "inventory"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && entry.file_size() < 4'000'000) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::size_t resources = 0;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    inv::inventory in;
    inv::parsed_text text = inv::parse_text(path.filename().string(), bytes, {});
    const bool placed = text.placed && text.diagnostics.empty();
    if (in.add(std::move(text)).status != "read" || !placed) continue;
    for (const auto& one : in.resources()) {
      ++resources;
      CAPTURE(path.string());
      CAPTURE(std::string(one.pointer));
      CHECK(in.position(one).line > 0);
    }
  }
  MESSAGE(resources << " resources");
  CHECK(resources > 500);
}
