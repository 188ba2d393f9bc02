// What a template alone decides, and what it leaves to a deployment.
#include "fixture.hpp"

using namespace fixture;

namespace {

const std::string schema = R"("$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0")";

struct templates {
  inv::inventory inventory;
  input_record record;
  arena memory;

  // `members`: those of the template beside its schema.
  explicit templates(const std::string& members) : record(inventory.add_text("azuredeploy.json", "{" + schema + ", " + members + "}", {})) { inventory.link(); }
  const inv::resource& at(std::size_t index) const { return inventory.resources()[index]; }
  value attributes(std::size_t index) { return inventory.attributes(at(index), memory, nullptr); }
  value attribute(std::size_t index, const char* key) {
    value found;
    return attributes(index).as_map().find(value::string(key), found) ? found : value::null();
  }
  // A member of `properties` as JSON, "?" where it is not known.
  std::string property(std::size_t index, const char* key) {
    value found;
    const value properties = attribute(index, "properties");
    if (!properties.is(value_kind::map) || !properties.as_map().find(value::string(key), found)) return "absent";
    return found.is_unknown() ? "?" : to_json(found);
  }
  std::string message() const { return record.diagnostics.empty() ? std::string() : record.diagnostics[0].message; }
  std::string notes() const {
    std::string all;
    for (const auto& one : record.notes) all += one.en + "\n";
    return all;
  }
};

// A template of one resource, whose property `p` is given.
templates property_of(const std::string& expression, const std::string& more = "") {
  return templates(more + R"("resources": [{"type": "Microsoft.Test/things", "apiVersion": "2024-01-01", "name": "t", "properties": {"p": )" + expression + "}}]");
}

std::string evaluated(const std::string& expression, const std::string& more = "") {
  templates made = property_of("\"" + expression + "\"", more);
  REQUIRE_MESSAGE(made.record.status == "read", expression << ": " << made.message());
  return made.property(0, "p");
}

}  // namespace

TEST_CASE("a resource of a template has the type and attributes of an inventory") {
  templates made(R"("resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "logs", "location": "Japan East", "dependsOn": [], "comments": "c",
    "tags": {"b": "2", "a": "1"}, "sku": {"name": "Standard_LRS"}, "properties": {"minimumTlsVersion": "TLS1_2"}}])");
  REQUIRE(made.record.status == "read");
  CHECK(made.record.format == "arm-template");
  CHECK(made.record.stage == "plan");
  CHECK(made.record.notes.empty());
  const auto& one = made.at(0);
  CHECK(one.type == "microsoft.storage/storageaccounts");
  CHECK(one.cloud == "azure");
  CHECK(one.name == "logs");
  CHECK(one.address == "Microsoft.Storage/storageAccounts/logs");
  CHECK(one.pointer == "/resources/0");
  CHECK(one.evaluated);
  CHECK(made.inventory.region(one, made.memory).name == "japaneast");
  CHECK(to_json(made.inventory.tags(one, made.memory)) == R"({"a": "1", "b": "2"})");
  CHECK(made.property(0, "minimumTlsVersion") == "\"TLS1_2\"");
  CHECK(made.attribute(0, "dependsOn").is_null());
  CHECK(!made.inventory.complete(0));
}

TEST_CASE("expressions that a template alone decides") {
  const std::string more = R"("parameters": {"name": {"type": "string", "defaultValue": "app"}, "on": {"type": "bool", "defaultValue": true}, "o": {"type": "object", "defaultValue": {"k": {"l": [1, 2]}}}},
    "variables": {"full": "[concat(parameters('name'), '-', variables('end'))]", "end": "log", "list": ["a", "[parameters('name')]"], "copy": [{"name": "made", "count": 3, "input": "[concat('d', copyIndex('made'))]"}]}, )";
  for (const auto& [expression, wanted] : std::vector<std::pair<std::string, std::string>>{
           {"plain", "\"plain\""},
           {"[[literal]", "\"[literal]\""},
           {"[not closed", "\"[not closed\""},
           {"[variables('full')]", "\"app-log\""},
           {"[toUpper(variables('list')[1])]", "\"APP\""},
           {"[parameters('o').k.l[1]]", "2"},
           {"[parameters('o')['K'].l[add(0, 1)]]", "2"},
           {"[format('{0}/{1}-{{x}}', parameters('name'), 7)]", "\"app/7-{x}\""},
           {"[concat('it''s ', 'fine')]", "\"it's fine\""},
           {"[concat(variables('list'), createArray(1))]", R"(["a", "app", 1])"},
           {"[if(parameters('on'), 'Enabled', reference('x').y)]", "\"Enabled\""},
           {"[if(not(parameters('on')), 'Enabled', 'Disabled')]", "\"Disabled\""},
           {"[and(true(), equals(parameters('name'), 'app'))]", "true"},
           {"[or(greater(1, 2), lessOrEquals(2, 2))]", "true"},
           {"[replace(substring('abcdef', 1, 3), 'c', '-')]", "\"b-d\""},
           {"[length(split('a,b,c', ','))]", "3"},
           {"[last(range(4, 3))]", "6"},
           {"[coalesce(null(), 'x')]", "\"x\""},
           {"[empty('')]", "true"},
           {"[json('{\\\"a\\\": [1, null]}')]", R"({"a": [1, null]})"},
           {"[coalesce(json('null'), 'y')]", "\"y\""},
           {"[contains(variables('list'), 'app')]", "true"},
           {"[string(parameters('on'))]", "\"True\""},
           {"[int('12')]", "12"},
           {"[variables('made')]", R"(["d0", "d1", "d2"])"},
           {"[createObject('a', 1, 'b', createArray())]", R"({"a": 1, "b": []})"},
           {"[union(createObject('a', 1), createObject('a', 2))]", R"({"a": 2})"},
           {"[first(skip(createArray('a', 'b'), 1))]", "\"b\""},
           {"[contains(createObject('Key', 1), 'kEY')]", "true"},
           {"[concat('日本', '語')]", "\"日本語\""},
           {"[empty('日本')]", "false"},
           {"[tenantResourceId('Microsoft.Sql/servers/databases', 's', 'd')]", "\"/providers/Microsoft.Sql/servers/s/databases/d\""},
           {"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'guid')]", "\"/providers/Microsoft.Authorization/roleDefinitions/guid\""},
           {"[resourceId('Microsoft.Authorization/roleDefinitions', 'guid')]", "\"/providers/Microsoft.Authorization/roleDefinitions/guid\""},
           {"[mod(sub(mul(3, 4), 2), 4)]", "2"}}) {
    CAPTURE(expression);
    CHECK(evaluated(expression, more) == wanted);
  }
  CHECK(property_of("\"[parameters('name')]\"", more).notes() == "parameters have the default values of the template: a deployment may give others\n");
  CHECK(property_of("1", more).notes().empty());
}

TEST_CASE("what only a deployment knows is unknown, and not absent") {
  const std::string more = R"("parameters": {"given": {"type": "string"}}, "variables": {"round": "[variables('round')]", "id": "[newGuid()]"}, )";
  for (const char* expression : {"[parameters('given')]", "[uniqueString(resourceGroup().id)]", "[resourceGroup().location]", "[reference('x').outputs.y.value]", "[listKeys('x', '1').keys[0].value]",
                                 "[concat('a', parameters('given'))]", "[variables('round')]", "[variables('none')]", "[parameters('none')]", "[contoso.own('a')]", "[if(parameters('given'), 1, 2)]",
                                 "[div(1, 0)]", "[mul(9223372036854775807, 2)]", "[first(createArray(newGuid()))]", "[format('{0:N2}', 1)]", "[range(0, 100000000)]", "[json('{')]", "[length('日本')]", "[substring('日本', 0, 1)]", "[toUpper('é')]",
                                 "[tenantResourceId('Microsoft.Sql/servers/databases', 's')]", "[tenantResourceId('a', 'b', 'c')]", "[resourceId('Microsoft.Sql/servers', 's')]"}) {
    CAPTURE(expression);
    CHECK(evaluated(expression, more) == "?");
  }
  CHECK(property_of(R"({"[concat('k', parameters('given'))]": 1})", more).property(0, "p") == "?");
  CHECK(property_of(R"({"[concat('k', 1)]": 1})").property(0, "p") == R"({"k1": 1})");
  CHECK(property_of("null").property(0, "p") == "absent");
}

TEST_CASE("what is no expression is an error at its place") {
  for (const char* expression : {"[concat('a']", "[]", "[parameters('a') x]", "[1 + 2]", "['open]", "[a.b]", "[99999999999999999999]", "[f(,)]"}) {
    CAPTURE(expression);
    templates made = property_of("\"" + std::string(expression) + "\"");
    CHECK(codes(made.record) == "SKM303");
    CHECK(made.message().find("/resources/0/properties/p ") == 0);
  }
  std::string deep = "'x'";
  for (int i = 0; i < 500; ++i) deep = "toLower(" + deep + ")";
  CHECK(property_of("\"[" + deep + "]\"").record.status == "unreadable");
}

TEST_CASE("children are resources, wherever they stand") {
  templates made(R"("parameters": {"st": {"type": "string"}}, "resources": [
    {"type": "Microsoft.Storage/storageAccounts", "name": "[parameters('st')]", "resources": [{"type": "blobServices", "name": "default", "properties": {"isVersioningEnabled": true},
      "resources": [{"type": "containers", "name": "c"}]}]},
    {"type": "Microsoft.Storage/storageAccounts/blobServices", "name": "other/default", "properties": {}}])");
  REQUIRE(made.record.status == "read");
  REQUIRE(made.record.resources == 4);
  CHECK(made.at(0).address == "Microsoft.Storage/storageAccounts/[parameters('st')]");
  CHECK(made.attribute(0, "name").is_unknown());
  CHECK(made.at(1).type == "microsoft.storage/storageaccounts/blobservices");
  CHECK(to_json(made.attribute(1, "name")) == "\"default\"");
  CHECK(made.at(2).type == "microsoft.storage/storageaccounts/blobservices/containers");
  CHECK(made.at(2).address == "Microsoft.Storage/storageAccounts/blobServices/containers/[parameters('st')]/default/c");
  CHECK(to_json(made.attribute(3, "name")) == "\"default\"");
  CHECK(made.at(3).address == "Microsoft.Storage/storageAccounts/blobServices/other/default");
}

TEST_CASE("loops and conditions") {
  const std::string one = R"({"type": "Microsoft.Compute/disks", "name": "[concat('d', copyIndex(1))]", "copy": {"name": "disks", "count": 2}})";
  templates made(R"("parameters": {"n": {"type": "int"}, "off": {"type": "bool", "defaultValue": false}}, "resources": [)" + one + R"(,
    {"type": "Microsoft.Compute/disks", "name": "[concat('e', copyIndex())]", "copy": {"name": "more", "count": "[parameters('n')]"}},
    {"type": "Microsoft.Compute/disks", "name": "f", "condition": "[parameters('off')]"},
    {"type": "Microsoft.Compute/disks", "name": "g", "condition": "[equals(parameters('n'), 1)]", "properties": {"copy": [{"name": "list", "count": 2, "input": {"i": "[copyIndex('list')]"}}, {"name": "open", "count": "[parameters('n')]", "input": 1}]}}])");
  REQUIRE(made.record.status == "read");
  REQUIRE(made.record.resources == 4);
  CHECK(made.at(0).address == "Microsoft.Compute/disks/d1");
  CHECK(made.at(1).address == "Microsoft.Compute/disks/d2");
  CHECK(made.attribute(2, "name").is_unknown());
  CHECK(made.property(3, "list") == R"([{"i": 0}, {"i": 1}])");
  CHECK(made.property(3, "open") == "?");
  CHECK(made.notes() == "parameters have the default values of the template: a deployment may give others\n1 loops run an unknown number of times: one resource stands for all of each\n"
                        "1 resources have a condition that is not known: they are judged as if they were deployed\n1 resources are not deployed, by their conditions\n");
}

TEST_CASE("what Bicep compiles to") {
  templates made(R"("languageVersion": "2.0", "parameters": {}, "resources": {
    "st": {"existing": true, "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "st"},
    "blob": {"type": "Microsoft.Storage/storageAccounts/blobServices", "apiVersion": "2023-01-01", "name": "[format('{0}/{1}', 'st', 'default')]", "properties": {}, "dependsOn": ["st"]},
    "pod": {"import": "kubernetes", "type": "core/Pod@v1", "properties": {}}})");
  REQUIRE(made.record.status == "read");
  REQUIRE(made.record.resources == 2);
  CHECK(made.at(0).data_source);
  CHECK(!made.at(0).evaluated);
  CHECK(made.at(1).evaluated);
  CHECK(made.at(1).pointer == "/resources/blob");
  CHECK(made.notes() == "1 resources of extensions are none of Azure Resource Manager, and are not examined\n");
}

TEST_CASE("nested deployments are read with the scope that they have") {
  const std::string inner = R"({"parameters": {"name": {"type": "string", "defaultValue": "inner"}}, "variables": {"v": "of-inner"}, "resources": [
    {"type": "Microsoft.Compute/disks", "name": "[parameters('name')]", "properties": {"v": "[variables('v')]"}}]})";
  auto outer = [&](const std::string& properties) {
    return templates(R"("parameters": {"name": {"type": "string", "defaultValue": "outer"}}, "variables": {"v": "of-outer"}, "resources": [
      {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "app", "properties": {"mode": "Incremental", )" + properties + "}}]");
  };
  templates of_inner = outer(R"("expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"name": {"value": "[concat(parameters('name'), '-given')]"}}, "template": )" + inner);
  REQUIRE(of_inner.record.resources == 1);
  CHECK(of_inner.at(0).address == "Microsoft.Resources/deployments/app/Microsoft.Compute/disks/outer-given");
  CHECK(of_inner.at(0).pointer == "/resources/0/properties/template/resources/0");
  CHECK(of_inner.property(0, "v") == "\"of-inner\"");
  templates of_outer = outer("\"template\": " + inner);
  REQUIRE(of_outer.record.resources == 1);
  CHECK(to_json(of_outer.attribute(0, "name")) == "\"outer\"");
  CHECK(of_outer.property(0, "v") == "\"of-outer\"");
  templates linked = outer(R"("templateLink": {"uri": "https://example.jp/t.json"})");
  CHECK(linked.record.resources == 0);
  CHECK(linked.notes() == "1 deployments name templates that are not in this input: what they deploy is not examined\n");
}

TEST_CASE("secure parameters are sensitive wherever they go, and so is what looks like a secret") {
  templates made(R"("parameters": {"p": {"type": "securestring", "defaultValue": "Hidden-default-1"}, "s": {"type": "secureObject", "defaultValue": {"k": "Hidden-member-2"}}, "open": {"type": "securestring"}},
    "variables": {"joined": "[concat('x-', parameters('p'))]"},
    "resources": [{"type": "Microsoft.Test/things", "name": "t", "properties": {"a": "[parameters('p')]", "b": "[variables('joined')]", "c": "[parameters('s').k]", "d": "[parameters('s')]", "e": "[parameters('open')]",
      "adminPassword": "Hidden-by-key-3", "plain": "shown", "list": ["[parameters('p')]", "shown"]}}])");
  REQUIRE(made.record.status == "read");
  const value all = made.attribute(0, "properties");
  auto property = [&](const char* key) {
    value found;
    REQUIRE(all.as_map().find(value::string(key), found));
    return found;
  };
  for (const char* key : {"a", "b", "c", "d", "e", "adminPassword"}) {
    CAPTURE(key);
    CHECK(property(key).sensitive());
  }
  CHECK(!property("plain").sensitive());
  CHECK(property("list").as_list().at(0).sensitive());
  CHECK(!property("list").as_list().at(1).sensitive());
  templates named(R"("parameters": {"p": {"type": "securestring", "defaultValue": "Hidden-name"}}, "resources": [{"type": "Microsoft.Test/things", "name": "[parameters('p')]"}])");
  CHECK(named.at(0).address == "Microsoft.Test/things/[parameters('p')]");
}

TEST_CASE("resourceId() links resources of a template, even where their names are not known") {
  templates made(R"("parameters": {"n": {"type": "string"}}, "resources": [
    {"type": "Microsoft.Network/publicIPAddresses", "name": "[concat(parameters('n'), '-ip')]"},
    {"type": "Microsoft.Network/publicIPAddresses", "name": "other"},
    {"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {"ipConfigurations": [{"name": "c", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', format('{0}-ip', parameters('n')))]"}}}]}},
    {"type": "Microsoft.Network/networkInterfaces", "name": "nic2", "properties": {"ipConfigurations": [{"name": "c", "properties": {"publicIPAddress": {"id": "[parameters('n')]"}}}]}}])");
  REQUIRE(made.record.status == "read");
  const std::string_view path = "properties.ipConfigurations.properties.publicIPAddress.id", type = "microsoft.network/publicipaddresses";
  CHECK(shown(made.inventory.named_by(made.at(2), path, type, made.memory)) == "Microsoft.Network/publicIPAddresses/[concat(parameters('n'), '-ip')] closed");
  CHECK(shown(made.inventory.named_by(made.at(3), path, type, made.memory)) ==
        "Microsoft.Network/publicIPAddresses/[concat(parameters('n'), '-ip')]? Microsoft.Network/publicIPAddresses/other? open");
  const auto back = made.inventory.linked_to(made.at(0), std::vector<std::string_view>{"microsoft.network/networkinterfaces"}, path, "id", false, made.memory);
  REQUIRE(back.all().size() == 2);
  CHECK(back.all()[0].certain);
  CHECK(!back.all()[1].certain);
}

TEST_CASE("templates that are none, and files beside them") {
  CHECK(codes(templates(R"("resources": 5)").record) == "SKM303");
  CHECK(codes(templates(R"("parameters": {})").record) == "SKM303");
  CHECK(codes(templates(R"("resources": [7, {"name": "x"}, {"type": "Microsoft.Test/things"}, {"type": "things", "name": "x"}])").record) == "SKM303 SKM303 SKM303 SKM303");
  CHECK(codes(templates(R"("resources": [{"type": "Microsoft.Test/things", "name": "x", "name": "y"}])").record) == "SKM304");
  inv::inventory inventory;
  const auto record = inventory.add_text("p.json", R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {}})", {});
  CHECK(codes(record) == "SKM301");
  CHECK(record.diagnostics[0].help.find("file of parameters") != std::string::npos);
}

TEST_CASE("a few lines that stand for very much") {
  std::string variables = R"("v0": "xxxxxxxxxxxxxxxx")", nested = R"("v0": ["x"])";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "variables('v" + std::to_string(i - 1) + "')";
    variables += ", \"v" + std::to_string(i) + "\": \"[concat(" + before + ", " + before + ")]\"";
    if (i < 25) nested += ", \"v" + std::to_string(i) + "\": [\"[" + before + "]\", \"[" + before + "]\"]";
  }
  CHECK(evaluated("[variables('v59')]", "\"variables\": {" + variables + "}, ") == "?");
  const std::string parts = property_of("\"[variables('v24')]\"", "\"variables\": {" + nested + "}, ").property(0, "p");
  CHECK(parts.size() > 2);
  CHECK(parts.size() < 100'000);
  std::string loops = R"({"type": "Microsoft.Test/things", "name": "t", "copy": {"name": "a", "count": 800}})";
  for (int i = 0; i < 3; ++i) {
    loops = R"({"type": "Microsoft.Resources/deployments", "name": "d", "copy": {"name": "l)" + std::to_string(i) + R"(", "count": 800}, "properties": {"template": {"resources": [)" + loops + "]}}}";
  }
  templates many("\"resources\": [" + loops + "]");
  CHECK(codes(many.record) == "SKM400");
}
