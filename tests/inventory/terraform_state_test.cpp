// States as Terraform and OpenTofu show them and as they keep them: the same resources as their plans have.
#include "fixture.hpp"

using namespace fixture;

namespace {

struct state {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit state(const std::string& text) : record(inventory.add_text("terraform.tfstate", text, {})) {}
  const inv::resource& at(std::string_view address, bool deposed = false) const {
    for (const inv::resource& one : inventory.resources()) {
      if (one.address == address && one.deposed == deposed) return one;
    }
    for (const auto& d : record.diagnostics) MESSAGE(d.code << " " << d.message);
    FAIL("no resource " << std::string(address));
    return inventory.resources().front();
  }
  value attribute(std::string_view address, const char* key) {
    value found;
    const value all = inventory.attributes(at(address), memory, nullptr);
    return all.is(value_kind::map) && all.as_map().find(value::string(key), found) ? found : value::null();
  }
  std::string place(std::string_view address) {
    const inv::resource& one = at(address);
    return std::string(inventory.region(one, memory).name) + " " + std::string(inventory.account(one, memory)) + " " + std::string(inventory.native_id(one, memory));
  }
  std::string addresses() const {
    std::string all;
    for (const inv::resource& one : inventory.resources()) all += (all.empty() ? "" : " ") + std::string(one.address) + (one.deposed ? "!" : "") + (one.evaluated ? "" : "-");
    return all;
  }
};

std::string shown(const std::string& root_module, const std::string& version = "1.0") {
  return R"({"format_version": ")" + version + R"(", "terraform_version": "1.12.2", "values": {"outputs": {"dsn": {"sensitive": true, "value": "hidden-output", "type": "string"}},
    "root_module": )" + root_module + "}}";
}

std::string shown_resource(const std::string& address, const std::string& type, const std::string& name, const std::string& values, const std::string& more = "") {
  return R"({"address": ")" + address + R"(", "mode": "managed", "type": ")" + type + R"(", "name": ")" + name +
         R"(", "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": )" + values + more + "}";
}

std::string raw(const std::string& resources, const std::string& version = "4") {
  return R"({"version": )" + version + R"(, "terraform_version": "1.12.2", "serial": 7, "lineage": "00000000-0000-0000-0000-000000000000",
    "outputs": {"dsn": {"value": "hidden-output", "type": "string", "sensitive": true}}, "resources": [)" + resources + R"(], "check_results": null})";
}

std::string block_of(const std::string& type, const std::string& name, const std::string& instances, const std::string& more = "", const std::string& mode = "managed") {
  return "{" + more + R"("mode": ")" + mode + R"(", "type": ")" + type + R"(", "name": ")" + name +
         R"(", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [)" + instances + "]}";
}

std::string instance(const std::string& attributes, const std::string& more = "") { return R"({"schema_version": 0, "attributes": )" + attributes + more + "}"; }

const std::string bucket = R"({"id": "logs", "bucket": "logs", "arn": "arn:aws:s3:::logs", "region": "ap-northeast-1", "tags": null, "tags_all": {"system": "juki"}})";
const std::string access_block = R"({"id": "logs", "bucket": "logs", "block_public_acls": true})";
const std::string queue = R"({"id": "https://sqs", "arn": "arn:aws:sqs:ap-northeast-3:123456789012:q", "name": "q"})";

// The same in both forms.
std::string one_state(bool as_shown) {
  if (as_shown) {
    return shown(R"({"resources": [)" + shown_resource("aws_s3_bucket.logs", "aws_s3_bucket", "logs", bucket, R"(, "sensitive_values": {"tags_all": {}})") + R"(,
      {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me", "provider_name": "registry.terraform.io/hashicorp/aws", "values": {"id": "1"}}],
      "child_modules": [{"address": "module.app[\"a.b\"]", "resources": [)" +
                 shown_resource(R"(module.app[\"a.b\"].aws_s3_bucket_public_access_block.logs[0])", "aws_s3_bucket_public_access_block", "logs", access_block, R"(, "index": 0)") + R"(],
        "child_modules": [{"address": "module.app[\"a.b\"].module.inner", "resources": [)" +
                 shown_resource(R"(module.app[\"a.b\"].module.inner.aws_sqs_queue.q[\"x\"])", "aws_sqs_queue", "q", queue, R"(, "index": "x", "tainted": true)") + "," +
                 shown_resource(R"(module.app[\"a.b\"].module.inner.aws_sqs_queue.q[\"x\"])", "aws_sqs_queue", "q", queue, R"(, "index": "x", "deposed_key": "0a1b2c3d")") + "]}]}]}");
  }
  return raw(block_of("aws_caller_identity", "me", instance(R"({"id": "1"})"), "", "data") + "," +
             block_of("aws_s3_bucket", "logs", instance(bucket, R"(, "sensitive_attributes": [], "private": "bnVsbA==", "dependencies": ["data.aws_caller_identity.me"])")) + "," +
             block_of("aws_s3_bucket_public_access_block", "logs", instance(access_block, R"(, "index_key": 0)"), R"("module": "module.app[\"a.b\"]", )") + "," +
             block_of("aws_sqs_queue", "q", instance(queue, R"(, "index_key": "x", "status": "tainted")") + "," + instance(queue, R"(, "index_key": "x", "deposed": "0a1b2c3d")"),
                      R"("module": "module.app[\"a.b\"].module.inner", "each": "map", )"));
}

constexpr const char* queue_address = R"(module.app["a.b"].module.inner.aws_sqs_queue.q["x"])";

}  // namespace

TEST_CASE("both forms of a state give the resources that a plan gives") {
  for (bool as_shown : {true, false}) {
    CAPTURE(as_shown);
    state s(one_state(as_shown));
    REQUIRE(s.record.status == "read");
    CHECK(s.record.format == "terraform-state");
    CHECK(s.record.stage == "inventory");
    CHECK(s.record.format_version == (as_shown ? "1.0" : "4"));
    CHECK(s.record.resources == 5);
    const auto& bucket_found = s.at("aws_s3_bucket.logs");
    CHECK(bucket_found.type == "aws_s3_bucket");
    CHECK(bucket_found.cloud == "aws");
    CHECK(bucket_found.provider == "hashicorp/aws");
    CHECK(bucket_found.what == inv::action::no_op);
    CHECK(bucket_found.evaluated);
    CHECK(s.place("aws_s3_bucket.logs") == "ap-northeast-1  arn:aws:s3:::logs");
    CHECK(to_json(s.inventory.tags(bucket_found, s.memory)) == R"({"system": "juki"})");
    CHECK(s.attribute("aws_s3_bucket.logs", "tags").is_null());
    const auto& data = s.at("data.aws_caller_identity.me");
    CHECK(data.data_source);
    CHECK(!data.evaluated);
    const auto& part = s.at(R"(module.app["a.b"].aws_s3_bucket_public_access_block.logs[0])");
    CHECK(part.module == R"(module.app["a.b"])");
    CHECK(part.key.as_integer() == 0);
    const auto& tainted = s.at(queue_address);
    CHECK(tainted.evaluated);
    CHECK(tainted.key.as_text() == "x");
    CHECK(s.place(queue_address) == "ap-northeast-3 123456789012 arn:aws:sqs:ap-northeast-3:123456789012:q");
    CHECK(!s.at(queue_address, true).evaluated);
    REQUIRE(s.record.notes.size() == 2);
    CHECK(s.record.notes[0].en == "resources that the next apply replaces (tainted): " + std::string(queue_address));
    CHECK(s.record.notes[1].en == "what replacements left over (deposed) is not judged: " + std::string(queue_address));
    CHECK(s.inventory.secrets() == std::vector<std::string>{"hidden-output"});
  }
  CHECK(state(one_state(false)).at("aws_s3_bucket.logs").pointer == "/resources/1/instances/0");
  CHECK(state(one_state(true)).at("aws_s3_bucket.logs").pointer == "/values/root_module/resources/0");
}

TEST_CASE("a state's resources are linked by equal values, and what is not there may be elsewhere") {
  for (bool as_shown : {true, false}) {
    loaded l;
    l.add(one_state(as_shown), "terraform.tfstate");
    CHECK(l.part("aws_s3_bucket.logs", "aws_s3_bucket_public_access_block", "bucket") == R"(module.app["a.b"].aws_s3_bucket_public_access_block.logs[0] open)");
    CHECK(l.part(queue_address, "aws_sqs_queue_policy", "queue_url") == "open");
  }
}

TEST_CASE("addresses of Terraform 0.12, which left out the module and the key") {
  state s(shown(R"({"child_modules": [{"address": "module.a", "resources": [)" + shown_resource("aws_sqs_queue.q", "aws_sqs_queue", "q", queue, R"(, "index": "k")") + "," +
                    shown_resource("aws_sqs_queue.q", "aws_sqs_queue", "q", queue, R"(, "index": 2)") + "]}]}", "0.1"));
  CHECK(s.addresses() == R"(module.a.aws_sqs_queue.q["k"] module.a.aws_sqs_queue.q[2])");
}

TEST_CASE("the provider of a resource, in the forms that states have had") {
  auto provider = [](const std::string& text) {
    state s(raw(R"({"mode": "managed", "type": "aws_x", "name": "a", "provider": ")" + text + R"(", "instances": [{"attributes": {"id": "1"}}]})"));
    return std::string(s.at("aws_x.a").provider);
  };
  CHECK(provider(R"(provider[\"registry.opentofu.org/hashicorp/aws\"].tokyo)") == "hashicorp/aws");
  CHECK(provider(R"(module.a[\"x\"].provider[\"registry.terraform.io/sacloud/sakura\"])") == "sacloud/sakura");
  CHECK(provider("provider.aws") == "aws");
  CHECK(provider("module.a.provider.aws.tokyo") == "aws");
}

TEST_CASE("the masks of a state hide, and so do names and forms where it has none") {
  const std::string values = R"({"id": "db", "password": "hidden-by-name", "list": [{"plain": "seen", "secret_thing": "hidden-by-mask"}, {"plain": "seen too"}],
    "url": "https://u:hidden-by-form@example.jp/", "port": 5432})";
  auto check = [](state s, bool masked) {
    REQUIRE(s.record.status == "read");
    CHECK(s.attribute("aws_db.d", "password").sensitive());
    CHECK(s.attribute("aws_db.d", "url").sensitive());
    CHECK(!s.attribute("aws_db.d", "id").sensitive());
    const value list = s.attribute("aws_db.d", "list");
    value found;
    list.as_list().at(0).as_map().find(value::string("secret_thing"), found);
    CHECK(found.sensitive() == masked);
    list.as_list().at(0).as_map().find(value::string("plain"), found);
    CHECK(!found.sensitive());
    CHECK(s.attribute("aws_db.d", "port").sensitive() == masked);
  };
  check(state(shown("{\"resources\": [" + shown_resource("aws_db.d", "aws_db", "d", values, R"(, "sensitive_values": {"list": [{"secret_thing": true}, {}], "port": true})") + "]}")), true);
  check(state(shown("{\"resources\": [" + shown_resource("aws_db.d", "aws_db", "d", values) + "]}")), false);
  check(state(raw(block_of("aws_db", "d", instance(values, R"(, "sensitive_attributes": [
    [{"type": "get_attr", "value": "list"}, {"type": "index", "value": {"value": 0, "type": "number"}}, {"type": "get_attr", "value": "secret_thing"}],
    [{"type": "get_attr", "value": "port"}], [{"type": "get_attr", "value": "is_not_there"}]])")))), true);
  check(state(raw(block_of("aws_db", "d", instance(values)))), false);
  // A set has no index, and a path of nothing is the whole resource.
  state set(raw(block_of("aws_db", "d", instance(R"({"id": "d", "plain": {"a": "b"}, "users": [{"name": "n"}]})", R"(, "sensitive_attributes": [
    [{"type": "get_attr", "value": "users"}, {"type": "index", "value": {"value": {"name": "n"}, "type": ["object", {"name": "string"}]}}],
    [{"type": "get_attr", "value": "id"}, {"type": "get_attr", "value": "further"}]])"))));
  CHECK(set.attribute("aws_db.d", "users").sensitive());
  CHECK(set.attribute("aws_db.d", "id").sensitive());
  CHECK(!set.attribute("aws_db.d", "plain").sensitive());
  state whole(raw(block_of("aws_db", "d", instance(R"({"id": "hidden-id"})", R"(, "sensitive_attributes": [[]])"))));
  CHECK(whole.inventory.secrets() == std::vector<std::string>{"hidden-id", "hidden-output"});
}

TEST_CASE("a path of a state that is longer than any hides, and breaks nothing") {
  std::string path = R"({"type": "get_attr", "value": "a"})", deep = "{\"a\": \"hidden\"}";
  for (int i = 0; i < 200; ++i) {
    path += R"(, {"type": "get_attr", "value": "a"})";
    deep = "{\"a\": " + deep + "}";
  }
  state s(raw(block_of("aws_db", "d", instance(deep, ", \"sensitive_attributes\": [[" + path + "]]"))));
  REQUIRE(s.record.status == "read");
  value at = s.inventory.attributes(s.at("aws_db.d"), s.memory, nullptr);
  int depth = 0;
  while (!at.sensitive() && at.is(value_kind::map) && at.as_map().find(value::string("a"), at)) ++depth;
  CHECK(at.sensitive());
  CHECK(depth < 70);
  std::string steps = path;
  for (int i = 0; i < 9; ++i) steps += ", " + steps;
  CHECK(state(raw(block_of("aws_db", "d", instance(deep, ", \"sensitive_attributes\": [[" + steps + "]]")))).record.status == "read");
}

TEST_CASE("a secret that stands deeper than a mask can is hidden") {
  std::string deep = R"({"password": "hidden"})";
  for (int i = 0; i < 400; ++i) deep = "{\"a\": " + deep + "}";
  state s(raw(block_of("aws_db", "d", instance(deep))));
  REQUIRE(s.record.status == "read");
  value at = s.inventory.attributes(s.at("aws_db.d"), s.memory, nullptr);
  while (at.is(value_kind::map) && at.as_map().find(value::string("a"), at)) {}
  REQUIRE(at.as_map().find(value::string("password"), at));
  CHECK(at.sensitive());
}

TEST_CASE("what is no state of a version that is read is refused, with what to do") {
  auto told = [](const std::string& text) {
    state s(text);
    CHECK(s.record.status == "unreadable");
    CHECK(s.record.resources == 0);
    REQUIRE(!s.record.diagnostics.empty());
    const diagnostic& first = s.record.diagnostics[0];
    return first.code + " " + first.message + (first.help.empty() ? "" : " | " + first.help);
  };
  CHECK(told(R"({"version": 3, "terraform_version": "0.11.14", "serial": 1, "lineage": "x", "modules": [{"path": ["root"], "resources": {}}]})") ==
        "SKM302 the state file is of a version that is not read | Terraform 0.12 and newer write version 4: terraform state pull, or give the output of terraform show -json STATEFILE");
  CHECK(told(raw("", "5")) == "SKM302 the state file is of a version that is not read | give the output of terraform show -json STATEFILE");
  CHECK(told(raw("", "\"4\"")) == "SKM303 /version is no number");
  CHECK(told(shown("{}", "2.0")) == "SKM302 the state has a format_version that is not read");
  CHECK(told(R"({"serial": 3, "lineage": "x", "meta": {}, "encrypted_data": "AAAA", "encryption_version": "v0"})") ==
        "SKM303 /encrypted_data is encrypted | give the output of tofu show -json, where the keys are");
  CHECK(told(raw(R"({"mode": "managed", "type": "aws_x", "name": "a", "provider": "provider.aws", "instances": [{"schema_version": 0, "attributes_flat": {"id": "1", "tags.%": "0"}}]})")) ==
        "SKM303 /resources/0/instances/0/attributes_flat is the form of providers before Terraform 0.12 | give the output of terraform show -json STATEFILE, which brings it into today's");
}

TEST_CASE("mistyped, nested, doubled and cut off states are errors, one for each place") {
  auto first = [](const std::string& text) {
    state s(text);
    CHECK(s.record.status == "unreadable");
    CHECK(s.inventory.resources().size() == 0);
    return s.record.diagnostics.empty() ? std::string() : s.record.diagnostics[0].message;
  };
  CHECK(first(shown("7")) == "/values/root_module is no object");
  CHECK(first(shown(R"({"resources": {}})")) == "/values/root_module/resources is no list");
  CHECK(first(shown(R"({"resources": [7]})")) == "/values/root_module/resources/0 is no object");
  CHECK(first(shown(R"({"child_modules": [{"resources": []}]})")) == "/values/root_module/child_modules/0/address is no string");
  CHECK(first(shown("{\"resources\": [" + shown_resource("aws_x.a", "aws_x", "a", "[]") + "]}")) == "/values/root_module/resources/0/values is no object");
  CHECK(first(shown("{\"resources\": [" + shown_resource("aws_x.a", "aws_x", "a", "{}", R"(, "sensitive_values": "x")") + "]}")) ==
        "/values/root_module/resources/0/sensitive_values is neither an object nor a boolean");
  CHECK(first(shown("{\"resources\": [" + shown_resource("aws_x.a", "aws_x", "a", "{}", R"(, "index": {})") + "]}")) == "/values/root_module/resources/0/index is neither a number nor a string");
  CHECK(first(shown("{\"resources\": [" + shown_resource("aws_x.a", "aws_x", "a", "{}") + "," + shown_resource("aws_x.a", "aws_x", "a", "{}") + "]}")) ==
        "/values/root_module/resources/1 is there twice: aws_x.a");
  CHECK(first(raw("7")) == "/resources/0 is no object");
  CHECK(first(raw(block_of("aws_x", "a", "7"))) == "/resources/0/instances/0 is no object");
  CHECK(first(raw(block_of("aws_x", "a", "{}"))) == "/resources/0/instances/0/attributes is no object");
  CHECK(first(raw(block_of("", "a", ""))) == "/resources/0/type is no string");
  CHECK(first(raw(block_of("aws_x", "a", "", "", "guessed"))) == "/resources/0/mode is no mode that is known");
  CHECK(first(raw(block_of("aws_x", "a", instance("{}", R"(, "sensitive_attributes": [[{"type": "guess"}]])")))) == "/resources/0/instances/0/sensitive_attributes is no list of paths");
  CHECK(first(raw(block_of("aws_x", "a", instance("{}", R"(, "sensitive_attributes": [[{"type": "index", "value": 1}]])")))) == "/resources/0/instances/0/sensitive_attributes is no list of paths");
  CHECK(codes(state(raw(block_of("aws_x", "a", instance(R"({"id": "1", "id": "2"})")))).record) == "SKM304");
  std::string many;
  for (int i = 0; i < 30; ++i) many += (many.empty() ? "7" : ",7");
  CHECK(state(raw(many)).record.diagnostics.size() == 21);
  std::string nested = R"({"address": "module.a", "resources": []})";
  for (int i = 0; i < 80; ++i) nested = R"({"address": "module.a", "child_modules": [)" + nested + "]}";
  CHECK(first(shown(nested)).find("is a module in more than 64 others") != std::string::npos);
  for (bool as_shown : {true, false}) {
    const std::string text = one_state(as_shown);
    for (std::size_t size = 0; size < text.size(); size += 7) CHECK(state(text.substr(0, size)).record.status == "unreadable");
  }
}

TEST_CASE("an empty state is read, and holds nothing") {
  for (const std::string& text : {std::string(R"({"format_version": "1.0"})"), raw("")}) {
    state s(text);
    CHECK(s.record.status == "read");
    CHECK(s.record.resources == 0);
    REQUIRE(s.record.notes.size() == 1);
    CHECK(s.record.notes[0].en == "the state has no resource");
  }
}
