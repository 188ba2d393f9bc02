// What AWS Config says of resources, in every form in which its items come.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/digest.hpp"
#include "fixture.hpp"
#include "inventory/inner_json.hpp"
#include "inventory/line_stream.hpp"

using namespace fixture;

namespace {

struct items {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit items(const std::string& text) : record(inventory.add_text("items.json", text, {})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string attributes(std::size_t index) { return to_json(inventory.attributes(at(index), memory, nullptr)); }
  std::string told() const {
    std::string text;
    for (const diagnostic& one : record.diagnostics) text += one.code + " " + one.message + " | " + one.help + "\n";
    return text;
  }
};

std::string json_text(const std::string& text) { return to_json(value::string(text)); }

std::string item(const std::string& configuration, const std::string& more = "", const std::string& state = "1510248943639") {
  return R"({"version": "1.3", "accountId": "123456789012", "configurationItemStatus": "OK", "configurationStateId": ")" + state +
         R"(", "arn": "arn:aws:s3:::docs", "resourceType": "AWS::S3::Bucket", "resourceId": "docs", "resourceName": "docs", "awsRegion": "ap-northeast-1", "tags": {"bureau": "b"}, "configuration": )" +
         configuration + more + "}";
}

const std::string as_text = json_text(R"({"name":"docs","owner":{"id":"o"}})");
const std::string beside = R"(, "supplementaryConfiguration": {"BucketVersioningConfiguration": "{\"status\":\"Enabled\"}", "IsRequesterPaysEnabled": "false",
  "AccessControlList": "\"{\\\"grantSet\\\":null}\"", "Note": "plain", "PublicAccessBlockConfiguration": {"blockPublicAcls": true}})";

}  // namespace

TEST_CASE("an item says its type, identity, place and tags, and its configuration is read out of its text") {
  for (const std::string& text : {item(as_text, beside), item(R"({"name":"docs","owner":{"id":"o"}})", beside), "[" + item(as_text, beside) + "]",
                                  R"({"fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": [)" + item(as_text, beside) + "]}",
                                  R"({"status_code": 200, "data": {"configurationItems": [)" + item(as_text, beside) + R"(], "ResponseMetadata": {}}})",
                                  R"({"baseConfigurationItems": [)" + item(as_text, beside) + "]}",
                                  R"({"Results": [)" + json_text(item(as_text, beside)) + R"(], "QueryInfo": {"SelectFields": []}})",
                                  R"({"invokingEvent": )" + json_text(R"({"configurationItem": )" + item(as_text, beside) + R"(, "messageType": "ConfigurationItemChangeNotification"})") + "}",
                                  R"({"detail-type": "Config Configuration Item Change", "detail": {"messageType": "ConfigurationItemChangeNotification", "configurationItem": )" + item(as_text, beside) + "}}"}) {
    CAPTURE(text);
    items found(text);
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    CHECK(found.record.format == "aws-config");
    CHECK(found.record.stage == "inventory");
    REQUIRE(found.record.resources == 1);
    auto& one = found.at(0);
    CHECK(one.type == "aws-config:AWS::S3::Bucket");
    CHECK(one.cloud == "aws");
    CHECK(one.name == "docs");
    CHECK(one.address == "arn:aws:s3:::docs");
    CHECK(one.evaluated);
    CHECK(found.inventory.native_id(one, found.memory) == "arn:aws:s3:::docs");
    CHECK(found.account(0) == "123456789012");
    CHECK(found.region(0) == "ap-northeast-1");
    CHECK(to_json(found.inventory.tags(one, found.memory)) == R"({"bureau": "b"})");
    CHECK(found.attributes(0) ==
          R"({"name": "docs", "owner": {"id": "o"}, "supplementaryConfiguration": {"AccessControlList": {}, "BucketVersioningConfiguration": {"status": "Enabled"}, )"
          R"("IsRequesterPaysEnabled": false, "Note": "plain", "PublicAccessBlockConfiguration": {"blockPublicAcls": true}}})");
  }
}

TEST_CASE("a policy of IAM is read out of its percent-encoding, and left as it is where that is broken") {
  const auto read = [](const std::string& policy) {
    items found(R"({"version": "1.3", "accountId": "1", "configurationItemStatus": "OK", "configurationStateId": "1", "arn": "arn:aws:iam::1:role/r", "resourceType": "AWS::IAM::Role",
      "resourceId": "r", "awsRegion": "global", "configuration": {"assumeRolePolicyDocument": ")" + policy + "\"}}");
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    return found.attributes(0);
  };
  CHECK(read("%7B%22Statement%22%3a%5B%5D%7D") == R"({"assumeRolePolicyDocument": "{\"Statement\":[]}"})");
  CHECK(read("%7B%22Statement%22%3A%5B%5D%7") == R"({"assumeRolePolicyDocument": "%7B%22Statement%22%3A%5B%5D%7"})");
}

TEST_CASE("items of rules write some names in other ways") {
  items found(R"({"invokingEvent": )" + json_text(R"({"configurationItem": {"resourceType": "AWS::EC2::Volume", "ARN": "arn:aws:ec2:us-east-1:1:volume/vol-1", "awsAccountId": "1", "configurationStateId": 7,
    "resourceId": "vol-1", "awsRegion": "us-east-1", "configurationItemStatus": "OK", "configuration": {"encrypted": true}}})") + "}");
  REQUIRE_MESSAGE(found.record.status == "read", found.told());
  CHECK(found.at(0).address == "arn:aws:ec2:us-east-1:1:volume/vol-1");
  CHECK(found.account(0) == "1");
  CHECK(found.at(0).name == "vol-1");
  CHECK(found.at(0).pointer == "/invokingEvent/configurationItem/configuration");
}

TEST_CASE("of a resource's history the newest item stands, in any order, over all lines of an input") {
  const std::string older = item(R"({"name": "old"})", "", "999"), newer = item(R"({"name": "new"})", "", "1000");
  for (const std::string& text : {R"({"configurationItems": [)" + newer + "," + older + "]}", R"({"configurationItems": [)" + older + "," + newer + "]}", older + "\n" + newer}) {
    items found(text);
    REQUIRE(found.record.resources == 2);
    CHECK(found.record.notes.size() == 1);
    int standing = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      standing += found.at(i).evaluated;
      CHECK(found.at(i).evaluated == (found.attributes(i) == R"({"name": "new"})"));
    }
    CHECK(standing == 1);
  }
  const std::string lines = older + "\n" + newer + "\n" + older + "\n";
  inv::inventory in;
  inv::stream_options options;
  options.piece = 1;
  options.keeps = [](const inv::resource& one) { return one.type == "aws-config:AWS::S3::Bucket"; };
  auto record = in.add_lines(std::make_unique<inv::line_stream>("lines", [&lines](inv::byte_listener* listener) {
    if (listener != nullptr) listener->take(lines);
    return inv::text_stream(lines);
  }, options));
  REQUIRE(record.status == "read");
  std::string standing;
  for (const inv::segment& part : in.segments()) {
    REQUIRE(part.lines != nullptr);
    for (;;) {
      auto some = part.lines->next();
      if (some.empty()) break;
      arena memory;
      for (const inv::resource* one : some) {
        if (one->evaluated) standing += std::string(one->pointer) + to_json(in.attributes(*one, memory, nullptr));
      }
    }
    CHECK(part.lines->problems().empty());
  }
  CHECK(standing == R"(/1/configuration{"name": "new"})");
}

TEST_CASE("items that have no name of their own are never taken for states of one") {
  items found(R"([{"resourceType": "AWS::S3::Bucket", "configurationStateId": "1", "configuration": {"a": 1}, "arn": "arn:aws:s3:::a"},
    {"resourceType": "AWS::S3::Bucket", "configurationStateId": "2", "configuration": {"a": 2}, "arn": "arn:aws:s3:::b"}])");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).evaluated);
  CHECK(found.at(1).evaluated);
}

TEST_CASE("what is deleted stands no longer, and what AWS does not record is told") {
  std::string gone = item("null");
  gone.replace(gone.find("\"OK\""), 4, "\"ResourceDeleted\"");
  items deleted(gone);
  REQUIRE(deleted.record.resources == 1);
  CHECK(!deleted.at(0).evaluated);
  std::string unrecorded = item("null");
  unrecorded.replace(unrecorded.find("\"OK\""), 4, "\"ResourceNotRecorded\"");
  items told("[" + unrecorded + R"(, {"resourceType": "Vendor::Thing::One", "resourceId": "x", "configuration": {}}])");
  CHECK(told.record.status == "read");
  CHECK(told.record.resources == 0);
  REQUIRE(told.record.notes.size() == 2);
  CHECK(told.record.notes[1].en.find("Vendor::Thing::One") != std::string::npos);
  items goes_on(R"({"Results": [], "QueryInfo": {}, "NextToken": "t"})");
  CHECK(goes_on.record.notes.size() == 1);
}

TEST_CASE("tags that were not selected are not known, unless the configuration has them") {
  items without(R"({"Results": [)" + json_text(R"({"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "configuration": {"encrypted": true}})") + "]}");
  REQUIRE(without.record.status == "read");
  CHECK(without.inventory.tags(without.at(0), without.memory).is_unknown());
  CHECK(without.at(0).address == "AWS::EC2::Volume/vol-1");
  items within(R"({"Results": [)" + json_text(R"({"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "configuration": {"tags": [{"key": "k", "value": "v"}]}})") + "]}");
  CHECK(to_json(within.inventory.tags(within.at(0), within.memory)) == R"({"k": "v"})");
}

TEST_CASE("an item without its contents is an error that says what to do") {
  items unselected(R"({"Results": ["{\"resourceId\": \"x\", \"configuration\": {}}", "{\"resourceType\": \"AWS::S3::Bucket\", \"resourceId\": \"x\"}"]})");
  CHECK(codes(unselected.record) == "SKM303 SKM303");
  CHECK(unselected.told().find("/Results/0 has no `resourceType`") != std::string::npos);
  CHECK(unselected.told().find("SELECT resourceId") != std::string::npos);
  items scheduled(R"({"invokingEvent": "{\"messageType\": \"ScheduledNotification\", \"recordVersion\": \"1.0\"}"})");
  CHECK(codes(scheduled.record) == "SKM303");
  CHECK(scheduled.told().find("ScheduledNotification") != std::string::npos);
  const std::string event = R"({"invokingEvent": )" + json_text(R"({"configurationItem": )" + item(as_text) + "}") + "}";
  CHECK(codes(items(R"({"invokingEvent": )" + json_text(event) + "}").record) == "SKM303");
  CHECK(codes(items(item("null")).record) == "SKM303");
  CHECK(codes(items(item("7")).record) == "SKM303");
  CHECK(codes(items(R"([{"resourceType": "AWS::S3::Bucket", "configuration": {}}, 7])").record) == "SKM303 SKM303");
  std::string many;
  for (int i = 0; i < 30; ++i) many += (many.empty() ? "[" : ",") + item("7");
  CHECK(items(many + "]").record.diagnostics.size() == 21);
}

TEST_CASE("texts that are no JSON are errors, and can't reach into what stands beside them") {
  for (const char* text : {"{", "{\"a\":1", "{\"a\":1}}", "{\"a\":1},{\"b\":2}", "{\"a\":[1}", "{\"a\" 1}", "[1]", "1", "\"x\"", "{\"a\":1}x", "{\"a\":1} {\"b\":2}", "{a:1}", "{\"a\":\"}"}) {
    CAPTURE(text);
    CHECK(codes(items(item(json_text(text))).record) == "SKM303");
    CHECK(codes(items("[" + item(json_text(text)) + "," + item(as_text, beside) + "]").record) == "SKM303");
    CHECK(codes(items(R"({"Results": [)" + json_text(text) + "], \"QueryInfo\": {}}").record) == "SKM303");
  }
  CHECK(codes(items(item(as_text, R"(, "supplementaryConfiguration": {"A": "{\"x\":1},\"B\":{\"y\":2}"})")).record) == "SKM303");
  CHECK(codes(items(item(json_text(R"({"a": 1, "a": 2})"))).record) == "SKM304");
  CHECK(codes(items(item(R"({"a": 1, "a": 2})")).record) == "SKM304");
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "{\"a\":";
  deep += "1" + std::string(2000, '}');
  CHECK(codes(items(item(json_text(deep))).record) == "SKM303");
}

TEST_CASE("whether a text is one value") {
  for (std::string_view one : {"{}", " {\"a\": \"}\"} ", "[1,{\"a\":[]}]", "\"a\\\"b\"", "true", "1.5e3", "[\"\\\\\"]"}) CHECK_MESSAGE(inv::is_one_value(one), one);
  for (std::string_view none : {"", " ", "{", "}", "{}{}", "{},{}", "[1],2", "1,2", "\"a\",\"b\"", "\"a", "\"a\"b", "a\"b\"", "{}x", "x{}", "1 2"}) CHECK_MESSAGE(!inv::is_one_value(none), none);
}

TEST_CASE("secrets in a text's configuration are masked") {
  items found(item(json_text(R"({"masterUserPassword":"Hidden-in-text-1"})")));
  REQUIRE(found.inventory.secrets().size() == 1);
  CHECK(found.inventory.secrets()[0] == "Hidden-in-text-1");
}

TEST_CASE("truncated and mistyped items never crash") {
  const std::string text = R"({"data": {"configurationItems": [)" + item(as_text, beside) + R"(]}, "status_code": 200})";
  for (std::size_t n = 0; n < text.size(); ++n) CHECK(items(text.substr(0, n)).record.status == "unreadable");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{' && text[at] != '[' && text[at] != '"') continue;
    for (const char* other : {"null", "7", "[]", "{}", "\"x\"", "[[{}]]"}) {
      items changed(text.substr(0, at) + other + text.substr(at + 1));
      CHECK((changed.record.status == "read" || !changed.record.diagnostics.empty()));
    }
  }
}

TEST_CASE("real items are read, or refused for the right reason") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path root = (given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data") / "inventory/aws-config";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no inventory/aws-config (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  const std::map<std::string, std::string> refused = {
      {"config_event-cloudsearch.json", "an event of CloudTrail tells of a call"},
      {"config_poll-evaluation.json", "is a ScheduledNotification without a configurationItem"},
      {"test_ecr_cross_account_filter_config_config.SelectResourceConfig_1.json", "has no `resourceType`"},
      {"test_kms_config_source_config.SelectResourceConfig_1.json", "has no `resourceType`"},
      {"test_security_group_config_source_config.SelectResourceConfig_1.json", "has no `resourceType`"},
  };
  std::size_t read = 0, resources = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    std::ifstream file(entry.path(), std::ios::binary);
    items found(std::string(std::istreambuf_iterator<char>(file), {}));
    if (auto why = refused.find(name); why != refused.end()) {
      CHECK(found.record.status == "unreadable");
      CHECK_MESSAGE(found.told().find(why->second) != std::string::npos, found.told());
      continue;
    }
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    ++read;
    resources += found.record.resources;
    for (std::size_t i = 0; i < found.record.resources; ++i) {
      CHECK(found.at(i).address.starts_with("arn:aws:"));
      CHECK(found.account(i) == "644160558196");
      CHECK(!found.region(i).empty());
      CHECK(found.attributes(i).size() > 2);
    }
  }
  CHECK(read == 10);
  CHECK(resources == 11);
}
