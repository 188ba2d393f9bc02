// What Sakura Cloud's answers say of resources: types by member and by class, zones, tags, pages.
#include "fixture.hpp"

using namespace fixture;

namespace {

struct answers {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit answers(const std::string& text) : record(inventory.add_text("answer.json", text, {})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string id(std::size_t index) { return std::string(inventory.native_id(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string tags(std::size_t index) { return to_json(inventory.tags(at(index), memory)); }
};

const std::string servers = R"({"From": 0, "Count": 1, "Total": 1, "Servers": [{"Index": 0, "ID": "112600000001", "Name": "web", "Tags": ["owner=ops", "@auto-reboot"],
  "Zone": {"ID": 31002, "Name": "is1b", "Region": {"ID": 310, "Name": "石狩"}}, "Interfaces": [{"ID": "112600000002", "Switch": {"ID": "112600699555", "Scope": "shared", "Subnet": {"NetworkMaskLen": 24}}}]}], "is_ok": true})";

std::string codes_of(const std::string& text) { return codes(answers(text).record); }

}  // namespace

TEST_CASE("servers of a list") {
  answers found(servers);
  REQUIRE(found.record.status == "read");
  CHECK(found.record.format == "sakura-api");
  REQUIRE(found.record.resources == 1);
  CHECK(found.at(0).type == "sakura-api:Server");
  CHECK(found.at(0).cloud == "sakura");
  CHECK(found.at(0).name == "web");
  CHECK(found.at(0).pointer == "/Servers/0");
  CHECK(found.id(0) == "sakura-api:Server:112600000001");
  CHECK(found.region(0) == "is1b");
  CHECK(found.tags(0) == R"({"owner": "ops"})");
  CHECK(found.record.notes.empty());
}

TEST_CASE("tags that an answer leaves out are not known, and not none") {
  answers found(R"([{"Disk": {"ID": "112600000001", "Name": "d"}}, {"Disk": {"ID": "112600000002", "Name": "e", "Tags": []}}])");
  CHECK(found.inventory.tags(found.at(0), found.memory).is_unknown());
  CHECK(found.tags(1) == "{}");
}

TEST_CASE("one object, lists of answers and a line for each") {
  answers one(R"({"Disk": {"ID": 112600000003, "Name": "d", "Storage": {"ID": 1, "Zone": {"ID": 21001, "Name": "tk1a"}}}, "is_ok": true, "Success": true})");
  REQUIRE(one.record.resources == 1);
  CHECK(one.at(0).type == "sakura-api:Disk");
  CHECK(one.id(0) == "sakura-api:Disk:112600000003");
  CHECK(one.region(0) == "tk1a");
  CHECK(one.at(0).pointer == "/Disk");
  const std::string filter = R"({"PacketFilter": {"ID": "112600000004", "Name": "f", "Expression": []}, "is_ok": true})";
  for (const std::string& text : {"[" + servers + "," + filter + "]"}) {
    answers found(text);
    REQUIRE(found.record.resources == 2);
    CHECK(found.at(1).type == "sakura-api:PacketFilter");
    CHECK(found.at(1).pointer == "/1/PacketFilter");
    CHECK(found.region(1) == "");
  }
  answers lines(filter + "\n" + filter + "\n");
  CHECK(lines.record.resources == 2);
}

TEST_CASE("appliances and services have the type of their class") {
  answers found(R"({"From": 0, "Count": 2, "Total": 2, "Appliances": [{"ID": "112600000005", "Class": "database", "Name": "db", "Tags": [], "Remark": {"Zone": {"ID": 31001}}},
    {"ID": "112600000006", "Class": "vpcrouter", "Name": "r", "Switch": {"Zone": {"ID": "21002"}}}],
    "CommonServiceItems": [{"ID": "112600000007", "Provider": {"Class": "proxylb"}, "Name": "lb", "Status": {"Region": "tk1"}}, {"ID": "112600000008", "Provider": {"Class": "dns"}, "Name": "example.jp"}]})");
  REQUIRE(found.record.resources == 4);
  CHECK(found.at(0).type == "sakura-api:database");
  CHECK(found.region(0) == "is1a");
  CHECK(found.at(1).type == "sakura-api:vpcrouter");
  CHECK(found.region(1) == "tk1b");
  CHECK(found.at(2).type == "sakura-api:proxylb");
  CHECK(found.region(2) == "tk1");
  CHECK(found.at(3).type == "sakura-api:dns");
  CHECK(found.region(3) == "");
  answers keys(R"({"Count": 1, "From": 0, "Total": 1, "Keys": [{"ID": "110000000000", "Name": "k", "KeyOrigin": "generated", "ModifiedAt": "2025-02-05T12:19:22.551827+09:00"}]})");
  REQUIRE(keys.record.resources == 1);
  CHECK(keys.at(0).type == "sakura-api:kms");
}

TEST_CASE("passwords of appliances are secrets") {
  answers found(R"({"Appliance": {"ID": "112600000005", "Class": "database", "Settings": {"DBConf": {"Common": {"DefaultUser": "u", "UserPassword": "Hidden-1"}}}}})");
  REQUIRE(found.record.resources == 1);
  CHECK(found.inventory.secrets() == std::vector<std::string>{"Hidden-1"});
}

TEST_CASE("rules of Security Control") {
  const std::string rule = R"({"rule": {"evaluationRuleId": "server-no-public-ip", "parameter": {"zones": ["is1a"]}}, "description": "d", "iamRolesRequired": [], "isEnabled": false})";
  for (const std::string& text : {rule, "{\"items\": [" + rule + "], \"nextPageToken\": \"t\"}"}) {
    answers found(text);
    REQUIRE(found.record.resources == 1);
    CHECK(found.at(0).type == "sakura-api:evaluationrule");
    CHECK(found.at(0).name == "server-no-public-ip");
    CHECK(found.id(0) == "sakura-api:evaluationrule:server-no-public-ip");
    CHECK(found.record.notes.size() == (text == rule ? 0 : 1));
  }
  CHECK(codes_of("[" + rule + R"(, {"items": [{"rule": {}}]}])") == "SKM303");
}

TEST_CASE("policies of the organisation are told by their members") {
  answers found(R"([{"min_length": 12, "require_uppercase": true, "require_lowercase": true, "require_symbols": false},
    {"bindings": [{"role": {"type": "preset", "id": "owner"}, "principals": [{"type": "service-principal", "id": 1}]}]}])");
  REQUIRE(found.record.resources == 2);
  CHECK(found.at(0).type == "sakura-api:passwordpolicy");
  CHECK(found.at(0).address == "sakura-api:passwordpolicy:/0");
  CHECK(found.id(0) == "");
  CHECK(found.at(1).type == "sakura-api:iampolicy");
  // Google's policies have bindings as well.
  CHECK(codes_of(R"({"bindings": [{"role": "roles/owner", "members": ["user:a@example.jp"]}]})") == "SKM301");
}

TEST_CASE("a page is not all, and what is no resource is said") {
  auto page = [](const char* from, const char* id, const char* total) {
    return std::string(R"({"From": )") + from + R"(, "Count": 1, "Total": )" + total + R"(, "Disks": [{"ID": ")" + id + R"(", "Name": "d"}]})";
  };
  answers first(page("0", "112600000001", "2"));
  REQUIRE(first.record.notes.size() == 1);
  CHECK(first.record.notes[0].en == "Disks end at 1 of 2 in all");
  CHECK(first.record.incomplete);
  answers both("[" + page("0", "112600000001", "2") + "," + page("1", "112600000002", "2") + "]");
  CHECK(both.record.notes.empty());
  CHECK(!both.record.incomplete);
  // Another zone's list is no next page of this one.
  answers zones("[" + page("0", "112600000001", "2") + "," + page("0", "112600000002", "1") + "]");
  CHECK(zones.record.notes.size() == 1);
  answers others(R"({"Servers": [{"ID": "112600000001", "Name": "a"}], "ServerPlans": [{"ID": 1001}], "is_ok": true})");
  REQUIRE(others.record.notes.size() == 1);
  CHECK(others.record.notes[0].en == "ServerPlans is not read as resources");
  answers none(R"({"From": 0, "Count": 0, "Total": 0, "Servers": [], "is_ok": true})");
  CHECK(none.record.status == "read");
  CHECK(none.record.resources == 0);
}

TEST_CASE("what is no answer, or holds no resource, is an error with its place") {
  CHECK(codes_of(R"({"is_fatal": true, "serial": "s", "status": "401 Unauthorized", "error_code": "unauthorized"})") == "SKM301");
  CHECK(codes_of(R"({"Keys": [{"KeyId": "1234abcd", "KeyArn": "arn:aws:kms:ap-northeast-1:1:key/k"}]})") == "SKM301");
  CHECK(codes_of(R"({"Servers": [{"ID": "7", "Name": "a"}]})") == "SKM301");
  answers wrong(R"([{"Servers": [{"ID": "112600000001"}, {"Name": "b"}, 7]}, {"Zones": []}, 8, {"Appliances": [{"ID": "112600000002"}]}])");
  CHECK(codes(wrong.record) == "SKM303 SKM303 SKM303 SKM303 SKM303");
  CHECK(wrong.record.diagnostics[0].message.find("/0/Servers/1") != std::string::npos);
  CHECK(wrong.inventory.resources().size() == 0);
  CHECK(codes_of(R"({"Server": {"ID": "112600000001", "ID": "112600000002"}})") == "SKM304");
  CHECK(codes_of("[" + servers + ", " + std::string(10, '[') + std::string(10, ']') + "]") == "SKM303");
}

TEST_CASE("mistyped and truncated answers end in an error or a reading, never otherwise") {
  for (std::size_t n = 0; n + 1 < servers.size(); ++n) {
    if (answers(servers.substr(0, n)).record.status != "unreadable") FAIL("read after " << n << " bytes");
  }
  int replaced = 0;
  for (std::size_t at = 1; at < servers.size(); ++at) {
    const bool text = servers[at] == '"';
    if (servers[at - 1] != ' ' || (!text && servers[at] != '{' && servers[at] != '[')) continue;
    std::size_t end = text ? servers.find('"', at + 1) + 1 : at + 1;
    if (text && servers[end] == ':') continue;
    for (int depth = 1; !text && depth > 0; ++end) depth += (servers[end] == '{' || servers[end] == '[') - (servers[end] == '}' || servers[end] == ']');
    for (const char* other : {"null", "7", "true", "[]", "{}", "[[{}]]", R"({"ID": {"ID": []}})"}) {
      answers found(servers.substr(0, at) + other + servers.substr(end));
      ++replaced;
      if (found.record.status == "unreadable") CHECK_FALSE(found.record.diagnostics.empty());
      for (std::size_t i = 0; i < found.inventory.resources().size(); ++i) (void)found.tags(i), (void)found.region(i);
    }
  }
  CHECK(replaced > 50);
}
