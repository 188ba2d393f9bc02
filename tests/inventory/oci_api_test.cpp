// What OCI's answers say of resources: types, places, members in one form, tags.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fixture.hpp"
#include "inventory/oci_forms.hpp"
#include "inventory/yaml_text.hpp"

using namespace fixture;

namespace {

struct answers {
  inv::inventory inventory;
  input_record record;
  arena memory;

  explicit answers(const std::string& text, const std::string& name = "answer.json") : record(inventory.add_text(name, text, {})) {}
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  std::string id(std::size_t index) { return std::string(inventory.native_id(at(index), memory)); }
  std::string account(std::size_t index) { return std::string(inventory.account(at(index), memory)); }
  std::string region(std::size_t index) { return std::string(inventory.region(at(index), memory).name); }
  std::string tags(std::size_t index) { return to_json(inventory.tags(at(index), memory)); }
  std::string attributes(std::size_t index) { return to_json(inventory.attributes(at(index), memory, nullptr)); }
};

const std::string by_command = R"({"data": [{"id": "ocid1.subnet.oc1.ap-tokyo-1.s", "compartment-id": "ocid1.compartment.oc1..c", "display-name": "front",
  "freeform-tags": {"cost-center": "1"}, "lifecycle-state": "AVAILABLE", "prohibit-public-ip-on-vnic": true}]})";
const std::string by_api = R"([{"id": "ocid1.subnet.oc1.ap-tokyo-1.s", "compartmentId": "ocid1.compartment.oc1..c", "displayName": "front",
  "freeformTags": {"cost-center": "1"}, "lifecycleState": "AVAILABLE", "prohibitPublicIpOnVnic": true}])";
const std::string by_sdk = R"({"id": "ocid1.subnet.oc1.ap-tokyo-1.s", "compartment_id": "ocid1.compartment.oc1..c", "display_name": "front",
  "freeform_tags": {"cost-center": "1"}, "lifecycle_state": "AVAILABLE", "prohibit_public_ip_on_vnic": true})";

std::string codes_of(const std::string& text) { return codes(answers(text).record); }

}  // namespace

TEST_CASE("the command line, the API and the SDKs say the same") {
  struct row { const std::string& text; const char* pointer; };
  for (const auto& [text, pointer] : {row{by_command, "/data/0"}, row{by_api, "/0"}, row{by_sdk, ""}}) {
    answers found(text);
    REQUIRE(found.record.status == "read");
    CHECK(found.record.format == "oci-api");
    REQUIRE(found.record.resources == 1);
    CHECK(found.at(0).type == "ocid:subnet");
    CHECK(found.at(0).cloud == "oci");
    CHECK(found.at(0).name == "front");
    CHECK(found.at(0).pointer == pointer);
    CHECK(found.id(0) == "ocid1.subnet.oc1.ap-tokyo-1.s");
    CHECK(found.account(0) == "ocid1.compartment.oc1..c");
    CHECK(found.region(0) == "ap-tokyo-1");
    CHECK(found.tags(0) == R"({"cost-center": "1"})");
    CHECK(found.attributes(0) == answers(by_api).attributes(0));
  }
  answers lines(R"({"id": "ocid1.vcn.oc1.nrt.a"})" "\n" R"({"data": {"id": "ocid1.vcn.oc1.kix.b"}})" "\n" R"({"data": []})" "\n");
  REQUIRE(lines.record.resources == 2);
  CHECK(lines.at(1).pointer == "/1/data");
  CHECK(lines.region(0) == "ap-tokyo-1");
  CHECK(lines.region(1) == "ap-osaka-1");
}

TEST_CASE("keys that people chose stay, and units have the API's letters") {
  answers found(R"({"data": {"id": "ocid1.loadbalancer.oc1.ap-tokyo-1.l", "compartment-id": "c", "listeners": {"my-listener": {"default-backend-set-name": "b", "ssl-configuration": {"protocols": ["TLSv1.2"]}}},
    "metadata": {"ssh_authorized_keys": "k", "deep": {"a-b": 1}}, "shape-config": {"memory-in-gbs": 16.0, "max-vnic-attachments": 2}}})");
  CHECK(found.attributes(0) == R"({"compartmentId": "c", "id": "ocid1.loadbalancer.oc1.ap-tokyo-1.l", "listeners": {"my-listener": {"defaultBackendSetName": "b", "sslConfiguration": {"protocols": ["TLSv1.2"]}}}, )"
                               R"("metadata": {"deep": {"a-b": 1}, "ssh_authorized_keys": "k"}, "shapeConfig": {"maxVnicAttachments": 2, "memoryInGBs": 16.0}})");
}

TEST_CASE("defined tags are found with their namespace and without, free ones before them") {
  answers found(R"({"id": "ocid1.volume.oc1.iad.v", "freeformTags": {"owner": "free", "z": "1"}, "definedTags": {"Ops": {"owner": "defined", "count": 3, "nothing": null}, "Alpha": {"owner": "other"}}})");
  CHECK(found.tags(0) == R"({"Alpha.owner": "other", "Ops.count": "3", "Ops.owner": "defined", "count": "3", "owner": "free", "z": "1"})");
}

TEST_CASE("tags that an answer leaves out are not known, and not none") {
  answers found(R"([{"namespace": "ns", "name": "a", "createdBy": "u", "freeformTags": null, "definedTags": null}, {"namespace": "ns", "name": "b", "createdBy": "u", "freeformTags": {}}])");
  CHECK(found.inventory.tags(found.at(0), found.memory).is_unknown());
  CHECK(found.tags(1) == "{}");
}

TEST_CASE("regions") {
  CHECK(inv::oci_region("NRT") == "ap-tokyo-1");
  CHECK(inv::oci_region("Uocm:AP-TOKYO-1-AD-1") == "ap-tokyo-1");
  CHECK(inv::oci_region("NQNU:US-ASHBURN-AD-1") == "us-ashburn-1");
  CHECK(inv::oci_region("Uocm:PHX-AD-2") == "us-phoenix-1");
  CHECK(inv::oci_region("ap-osaka-1") == "ap-osaka-1");
  CHECK(inv::oci_region("") == "");
  CHECK(inv::ocid_region("ocid1.user.oc1..u") == "");
  CHECK(inv::ocid_word("ocid1.dns-zone.oc1..z") == "dnszone");
  CHECK(inv::ocid_word("ocid1.vcn") == "");
  CHECK(inv::ocid_word("urn:x") == "");
  // What the resource says comes first, then its OCID, then where it stands.
  CHECK(answers(R"({"id": "ocid1.instance.oc1.iad.i", "region": "kix"})").region(0) == "ap-osaka-1");
  CHECK(answers(R"({"id": "ocid1.instance.oc1..i", "availabilityDomain": "x:AP-TOKYO-1-AD-1"})").region(0) == "ap-tokyo-1");
}

TEST_CASE("things without an OCID are told by their members") {
  answers found(R"([{"data": [{"namespace": "ns", "name": "docs", "compartment-id": "ocid1.compartment.oc1..c", "created-by": "u", "etag": "e"}]},
    {"data": [{"id": "A1B2C3", "direction": "INGRESS", "protocol": "6", "is-stateless": false, "source": "0.0.0.0/0"}]},
    {"data": {"retention-period-days": 365}},
    {"data": {"compartment-id": "ocid1.tenancy.oc1..t", "password-policy": {"minimum-password-length": 14}}},
    {"data": {"resources": [{"id": "p", "ocid": "ocid1.x.oc1..p", "schemas": ["urn:ietf:params:scim:schemas:oracle:idcs:PasswordPolicy"], "min-length": 12}], "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}}])");
  REQUIRE(found.record.status == "read");
  REQUIRE(found.record.resources == 5);
  CHECK(found.at(0).type == "ocid:bucket");
  CHECK(found.id(0) == "n/ns/b/docs");
  CHECK(found.at(1).type == "ocid:networksecuritygrouprule");
  CHECK(found.id(1) == "ocid:networksecuritygrouprule:A1B2C3");
  CHECK(found.at(2).type == "ocid:auditconfiguration");
  CHECK(found.at(2).address == "ocid:auditconfiguration:/2/data");
  CHECK(found.at(3).type == "ocid:authenticationpolicy");
  CHECK(found.at(4).type == "ocid:domainpasswordpolicy");
  CHECK(found.at(4).pointer == "/4/data/resources/0");
}

TEST_CASE("a search tells what it tells, and nothing else") {
  answers found(R"({"data": {"items": [{"resource-type": "Instance", "identifier": "ocid1.instance.oc1.ap-tokyo-1.i", "compartment-id": "ocid1.compartment.oc1..c", "display-name": "web",
    "lifecycle-state": "Running", "freeform-tags": {"a": "b"}, "additional-details": {"vm-shape": "x"}},
    {"resource-type": "Stack", "identifier": "no-ocid"}, {"resource-type": "Instance", "identifier": "ocid1.instance.oc1.ap-tokyo-1.j", "lifecycle-state": "Terminated"}]}, "opc-next-page": "AAAA"})");
  REQUIRE(found.record.resources == 3);
  CHECK(found.at(0).type == "ocid:instance");
  CHECK(found.at(0).evaluated);
  CHECK(found.tags(0) == R"({"a": "b"})");
  CHECK(found.at(1).type == "ocid:stack");
  CHECK(found.id(1) == "ocid:stack:no-ocid");
  CHECK(!found.at(2).evaluated);
  REQUIRE(found.record.notes.size() == 1);
  CHECK(found.record.notes[0].en.find("opc-next-page") != std::string::npos);
}

TEST_CASE("what is no resource of OCI is an error with its place") {
  CHECK(codes_of(R"([{"id": "ocid1.vcn.oc1.nrt.a"}, {"id": "x"}, 7, {"data": 7}])") == "SKM303 SKM303 SKM303");
  answers wrong(R"({"data": [{"id": "ocid1.vcn.oc1.nrt.a"}, {"name": "x"}]})");
  CHECK(wrong.record.diagnostics[0].message.find("/data/1") != std::string::npos);
  CHECK(wrong.inventory.resources().size() == 0);
  CHECK(codes_of(R"([{"id": "ocid1.vcn.oc1.nrt.a", "id": "ocid1.vcn.oc1.nrt.b"}])") == "SKM304");
  // Not recognised at all: another's document.
  CHECK(codes_of(R"({"data": [{"id": "7", "name": "x"}]})") == "SKM301");
  CHECK(codes_of(R"({"code": "NotAuthorizedOrNotFound", "message": "m"})") == "SKM301");
  std::string many = R"([{"id": "ocid1.vcn.oc1.nrt.a"})";
  for (int i = 0; i < 30; ++i) many += ", {}";
  CHECK(answers(many + "]").record.diagnostics.size() == 21);
}

TEST_CASE("resources/v1 with ids of OCI are what they say they are") {
  answers found(R"({"sekimori": "resources/v1", "resources": [{"type": "ocid:vcn", "id": "ocid1.vcn.oc1.nrt.a", "attributes": {}}]})");
  CHECK(found.record.format == "resources");
}

TEST_CASE("secrets are marked under the API's names") {
  answers found(R"({"data": {"id": "ocid1.autonomousdatabase.oc1.nrt.a", "db-name": "d", "admin-password": "Hidden-1", "kms-key-id": "ocid1.key.oc1.nrt.v.k"}})");
  const value all = found.inventory.attributes(found.at(0), found.memory, nullptr);
  value one;
  REQUIRE(all.as_map().find(value::string("adminPassword"), one));
  CHECK(one.sensitive());
  REQUIRE(all.as_map().find(value::string("kmsKeyId"), one));
  CHECK(!one.sensitive());
  CHECK(found.inventory.secrets().size() == 1);
}

TEST_CASE("mistyped, truncated and nested answers end in an error or a reading, never otherwise") {
  for (const std::string& text : {by_command, by_api, by_sdk}) {
    for (std::size_t n = 0; n + 1 < text.size(); ++n) CHECK(answers(text.substr(0, n)).record.status == "unreadable");
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] != '"' || text[at - 1] != ' ') continue;
      const std::size_t end = text.find('"', at + 1) + 1;
      if (text[end] == ':') continue;
      for (const char* other : {"null", "7", "[]", "{}", "[[{}]]", R"({"a": {"b": ["c"]}})"}) {
        answers found(text.substr(0, at) + other + text.substr(end));
        if (found.record.status == "unreadable") CHECK_FALSE(found.record.diagnostics.empty());
        for (std::size_t i = 0; i < found.inventory.resources().size(); ++i) (void)found.attributes(i), (void)found.tags(i), (void)found.region(i);
      }
    }
  }
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += R"({"data": )";
  CHECK(codes_of("[" + by_sdk + ", " + deep + "[]" + std::string(300, '}') + "]") == "SKM303");
  // A member that is nested as deeply as documents may be is converted whole.
  std::string lists = std::string(900, '[') + std::string(900, ']');
  answers nested(R"({"id": "ocid1.vcn.oc1.nrt.a", "a-b": )" + lists + "}");
  CHECK(nested.record.status == "read");
  CHECK(nested.attributes(0).find(std::string(900, '[')) != std::string::npos);
}

TEST_CASE("recorded exchanges with OCI") {
  const char* given = std::getenv("SEKIMORI_EXTERNAL_DATA");
  const std::filesystem::path folder = (given != nullptr ? std::filesystem::path(given) : std::filesystem::path(SEKIMORI_SOURCE_DIR) / "../shared/data") / "inventory/oci-api";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("SKIPPED: no inventory/oci-api (set SEKIMORI_EXTERNAL_DATA)");
    return;
  }
  int files = 0, bodies = 0, read = 0, metrics = 0;
  std::map<std::string, int> types;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    CAPTURE(entry.path().filename().string());
    std::ifstream file(entry.path(), std::ios::binary);
    auto text = inv::yaml_json("recorded", std::string(std::istreambuf_iterator<char>(file), {}));
    REQUIRE(text);
    auto parsed = json_document::parse("recorded", text.value().json);
    REQUIRE(parsed);
    ++files;
    const json_document document = std::move(parsed).value();
    document.root().at(0).field("interactions").each_element([&](const document_node& one) {
      arena memory;
      ++bodies;
      answers found(to_json(one.field("response").field("body").read(memory)));
      // Points of a metric are no resources.
      if (one.field("request").field("uri").text().find("/metrics/") != std::string_view::npos) {
        ++metrics;
        CHECK(codes(found.record) == "SKM301");
        return;
      }
      REQUIRE(found.record.status == "read");
      ++read;
      for (std::size_t i = 0; i < found.inventory.resources().size(); ++i) {
        ++types[std::string(found.at(i).type)];
        CHECK(found.account(i).starts_with("ocid1."));
        CHECK(found.tags(i).find("Oracle-Tags.CreatedBy") != std::string::npos);
        if (found.at(i).type == "ocid:instance") CHECK(found.region(i) == "us-ashburn-1");
      }
    });
  }
  CHECK(files >= 2);
  CHECK(metrics > 0);
  CHECK(types["ocid:user"] > 0);
  CHECK(types["ocid:instance"] > 0);
  MESSAGE("oci-api: " << files << " files, " << bodies << " responses, " << read << " read, " << metrics << " of metrics, " << types["ocid:user"] << " users, " << types["ocid:instance"] << " instances");
}
