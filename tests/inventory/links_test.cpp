#include "fixture.hpp"

using namespace fixture;

namespace {

const char* part_type = "aws_s3_bucket_versioning";

std::string config(const std::vector<std::string>& blocks, const std::string& more = "") {
  std::string text;
  for (const std::string& one : blocks) text += (text.empty() ? "" : ", ") + one;
  return "{\"resources\": [" + text + "]" + more + "}";
}

std::string refers(const std::string& attribute, const std::string& references) {
  return "\"" + attribute + "\": {\"references\": [" + references + "]}";
}

}  // namespace

TEST_CASE("a known value links, and one that differs does not") {
  plan p;
  p.add({"aws_s3_bucket.a", R"({"bucket": "a"})", R"({"id": true, "arn": true})"});
  p.add({"aws_s3_bucket.b", R"({"bucket": "b"})", R"({"id": true})"});
  p.add({"aws_s3_bucket_versioning.a", R"({"bucket": "a"})"});
  p.add({"aws_s3_bucket_versioning.none", R"({"bucket": null})"});
  p.add({"aws_s3_bucket_versioning.arn", R"({"bucket": "arn:aws:s3:::a"})"});
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.a", part_type, "bucket") == "aws_s3_bucket_versioning.a aws_s3_bucket_versioning.arn? closed");
  CHECK(l.part("aws_s3_bucket.b", part_type, "bucket") == "closed");
  CHECK(l.to("aws_s3_bucket.a", part_type, "bucket") == "aws_s3_bucket_versioning.a aws_s3_bucket_versioning.arn? open");
  CHECK(l.from("aws_s3_bucket.a", "bucket", "aws_s3_bucket") == "closed");
  CHECK(l.from("aws_s3_bucket_versioning.a", "bucket", "aws_s3_bucket") == "aws_s3_bucket.a closed");
  CHECK(l.from("aws_s3_bucket_versioning.none", "bucket", "aws_s3_bucket") == "closed");
  CHECK(l.to("aws_s3_bucket.a", part_type, "bucket", "arn", true) == "aws_s3_bucket_versioning.arn? closed");
  l.inventory.close_all();
  CHECK(l.to("aws_s3_bucket.a", part_type, "bucket") == "aws_s3_bucket_versioning.a aws_s3_bucket_versioning.arn? closed");
}

TEST_CASE("an attribute that the configuration leaves out makes no part") {
  plan p;
  p.root_module = config({block("aws_instance.a", ""), block("aws_eip.nat", "\"domain\": {\"constant_value\": \"vpc\"}"),
                          block("aws_eip.a", refers("instance", "\"aws_instance.a.id\", \"aws_instance.a\"")),
                          block("aws_eip.some", refers("instance", "\"var.machine\""))});
  p.add({"aws_instance.a", "{}", R"({"id": true})"});
  p.add({"aws_eip.nat", R"({"domain": "vpc"})", R"({"id": true, "instance": true})"});
  loaded alone(p);
  CHECK(alone.part("aws_instance.a", "aws_eip", "instance") == "closed");
  CHECK(alone.to("aws_instance.a", "aws_eip", "instance") == "aws_eip.nat? open");
  p.add({"aws_eip.a", "{}", R"({"id": true, "instance": true})"});
  p.add({"aws_eip.some", "{}", R"({"id": true, "instance": true})"});
  loaded l(p);
  CHECK(l.part("aws_instance.a", "aws_eip", "instance") == "aws_eip.a aws_eip.some? closed");
}

TEST_CASE("a value that names something that is not in the plan") {
  plan p;
  p.add({"aws_s3_bucket.a", R"({"bucket": "a"})", R"({"id": true})"});
  p.add({"aws_s3_bucket_logging.l", R"({"bucket": "a", "target_bucket": "elsewhere"})"});
  loaded l(p);
  arena memory;
  auto links = l.inventory.named_by(l.at("aws_s3_bucket_logging.l"), "target_bucket", "aws_s3_bucket", memory);
  CHECK(shown(links) == "open");
  REQUIRE(links.why.size() == 1);
  CHECK(links.why[0].reason == unknown_reason::open_set);
  CHECK(l.to("aws_s3_bucket.a", "aws_s3_bucket_logging", "target_bucket") == "open");
}

TEST_CASE("an ARN or path that ends in the name of what is not known yet is possible") {
  plan p;
  p.add({"google_compute_network.n", R"({"name": "main"})", R"({"id": true, "self_link": true})"});
  p.add({"google_compute_network.k", R"({"name": "old", "id": "projects/p/global/networks/old"})", "{}", "\"no-op\""});
  p.add({"google_compute_firewall.f", R"({"network": "projects/p/global/networks/main"})"});
  p.add({"google_compute_firewall.g", R"({"network": "projects/q/global/networks/old"})"});
  p.add({"google_compute_firewall.h", R"({"network": "main"})"});
  loaded l(p);
  CHECK(l.to("google_compute_network.n", "google_compute_firewall", "network") == "google_compute_firewall.f? google_compute_firewall.h open");
  CHECK(l.to("google_compute_network.k", "google_compute_firewall", "network") == "open");
  CHECK(l.from("google_compute_firewall.f", "network", "google_compute_network") == "google_compute_network.n? open");
}

TEST_CASE("equal names in two accounts: references decide, then the provider") {
  plan p;
  p.add({"aws_iam_role.one", R"({"name": "admin"})", R"({"id": true})"});
  p.add({"aws_iam_role.two", R"({"name": "admin"})", R"({"id": true})"});
  p.add({"aws_iam_role_policy.p", R"({"role": "admin"})"});
  p.add({"aws_iam_role_policy.q", R"({"role": "admin"})"});
  p.root_module = config({block("aws_iam_role_policy.p", refers("role", R"("aws_iam_role.two.name", "aws_iam_role.two")")),
                          block("aws_iam_role_policy.q", R"("role": {"constant_value": "admin"})")});
  loaded l(p);
  CHECK(l.to("aws_iam_role.one", "aws_iam_role_policy", "role") == "aws_iam_role_policy.q? open");
  CHECK(l.to("aws_iam_role.two", "aws_iam_role_policy", "role") == "aws_iam_role_policy.p aws_iam_role_policy.q? open");
}

TEST_CASE("a reference links where the value is not known") {
  plan p;
  p.add({"aws_s3_bucket.a", "{}", R"({"id": true, "bucket": true})"});
  p.add({"aws_s3_bucket.b", "{}", R"({"id": true, "bucket": true})"});
  p.add({"aws_s3_bucket_versioning.a", "{}", R"({"bucket": true})"});
  p.root_module = config({block("aws_s3_bucket_versioning.a", refers("bucket", R"("aws_s3_bucket.a.id", "aws_s3_bucket.a")"))});
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.a", part_type, "bucket") == "aws_s3_bucket_versioning.a closed");
  CHECK(l.part("aws_s3_bucket.b", part_type, "bucket") == "closed");
  CHECK(l.from("aws_s3_bucket_versioning.a", "bucket", "aws_s3_bucket") == "aws_s3_bucket.a closed");
}

TEST_CASE("several references, locals and no configuration leave a link unresolved") {
  plan p;
  p.add({"aws_s3_bucket.a", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket.b", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket.c", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket_versioning.two", "{}", R"({"bucket": true})"});
  p.add({"aws_s3_bucket_versioning.local", "{}", R"({"bucket": true})"});
  p.add({"aws_s3_bucket_versioning.bare", "{}", R"({"bucket": true})"});
  p.root_module = config({block("aws_s3_bucket_versioning.two", refers("bucket", R"("aws_s3_bucket.a.id", "aws_s3_bucket.a", "aws_s3_bucket.b.id", "aws_s3_bucket.b")")),
                          block("aws_s3_bucket_versioning.local", refers("bucket", R"("local.bucket")"))});
  loaded l(p);
  arena memory;
  auto links = l.inventory.linked_to(l.at("aws_s3_bucket.a"), std::vector<std::string_view>{part_type}, "bucket", "id", true, memory);
  CHECK(shown(links) == "aws_s3_bucket_versioning.two? aws_s3_bucket_versioning.local? aws_s3_bucket_versioning.bare? closed");
  REQUIRE(links.why.size() == 3);
  CHECK(links.why[0].resource == "aws_s3_bucket_versioning.bare");
  CHECK(links.why[0].path == "bucket");
  CHECK(links.why[0].reason == unknown_reason::computed);
  CHECK(l.part("aws_s3_bucket.c", part_type, "bucket") == "aws_s3_bucket_versioning.local? aws_s3_bucket_versioning.bare? closed");
  CHECK(l.from("aws_s3_bucket_versioning.two", "bucket", "aws_s3_bucket") == "aws_s3_bucket.a? aws_s3_bucket.b? open");
  CHECK(l.from("aws_s3_bucket_versioning.local", "bucket", "aws_s3_bucket") == "aws_s3_bucket.a? aws_s3_bucket.b? aws_s3_bucket.c? open");
}

TEST_CASE("which attribute links, not which type") {
  plan p;
  p.add({"aws_s3_bucket.data", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket.logs", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket_logging.l", "{}", R"({"bucket": true, "target_bucket": true})"});
  p.root_module = config({block("aws_s3_bucket_logging.l", refers("bucket", R"("aws_s3_bucket.data.id", "aws_s3_bucket.data")") + ", " +
                                                              refers("target_bucket", R"("aws_s3_bucket.logs.id", "aws_s3_bucket.logs")"))});
  loaded l(p);
  CHECK(l.to("aws_s3_bucket.data", "aws_s3_bucket_logging", "bucket") == "aws_s3_bucket_logging.l open");
  CHECK(l.to("aws_s3_bucket.logs", "aws_s3_bucket_logging", "bucket") == "open");
  CHECK(l.to("aws_s3_bucket.logs", "aws_s3_bucket_logging", "target_bucket") == "aws_s3_bucket_logging.l open");
}

TEST_CASE("deletes, replacements and closed parts") {
  plan p;
  p.add({"aws_s3_bucket.kept", R"({"bucket": "kept", "id": "kept"})", "{}", "\"no-op\""});
  p.add({"aws_s3_bucket.other", R"({"bucket": "other", "id": "other"})", "{}", "\"update\""});
  p.add({"aws_s3_bucket.again", R"({"bucket": "again"})", R"({"id": true})", "\"delete\", \"create\""});
  p.add({"aws_s3_bucket_versioning.gone", R"({"bucket": "kept"})", "{}", "\"delete\""});
  p.add({"aws_s3_bucket_versioning.left", R"({"bucket": "other"})", "{}", "\"delete\"", "", ", \"deposed\": \"00aa\""});
  p.add({"aws_s3_bucket_versioning.forgotten", R"({"bucket": "again"})", "{}", "\"forget\""});
  p.add({"data.aws_s3_bucket_versioning.read", R"({"bucket": "other"})", "{}", "\"read\""});
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.kept", part_type, "bucket") == "closed removed");
  CHECK(l.to("aws_s3_bucket.kept", part_type, "bucket") == "open");
  CHECK(l.part("aws_s3_bucket.other", part_type, "bucket") == "open");
  CHECK(l.to("aws_s3_bucket.other", part_type, "bucket") == "data.aws_s3_bucket_versioning.read open");
  CHECK(l.part("aws_s3_bucket.again", part_type, "bucket") == "aws_s3_bucket_versioning.forgotten closed");
  p.extra = ", \"errored\": true";
  loaded stopped(p);
  CHECK(stopped.part("aws_s3_bucket.kept", part_type, "bucket") == "open");
}

TEST_CASE("a part that moves to another resource is not absent") {
  plan p;
  p.add({"aws_s3_bucket.kept", R"({"bucket": "kept", "id": "kept"})", "{}", "\"no-op\""});
  p.add({"aws_s3_bucket_versioning.gone", R"({"bucket": "kept"})", "{}", "\"delete\""});
  p.add({"aws_s3_bucket_versioning.come", R"({"bucket": "kept"})"});
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.kept", part_type, "bucket") == "aws_s3_bucket_versioning.come open");
}

TEST_CASE("links between two inputs go by equal values") {
  plan one, two;
  one.add({"aws_vpc.v", R"({"id": "vpc-1"})", "{}", "\"no-op\""});
  two.add({"aws_subnet.s", R"({"vpc_id": "vpc-1"})"});
  two.add({"aws_subnet.t", R"({"vpc_id": "vpc-2"})"});
  loaded l(one, "one.json");
  l.add(two.text(), "two.json");
  CHECK(l.to("aws_vpc.v", "aws_subnet", "vpc_id") == "aws_subnet.s open");
  CHECK(l.from("aws_subnet.s", "vpc_id", "aws_vpc") == "aws_vpc.v closed");
}

TEST_CASE("nested paths: lists of blocks, nested attributes, dynamic blocks") {
  plan p;
  p.add({"sakura_switch.a", "{}", R"({"id": true})"});
  p.add({"sakura_switch.b", "{}", R"({"id": true})"});
  p.add({"sakura_server.blocks", R"({"network_interface": [{"upstream": null}, {"upstream": null}, {"upstream": "shared"}]})",
         R"({"network_interface": [{"upstream": true}, {"upstream": true}, {}]})"});
  p.add({"sakura_server.nested", R"({"network_interface": [{"upstream": null, "packet_filter_id": null}]})", R"({"network_interface": [{"upstream": true, "packet_filter_id": true}]})"});
  p.add({"sakura_server.dynamic", R"({"network_interface": [{"upstream": null}]})", R"({"network_interface": [{"upstream": true}]})"});
  p.add({"sakura_server.object", R"({"disk": {"switch": null}})", R"({"disk": {"switch": true}})"});
  p.add({"sakura_packet_filter.f", "{}", R"({"id": true})"});
  std::string a = R"({"references": ["sakura_switch.a.id", "sakura_switch.a"]})", b = R"({"references": ["sakura_switch.b.id", "sakura_switch.b"]})";
  p.root_module = config({block("sakura_server.blocks", "\"network_interface\": [{\"upstream\": " + a + "}, {\"upstream\": " + b + "}, {\"upstream\": {\"constant_value\": \"shared\"}}]"),
                          block("sakura_server.nested", R"("network_interface": {"references": ["sakura_switch.a.id", "sakura_switch.a", "sakura_packet_filter.f.id", "sakura_packet_filter.f"]})"),
                          block("sakura_server.dynamic", ""), block("sakura_server.object", "\"disk\": {\"switch\": " + b + "}")});
  loaded l(p);
  CHECK(l.to("sakura_switch.a", "sakura_server", "network_interface.upstream") == "sakura_server.blocks sakura_server.nested sakura_server.dynamic? open");
  CHECK(l.to("sakura_switch.b", "sakura_server", "network_interface.upstream") == "sakura_server.blocks sakura_server.dynamic? open");
  CHECK(l.to("sakura_switch.b", "sakura_server", "disk.switch") == "sakura_server.object open");
  CHECK(l.from("sakura_server.blocks", "network_interface.upstream", "sakura_switch") == "sakura_switch.a sakura_switch.b open");
  CHECK(l.from("sakura_server.nested", "network_interface.packet_filter_id", "sakura_packet_filter") == "sakura_packet_filter.f closed");
}

TEST_CASE("lists of ids, some known and some not") {
  plan p;
  p.add({"aws_security_group.a", "{}", R"({"id": true})"});
  p.add({"aws_security_group.b", "{}", R"({"id": true})"});
  p.add({"aws_security_group.old", R"({"id": "sg-1"})", "{}", "\"no-op\""});
  p.add({"aws_instance.both", R"({"sg": [null, null]})", R"({"sg": [true, true]})"});
  p.add({"aws_instance.mixed", R"({"sg": ["sg-1", null]})", R"({"sg": [false, true]})"});
  p.add({"aws_instance.choice", R"({"sg": [null]})", R"({"sg": [true]})"});
  p.add({"aws_instance.whole", "{}", R"({"sg": true})"});
  std::string a = R"("aws_security_group.a.id", "aws_security_group.a")", b = R"("aws_security_group.b.id", "aws_security_group.b")";
  p.root_module = config({block("aws_instance.both", refers("sg", a + ", " + b)), block("aws_instance.mixed", refers("sg", R"("aws_security_group.old.id", "aws_security_group.old", )" + a)),
                          block("aws_instance.choice", refers("sg", a + ", " + b)), block("aws_instance.whole", refers("sg", a + ", " + b))});
  loaded l(p);
  CHECK(l.to("aws_security_group.a", "aws_instance", "sg") == "aws_instance.both aws_instance.mixed aws_instance.choice? aws_instance.whole? open");
  CHECK(l.to("aws_security_group.b", "aws_instance", "sg") == "aws_instance.both aws_instance.choice? aws_instance.whole? open");
  CHECK(l.to("aws_security_group.old", "aws_instance", "sg") == "aws_instance.mixed open");
  CHECK(l.from("aws_instance.mixed", "sg", "aws_security_group") == "aws_security_group.a aws_security_group.old closed");
}

TEST_CASE("what thousands of equal names may be linked to is listed once, not once for each of them") {
  // More buckets than are compared share a name, in a plan that is changed: references link some blocks, others may
  // belong to any.
  plan p;
  constexpr int many = 400;
  std::string blocks;
  for (int i = 0; i < many; ++i) {
    const std::string n = std::to_string(i);
    p.add({"aws_s3_bucket.b" + n, R"({"bucket": "same"})", R"({"id": true})"});
    p.add({"aws_s3_bucket_acl.a" + n, R"({"bucket": "same"})"});
    blocks += (i > 0 ? ", " : "") + block("aws_s3_bucket_acl.a" + n, i % 4 == 0 ? R"("bucket": {"references": ["aws_s3_bucket.b)" + n + R"(.id", "aws_s3_bucket.b)" + n + "\"]}"
                                                                               : std::string(R"("bucket": {"constant_value": "same"})"));
  }
  p.root_module = "{\"resources\": [" + blocks + "]}";
  loaded l(p);
  arena memory;
  const std::vector<const inv::resource*>* list = nullptr;
  for (int i = 0; i < many; ++i) {
    INFO(i);
    const std::string n = std::to_string(i);
    const auto links = l.inventory.linked_to(l.at("aws_s3_bucket.b" + n), std::vector<std::string_view>{"aws_s3_bucket_acl"}, "bucket", "id", true, memory);
    // By a reference its own block, certain, and one list of the others for all buckets.
    REQUIRE(links.members.size() == (i % 4 == 0 ? 1 : 0));
    REQUIRE(links.shared.size() == 1);
    if (list == nullptr) list = links.shared[0].list;
    CHECK(links.shared[0].list == list);
    CHECK(list->size() == many - many / 4);
    CHECK(links.all().size() == list->size() + links.members.size());
    if (i % 4 == 0) CHECK(links.members[0].of->address == "aws_s3_bucket_acl.a" + n);
    CHECK(links.why.size() == 50);
    // The other direction: the bucket that is named, or all of them.
    const auto named = l.inventory.named_by(l.at("aws_s3_bucket_acl.a" + n), "bucket", "aws_s3_bucket", memory);
    CHECK(named.members.size() == (i % 4 == 0 ? 1 : 0));
    CHECK(named.shared.size() == (i % 4 == 0 ? 0 : 1));
    CHECK(named.all().size() == (i % 4 == 0 ? 1 : many));
    CHECK(named.why.size() == (i % 4 == 0 ? 0 : 1));
  }
}
