// CloudFormation templates: what is known of their values before they are deployed, and what they link to.
#include "fixture.hpp"
#include "inventory/cloudformation_values.hpp"

using namespace fixture;

namespace {

struct deployed {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit deployed(const std::string& text) : record(inventory.add_text("template", text, {})) {}
  const inv::resource& at(std::string_view address) const {
    for (const inv::resource& one : inventory.resources()) {
      if (one.address == address) return one;
    }
    for (const diagnostic& one : record.diagnostics) MESSAGE(one.code << " " << one.message);
    FAIL("no resource " << std::string(address));
    return inventory.resources().front();
  }
  value attribute(std::string_view address, const char* key) {
    value found;
    const value all = inventory.attributes(at(address), memory, nullptr);
    return all.is(value_kind::map) && all.as_map().find(value::string(key), found) ? found : value::null();
  }
  std::string from(std::string_view address, std::string_view path, std::string_view type) { return shown(inventory.named_by(at(address), path, type, memory)); }
};

// One bucket whose name is the expression, with parameters, mappings and conditions to play with.
std::string with_name(const std::string& expression) {
  return R"({"AWSTemplateFormatVersion": "2010-09-09",
    "Parameters": {"Stage": {"Type": "String", "Default": "prod"}, "Given": {"Type": "String"}, "Zones": {"Type": "CommaDelimitedList", "Default": "a, b"},
      "Hidden": {"Type": "String", "Default": "in-the-clear", "NoEcho": true}, "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/name"}},
    "Mappings": {"Names": {"prod": {"bucket": "records"}, "test": {"bucket": "trial"}}},
    "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}, "IsTest": {"Fn::Not": [{"Condition": "IsProd"}]}, "Open": {"Fn::Equals": [{"Ref": "Given"}, "x"]},
      "Both": {"Fn::And": [{"Condition": "IsTest"}, {"Condition": "Open"}]}, "Circle": {"Fn::Or": [{"Condition": "Circle"}, {"Condition": "Circle"}]}},
    "Resources": {"Other": {"Type": "AWS::S3::Bucket"}, "B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": )" + expression + R"(, "Kept": 1}}}})";
}

std::string name_of(const std::string& expression) {
  deployed found(with_name(expression));
  const value name = found.attribute("B", "BucketName");
  return name.is_unknown() ? "unknown" : to_json(name);
}

}  // namespace

TEST_CASE("a template's resources are created, each under its logical name") {
  deployed found(with_name("\"docs\""));
  REQUIRE(found.record.status == "read");
  CHECK(found.record.format == "cloudformation");
  CHECK(found.record.stage == "plan");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at("B").type == "AWS::S3::Bucket");
  CHECK(found.at("B").cloud == "aws");
  CHECK(found.at("B").evaluated);
  CHECK(found.at("B").pointer == "/Resources/B");
  CHECK(to_json(found.attribute("B", "BucketName")) == "\"docs\"");
  CHECK(found.inventory.complete(0));
  CHECK(deployed(R"({"Resources": {"B": {"Type": "AWS::S3::Bucket"}}})").record.status == "read");
}

TEST_CASE("functions are worked out where all they need is known") {
  struct row { const char* expression; const char* known; };
  for (const auto [expression, known] : {
           row{R"({"Ref": "Stage"})", R"("prod")"}, row{R"({"Ref": "Given"})", "unknown"}, row{R"({"Ref": "Zones"})", R"(["a", "b"])"}, row{R"({"Ref": "Other"})", "unknown"},
           row{R"({"Ref": "Hidden"})", "unknown"}, row{R"({"Ref": "Stored"})", "unknown"}, row{R"({"Ref": "AWS::Region"})", "unknown"}, row{R"({"Ref": "AWS::NoValue"})", "null"},
           row{R"({"Fn::Sub": "a-${Stage}-${!x}"})", R"("a-prod-${x}")"}, row{R"({"Fn::Sub": "a-${Given}"})", "unknown"}, row{R"({"Fn::Sub": ["${v}-${Stage}", {"v": "w"}]})", R"("w-prod")"},
           row{R"({"Fn::Sub": "${Other.Arn}"})", "unknown"}, row{R"({"Fn::Sub": "open ${Stage"})", R"("open ${Stage")"},
           row{R"({"Fn::Join": ["-", ["a", {"Ref": "Stage"}, 1]]})", R"("a-prod-1")"}, row{R"({"Fn::Join": ["-", {"Ref": "Zones"}]})", R"("a-b")"}, row{R"({"Fn::Join": ["-", ["a", {"Ref": "Given"}]]})", "unknown"},
           row{R"({"Fn::Select": [1, {"Ref": "Zones"}]})", R"("b")"}, row{R"({"Fn::Select": ["7", {"Ref": "Zones"}]})", "unknown"}, row{R"({"Fn::Select": [0, {"Fn::GetAZs": ""}]})", "unknown"},
           row{R"({"Fn::Select": [0, {"Fn::Split": ["/", "x/y"]}]})", R"("x")"}, row{R"({"Fn::Split": ["/", {"Ref": "Given"}]})", "unknown"},
           row{R"({"Fn::FindInMap": ["Names", {"Ref": "Stage"}, "bucket"]})", R"("records")"}, row{R"({"Fn::FindInMap": ["Names", {"Ref": "Given"}, "bucket"]})", "unknown"},
           row{R"({"Fn::FindInMap": ["Names", "none", "bucket"]})", "unknown"},
           row{R"({"Fn::If": ["IsProd", "p", "t"]})", R"("p")"}, row{R"({"Fn::If": ["IsTest", "t", {"Ref": "AWS::NoValue"}]})", "null"}, row{R"({"Fn::If": ["Open", "p", "t"]})", "unknown"},
           row{R"({"Fn::If": ["Both", "p", "t"]})", R"("t")"}, row{R"({"Fn::If": ["Circle", "p", "t"]})", "unknown"}, row{R"({"Fn::If": ["Nothing", "p", "t"]})", "unknown"},
           row{R"({"Fn::ImportValue": "x"})", "unknown"}, row{R"({"Fn::GetAtt": ["Other", "Arn"]})", "unknown"}, row{R"("{{resolve:secretsmanager:x}}")", "unknown"},
           row{R"({"Ref": 1})", "unknown"}, row{R"({"Fn::Join": 7})", "unknown"}, row{R"({"Fn::Select": []})", "unknown"}, row{R"({"Fn::FindInMap": [1, 2]})", "unknown"}}) {
    CAPTURE(expression);
    CHECK(name_of(expression) == known);
  }
}

TEST_CASE("what is not known is unknown where it stands, and only there") {
  deployed found(R"({"Parameters": {"Open": {"Type": "String"}}, "Resources": {"G": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupName": "g",
    "SecurityGroupIngress": [{"CidrIp": "10.0.0.0/8", "IpProtocol": "tcp"}, {"CidrIp": {"Ref": "Open"}, "IpProtocol": "tcp"}], "Tags": [{"Key": "a", "Value": {"Ref": "Open"}}]}}}})");
  const value rules = found.attribute("G", "SecurityGroupIngress");
  REQUIRE(rules.is(value_kind::list));
  value address;
  REQUIRE(rules.as_list().at(0).as_map().find(value::string("CidrIp"), address));
  CHECK(!address.is_unknown());
  REQUIRE(rules.as_list().at(1).as_map().find(value::string("CidrIp"), address));
  CHECK(address.is_unknown());
  CHECK(found.inventory.tags(found.at("G"), found.memory).is_unknown());
  deployed tagged(R"({"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"Tags": [{"Key": "a", "Value": "b"}]}}, "B": {"Type": "AWS::S3::Bucket"}}})");
  CHECK(to_json(tagged.inventory.tags(tagged.at("A"), tagged.memory)) == R"({"a": "b"})");
  CHECK(tagged.inventory.tags(tagged.at("B"), tagged.memory).is_unknown());   // the stack may bring some
}

TEST_CASE("a reference to a resource links to it, and what is made of one may be anything") {
  deployed found(R"({"Resources": {"Docs": {"Type": "AWS::S3::Bucket"}, "Logs": {"Type": "AWS::S3::Bucket"},
    "P": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Docs"}}}, "Q": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Fn::Sub": "${Docs}"}}},
    "R": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Fn::Sub": "${Docs}-x"}}}}})");
  CHECK(found.from("P", "Bucket", "AWS::S3::Bucket") == "Docs closed");
  CHECK(found.from("Q", "Bucket", "AWS::S3::Bucket") == "Docs closed");
  CHECK(found.from("R", "Bucket", "AWS::S3::Bucket") == "Docs? Logs? open");
}

TEST_CASE("what is not made, or may not be, is told") {
  deployed found(R"({"Transform": "AWS::Serverless-2016-10-31", "Parameters": {"Open": {"Type": "String"}}, "Conditions": {"No": {"Fn::Equals": ["a", "b"]}, "Maybe": {"Fn::Equals": [{"Ref": "Open"}, "b"]}},
    "Resources": {"A": {"Type": "AWS::S3::Bucket", "Condition": "No"}, "B": {"Type": "AWS::S3::Bucket", "Condition": "Maybe"}, "C": {"Type": "Custom::Thing"}}})");
  REQUIRE(found.record.status == "read");
  CHECK(found.record.resources == 1);
  CHECK(found.record.notes.size() == 3);
  CHECK(!found.inventory.complete(0));
}

TEST_CASE("a template in YAML says what it says in JSON, with the short forms of functions") {
  const auto yaml = [](const std::string& expression) {
    return "AWSTemplateFormatVersion: 2010-09-09\nParameters:\n  Stage: {Type: String, Default: prod}\n  Given: {Type: String}\n  Zones: {Type: CommaDelimitedList, Default: 'a, b'}\n"
           "Mappings:\n  Names: {prod: {bucket: records}}\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\n  Open: !Not [!Equals [!Ref Given, x]]\n  Both: !And [!Condition IsProd, !Not [!Condition IsProd]]\n"
           "Resources:\n  Other:\n    Type: AWS::S3::Bucket\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: " + expression + "\n      Kept: 1\n";
  };
  struct row { const char* expression; const char* known; };
  for (const auto [expression, known] : {
           row{"docs", R"("docs")"}, row{"012345678901", R"("012345678901")"}, row{"!Ref Stage", R"("prod")"}, row{"!Ref Given", "unknown"}, row{"{Ref: Stage}", R"("prod")"}, row{"!Ref Zones", R"(["a", "b"])"},
           row{"!Sub 'a-${Stage}'", R"("a-prod")"}, row{"!Sub\n        - '${v}-${Stage}'\n        - v: w", R"("w-prod")"}, row{"!Join ['-', [a, !Ref Stage, 1]]", R"("a-prod-1")"},
           row{"!Select [1, !Ref Zones]", R"("b")"}, row{"!Select [0, !Split ['/', x/y]]", R"("x")"}, row{"!FindInMap [Names, !Ref Stage, bucket]", R"("records")"},
           row{"!If [IsProd, p, t]", R"("p")"}, row{"!If [Both, p, t]", R"("t")"}, row{"!If [Open, p, t]", "unknown"}, row{"!GetAtt Other.Arn", "unknown"}, row{"!ImportValue x", "unknown"},
           row{"!Base64\n        Fn::Sub: x", "unknown"}, row{"'!Ref Stage'", R"("!Ref Stage")"}, row{"yes", "true"}}) {
    CAPTURE(expression);
    deployed found(yaml(expression));
    REQUIRE(found.record.status == "read");
    const value name = found.attribute("B", "BucketName");
    CHECK((name.is_unknown() ? "unknown" : to_json(name)) == known);
  }
  deployed found(yaml("docs"));
  CHECK(found.record.format == "cloudformation");
  CHECK(found.at("B").line == 15);
  CHECK(found.at("B").column == 3);
  CHECK(found.at("B").pointer == "/Resources/B");
  deployed linked("Resources:\n  Docs: {Type: AWS::S3::Bucket}\n  P:\n    Type: AWS::S3::BucketPolicy\n    Properties: {Bucket: !Ref Docs}\n");
  CHECK(linked.from("P", "Bucket", "AWS::S3::Bucket") == "Docs closed");
}

TEST_CASE("a template in YAML that cannot be read says where") {
  const auto told = [](const std::string& text) {
    deployed found(text);
    CHECK(found.record.status == "unreadable");
    std::string made;
    for (const diagnostic& one : found.record.diagnostics) made += one.code + "@" + std::to_string(one.line) + ":" + std::to_string(one.column) + " " + one.message + "\n";
    return made;
  };
  CHECK(told("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Reference x\n").find("@5:19 the tag `!Reference` is not known") != std::string::npos);
  CHECK(told("Resources:\n  B: {Type: AWS::S3::Bucket}\n  B: {Type: AWS::S3::Bucket}\n").find("@3:3 the key `B` stands twice") != std::string::npos);
  CHECK(told("Resources:\n  B: {Type: AWS::S3::Bucket}\n---\nResources: {}\n").find("@4:1 a template is one document") != std::string::npos);
  CHECK(told("Resources:\n  B: {Type: AWS::S3::Bucket\n").find("SKM3") != std::string::npos);
  CHECK(told("Resources:\n  - a\n").find("/Resources is no object") == std::string::npos);   // no template either: nothing has a type
  std::string deep = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: ";
  for (int i = 0; i < 5000; ++i) deep += "!Not [";
  CHECK(told(deep).find("nested") != std::string::npos);
}

TEST_CASE("a template of another form is an error, and none crashes") {
  CHECK(codes(deployed(R"({"AWSTemplateFormatVersion": "2010-09-09"})").record) == "SKM303");
  CHECK(codes(deployed(R"({"Resources": {"A": {"Type": "AWS::S3::Bucket"}, "B": 7, "C": {}, "D": {"Type": "AWS::S3::Bucket", "Properties": []}}})").record) == "SKM303 SKM303 SKM303");
  CHECK(codes(deployed(R"({"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "a", "BucketName": "b"}}}})").record) == "SKM304");
  const std::string text = with_name(R"({"Fn::Join": ["-", [{"Fn::If": ["IsProd", {"Ref": "Stage"}, {"Fn::FindInMap": ["Names", "prod", "bucket"]}]}]]})");
  for (std::size_t n = 0; n < text.size(); n += 3) CHECK(deployed(text.substr(0, n)).record.status == "unreadable");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{' && text[at] != '[') continue;
    std::size_t end = at;
    int depth = 0;
    do {
      if (text[end] == '{' || text[end] == '[') ++depth;
      if (text[end] == '}' || text[end] == ']') --depth;
    } while (depth > 0 && ++end < text.size());
    for (const char* other : {"null", "7", "[]", "{}", "\"x\"", "[[{}]]", R"({"Ref": "B"})", R"({"Fn::GetAtt": []})"}) {
      deployed changed(text.substr(0, at) + other + text.substr(end + 1));
      CHECK((changed.record.status == "read" || !changed.record.diagnostics.empty()));
    }
  }
  std::string deep = "1";
  for (int i = 0; i < 300; ++i) deep = R"({"Fn::Join": ["", [)" + deep + "]]}";
  CHECK(name_of(deep) == "unknown");
}
