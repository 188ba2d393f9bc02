// Resources and templates of Azure with another value at each place, cut off at each place, and nested deeply.
#include <set>

#include "fixture.hpp"

using namespace fixture;

namespace {

const char* listed = R"({"count": 2, "totalRecords": 2, "$skipToken": "t", "resultTruncated": "true", "data": [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a", "name": "a",
  "type": "microsoft.storage/storageaccounts", "location": "japaneast", "tags": {"k": "v"}, "subscriptionId": "s", "kind": "StorageV2", "properties": {"networkAcls": {"ipRules": [{"value": "192.0.2.0/24"}]}}},
  {"id": "/subscriptions/s", "subscriptionId": "s", "displayName": "d"}]})";
const char* table = R"({"count": 1, "totalRecords": 1, "data": {"columns": [{"name": "id", "type": "string"}, {"name": "type", "type": "string"}, {"name": "properties", "type": "object"}],
  "rows": [["/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a", "microsoft.storage/storageaccounts", {"k": [1, 2.5, true, null]}]]}})";
const char* deployed = R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "languageVersion": "1.0",
  "parameters": {"p": {"type": "string", "defaultValue": "x"}, "s": {"type": "securestring"}, "n": {"type": "int", "defaultValue": 2}},
  "variables": {"v": "[concat(parameters('p'), 'y')]", "copy": [{"name": "c", "count": 2, "input": "[copyIndex('c')]"}]},
  "resources": [{"type": "Microsoft.Storage/storageAccounts", "name": "[variables('v')]", "location": "[resourceGroup().location]", "condition": "[equals(parameters('p'), 'x')]", "tags": {"[parameters('p')]": "t"},
    "copy": {"name": "l", "count": "[parameters('n')]"}, "properties": {"secret": "[parameters('s')]", "copy": [{"name": "list", "count": 2, "input": {"i": "[copyIndex('list')]"}}], "id": "[resourceId('a/b', 'c')]"},
    "resources": [{"type": "blobServices", "name": "default", "properties": {}}]},
   {"type": "Microsoft.Resources/deployments", "name": "d", "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"q": {"value": "[variables('c')[1]]"}},
    "template": {"parameters": {"q": {"type": "int"}}, "resources": {"sym": {"existing": true, "type": "Microsoft.Compute/disks", "name": "[string(parameters('q'))]"}}}}}]})";

// A text is read or refused with a reason, and whatever was read can be asked.
bool survives(const std::string& text) {
  inv::inventory inventory;
  const auto record = inventory.add_text("given", text, {});
  if (record.status != "read") {
    CHECK_FALSE(record.diagnostics.empty());
    return false;
  }
  inventory.link();
  for (const auto& one : inventory.resources()) {
    arena memory;
    CHECK_FALSE(to_json(inventory.attributes(one, memory, nullptr)).empty());
    (void)inventory.tags(one, memory);
    (void)inventory.region(one, memory);
    (void)inventory.linked_to(one, std::vector<std::string_view>{one.type}, "properties.id", "id", true, memory);
    (void)inventory.named_by(one, "properties.id", one.type, memory);
  }
  (void)inventory.secrets();
  return true;
}

// Where values of a text begin and end.
std::set<std::pair<std::size_t, std::size_t>> values_of(const std::string& text) {
  std::set<std::pair<std::size_t, std::size_t>> found;
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t end = text.find('"', at + 1) + 1;
      if (text[end] != ':') found.insert({at, end});
      at = end - 1;
    } else if (c == '{' || c == '[') {
      open.push_back(at);
    } else if (c == '}' || c == ']') {
      found.insert({open.back(), at + 1});
      open.pop_back();
    }
  }
  return found;
}

}  // namespace

TEST_CASE("another value at each place of what Azure tells") {
  for (const std::string text : {listed, table, deployed}) {
    REQUIRE(survives(text));
    std::size_t read = 0, refused = 0;
    for (const auto& [from, to] : values_of(text)) {
      for (const char* other : {"5", "null", "true", "\"\"", "\"x\"", "[]", "{}", "[[1]]", "{\"\": {\"a\": -1.5}}", "\"[parameters('p')]\"", "\"[\"", "\"[parameters('none').x[7]]\""}) {
        ++(survives(text.substr(0, from) + other + text.substr(to)) ? read : refused);
      }
    }
    CHECK(read > 0);
    CHECK(refused > 0);
  }
}

TEST_CASE("what Azure tells, cut off") {
  for (const std::string text : {listed, table, deployed}) {
    for (std::size_t size = 1; size < text.size(); ++size) CHECK_FALSE(survives(text.substr(0, size)));
  }
}

TEST_CASE("nested deeply") {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += R"({"a": [)";
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) text += "]}";
    return text;
  };
  const std::string resource = R"([{"id": "/subscriptions/s/x", "type": "a/b", "properties": )", of_template = R"({"$schema": "deploymentTemplate.json#", "resources": [{"type": "a/b", "name": "n", "properties": )";
  CHECK(survives(resource + nested(400) + "}]"));
  CHECK_FALSE(survives(resource + nested(600) + "}]"));
  CHECK(survives(of_template + nested(40) + "}]}"));
  CHECK_FALSE(survives(of_template + nested(400) + "}]}"));
}
