// Results of the AWS APIs, as the command line and the SDKs write them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "fixture.hpp"

using namespace fixture;

namespace {

struct results {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit results(const std::string& text) : record(inventory.add_text("result.json", text, {})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  value tags(std::size_t index) { return inventory.tags(at(index), memory); }
  std::string told() const {
    std::string text;
    for (const diagnostic& one : record.diagnostics) text += one.code + " " + one.message + " | " + one.help + "\n";
    return text;
  }
};

const std::string volume = R"({"VolumeId": "vol-1", "Encrypted": true, "AvailabilityZone": "ap-northeast-1a", "Tags": [{"Key": "bureau", "Value": "b"}]})";

}  // namespace

TEST_CASE("elements of a result are resources, whatever the result is wrapped in") {
  for (const std::string& text : {R"({"Volumes": [)" + volume + "]}", R"({"status_code": 200, "data": {"Volumes": [)" + volume + R"(], "ResponseMetadata": {}}})",
                                  R"([{"Volumes": [)" + volume + R"(]}])"}) {
    results found(text);
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    CHECK(found.record.format == "aws-api");
    CHECK(found.record.stage == "inventory");
    REQUIRE(found.record.resources == 1);
    CHECK(found.at(0).type == "aws-api:ec2.Volume");
    CHECK(found.at(0).cloud == "aws");
    CHECK(found.at(0).name == "vol-1");
    CHECK(found.at(0).address == "ap-northeast-1/ec2.Volume/vol-1");
    CHECK(found.region(0) == "ap-northeast-1");
    CHECK(to_json(found.tags(0)) == R"({"bureau": "b"})");
    CHECK(found.at(0).evaluated);
  }
  CHECK(results(R"({"Volumes": [)" + volume + "]}\n" + R"({"Volumes": [)" + volume + "]}").record.resources == 2);
}

TEST_CASE("identity, account and region are in the ARN, else beside it") {
  results groups(R"({"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "g", "OwnerId": "1", "IpPermissions": []},
    {"GroupId": "sg-2", "GroupName": "h", "OwnerId": "1", "SecurityGroupArn": "arn:aws:ec2:ap-northeast-3:1:security-group/sg-2"}]})");
  REQUIRE(groups.record.resources == 2);
  CHECK(groups.account(0) == "1");
  CHECK(groups.region(0).empty());
  CHECK(groups.at(0).address == "1/ec2.SecurityGroup/sg-1");
  CHECK(groups.region(1) == "ap-northeast-3");
  CHECK(groups.inventory.native_id(groups.at(1), groups.memory) == "arn:aws:ec2:ap-northeast-3:1:security-group/sg-2");
  results instances(R"({"Reservations": [{"OwnerId": "7", "Instances": [{"InstanceId": "i-1", "ImageId": "ami-1", "Placement": {"AvailabilityZone": "us-east-1c"}}]}]})");
  REQUIRE(instances.record.resources == 1);
  CHECK(instances.account(0) == "7");
  CHECK(instances.region(0) == "us-east-1");
  CHECK(instances.at(0).pointer == "/Reservations/0/Instances/0");
  results logs(R"({"logGroups": [{"logGroupName": "/aws/x", "arn": "arn:aws:logs:ap-northeast-1:7:log-group:/aws/x:*"}]})");
  REQUIRE(logs.record.resources == 1);
  CHECK(logs.at(0).address == "arn:aws:logs:ap-northeast-1:7:log-group:/aws/x");
  results policy(R"({"PasswordPolicy": {"MinimumPasswordLength": 8}})");
  REQUIRE(policy.record.resources == 1);
  CHECK(policy.at(0).address == "iam.PasswordPolicy");
}

TEST_CASE("tags that a result does not have are not known, where they would be left out if there were any") {
  results found(R"({"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "g"}], "DBInstances": [{"DBInstanceIdentifier": "d", "Engine": "postgres"}, {"DBInstanceIdentifier": "e", "Engine": "postgres", "TagList": []}],
    "trailList": [{"TrailARN": "arn:aws:cloudtrail:us-east-1:1:trail/t", "Name": "t"}]})");
  REQUIRE(found.record.resources == 4);
  CHECK(to_json(found.tags(0)) == "{}");
  CHECK(found.tags(1).is_unknown());
  CHECK(to_json(found.tags(2)) == "{}");
  CHECK(found.tags(3).is_unknown());
}

TEST_CASE("what is not read, and that a result goes on, is told") {
  results found(R"({"Volumes": [)" + volume + R"(], "Others": [{"A": 1}], "NextToken": "t"})");
  REQUIRE(found.record.status == "read");
  REQUIRE(found.record.notes.size() == 2);
  CHECK(found.record.notes[1].en == "a list that is not read: Others");
  results cut(R"({"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [{"RoleName": "r", "Arn": "arn:aws:iam::1:role/r"}], "Policies": [], "IsTruncated": true})");
  CHECK(cut.record.notes.size() == 1);
}

TEST_CASE("elements of another form are errors") {
  CHECK(codes(results(R"({"Volumes": [)" + volume + R"(, {"VolumeId": "vol-2"}, 7]})").record) == "SKM303 SKM303");
  results listed(R"({"RoleDetailList": [{"RoleName": "r", "Arn": "a"}], "Policies": [{"PolicyName": "p", "Arn": "arn:aws:iam::1:policy/p"}]})");
  CHECK(codes(listed.record) == "SKM303");
  CHECK(listed.told().find("get-account-authorization-details") != std::string::npos);
  CHECK(codes(results(R"([{"Volumes": [)" + volume + R"(]}, {"Other": 1}, 7])").record) == "SKM303 SKM303");
  CHECK(codes(results(R"({"Volumes": [{"VolumeId": "v", "Encrypted": true, "Encrypted": false}]})").record) == "SKM304");
  CHECK(codes(results(R"({"Keys": [{"KeyId": "k", "KeyArn": "a"}]})").record) == "SKM301");
}

TEST_CASE("truncated and mistyped results never crash") {
  const std::string text = R"({"data": {"Reservations": [{"OwnerId": "7", "Instances": [{"InstanceId": "i-1", "ImageId": "a", "Tags": [{"Key": "k", "Value": "v"}]}]}], "Volumes": [)" + volume + "]}}";
  for (std::size_t n = 0; n < text.size(); ++n) CHECK(results(text.substr(0, n)).record.status == "unreadable");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{' && text[at] != '[') continue;
    int depth = 0;
    std::size_t end = at;
    do {
      if (text[end] == '{' || text[end] == '[') ++depth;
      if (text[end] == '}' || text[end] == ']') --depth;
    } while (depth > 0 && ++end < text.size());
    for (const char* other : {"null", "7", "[]", "{}", "\"x\"", "[[{}]]"}) {
      results changed(text.substr(0, at) + other + text.substr(end + 1));
      CHECK((changed.record.status == "read" || !changed.record.diagnostics.empty()));
    }
  }
}

TEST_CASE("real results are read") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path root = (given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data") / "inventory/aws-api";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no inventory/aws-api (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  std::map<std::string, std::size_t> types;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    std::ifstream file(entry.path(), std::ios::binary);
    results found(std::string(std::istreambuf_iterator<char>(file), {}));
    REQUIRE_MESSAGE(found.record.status == "read", found.told());
    for (std::size_t i = 0; i < found.record.resources; ++i) {
      CHECK(found.account(i) == "644160558196");
      ++types[std::string(found.at(i).type)];
    }
  }
  CHECK(types.size() == 3);
  CHECK(types["aws-api:cloudtrail.Trail"] == 4);
  CHECK(types["aws-api:rds.DBInstance"] > 1);
  CHECK(types["aws-api:ec2.SecurityGroup"] > 1);
}
