// Several threads ask one inventory; what they hear is what one thread hears. Run under ThreadSanitizer when what is
// shared changes.
#include <thread>

#include "fixture.hpp"

using namespace fixture;

namespace {

// Modules with buckets by key and their parts, some linked by value, some by reference, some by nothing that is known.
plan large_plan() {
  plan p;
  std::string calls;
  for (int m = 0; m < 6; ++m) {
    const std::string module = "module.m" + std::to_string(m);
    for (int i = 0; i < 12; ++i) {
      const std::string key = "[\"k" + std::to_string(i) + "\"]", name = "bucket-" + std::to_string(m) + "-" + std::to_string(i % 9);
      p.add({module + ".aws_s3_bucket.b" + key, R"({"bucket": ")" + name + R"(", "tags": {"owner": "x", "n": ")" + name + R"("}})", R"({"id": true, "arn": true, "tags_all": true})"});
      p.add({module + ".aws_s3_bucket_versioning.v" + key, i % 3 == 0 ? R"({"bucket": ")" + name + "\"}" : "{}", i % 3 == 0 ? "{}" : R"({"bucket": true})"});
      p.add({module + ".aws_s3_bucket_policy.p" + key, "{}", R"({"bucket": true, "policy": true})"});
    }
    calls += (m > 0 ? ", \"m" : "\"m") + std::to_string(m) + "\": {\"module\": {\"resources\": [" +
             block("aws_s3_bucket.b", R"("bucket": {"references": ["each.key"]})", R"(, "for_each_expression": {"references": ["local.all"]})") + "," +
             block("aws_s3_bucket_versioning.v", R"("bucket": {"references": ["aws_s3_bucket.b", "each.key"]})", R"(, "for_each_expression": {"references": ["local.all"]})") + "," +
             block("aws_s3_bucket_policy.p", R"("bucket": {"references": ["local.name"]})", R"(, "for_each_expression": {"references": ["local.all"]})") + "]}}";
  }
  p.root_module = "{\"module_calls\": {" + calls + "}}";
  p.providers = R"({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "ap-northeast-1"}, "allowed_account_ids": {"constant_value": ["123456789012"]}}}})";
  return p;
}

std::string told(const inv::links& links) {
  std::string text = shown(links);
  for (const unknown_path& one : links.why) text += " " + std::string(one.resource) + "/" + std::string(one.path) + "/" + std::string(reason_name(one.reason));
  return text;
}

std::string all_of(const inv::inventory& inventory, std::size_t from) {
  std::vector<std::string> answers(inventory.resources().size());
  arena memory;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const inv::resource& one = inventory.resources()[(from + i) % answers.size()];
    memory.reset();
    std::string& text = answers[one.position];
    text = to_json(inventory.attributes(one, memory, nullptr));
    const value tags = inventory.tags(one, memory);
    text += tags.is_unknown() ? "?" : to_json(tags);
    text += std::string(inventory.region(one, memory).name) + std::string(inventory.account(one, memory)) + std::string(inventory.native_id(one, memory));
    text += told(inventory.linked_to(one, std::vector<std::string_view>{"aws_s3_bucket_versioning", "aws_s3_bucket_policy"}, "bucket", "id", true, memory));
    text += told(inventory.linked_to(one, std::vector<std::string_view>{one.type}, "bucket", "bucket", false, memory));
    text += told(inventory.named_by(one, "bucket", "aws_s3_bucket", memory));
  }
  std::string text;
  for (const std::string& one : answers) text += one + "\n";
  return text;
}

}  // namespace

TEST_CASE("several threads ask one inventory and hear what one thread hears") {
  const plan p = large_plan();
  loaded alone(p);
  REQUIRE(alone.inventory.resources().size() == 223);   // a provider and modules among them
  const std::string expected = all_of(alone.inventory, 0);
  CHECK(expected.find("? ") != std::string::npos);
  CHECK(expected.find("aws_s3_bucket_versioning.v[\"k1\"] ") != std::string::npos);
  for (int round = 0; round < 3; ++round) {
    loaded shared(p);
    CHECK(shared.inventory.concurrent());
    std::vector<std::string> heard(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < heard.size(); ++t) threads.emplace_back([&, t] { heard[t] = all_of(shared.inventory, t * 50); });
    for (std::thread& one : threads) one.join();
    for (const std::string& one : heard) CHECK(one == expected);
  }
}
