#include "fixture.hpp"

using namespace fixture;

namespace {

std::string place(const loaded& from, std::string_view address) {
  const inv::resource& one = from.at(address);
  arena memory;
  const auto region = from.inventory.region(one, memory);
  return std::string(region.name) + (region.from_provider ? "(provider)" : "") + " " + std::string(from.inventory.account(one, memory)) + " " +
         std::string(from.inventory.native_id(one, memory));
}

}  // namespace

TEST_CASE("region, account and native id from attributes") {
  plan p;
  p.add({"aws_sqs_queue.arn", R"({"arn": "arn:aws:sqs:ap-northeast-1:123456789012:q", "id": "https://q"})", "{}", "\"no-op\""});
  p.add({"aws_instance.az", R"({"availability_zone": "ap-northeast-3a", "id": "i-1"})", "{}", "\"no-op\""});
  p.add({"azurerm_storage_account.a", R"({"location": "Japan East", "id": "/subscriptions/sub-1/resourceGroups/g/x"})", "{}", "\"no-op\""});
  p.add({"azurerm_consumption_budget_subscription.whole", R"({"subscription_id": "/subscriptions/sub-2"})"});
  p.add({"azurerm_consumption_budget_subscription.bare", R"({"subscription_id": "sub-2"})"});
  p.add({"google_storage_bucket.b", R"({"location": "ASIA-NORTHEAST1", "project": "juki-prod"})"});
  p.add({"google_compute_instance.i", R"({"zone": "asia-northeast2-b", "id": "projects/p/zones/z/instances/i"})"});
  p.add({"oci_core_vcn.v", R"({"compartment_id": "ocid1.compartment.oc1..a"})"});
  p.add({"sakura_disk.d", R"({"zone": "is1b", "id": "1130000"})", "{}", "\"no-op\""});
  p.add({"sakura_disk.secret", R"({"zone": "is1b", "id": "secret-id"})", "{}", "\"no-op\"", "", "", R"({"id": true})"});
  p.add({"random_id.r", R"({"region": "x"})"});
  loaded l(p);
  CHECK(place(l, "aws_sqs_queue.arn") == "ap-northeast-1 123456789012 arn:aws:sqs:ap-northeast-1:123456789012:q");
  CHECK(place(l, "aws_instance.az") == "ap-northeast-3  aws_instance:i-1");
  CHECK(place(l, "azurerm_storage_account.a") == "japaneast sub-1 /subscriptions/sub-1/resourceGroups/g/x");
  CHECK(place(l, "azurerm_consumption_budget_subscription.whole") == " sub-2 ");
  CHECK(place(l, "azurerm_consumption_budget_subscription.bare") == " sub-2 ");
  CHECK(place(l, "google_storage_bucket.b") == "asia-northeast1 juki-prod ");
  CHECK(place(l, "google_compute_instance.i") == "asia-northeast2  //compute.googleapis.com/projects/p/zones/z/instances/i");
  CHECK(place(l, "oci_core_vcn.v") == " ocid1.compartment.oc1..a ");
  CHECK(place(l, "sakura_disk.d") == "is1b  sakura_disk:1130000");
  CHECK(place(l, "sakura_disk.secret") == "is1b  ");
  CHECK(place(l, "random_id.r") == "  ");
}

TEST_CASE("region and account from the provider configuration") {
  plan p;
  p.add({"aws_x.main"});
  p.add({"aws_x.west"});
  p.add({"aws_x.variable"});
  p.add({"aws_x.prefix"});
  p.add({"aws_x.own", "{}", R"({"region": true})"});
  p.add({"module.m.aws_x.passed"});
  auto keyed = [](std::string text, const std::string& key) { return text.replace(text.find("\"aws\", \"expr"), 5, "\"" + key + "\""); };
  p.root_module = "{\"variables\": {\"r\": {}, \"p\": {}}, \"resources\": [" + block("aws_x.main", "") + "," + keyed(block("aws_x.west", ""), "aws.west") + "," +
                  keyed(block("aws_x.variable", ""), "aws.variable") + "," + keyed(block("aws_x.prefix", ""), "aws.prefix") + "," +
                  block("aws_x.own", R"("region": {"references": ["local.r"]})") + "], \"module_calls\": {\"m\": {\"expressions\": {\"where\": {\"references\": [\"var.r\"]}}, \"module\": {\"resources\": [" +
                  keyed(block("aws_x.passed", ""), "module.m:aws.inner") + "]}}}}";
  p.providers = R"({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "ap-northeast-1"}, "allowed_account_ids": {"constant_value": ["111122223333"]}}},
    "aws.west": {"name": "aws", "alias": "west", "expressions": {"region": {"constant_value": "us-west-2"}, "allowed_account_ids": {"constant_value": ["1", "2"]}}},
    "aws.variable": {"name": "aws", "alias": "variable", "expressions": {"region": {"references": ["var.r"]}}},
    "aws.prefix": {"name": "aws", "alias": "prefix", "expressions": {"region": {"references": ["var.p"]}}},
    "module.m:aws.inner": {"name": "aws", "alias": "inner", "module_address": "module.m", "expressions": {"region": {"references": ["var.where"]}}}})";
  p.extra = R"(, "variables": {"r": {"value": "eu-west-1"}, "p": {"value": "ap"}})";
  loaded l(p);
  CHECK(place(l, "aws_x.main") == "ap-northeast-1(provider) 111122223333 ");
  CHECK(place(l, "aws_x.west") == "us-west-2(provider)  ");
  CHECK(place(l, "aws_x.variable") == "eu-west-1(provider)  ");
  CHECK(place(l, "aws_x.prefix") == "  ");
  CHECK(place(l, "aws_x.own") == " 111122223333 ");
  CHECK(place(l, "module.m.aws_x.passed") == "eu-west-1(provider)  ");
}

TEST_CASE("a module that was handed its provider: only where there is no doubt which") {
  auto make = [](const std::string& more) {
    plan p;
    p.add({"module.m.aws_x.y"});
    std::string inside = block("aws_x.y", "");
    inside.replace(inside.find("\"aws\", \"expr"), 5, "\"m:aws\"");
    p.root_module = "{\"module_calls\": {\"m\": {\"module\": {\"resources\": [" + inside + "]}}}}";
    p.providers = R"({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "ap-northeast-1"}}}, "module.m:aws": {"name": "aws", "module_address": "module.m"})" + more + "}";
    return place(loaded(p), "module.m.aws_x.y");
  };
  CHECK(make("") == "ap-northeast-1(provider)  ");
  CHECK(make(R"(, "aws.b": {"name": "aws", "alias": "b", "expressions": {"region": {"constant_value": "us-east-1"}}})") == "  ");
}
